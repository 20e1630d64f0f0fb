#!/usr/bin/env bash
# pypdfium2 5.15.2: on a landscape page (/Rotate 90), get_text_bounded() joins the last word of a line to the next.
#
# Guess before: get_text_bounded() without bounds is the text of the page, line breaks included, like
# get_text_range(); how a page is turned for showing changes nothing about what its text is.
# Seen: on an upright page both give three lines. On the same page written sideways and turned by /Rotate 90, as
# landscape tables are, get_text_range() still gives three, and get_text_bounded() two: the second line's end
# and the third's beginning are one word, without a space. The break after the first line is there.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet pypdfium2==5.15.2
"$folder/venv/bin/python" - <<'PYTHON'
import pypdfium2


def page(placed: bytes, turned: int) -> pypdfium2.PdfTextPage:
    lines = b"(The first line of it) Tj 0 -20 Td (the second line) Tj 0 -20 Td (the third line) Tj"
    content = b"BT /F 12 Tf " + placed + lines + b" ET"
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 400 400]/Rotate %d/Resources<</Font<</F 5 0 R>>>>/Contents 4 0 R>>"
        % turned,
        b"<</Length %d>>stream\n%s\nendstream" % (len(content), content),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
    ]
    data, places = b"%PDF-1.7\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(data))
        data += b"%d 0 obj%bendobj\n" % (number, body)
    start = len(data)
    data += b"xref\n0 6\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % place for place in places)
    data += b"trailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % start
    document = pypdfium2.PdfDocument(data)
    return document[0].get_textpage()


upright, landscape = page(b"20 200 Td ", 0), page(b"0 1 -1 0 100 50 Tm ", 90)
for name, written in (("upright", upright), ("landscape", landscape)):
    print(f"{name:10} range   {written.get_text_range()!r}\n{name:10} bounded {written.get_text_bounded()!r}")

THREE = "The first line of it\r\nthe second line\r\nthe third line"
assert upright.get_text_range() == upright.get_text_bounded() == landscape.get_text_range() == THREE
assert landscape.get_text_bounded() == "The first line of it\r\nthe second linethe third line"
PYTHON
