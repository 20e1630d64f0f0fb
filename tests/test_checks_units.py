"""Numbers with what they measure: metres and millions, degrees, money and weight, points and commas."""

from __future__ import annotations

import pytest

from assistant import Support, check_statement
from assistant.language.quantities import quantities

READ = [
    ("a wall 12 m high", 12, "length"),
    ("the 400m hurdles", 400, "length"),
    ("a £12m winger", 12e6, "£"),
    ("12m people watched", 12e6, ""),
    ("20 °F at dawn", 20, "°F"),
    ("20 degrees Celsius", 20, "°C"),
    ("-5 °C in Umea", -5, "°C"),
    ("400 pounds of copper", 400, "mass"),
    ("a 400-pound bear", 400, "mass"),
    ("a 400-pound fine", 400, "£"),
    ("400 pounds of public money", 400, "£"),
    ("A$20 a day", 20, "A$"),
    ("20 Canadian dollars", 20, "C$"),
    ("90 km/h", 90, "speed"),
    ("20 square miles", 20, "area"),
    ("40 MW of wind", 40, "power"),
    ("a 4G network", 4, ""),
    ("1.234,56 euros", 1234.56, "€"),
    ("2,4 million euros", 2.4e6, "€"),
    ("12 500 workers", 12_500, ""),
    ("12'500 workers", 12_500, ""),
    ("1,00,000 families", 100_000, ""),
    ("3 crore rupees", 3e7, "₹"),
    ("a time of 2:05:37", 7537, ""),
]
APART = [
    ("The wall is 12 million high.", "The wall is 12 m high."),
    ("It was 20 °C at dawn.", "It was 20 °F at dawn."),
    ("It was 5 °C at dawn.", "It was -5 °C at dawn."),
    ("The plant has 12.5 workers.", "The plant has 12.500 workers."),
    ("The plant has 500 workers.", "The plant has 12 500 workers."),
    ("The repair costs 4 million euros.", "The repair costs 2,4 million euros."),
    ("The lion weighs 400 pounds.", "The lion cost £400."),
    ("They stole £400 of copper.", "They stole 400 pounds of copper."),
    ("The fine was US$20 million.", "The fine was A$20 million."),
    ("The council had 30 members at prayer.", "The council began at 10:30 with a prayer."),
    ("The race is 5 metres long.", "The race starts at 5 pm."),
    ("The marsh covers 20 square kilometres.", "The marsh covers 20 square miles."),
    ("The tank holds 500 gallons.", "The tank holds 500 litres."),
    ("He ran it in 2:05:38.", "He ran it in 2:05:37."),
]
SAME = [
    ("The wall is 12 metres high.", "The wall is 12 m high."),
    ("The oven reached 356 °F.", "The oven reached 180 °C."),
    ("It was 20 degrees at dawn.", "It was 20 °C at dawn."),
    ("The plant has 12,500 workers.", "The plant has 12 500 workers."),
    ("The plant has 12.500 workers.", "The plant has 12.500 workers."),
    ("The fire burned about 740 acres.", "The fire burned 300 hectares."),
    ("The debt is 1,234.56 euros.", "The debt is 1.234,56 euros."),
]


@pytest.mark.parametrize(("text", "value", "kind"), READ)
def test_a_number_is_read_with_its_unit(text: str, value: float, kind: str) -> None:
    """What an abbreviation or a point stands for is told by what is beside it."""
    (found,) = quantities(text)
    assert found.value == pytest.approx(value)
    assert found.kind == kind


@pytest.mark.parametrize("text", ["12.500 workers", "a plant of 12m"])
def test_what_may_be_two_numbers_is_held_against_nothing_else(text: str) -> None:
    """Nothing tells whether it is twelve and a half or twelve thousand, metres or millions."""
    (found,) = quantities(text)
    assert found.numeral.unclear


@pytest.mark.parametrize(("statement", "source"), APART)
def test_numbers_of_two_kinds_are_not_the_same(statement: str, source: str) -> None:
    """The same digits of another unit, currency or notation don't carry a statement."""
    assert check_statement(statement, [source]).support is Support.UNSUPPORTED


@pytest.mark.parametrize(("statement", "source"), SAME)
def test_one_measure_in_other_units_or_another_notation_is_the_same(statement: str, source: str) -> None:
    """What was converted or written otherwise is carried."""
    verdict = check_statement(statement, [source])
    assert verdict.support is Support.SUPPORTED, verdict.reason
