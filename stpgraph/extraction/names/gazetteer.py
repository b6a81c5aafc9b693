"""The gazetteer: the names that the reference knows, and where they stand in a text.

Names are compared word by word: apostrophes and accents make no difference, "&" is "and", a hyphen is a space, "the" at
the front may be missing, commas within may be. Words with a capital in the name have one in the text; a name that is
one word with capitals in it (an acronym) stands exactly so. A name that several things share keeps them all.

Not every label is a name. "The institute" says what something is; a person's title and surname fit many; the name of
a partnership is that of counties, and means the partnership only beside "STP" or a word like it.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from pyoxigraph import NamedNode

from stpgraph.extraction.names.lexicon import DESCRIPTIONS, FUNCTION_WORDS, TITLES, WORK_NOUNS
from stpgraph.extraction.names.records import NamedKind
from stpgraph.extraction.spans import Span
from stpgraph.records import Collective, Membership, Organisation, Partnership, Person, Record, Report, Role, Study

__all__ = ["Gazetteer", "Mention", "Word", "plain", "short", "words_of"]

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*|&")
_POSSESSIVE = re.compile(r"['’]s$|(?<=s)['’]$")
#: What makes the names of counties that of their partnership: a word beside it, other counties between.
_PARTNERSHIP_AFTER = re.compile(
    r"(?:,? (?:and |or )?(?:the )?[A-Z][\w’'-]*){0,12}[’']?s? "
    r"(?:STPs?|ICSs?|footprints?|[Ss]ustainability and [Tt]ransformation)\b"
)
_PARTNERSHIP_BEFORE = re.compile(
    r"(?:STPs?|footprints?|[Tt]ransformation (?:[Pp]lans?|[Pp]artnerships?)) (?:for|in|of|covering) (?:the )?$"
)
#: Words of the names of programmes, which counties have not.
_PROGRAMME = re.compile(
    r"\b(?:Healthier|Together|Partners|Partnership|Care|Future|Regime|One|Better|Our|Joined|Frimley Health)\b"
)


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a text or name: as it stands, as it is compared, and where."""

    text: str
    plain: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A place where something is named.

    Attributes:
        span: where the name stands, without a possessive ending.
        label: the label of the reference that it matches.
        kind: what it names.
        candidates: what in the reference it may be; more than one where the label is shared.
        is_weak: whether a capital at the front of a sentence is all that makes it a name.
    """

    span: Span
    label: str
    kind: NamedKind
    candidates: tuple[NamedNode, ...]
    is_weak: bool = False

    @property
    def iri(self) -> NamedNode | None:
        """What it names, where only one thing bears the name."""
        return self.candidates[0] if len(self.candidates) == 1 else None


@dataclass(frozen=True, slots=True)
class _Entry:
    """One name of one thing."""

    label: str
    words: tuple[Word, ...]
    kind: NamedKind
    iri: NamedNode

    @property
    def is_acronym(self) -> bool:
        """Whether it is one word that is told by its capitals."""
        word = self.words[0].text
        return len(self.words) == 1 and any(letter.isupper() for letter in word[1:])


@lru_cache(maxsize=20_000)
def plain(word: str) -> str:
    """Return a word as names are compared: small, without accents and apostrophes.

    Example:
        >>> plain("King’s"), plain("&")
        ('kings', 'and')
    """
    if word == "&":
        return "and"
    letters = unicodedata.normalize("NFD", word.casefold())
    return "".join(letter for letter in letters if letter.isalnum())


def short(iri: NamedNode) -> str:
    """Return the last two parts of an IRI, by which evidence calls what is linked.

    Example:
        >>> short(NamedNode("https://w3id.org/stpgraph/id/organisation/cipfa"))
        'organisation/cipfa'
    """
    return "/".join(iri.value.rsplit("/", 2)[-2:])


def words_of(text: str) -> list[Word]:
    """Return the words of a text or name.

    Example:
        >>> [word.plain for word in words_of("Guy's & St-Thomas")]
        ['guys', 'and', 'st', 'thomas']
    """
    return [Word(m.group(), plain(m.group()), m.start(), m.end()) for m in _WORD.finditer(text)]


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """What the reference knows, by IRI and by name.

    Attributes:
        records: the records, by IRI.
        memberships: the posts of each person.
    """

    records: dict[NamedNode, Record]
    memberships: dict[NamedNode, tuple[Membership, ...]]
    _by_first: dict[str, tuple[_Entry, ...]] = field(repr=False)

    @classmethod
    def of(cls, records: Iterable[Record]) -> Gazetteer:
        """Index the names of organisations, people, partnerships, reports, studies and groups.

        Records of other kinds are kept out of it.

        Example:
            >>> lga = Organisation(iri=NamedNode("http://x/lga"), label="Anyshire Association", alt_labels=("AA",))
            >>> [mention.label for mention in Gazetteer.of([lga]).find("The AA’s aa: Anyshire association.")]
            ['AA']
        """
        known: dict[NamedNode, Record] = {}
        posts: dict[NamedNode, list[Membership]] = defaultdict(list)
        for record in records:
            if isinstance(record, Membership):
                posts[record.member].append(record)
            elif isinstance(record, Organisation | Person | Partnership | Role | Report | Study | Collective):
                known[record.iri] = record
        entries: dict[str, list[_Entry]] = defaultdict(list)
        for record in known.values():
            for entry in _entries(record):
                entries[entry.words[0].plain].append(entry)
        longest_first = {
            first: tuple(sorted(found, key=lambda e: (-len(e.words), e.label, e.iri.value)))
            for first, found in entries.items()
        }
        return cls(known, {person: tuple(held) for person, held in posts.items()}, longest_first)

    def find(self, text: str) -> list[Mention]:
        """Return where names stand in a text, in order, the longest where several begin at one place."""
        words = words_of(text)
        found: list[Mention] = []
        at = 0
        while at < len(words):
            mentions = list(self._at(text, words, at))
            if not mentions:
                at += 1
                continue
            found.append(self._merged(mentions))
            while at < len(words) and words[at].start < found[-1].span.end:
                at += 1
        return found

    def label(self, iri: NamedNode) -> str:
        """Return the name of something in the reference, or its IRI's last part where it is not there."""
        record = self.records.get(iri)
        if record is None:
            return iri.value.rpartition("/")[2]
        return record.title if isinstance(record, Report) else record.label  # type: ignore[attr-defined]

    def group(self, name: str) -> NamedNode | None:
        """Return the group that bears a name; of two records of one group, the one that the other points at."""
        for mention in self.find(name):
            if mention.kind == "collective" and mention.iri is not None and len(mention.span) == len(name):
                return self.same_group(mention.iri)
        return None

    def same_group(self, iri: NamedNode) -> NamedNode:
        """Return the record that stands for a group where two do."""
        record = self.records[iri]
        same = record.exact_matches if isinstance(record, Collective) else ()
        return next((other for other in same if other in self.records), iri)

    def of_type(self, *types: type[Record]) -> Iterator[Record]:
        """Yield the records of some types."""
        return (record for record in self.records.values() if isinstance(record, types))

    def _merged(self, mentions: list[Mention]) -> Mention:
        """Make one mention of those of one place: with all candidates; a study and its report are one thing."""
        first = mentions[0]
        candidates = dict.fromkeys(iri for mention in mentions for iri in mention.candidates)
        for iri in list(candidates):
            record = self.records[iri]
            if isinstance(record, Report) and record.generated_by in candidates:
                del candidates[iri if first.label.rpartition(" ")[2] in WORK_NOUNS else record.generated_by]
        kinds = [mention.kind for mention in mentions if mention.candidates[0] in candidates]
        kind = "organisation" if "organisation" in kinds else kinds[0]
        span = max(mention.span for mention in mentions)
        return Mention(span=span, label=first.label, kind=kind, candidates=tuple(candidates), is_weak=first.is_weak)

    def _at(self, text: str, words: list[Word], at: int) -> Iterator[Mention]:
        """Yield the longest names that begin with a word."""
        firsts = {words[at].plain, plain(_POSSESSIVE.sub("", words[at].text))}
        entries = sorted((e for first in firsts for e in self._by_first.get(first, ())), key=lambda e: -len(e.words))
        length = 0
        for entry in entries:
            if len(entry.words) < length:
                return
            end = _matched(text, words, at, entry)
            if end is None or (entry.kind == "partnership" and not _is_partnership(text, entry, words[at].start, end)):
                continue
            length = len(entry.words)
            span = Span(words[at].start, end)
            yield Mention(
                span=span,
                label=entry.label,
                kind=entry.kind,
                candidates=(entry.iri,),
                is_weak=_is_weak(text, entry, span.start),
            )


