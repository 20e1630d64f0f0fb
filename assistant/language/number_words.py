"""The words of small numbers and ordinals, with their values."""

from __future__ import annotations

from assistant.language.lexicon import listed

UNITS = {
    word: value
    for value, word in enumerate(
        listed(
            """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen
    sixteen seventeen eighteen nineteen"""
        )
    )
}
TENS = {
    word: 10 * value
    for value, word in enumerate(listed("""twenty thirty forty fifty sixty seventy eighty ninety"""), start=2)
}
SMALL = UNITS | TENS
ORDINALS = {
    word: value
    for value, word in enumerate(
        listed(
            """second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth
    fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"""
        ),
        start=2,
    )
}
"""Without "first", which in most sentences counts nothing."""
