#!/usr/bin/env bash
# pypdfium2 5.15.2: of text that runs down the page, get_text_range() gives the last line first.
#
# Guess before: lines come in the order in which they are drawn, as they do on an upright page (pdfium sorts nothing by
# place there); a wide table that lies on its side reads from its first row, whichever side it lies on.
# Seen: turned text is told from left to right as the page is shown. For text that runs up the page that is its order;
# for text that runs down it is the reverse: the last line comes first and the heading last. The same lines in the
# same order of drawing, only turned the other way; /Rotate alone, with the text left as it was, does it too.
# pypdf 7.1.0 gives the order of drawing in all cases.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet pypdfium2==5.15.2 pypdf==7.1.0
"$folder/venv/bin/python" - <<'PYTHON'
import io

import pypdf
import pypdfium2

LINES = ["Trams of the town", "Line one runs to the quay.", "Line two is short.", "Line three rests."]


def page(placed: bytes, turned: int) -> bytes:
    shown = b" 0 -16 Td ".join(b"(%s) Tj" % line.encode() for line in LINES)
    content = b"BT /F 12 Tf " + placed + b" " + shown + b" ET"
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
    return data + b"trailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % start


UPRIGHT, UP, DOWN = b"20 350 Td", b"0 1 -1 0 100 50 Tm", b"0 -1 1 0 300 350 Tm"
CASES = {
    "upright": (UPRIGHT, 0, LINES),
    "runs up": (UP, 0, LINES),
    "runs down": (DOWN, 0, LINES[::-1]),
    "upright, page turned by 90": (UPRIGHT, 90, LINES[::-1]),
    "runs down, page turned by 270": (DOWN, 270, LINES),
}
for name, (placed, turned, expected) in CASES.items():
    data = page(placed, turned)
    seen = pypdfium2.PdfDocument(data)[0].get_textpage().get_text_range().split("\r\n")
    drawn = pypdf.PdfReader(io.BytesIO(data)).pages[0].extract_text().split("\n")
    print(f"  {name:30} pdfium begins {seen[0]!r:22} pypdf begins {drawn[0]!r}")
    assert seen == expected and drawn == LINES, (seen, drawn)
PYTHON
