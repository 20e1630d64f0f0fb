"""Make assistant/weights/verbs.json from WordNet 3.0: which words are verbs, and their irregular forms.

    apt-get download wordnet-base=1:3.0-37 && dpkg -x wordnet-base_*.deb ../wordnet
    python -m tools.make_verbs ../wordnet/usr/share/wordnet

WordNet saw how often a word is a verb in texts whose words were given their meanings by hand. A word that
is one in six of ten uses mostly is one; one that is in at least one of twenty may be; others seldom are. The
list of exceptions has forms without saying which is the past and which the participle: that ends in -n, or
has a u for an a.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter, defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.language.lexicon import FUNCTION_WORDS, listed
from assistant.language.verbs import VERBS_FILE, regular_past
from tools.make_thesaurus import MOSTLY, OF_TYPE, index, licence

if TYPE_CHECKING:
    from collections.abc import Sequence

MAYBE = 0.05
"""Share of its uses from which a word may be a verb."""
FEW = 3
"""Uses added to those as something else, where a word can be that: "ferry" was seen as a verb once."""
UNCHANGED = listed(
    """beset bet bid broadcast burst cast cost cut forecast hit hurt let offset put quit read reset rid set
    shed shut spread split thrust upset wed"""
)
"""Verbs with one form for all: the exceptions leave these out."""
REGULAR = listed(
    """address bless burn bypass cleave clothe coordinate curse dive dream gild gird heave lean leap learn
    smell spell spill spoil transfix work"""
)
"""Verbs of which the exceptions have only the rarer form."""
NOT_NOW = frozenset(listed("be have do can will may must shall need"))
"""Verbs that stand before others and are told by themselves."""
BY_HAND = {
    "bear": ("bore", "borne"),
    "beat": ("beat", "beaten"),
    "begin": ("began", "begun"),
    "forbid": ("forbade", "forbidden"),
    "get": ("got", "got"),
    "lie": ("lay", "lain"),
    "slide": ("slid", "slid"),
}
LATER = ("en", "wn", "rn", "ne", "ain")
"""Endings of participles that differ from the past."""
AS_INFINITIVE = ("come", "run")
"""Endings of verbs whose participle is the infinitive: "became" and "become"."""


def main() -> None:
    """Read WordNet's files and write the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args().folder
    uses = _uses(folder / "cntlist.rev")
    irregular = _irregular(folder / "verb.exc")
    grades: dict[str, list[str]] = {"mostly": [], "maybe": [], "seldom": []}
    verbs = {lemma for lemma, _ in index(folder, "v")}
    others = {lemma for part in ("n", "a") for lemma, _ in index(folder, part)}
    for lemma, counted in sorted(uses.items()):
        share = counted["v"] / max(1, counted.total() + (FEW if lemma in others else 0))
        if lemma not in verbs or lemma in FUNCTION_WORDS | NOT_NOW:
            continue
        grade = "mostly" if share >= MOSTLY else "maybe" if share >= MAYBE else "seldom"
        grades[grade].append(":".join((lemma, *_forms(lemma, irregular.get(lemma, ())))))
    stored = {
        "made_by": "tools/make_verbs.py",
        "licence": licence(folder),
        **{grade: " ".join(words) for grade, words in grades.items()},
    }
    VERBS_FILE.write_text(json.dumps(stored, indent=0) + "\n", encoding="utf-8")
    counted_words = ", ".join(f"{len(words)} {grade}" for grade, words in grades.items())
    print(f"{counted_words}, {VERBS_FILE.stat().st_size} bytes")


def _uses(file: Path) -> dict[str, Counter[str]]:
    """Return how often each word was used as which part of speech."""
    found: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for line in file.read_text("latin-1").splitlines():
        key, _, count = line.split()
        lemma, kind = key.split("%")
        found[lemma][OF_TYPE[kind[0]]] += int(count)
    return found


def _irregular(file: Path) -> dict[str, list[str]]:
    """Return the pasts and participles of each verb that has its own; the list has -ing and -s forms too."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for line in file.read_text("latin-1").splitlines():
        form, *lemmas = line.split()
        for lemma in lemmas:
            if not form.endswith(("ing", "s", "'s")) and "_" not in form:
                found[lemma].append(form)
    return found


def _forms(lemma: str, known: Sequence[str]) -> tuple[str, ...]:
    """Return the past, and the participle if it is another; neither if they are regular."""
    if lemma in BY_HAND:
        past, participle = BY_HAND[lemma]
    elif lemma in UNCHANGED:
        past = participle = lemma
    elif lemma in REGULAR:
        return ()
    else:
        # A form in -ed beside another is the rarer ("lighted", "weaved"), and so is one in -t beside "-ed".
        own = [form for form in known if not form.endswith("ed")] or list(known)
        if regular_past(lemma) in known or not own:
            return ()
        second = [form for form in own if form.endswith(LATER) or _sounds_later(form, own)]
        participle = second[0] if second else own[0]
        first = [form for form in own if form not in second]
        past = first[0] if first else regular_past(lemma)
        if lemma.endswith(AS_INFINITIVE):
            participle = lemma
    return (past,) if past == participle else (past, participle)


def _sounds_later(form: str, forms: Sequence[str]) -> bool:
    """Say whether a form has a u where another has an a: "sung" beside "sang"."""
    return "u" in form and form.replace("u", "a", 1) in forms


if __name__ == "__main__":
    main()