def _entries(record: Record) -> Iterator[_Entry]:
    """Yield the names of a record."""
    for label in dict.fromkeys(_labels(record)):
        words = words_of(label)
        if len(words) > 1 and words[0].plain == "the":
            words = words[1:]
        if words and _is_name(record, label, words):
            yield _Entry(label, tuple(words), _KINDS[type(record)], record.iri)


_KINDS: dict[type[Record], NamedKind] = {
    Organisation: "organisation",
    Person: "person",
    Partnership: "partnership",
    Collective: "collective",
    Study: "study",
    Report: "report",
}


def _labels(record: Record) -> Iterator[str]:
    """Yield what a record is called, and what stands in brackets after a title as its short name."""
    if isinstance(record, Report | Study):
        title = record.title if isinstance(record, Report) else record.label
        short, _, bracket = title.partition(" (")
        yield short
        bracket = bracket.rstrip(")").removeprefix("the ")
        if bracket[:1].isupper() and bracket.rpartition(" ")[2] in WORK_NOUNS:
            yield bracket
        yield from record.alt_labels
    elif isinstance(record, Organisation | Person | Partnership | Collective):
        yield record.label
        yield from record.alt_labels


def _is_name(record: Record, label: str, words: list[Word]) -> bool:
    """Say whether a label names one thing wherever it stands."""
    if isinstance(record, Person):
        return len(words) > 1 and not (words[0].text in TITLES and len(words) == 2)
    if isinstance(record, Collective):
        last = words[-1].text
        is_plural = last.endswith("s") and (last[0].islower() or (len(last) > 3 and last[:-1].isupper()))
        return len(words) <= 3 and "(" not in label and is_plural and words[0].plain not in FUNCTION_WORDS
    if isinstance(record, Report | Study):
        return len(words) > 1 and any(word.text[0].isupper() for word in words)
    if isinstance(record, Organisation | Partnership):
        return not (len(words) == 1 and words[0].plain in DESCRIPTIONS)
    return False


