"""Texts, directives, and what Chromium marks for them; a blank line parts blocks, a line end is a `<br>`."""

from __future__ import annotations

from assistant.rendering.fragment_resolution import Directive

VERSE = "Roses are red,\nviolets are blue."
TWICE = "It rained.\n\nThe works ended\n\nNo. It rained."

CASES: list[tuple[str, Directive, str | None]] = [
    # the first place is taken, whatever its case, and the first end after it
    ("A storm came. The storm passed.", Directive("the storm"), "The storm"),
    ("Nobody came. No body came.", Directive("no"), "No"),
    ("It rained hard. Twice. It rained hard. The end.", Directive("It", "hard."), "It rained hard."),
    ("One two. One three.", Directive("One", "three."), "One two. One three."),
    ("First.\n\nThen this.\n\nLast one.", Directive("First.", "this."), "First.\n\nThen this."),
    ("One two three.", Directive("one two", "two three."), None),
    # words are searched within a block; a line break is a sign of its own
    ("Roses are red.\n\nViolets are blue.", Directive("red. Violets"), None),
    (VERSE, Directive("red, violets"), None),
    (VERSE, Directive("red,\nviolets"), "red,\nviolets"),
    (VERSE, Directive("Roses are", "are blue."), VERSE),
    # prefix and suffix stand in one block each, with only white space between them and the text
    (TWICE, Directive("It rained.", prefix="No."), TWICE[-10:]),
    (TWICE, Directive("No.", prefix="works ended"), "No."),
    (TWICE, Directive("It rained.", prefix="works ended No."), None),
    (TWICE, Directive("It rained.", prefix="works"), None),
    ("It rained. Twice. It rained. Once.", Directive("It rained.", suffix="Once."), "It rained."),
    ("It rained. Twice.\n\nIt rained.\n\nOnce more.", Directive("It rained.", suffix="Once"), "It rained."),
    ("It rained hard. Twice. It ended hard. So.", Directive("It", "hard.", suffix="So."),
     "It rained hard. Twice. It ended hard."),
    ("It rained hard. Twice. It rained hard.", Directive("It", "hard.", prefix="Twice."), "It rained hard."),
    # case, accents, ligatures and quotation marks make no difference, dashes do
    ("ROSES are réd ‘today’, ﬁne STRASSE Œuvre.", Directive("roses are red 'today', fine straße oeuvre."),
     "ROSES are réd ‘today’, ﬁne STRASSE Œuvre."),
    ("Roses – red", Directive("roses - red"), None),
    ("Roses… red", Directive("roses... red"), "Roses… red"),
    ("a ½ of Ab", Directive("1⁄2 of ab"), "½ of Ab"),
    # words begin and end where Chromium thinks so
    ("Bathe man. The man ran.", Directive("the man"), "The man"),
    ("He ran.The dog barked.", Directive("The dog barked."), "The dog barked."),
    ("He ran.The dog barked.", Directive("He ran."), "He ran."),
    ("It cost 3.14 euros.", Directive("14 euros."), None),
    ("It cost 3,140 euros.", Directive("140 euros."), None),
    ("It came at 3:14 sharp.", Directive("14 sharp."), "14 sharp."),
    ("He didn’t go.", Directive("t go."), None),
    ("He went end-to-end.", Directive("to-end."), "to-end."),
    ("See snake_case here.", Directive("case here."), None),
    ("It cost $5 then.", Directive("5 then."), "5 then."),
    ("An é is not an e.", Directive("E is not"), "é is not"),
    ("今天天气很好，我们去公园。然后回家吃饭。", Directive("然后回家吃饭。"), "然后回家吃饭。"),
]  # fmt: skip
