"""Bytes to text, once, at the door. After `clean_text` the text is the truth and offsets never move."""

from __future__ import annotations

import codecs
import re

# UTF-32 first: its little-endian mark begins with the one of UTF-16.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
WIDE_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)  # UTF-32 has the same beginning or NULs
_ESCAPE = b"\x1b"
_ESCAPED = (
    ("iso2022_jp_ext", (b"\x1b$B", b"\x1b$@", b"\x1b(J", b"\x1b(I")),
    ("iso2022_kr", (b"\x1b$)C",)),
)  # 7-bit encodings of Japanese and Korean mail, by how they begin
WESTERN = "cp1252"  # what browsers use for unlabelled pages; a superset of printable Latin-1

# Above this share of non-ASCII bytes the letters themselves are non-ASCII (Cyrillic, Greek, Chinese…);
# French and German stay below .05, Cyrillic text is at about .8. Shorter text is too little to guess by.
_FOREIGN_SHARE = 0.3
_GUESS_NEEDS = 100
_MARKUP = re.compile(rb"<(script|style)\b.*?</\1|<[^<>]{0,2000}>|[\x00-\x20]+", re.DOTALL | re.IGNORECASE)
_GUESS_FROM = 64_000  # bytes that the guess looks at: more does not change it and costs seconds

# What browsers read under these names: supersets, which real pages use.
_SUPERSETS = {
    "iso8859-1": WESTERN,
    "ascii": WESTERN,
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "iso8859-9": "cp1254",
    "tis-620": "cp874",
}

_LINE_ENDS = ("\r\n", "\r", "\x0b", "\x0c", "\x85", "\u2028", "\u2029")
_EMPTY_LINES = re.compile(r"\n{3,}")
_UNSEEN = (
    "\x00-\x08\x0e-\x1f\x7f-\x9f"  # control characters; tab and line feed stay, line ends are done before
    "\xad\u180e\u200b\u2060-\u2064\ufeff"  # soft hyphen, spaces of no width, byte order mark
    "\u202a-\u202e\u2066-\u206f"  # bidirectional overrides: they show text in another order
    "\ufff9-\ufffb\ufffe\uffff"  # annotations and non-characters
    "\U000e0000-\U000e007f"  # tags: letters that nobody sees, except in a few flags
)
_FLAG = "\U0001f3f4[\U000e0030-\U000e0039\U000e0061-\U000e007a]{3,6}\U000e007f"
_SURROGATES = "\ud800-\udfff"
_NEEDS_WORK = re.compile(f"[{_UNSEEN}{_SURROGATES}]")  # a plain class: three times as fast as what follows
_COLOURS = r"\x1b\[[0-9;?]*[@-~]"  # of a terminal, as a whole: without its first sign it would be words
_REMOVED = re.compile(f"({_FLAG})|{_COLOURS}|[{_UNSEEN}]")
_SURROGATE = re.compile(f"[{_SURROGATES}]")


def decode_bytes(data: bytes, *, declared: str | None = None) -> str:
    """Return the text of `data`, not yet cleaned; never fails.

    A byte order mark decides; then the escapes of ISO 2022, which are sound UTF-8 too; then UTF-8, which
    other encodings practically never pass by accident; then what the document declares; then UTF-8 with
    single bad bytes, where most of it is sound; then a guess for scripts that are mostly non-ASCII; and
    Windows-1252, the usual one of old Western texts.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace")
    if _ESCAPE in data and (text := _escaped(data, declared)) is not None:
        return text
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _declared(data, declared) or _damaged_utf8(data) or _guessed(data)


def clean_text(text: str) -> str:
    r"""Return the text as Footnote stores it; cleaning it again changes nothing.

    Every line end becomes `\n`, lines lose trailing spaces, more than one empty line becomes one.
    Characters that nobody sees are removed: control characters, soft hyphens, spaces of no width, tags,
    and the bidirectional overrides that show text in another order than it has. Joiners (U+200C, U+200D)
    and direction marks (U+200E, U+200F) stay: scripts and emoji need them. A lone surrogate becomes
    U+FFFD. Nothing else changes: no Unicode normalisation, no change of case or quotation marks.
    """
    for line_end in _LINE_ENDS:
        text = text.replace(line_end, "\n")
    if _NEEDS_WORK.search(text):
        text = _SURROGATE.sub("\ufffd", _REMOVED.sub(r"\1", text))
    text = "\n".join([line.rstrip() for line in text.split("\n")])
    return _EMPTY_LINES.sub("\n\n", text).strip("\n")


def one_line(text: str) -> str:
    """Return cleaned text with every run of white space as one space: for titles and names."""
    return " ".join(clean_text(text).split())


def _escaped(data: bytes, declared: str | None) -> str | None:
    """Return text of an encoding that escapes to its letters; None if it is sound only by accident."""
    for codec, beginnings in _ESCAPED:
        if any(each in data for each in beginnings):
            said = (declared or "").lower().startswith("iso-2022")
            try:
                return data.decode(codec, "replace" if said else "strict")
            except UnicodeDecodeError:
                return None
    return None


def _declared(data: bytes, declared: str | None) -> str | None:
    try:
        codec = codecs.lookup(declared or "").name
    except (LookupError, ValueError):
        return None
    codec = _SUPERSETS.get(codec, codec)
    try:
        return data.decode(codec)
    except (UnicodeError, LookupError):  # also codecs that do not make text of bytes
        return None


def _damaged_utf8(data: bytes) -> str | None:
    """Return UTF-8 with U+FFFD for bad bytes, if more of it is sound than bad."""
    text = data.decode("utf-8", "replace")
    bad = text.count("\ufffd")
    sound = sum(character > "\x7f" for character in text) - bad
    return text if sound > bad else None


def _guessed(data: bytes) -> str:
    sample = _MARKUP.sub(b" ", data[:_GUESS_FROM]) or data[:_GUESS_FROM]  # tags are ASCII on any page
    share = sum(byte > 0x7F for byte in sample) / len(sample)  # noqa: PLR2004  # last ASCII byte
    if share > _FOREIGN_SHARE and len(sample) >= _GUESS_NEEDS:
        from charset_normalizer import from_bytes

        best = from_bytes(sample).best()
        if best is not None:
            return data.decode(best.encoding, "replace")
    return data.decode(WESTERN, "replace")
