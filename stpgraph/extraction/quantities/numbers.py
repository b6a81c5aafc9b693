"""Number words: what one hundred and forty-four, half a dozen and three-quarters are worth."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction

from stpgraph.extraction.quantities.spelling import any_of, plain

__all__ = [
    "DIGITS",
    "FRACTION_WORDS",
    "NUMBER_WORDS",
    "SCALES",
    "VULGAR",
    "read_digits",
    "read_fraction_words",
    "read_number_words",
    "step_of_digits",
    "step_of_words",
]

_ONES = {
    word: value
    for value, word in enumerate(
        (
            *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven"),
            *("twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
        )
    )
}
_TENS = {
    word: 10 * value
    for value, word in enumerate(("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"), 2)
}
_SMALL = _ONES | _TENS

#: Words and letters that multiply a number.
SCALES: dict[str, int] = {
    "thousand": 10**3,
    "k": 10**3,
    "million": 10**6,
    "mln": 10**6,
    "mn": 10**6,
    "m": 10**6,
    "billion": 10**9,
    "bn": 10**9,
    "trillion": 10**12,
    "tn": 10**12,
    "trn": 10**12,
}

#: Fractions that are one character.
VULGAR: dict[str, Fraction] = {
    "½": Fraction(1, 2),
    "¼": Fraction(1, 4),
    "¾": Fraction(3, 4),
    "⅓": Fraction(1, 3),
    "⅔": Fraction(2, 3),
    "⅕": Fraction(1, 5),
    "⅖": Fraction(2, 5),
    "⅗": Fraction(3, 5),
    "⅘": Fraction(4, 5),
    "⅙": Fraction(1, 6),
    "⅛": Fraction(1, 8),
    "⅜": Fraction(3, 8),
    "⅝": Fraction(5, 8),
    "⅞": Fraction(7, 8),
}

_PARTS = {
    word: value
    for value, word in (
        *((2, "half"), (3, "third"), (4, "quarter"), (5, "fifth"), (6, "sixth"), (7, "seventh"), (8, "eighth")),
        *((9, "ninth"), (10, "tenth"), (12, "twelfth"), (20, "twentieth"), (100, "hundredth"), (1000, "thousandth")),
    )
}

_ONE = any_of(*list(_ONES)[1:10])
_TEEN = any_of(*list(_ONES)[10:])
_BELOW_100 = rf"(?:{any_of(*_TENS)}(?:[ ~]{_ONE})?|{_TEEN}|{_ONE})"
_BELOW_1000 = rf"(?:(?:an?|{_TEEN}|{_ONE}) hundred(?:(?: and)? {_BELOW_100})?|{_BELOW_100})"
_BIG = any_of("thousand", "million", "billion", "trillion")

#: A number in words, as `pattern` reads it: "twelve", "one hundred and forty-four", "a million", "half a dozen".
NUMBER_WORDS = (
    rf"(?:half an? (?:dozen|hundred|{_BIG})|an? dozen|{_BELOW_100} dozen"
    rf"|(?:{_BELOW_1000}|an?) {_BIG}(?: (?:and )?{_BELOW_1000}(?: {_BIG})?){{0,4}}|{_BELOW_1000}|zero)"
)

#: A fraction in words: "a quarter", "three-quarters", "two thirds", "half".
FRACTION_WORDS = (
    rf"(?:(?:an?|{_ONE})[ ~](?:{any_of(*(word for word in _PARTS if word != 'half'))}s?|half)|half|two halves)"
)

#: A number in digits, with commas between thousands, as `pattern` reads it; what is longer is a code.
DIGITS = r"(?:[0-9]{1,3}(?:,[0-9]{3}){1,4}|[0-9]{1,15})(?:\.[0-9]{1,9})?"


def read_number_words(words: str) -> Decimal:
    """Return what a number in words is worth.

    Raises:
        KeyError: for words that are no number.

    Example:
        >>> read_number_words("one hundred and forty-four"), read_number_words("half a dozen")
        (Decimal('144'), Decimal('6'))
    """
    total = run = Fraction(0)
    for word in re.split("[ -]", plain(words)):
        if word in ("a", "an"):
            run = run or Fraction(1)
        elif word == "half":
            run = Fraction(1, 2)
        elif word == "dozen":
            run *= 12
        elif word == "hundred":
            run *= 100
        elif word in SCALES:
            total, run = total + run * SCALES[word], Fraction(0)
        elif word != "and":
            run += _SMALL[word]
    whole = total + run
    return Decimal(whole.numerator) / Decimal(whole.denominator)


def read_fraction_words(words: str) -> tuple[int, int]:
    """Return numerator and denominator of a fraction in words.

    Example:
        >>> read_fraction_words("three-quarters"), read_fraction_words("half")
        ((3, 4), (1, 2))
    """
    parts = re.split("[ -]", plain(words))
    name = "half" if parts[-1] == "halves" else parts[-1].removesuffix("s")
    count = _ONES[parts[0]] if len(parts) > 1 and parts[0] in _ONES else 1
    return count, _PARTS[name]


def read_digits(digits: str) -> Decimal:
    """Return what digits with commas are worth.

    Example:
        >>> read_digits("15,000.5")
        Decimal('15000.5')
    """
    return Decimal(digits.replace(",", ""))


def step_of_digits(digits: str) -> Decimal:
    """Return the worth of the last digit printed.

    Example:
        >>> step_of_digits("5.3"), step_of_digits("300,000")
        (Decimal('0.1'), Decimal('1'))
    """
    return Decimal(1).scaleb(-len(digits.partition(".")[2]))


def step_of_words(words: str) -> Decimal:
    """Return the worth of the last word said: a million of "five million", one of "five million and two".

    Example:
        >>> step_of_words("five million"), step_of_words("twelve")
        (Decimal('1000000'), Decimal('1'))
    """
    return Decimal(SCALES.get(re.split("[ -]", plain(words))[-1], 1))
