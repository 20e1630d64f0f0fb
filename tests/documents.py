"""Documents for tests, made byte by byte: PDF, EPUB, web archives, ZIP and TAR."""

from __future__ import annotations

import io
import tarfile
import zipfile
import zlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

SENTENCE = "The town council voted on Tuesday to keep the library open until the end of next year. "
PAGE = (
    "<!doctype html><html lang=en><head><title>Library stays open</title></head><body><article>"
    f"<p>{SENTENCE * 6}</p></article></body></html>"
)


def pdf_of(objects: Sequence[bytes], trailer: str = "") -> bytes:
    """Return a PDF of these objects, the first of them its root, the last what it says of itself."""
    out = io.BytesIO()
    out.write(b"%PDF-1.4\n")
    places = []
    for number, content in enumerate(objects, start=1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, content))
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    out.write(b"".join(b"%010d 00000 n \n" % place for place in places))
    size, info = len(objects) + 1, len(objects)
    out.write(f"trailer << /Size {size} /Root 1 0 R /Info {info} 0 R {trailer} >>\n".encode())
    out.write(b"startxref\n%d\n%%%%EOF" % start)
    return out.getvalue()


def stream_of(content: bytes, extra: str = "") -> bytes:
    """Return a stream object."""
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(content), extra.encode(), content)


def pdf_page(contents: str, resources: str = "", turned: int = 0) -> bytes:
    """Return a page of a PDF made by `make_pdf`, with its contents in another object."""
    return (
        f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Rotate {turned} /Contents {contents} "
        f"/Resources << /Font << /F1 3 0 R >> {resources} >> >>"
    ).encode()


FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"


def make_pdf(pages: Iterable[Sequence[str]], info: str = "") -> bytes:
    """Return a PDF with these lines on its pages."""
    bodies = [_drawn(lines) for lines in pages]
    kids = " ".join(f"{4 + 2 * number} 0 R" for number in range(len(bodies)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(bodies)} >>".encode(),
        FONT,
    ]
    for number, body in enumerate(bodies):
        objects += [pdf_page(f"{5 + 2 * number} 0 R"), stream_of(body)]
    return pdf_of([*objects, f"<< {info} >>".encode()])


def _drawn(lines: Sequence[str]) -> bytes:
    shown = " ".join(f"({line}) Tj T*" for line in lines)
    return f"BT /F1 12 Tf 14 TL 72 720 Td {shown} ET".encode("cp1252")


def one_page_pdf(contents: bytes, extra: str, *others: bytes, resources: str = "", turned: int = 0) -> bytes:
    """Return a PDF whose only page draws a stream made by hand; other objects begin with number 6."""
    return pdf_of(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [4 0 R] /Count 1 >>",
            FONT,
            pdf_page("5 0 R", resources, turned),
            stream_of(contents, extra),
            *others,
            b"<< >>",
        ]
    )


def flate_bomb(megabytes: int) -> bytes:
    """Return a PDF whose page unpacks to that many megabytes, packed a thousandfold and once more."""
    packer = zlib.compressobj(9)
    block = b"BT (A) Tj ET " * 80_000
    packed = b"".join(packer.compress(block) for _ in range(megabytes)) + packer.flush()
    return one_page_pdf(zlib.compress(packed, 9), "/Filter [/FlateDecode /FlateDecode]")


def zip_of(members: Mapping[str, bytes | str]) -> bytes:
    """Return a ZIP archive."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


def tar_of(members: Mapping[str, bytes], mode: str = "w:gz", links: Mapping[str, str] | None = None) -> bytes:
    """Return a TAR archive with files and symbolic links."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode=mode) as archive:  # type: ignore[call-overload]
        for name, content in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
        for name, target in (links or {}).items():
            info = tarfile.TarInfo(name)
            info.type, info.linkname = tarfile.SYMTYPE, target
            archive.addfile(info)
    return out.getvalue()


CONTAINER = """<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>
<rootfile full-path="O/book.opf"/></rootfiles></container>"""


def make_epub(
    chapters: Mapping[str, str],
    *,
    date: str = "<dc:date>2020-05-05</dc:date>",
    nav: str = "",
    apart: str = "",
) -> bytes:
    """Return a book of these XHTML bodies by file name; `nav` is the list of its table of contents.

    The page `apart` is not in the reading order.
    """
    items = "".join(
        f'<item id="i{number}" href="{name}" media-type="application/xhtml+xml"/>'
        for number, name in enumerate(chapters)
    )
    spine = "".join(
        f'<itemref idref="i{number}" linear="{"no" if name == apart else "yes"}"/>'
        for number, name in enumerate(chapters)
    )
    package = f"""<package xmlns="http://www.idpf.org/2007/opf"><metadata
xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:opf="http://www.idpf.org/2007/opf">
<dc:title>The Harbour Review</dc:title>
<dc:creator>Ines Okafor</dc:creator>{date}<dc:language>en-GB</dc:language></metadata><manifest>{items}
<item id="nav" href="nav.xhtml" properties="nav" media-type="application/xhtml+xml"/></manifest>
<spine>{spine}</spine></package>"""
    start = '<html xmlns="http://www.w3.org/1999/xhtml"><head><title>t</title></head><body>'
    pages = {f"O/{name}": f"{start}{body}</body></html>" for name, body in chapters.items()}
    return zip_of(
        {
            "mimetype": "application/epub+zip",
            "META-INF/container.xml": CONTAINER,
            "O/book.opf": package,
            "O/nav.xhtml": f"{start}<nav><ol>{nav}</ol></nav></body></html>",
            **pages,
        }
    )


def warc_record(
    url: str,
    body: bytes,
    headers: str = "Content-Type: text/html",
    status: str = "200 OK",
    on: str = "2025-01-01",
) -> bytes:
    """Return a response as a crawler stores it."""
    answer = f"HTTP/1.1 {status}\r\n{headers}\r\n\r\n".encode() + body
    lines = (
        "WARC/1.0",
        "WARC-Type: response",
        f"WARC-Target-URI: {url}",
        f"WARC-Date: {on}T00:00:00Z",
        "WARC-Record-ID: <urn:uuid:12345678-1234-1234-1234-123456789abc>",
        "Content-Type: application/http; msgtype=response",
        f"Content-Length: {len(answer)}",
    )
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + answer + b"\r\n\r\n"
