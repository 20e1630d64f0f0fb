#!/usr/bin/env bash
# pandoc 3.9 (pypandoc_binary 1.17): simple fields of a Word document vanish, and so does text with a direction set.
#
# Guess before: the two ways in which a Word document writes a field are read alike: what the page shows is the result,
# so "Table 3" stays where `w:fldSimple` holds it, as it does where `w:fldChar` does. Words inside an element that
# only says something about them (`w:bdo`: their direction; `w:customXml`: their meaning) stay as well.
# Seen: `w:fldChar` keeps its result; `w:fldSimple`, `w:bdo` and `w:customXml` are left out with all their words,
# without a warning. The sentence goes on as if nothing had stood there. (The number of a caption and a reference to
# it are fields.)
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet pypandoc_binary==1.17 python-docx==1.2.0
cd "$folder"
"$folder/venv/bin/python" - <<'PYTHON'
import subprocess

import docx
import pypandoc
from docx.oxml import parse_xml

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RUN = '<w:r><w:t xml:space="preserve">{}</w:t></w:r>'


def field(kind: str) -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


CASES = {
    "fldChar": field("begin") + "<w:r><w:instrText>REF t3</w:instrText></w:r>" + field("separate") + RUN + field("end"),
    "fldSimple": f'<w:fldSimple w:instr="REF t3">{RUN}</w:fldSimple>',
    "bdo": f'<w:bdo w:val="ltr">{RUN}</w:bdo>',
    "customXml": f'<w:customXml w:element="place">{RUN}</w:customXml>',
}
document = docx.Document()
for name, element in CASES.items():
    inside = RUN.format(f"{name}: see ") + element.format("Table 3") + RUN.format(" for it.")
    written = parse_xml(f'<w:p xmlns:w="{W}">{inside}</w:p>')
    document.add_paragraph()._p.extend(list(written))
document.save("fields.docx")

command = [pypandoc.get_pandoc_path(), "-t", "plain", "--wrap=none", "--verbose", "fields.docx"]
ran = subprocess.run(command, capture_output=True, text=True, check=True)
lines = [line for line in ran.stdout.splitlines() if line]
print("pandoc", pypandoc.get_pandoc_version(), *lines, sep="\n  ")
print("warnings:", [line for line in ran.stderr.splitlines() if "WARNING" in line])
assert lines == [
    "fldChar: see Table 3 for it.",
    "fldSimple: see for it.",
    "bdo: see for it.",
    "customXml: see for it.",
], lines
assert "WARNING" not in ran.stderr
PYTHON