def _matched(text: str, words: list[Word], at: int, entry: _Entry) -> int | None:
    """Return where a name ends that begins at a word, or None where it is not that name."""
    size = len(entry.words)
    here = words[at : at + size]
    if len(here) < size:
        return None
    for place, (word, wanted) in enumerate(zip(here, entry.words, strict=True)):
        if place and not _joins(text[here[place - 1].end : word.start]):
            return None
        is_last = place == size - 1
        bare = _POSSESSIVE.sub("", word.text) if is_last else word.text
        if word.plain != wanted.plain and plain(bare) != wanted.plain:
            return None
        if not _has_capitals(word.text if plain(bare) != wanted.plain else bare, wanted, entry):
            return None
    last = here[-1]
    whole = last.plain == entry.words[-1].plain
    return last.end if whole else last.end - (len(last.text) - len(_POSSESSIVE.sub("", last.text)))


def _joins(between: str) -> bool:
    """Say whether two words belong to one name by what stands between them."""
    return between.strip(" ") in {"", ",", "-", "’", "'", ".", ", "} and "\n" not in between and len(between) <= 3


def _has_capitals(word: str, wanted: Word, entry: _Entry) -> bool:
    """Say whether a word has the capitals that the name wants."""
    if entry.is_acronym:
        return word == wanted.text
    if entry.kind == "collective":
        return word == wanted.text or (word[:1].isupper() and word[1:] == wanted.text[1:])
    return not wanted.text[0].isupper() or word[0].isupper()


def _is_partnership(text: str, entry: _Entry, start: int, end: int) -> bool:
    """Say whether the name of counties means their partnership here."""
    if entry.is_acronym or _PROGRAMME.search(entry.label):
        return True
    after, before = text[end : end + 160], text[max(0, start - 60) : start]
    return bool(_PARTNERSHIP_AFTER.match(after) or _PARTNERSHIP_BEFORE.search(before))


def _is_weak(text: str, entry: _Entry, start: int) -> bool:
    """Say whether a name of one common word stands where any word has a capital."""
    if len(entry.words) > 1 or entry.is_acronym or not entry.words[0].text[0].isupper():
        return False
    before = text[:start].rstrip(" \t“‘\"'")
    return not before or before[-1] in ".!?:\n…"
