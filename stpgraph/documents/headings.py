"""The head of a text: its title, its date and its byline, where they stand at the top.

- The date is one that stands alone on one of the first five lines that are not empty, or in a byline there, or below
  the title behind the name of an outlet or a body: "Anyshire Gazette, 12 March 2018". What says "Published:" and the
  like before it is read over; the words of a sentence are never searched.
- A byline is "By" and names, or names and a date, or a date and "By" and names. Without "By", a name is two to four
  capitalised words, none of them a word for a body or a kind of paper. What stands after a comma and is no name is the
  author's post.
- The title is the first line that is neither of these nor a notice such as "Press release", if it has no more than 200
  characters and does not end in a full stop.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from stpgraph.documents.dates import WRITTEN_DATE, read_date
from stpgraph.records import IsoDate

__all__ = ["Heading", "read_heading"]

#: How many lines that are not empty are the head of a text.
HEAD_LINES = 5

#: The longest title, in characters.
LONGEST_TITLE = 200

_LABEL = re.compile(r"(?:(?:first\s+)?published|posted|issued|date|dated|released?)(?:\s+on\b|\s*:)?\s+", re.IGNORECASE)
_NOTICE = re.compile(
    r"(?:(?:press|news|media)\s+(?:release|statement|notice)|for\s+(?:immediate\s+)?release|embargo(?:ed)?\b.*)[\s:.]*",
    re.IGNORECASE,
)
_NAMES_DATE = re.compile(rf"(?P<names>\S.*?)[\s,|•·–—-]+(?P<date>{WRITTEN_DATE})", re.IGNORECASE)
_DATE_NAMES = re.compile(rf"(?P<date>{WRITTEN_DATE})[\s,|•·–—-]+(?P<names>by\s+\S.*)", re.IGNORECASE)
_BY = re.compile(r"(?:(?:written|words)\s+)?by:?\s+", re.IGNORECASE)
_APART = re.compile(r"\s*(?:,|&|\band\b)\s*")

#: Words within a name that are not capitalised.
_PARTICLES = frozenset(("al", "bin", "da", "de", "del", "der", "di", "du", "la", "le", "ten", "van", "von", "y"))

#: Words within the name of an outlet or a body that are not capitalised, and how many words such a name has at most.
_SMALL_WORDS = frozenset(("&", "and", "for", "of", "the"))
_LONGEST_OUTLET = 6

#: Capitalised words that no person is called: a line with one is no byline.
_NO_NAMES = frozenset(
    (
        *("agenda", "annual", "association", "authority", "board", "bulletin", "chair", "committee", "council"),
        *("daily", "department", "england", "foundation", "gazette", "government", "group", "health"),
        *("hospital", "house", "institute", "london", "media", "meeting", "minister", "ministry", "minutes"),
        *("news", "nhs", "office", "paper", "party", "press", "published", "release", "report", "review"),
        *("service", "services", "society", "statement", "survey", "times", "trust", "university", "update"),
        *("updated",),
    )
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """What the first lines of a text state."""

    title: str | None = None
    authors: tuple[str, ...] = ()
    issued: IsoDate | None = None


def read_heading(text: str) -> Heading:
    r"""Read the head of a text.

    Example:
        >>> read_heading("21.11.16\nCouncil warns of cuts\nThe council said on Monday that it …")
        Heading(title='Council warns of cuts', authors=(), issued='2016-11-21')
    """
    title: str | None = None
    authors: tuple[str, ...] = ()
    issued: IsoDate | None = None
    is_title_due = True
    for line in _head_lines(text):
        names, day = _read_line(line)
        if not names and not day and not is_title_due:
            day = _read_outlet_line(line)
        if names or day:
            authors = authors or names
            issued = issued or day
        elif is_title_due and not _NOTICE.fullmatch(line):
            is_title_due = False
            title = line if _is_title(line) else None
    return Heading(title=title, authors=authors, issued=issued)


def _head_lines(text: str) -> Iterator[str]:
    """Yield the first lines that are not empty, without reading on in a long text."""
    count = start = 0
    while count < HEAD_LINES and start < len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        if line := text[start : min(end, start + 1000)].strip().removeprefix("\ufeff"):
            count += 1
            yield line
        start = end + 1


def _read_line(line: str) -> tuple[tuple[str, ...], IsoDate | None]:
    """Return the authors and the date of a line that holds nothing else."""
    if len(line) > LONGEST_TITLE:
        return (), None
    label = _LABEL.match(line)
    if day := read_date(line[label.end() :] if label else line):
        return (), day
    for pattern in (_NAMES_DATE, _DATE_NAMES):
        if (found := pattern.fullmatch(line)) and (names := _read_names(found["names"])):
            return names, read_date(found["date"])
    return (_read_names(line), None) if _BY.match(line) else ((), None)


def _read_outlet_line(line: str) -> IsoDate | None:
    """Return the date behind a name of one to six capitalised words, where a line holds nothing else."""
    found = _NAMES_DATE.fullmatch(line) if len(line) <= LONGEST_TITLE else None
    words = found["names"].split() if found else []
    if not found or len(words) > _LONGEST_OUTLET or not words[0][0].isupper():
        return None
    is_name = all(word[0].isupper() or word in _SMALL_WORDS for word in words)
    return read_date(found["date"]) if is_name else None


def _read_names(text: str) -> tuple[str, ...]:
    """Return the names of a byline; none where it is no byline."""
    by = _BY.match(text)
    parts = _APART.split(text[by.end() :] if by else text)
    names = tuple(part for part in parts if _is_name(part))
    is_byline = names and _is_name(parts[0]) and (by is not None or len(names) == len(parts))
    return names if is_byline else ()


def _is_name(text: str) -> bool:
    words = text.split()
    if not 2 <= len(words) <= 4 or any(word.lower().strip(".,:") in _NO_NAMES for word in words):
        return False
    if any(read_date(text_part) for text_part in (text, " ".join(words[1:]))):
        return False
    return all(_is_name_word(word) for word in words) and words[0] not in _PARTICLES


def _is_name_word(word: str) -> bool:
    letters = re.sub(r"[.'’-]", "", word)
    return word in _PARTICLES or (letters.isalpha() and word[0].isupper())


def _is_title(line: str) -> bool:
    return len(line) <= LONGEST_TITLE and not line.rstrip("\"'”’)").endswith(".")
