#!/usr/bin/env bash
# langchain-core 1.7.2: JsonOutputParser takes JSON that breaks off in the middle for a complete answer.
#
# Guess before: parse() is strict and raises OutputParserException for text that is no JSON; only parse_result(…,
# partial=True), which streaming uses, completes what isn't finished yet.
# Seen: parse() closes what is open as well. An answer that was cut off by its token limit comes as a shorter one: two
# verdicts of three, a sentence that ends where the limit fell, and of an object whose value had just begun, nothing
# of that value. A second object behind the first is dropped. PydanticOutputParser builds a valid
# model from it when what is missing has a default. The text must be read with json.loads to notice.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet langchain-core==1.7.2
"$folder/venv/bin/python" - <<'PYTHON'
import json

from langchain_core.exceptions import OutputParserException
from langchain_core.output_parsers import JsonOutputParser, PydanticOutputParser
from pydantic import BaseModel, Field


class Checked(BaseModel):
    supported: list[str] = Field(default_factory=list)
    contradicted: list[str] = Field(default_factory=list)


EXPECTED = {
    '["supported", "supported", "contra': ["supported", "supported", "contra"],
    '[{"verdict": "supported"}, {"verdict": ': [{"verdict": "supported"}, {}],
    '{"answer": "The bridge will not be ope': {"answer": "The bridge will not be ope"},
    '{"supported": ["a"], "contradicted": ["b", "c"': {"supported": ["a"], "contradicted": ["b", "c"]},
    '{"verdict": "supported"} {"verdict": "contradicted"}': {"verdict": "supported"},
}
for text, expected in EXPECTED.items():
    found = JsonOutputParser().parse(text)
    print(f"  {text:55} {found}")
    assert found == expected, found
    try:
        json.loads(text)
    except json.JSONDecodeError:
        continue
    raise AssertionError("valid JSON after all")

model = PydanticOutputParser(pydantic_object=Checked).parse('{"supported": ["a", "b"], "contradic')
print(" ", model)
assert model == Checked(supported=["a", "b"])
try:
    JsonOutputParser().parse("The bridge is open.")
except OutputParserException:
    print("  prose is refused")
else:
    raise AssertionError("prose was taken")
PYTHON
