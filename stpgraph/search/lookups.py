"""A user's words looked up in the vocabulary: as they are, as the beginning of a word, or as a slip for one."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from stpgraph.errors import MissingExtra
from stpgraph.search.answers import Reread
from stpgraph.search.postings import Term
from stpgraph.search.spelling import nearest_words
from stpgraph.search.texts import Texts
from stpgraph.search.words import Asked, Wanted

__all__ = ["Lookup", "look_up"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Lookup:
    """What a user's words came to.

    Attributes:
        wanted: what must be there.
        excluded: what must not.
        reread: words taken for others.
        notices: what could not be used, in sentences.
    """

    wanted: tuple[Term, ...]
    excluded: tuple[Term, ...]
    reread: tuple[Reread, ...]
    notices: tuple[str, ...]

    @property
    def words(self) -> frozenset[str]:
        """All words that are to be marked."""
        return frozenset(word for term in self.wanted for word in term.words)


def look_up(asked: Asked, texts: Texts, use_of: Callable[[int], int]) -> Lookup:
    """Look up what was asked for; `use_of` says how often a word stands somewhere, by its number."""
    looking = _Looking(texts, use_of)
    wanted = [term for one in asked.wanted for term in looking.terms(one)]
    excluded = [looking.exactly(one.words) if len(one.words) > 1 else looking.word(one) for one in asked.excluded]
    if asked.left_out or asked.is_cut:
        looking.notices["only the first words were looked up; ask with fewer"] = None
    return Lookup(
        wanted=tuple(wanted),
        excluded=tuple(excluded),
        reread=tuple(looking.reread.values()),
        notices=tuple(looking.notices),
    )


class _Looking:
    """Terms being looked up, with what there is to tell of it."""

    def __init__(self, texts: Texts, use_of: Callable[[int], int]) -> None:
        self._texts = texts
        self._vocabulary = texts.vocabulary
        self._use_of = use_of
        self.reread: dict[str, Reread] = {}
        self.notices: dict[str, None] = {}

    def terms(self, wanted: Wanted) -> list[Term]:
        """Look up what must be there; words joined by hyphens that never follow one another are single words."""
        if wanted.is_quoted or len(wanted.words) > 1:
            phrase = self.exactly(wanted.words)
            if wanted.is_quoted or (phrase.texts is not None and len(phrase.texts)):
                return [phrase]
        return [self._misspelt(Wanted(words=(word,))) for word in wanted.words]

    def exactly(self, words: tuple[str, ...]) -> Term:
        """Look up a phrase, or a quoted word."""
        return Term(texts=self._texts.with_phrase(words), words=words)

    def word(self, wanted: Wanted) -> Term:
        """Look up a word: itself, its plural or singular; where there is none of them, the words it begins."""
        [word] = wanted.words
        if wanted.is_quoted:
            return self.exactly(wanted.words)
        return self._term(self._vocabulary.alike(word) or self._vocabulary.beginning(word))

    def _misspelt(self, wanted: Wanted) -> Term:
        term = self.word(wanted)
        [word] = wanted.words
        if not term.numbers:
            try:
                near = nearest_words(word, self._vocabulary.words, self._use_of)
            except MissingExtra as fault:
                self.notices[fault.message] = None
                near = []
            if near:
                term = self._term(near)
                self.reread[word] = Reread(word=word, read_as=term.words)
            else:
                self.notices[f"“{word}” stands in no text and no name"] = None
        return term

    def _term(self, numbers: Iterable[int]) -> Term:
        kept = tuple(numbers)
        return Term(numbers=kept, words=tuple([self._vocabulary.words[number] for number in kept]))
