#!/usr/bin/env bash
# EbookLib 0.20: get_content() of a chapter that was read isn't the file's: it says lang="en", whatever the book says.
#
# Guess before: read_epub() gives the chapters as the file has them; get_content() is their bytes, as for a picture.
# A chapter of a German book says `lang="de"`, as its file and the book's dc:language do.
# Seen: get_content() writes the chapter anew: `lang` and `xml:lang` are "en", the title in its <head> is gone and so
# are its style sheet and its class on <body>. The file's own bytes are in the attribute `content`. A reader that
# asks the page for its language (or a search index that chooses a stemmer by it) takes every book for English.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet EbookLib==0.20
cd "$folder"
"$folder/venv/bin/python" - <<'PYTHON'
import zipfile

from ebooklib import ITEM_DOCUMENT, epub
from lxml import etree

CHAPTER = """<?xml version="1.0" encoding="utf-8"?>
<html xmlns="http://www.w3.org/1999/xhtml" xml:lang="de" lang="de">
<head><title>Der Hafen</title><link rel="stylesheet" href="style.css"/></head>
<body class="chapter"><p>Der Hafen wird größer.</p></body></html>"""
PACKAGE = """<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:identifier id="id">x</dc:identifier>
<dc:title>Hafen</dc:title><dc:language>de</dc:language></metadata>
<manifest><item id="c" href="c.xhtml" media-type="application/xhtml+xml"/>
<item id="n" href="n.xhtml" media-type="application/xhtml+xml" properties="nav"/></manifest>
<spine><itemref idref="c"/></spine></package>"""
NAVIGATION = """<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"><head>
<title>x</title></head><body><nav epub:type="toc"><ol><li><a href="c.xhtml">Hafen</a></li></ol></nav></body></html>"""
CONTAINER = """<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0"><rootfiles>
<rootfile full-path="p.opf" media-type="application/oebps-package+xml"/></rootfiles></container>"""
FILES = {
    "mimetype": "application/epub+zip",
    "META-INF/container.xml": CONTAINER,
    "p.opf": PACKAGE,
    "c.xhtml": CHAPTER,
    "n.xhtml": NAVIGATION,
}
with zipfile.ZipFile("book.epub", "w") as archive:
    for name, text in FILES.items():
        archive.writestr(name, text)

book = epub.read_epub("book.epub", {"ignore_ncx": True})
chapter = next(item for item in book.get_items_of_type(ITEM_DOCUMENT) if item.get_name() == "c.xhtml")


def facts(data: bytes) -> tuple[str, str | None, int, str | None]:
    page = etree.fromstring(data)
    name = "{http://www.w3.org/1999/xhtml}"
    body = page.find(f"{name}body")
    return page.get("lang"), page.findtext(f".//{name}title"), len(page.findall(f".//{name}link")), body.get("class")


print("the book:     ", book.get_metadata("DC", "language"))
print("content:      ", facts(chapter.content))
print("get_content():", facts(chapter.get_content()))
assert chapter.content == CHAPTER.encode()
assert facts(chapter.content) == ("de", "Der Hafen", 1, "chapter")
assert facts(chapter.get_content()) == ("en", None, 0, None), facts(chapter.get_content())
PYTHON
