"""Figures in a text: found where they stand, worth what they say, bounded by their wording."""

from __future__ import annotations

from pathlib import Path

import pytest

from stpgraph.extraction.quantities import Quantity, find_quantities

DATA = Path(__file__).resolve().parent / "data" / "quantities.txt"


def _cases() -> list[tuple[str, str]]:
    """Return the cases of the file: a sentence, and its figures in words."""
    lines = DATA.read_text(encoding="utf-8").splitlines()
    told = [line.partition(" => ") for line in lines if line and not line.startswith("#")]
    return [(sentence, expected) for sentence, _, expected in told]


def _told(quantity: Quantity) -> str:
    """Write a figure as the file of cases does."""
    value, lowest, highest = (
        "-" if number is None else f"{number:f}" for number in (quantity.value, quantity.lowest, quantity.highest)
    )
    words = [f"{quantity.as_said}: {quantity.comparator} {value} [{lowest} {highest}] {quantity.unit}"]
    if quantity.numerator is not None:
        words.append(f"{quantity.numerator}/{quantity.denominator}")
    words += [quantity.tone] if quantity.tone else []
    words += ["negative"] if quantity.polarity == "negative" else []
    words += ["same"] if quantity.same_as else []
    return " ".join(words)


@pytest.mark.parametrize(("sentence", "expected"), _cases())
def test_figures_of_a_sentence(sentence: str, expected: str) -> None:
    """Each sentence has the figures that a person reads in it, and no others."""
    assert (" ++ ".join(map(_told, find_quantities(sentence))) or "-") == expected
