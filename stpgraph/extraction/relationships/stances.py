"""How a claim judges the state or prospects of what it is about: words for good and bad, turned round by those before.

What should be, or is vital, is neutral; what is lacking is bad. Good and bad set against each other by a word such as
"but" make a mixed judgement; without one the stance is unknown, unless one side prevails.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from stpgraph.extraction.relationships.cues import cue_kinds
from stpgraph.extraction.relationships.records import Context, Decision
from stpgraph.extraction.relationships.words import Found, Lexicon, Word, read_lists
from stpgraph.extraction.spans import Span
from stpgraph.vocabulary import mint

__all__ = ["Sign", "Signs", "decide_stance", "find_signs"]

#: How many words a "not" reaches, and a word of relief.
_NOT_REACHES, _RELIEF_REACHES = 6, 3
#: What a "not" counts that turns no word round.
_BARE_NOT = 0.6
#: How much the better-told side must outweigh the other where no word of contrast parts them.
_PREVAILING = 2.0
#: Words before "to" after which what is good comes about and is not only meant to.
_REACHING = frozenset(
    ("able", "set", "begin", "began", "begun", "start", "continu", "like", "go", "help", "come", "on")
)
#: What makes nothing good of what is bad.
_NOT_OF_BAD = frozenset(
    ("without", "nobody", "none of", "lack", "lack of", "missing", "fail to", "unable to", "cannot", "nothing")
)
#: What judges nothing unless it turns another word round.
_TOO_BARE = frozenset(("not", "no", "nor", "neither", "will not", "would not", "nothing", "doubt", "rather than"))
#: What is wanting beyond doubt.
_PLAINLY = 2.0
_NUMBERS = frozenset(
    ("a", "an", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "half", "dozen", "£")
)


@cache
def _lexicon() -> Lexicon:
    return Lexicon.of(read_lists("stances.txt"))


@dataclass(frozen=True, slots=True)
class Sign:
    """A judgement found in a claim: its phrase, its worth above or below nought, the words that make it."""

    found: Found
    worth: float
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Signs:
    """All judgements found in a claim, and the words that set one against another."""

    signs: tuple[Sign, ...]
    contrasts: tuple[Found, ...]

    @property
    def good(self) -> float:
        """What is told for it."""
        return sum(sign.worth for sign in self.signs if sign.worth > 0)

    @property
    def bad(self) -> float:
        """What is told against it, above nought."""
        return -sum(sign.worth for sign in self.signs if sign.worth < 0)


def find_signs(words: list[Word], *, is_denied: bool = False) -> Signs:
    """Find the words of a claim that judge; where the claim is denied, turned round."""
    every = _lexicon().find(words)
    signs = [*_signs(every, words), *_short_counts(words)]
    if is_denied:
        signs = [Sign(sign.found, -sign.worth, sign.spans) for sign in signs if abs(sign.worth) >= 1]
    signs.sort(key=lambda sign: sign.found.first)
    return Signs(tuple(signs), tuple(found for found in every if found.list == "but"))


def decide_stance(found: Signs, act: str, cue_word: str, context: Context) -> Decision | None:
    """Return how a claim judges what it is about; None where words for and against stand together undecided.

    Args:
        found: the words of the claim that judge.
        act: the slug of what is done in saying it: what is recommended or promised judges nothing, what is warned of
            or criticised is judged badly.
        cue_word: the dictionary form of its cue.
        context: what stands around it.
    """
    kinds = cue_kinds(cue_word, context)
    if act in {"recommendation", "commitment"} and not _is_lacking(found):
        return _by_act(act, "neutral", 0.8)
    good, bad = found.good, found.bad
    if good and bad:
        return _of_both(found, kinds)
    if act in {"warning", "criticism"} and not (good and act == "criticism"):
        because = found.signs if bad else ()
        return _decision("critical", list(because), 0.85) if because else _by_act(act, "critical", 0.8)
    if good or bad:
        least = 0.5 if abs(good - bad) < 1 else 0.65
        return _decision("supportive" if good else "critical", list(found.signs), least)
    return _by_cue(kinds, cue_word, context)


def _by_cue(kinds: frozenset[str], cue_word: str, context: Context) -> Decision:
    """Return the stance that the cue tells where no word of the claim does; neutral where it tells none."""
    if "disbelieving" in kinds:
        return Decision(
            concept=mint("stance", "critical"), because=context.cue, why="what is not believed", confidence=0.6
        )
    for kind, stance in (("against", "critical"), ("for", "supportive")):
        if kind in kinds and "denying" not in kinds:
            return Decision(
                concept=mint("stance", stance), because=context.cue, why=f"the cue “{cue_word}”", confidence=0.7
            )
    return Decision(concept=mint("stance", "neutral"), why="no word judges", confidence=0.4)


def _by_act(act: str, stance: str, confidence: float) -> Decision:
    return Decision(concept=mint("stance", stance), why=f"it is a {act}", confidence=confidence)


def _is_lacking(found: Signs) -> bool:
    """Say whether what is asked for is also said to be wanting now."""
    return found.bad >= _PLAINLY and not found.good


def _of_both(found: Signs, kinds: frozenset[str]) -> Decision | None:
    """Return what words for and against come to together."""
    signs, contrasts, good, bad = list(found.signs), list(found.contrasts), found.good, found.bad
    if contrasts and bad >= 1 and good >= 1:
        return _decision("mixed", signs, 0.6, contrasts)
    if bad >= _PREVAILING * good or "against" in kinds or (contrasts and bad > good):
        return _decision("critical", [sign for sign in signs if sign.worth < 0], 0.55)
    if good >= _PREVAILING * bad or "for" in kinds:
        return _decision("supportive", [sign for sign in signs if sign.worth > 0], 0.55)
    return None


def _decision(stance: str, signs: list[Sign], confidence: float, more: list[Found] | None = None) -> Decision:
    spans = [span for sign in signs for span in sign.spans] + [found.span for found in more or ()]
    phrases = ", ".join(f"“{sign.found.said}”" for sign in signs)
    turned = {span for sign in signs for span in sign.spans[:-1]}
    why = f"{'turned round: ' if turned and len(signs) == 1 else ''}{phrases}"
    return Decision(
        concept=mint("stance", stance),
        because=tuple(sorted(set(spans))),
        why=why if not more else f"{why}, set against each other",
        confidence=round(confidence, 2),
    )


def _signs(every: list[Found], words: list[Word]) -> list[Sign]:
    """Return the judgements of a claim, each with what turns it round."""
    signs: list[Sign] = []
    used: set[int] = set()
    for found in every:
        if found.list not in {"good", "bad"}:
            continue
        if _is_wished(found, every, words):
            continue
        worth = 1.0 if found.list == "good" else -1.0
        before = [other for other in every if other.last < found.first and _reaches(other, found, words)]
        spans = [found.span]
        if turning := [other for other in before if _turns(other, worth)]:
            worth = -worth if worth > 0 else 0.7
            used.update(other.first for other in turning)
            spans = [turning[-1].span, *spans]
        elif worth < 0 and (relief := [other for other in before if other.list == "relief"]):
            if _is_meant(relief[-1], words):
                continue
            worth = 1.0
            spans = [relief[-1].span, *spans]
        signs.append(Sign(found, worth, tuple(spans)))
    for found in every:
        if (
            found.list in {"lacking", "not"}
            and found.phrase not in _TOO_BARE
            and found.first not in used
            and not _is_wished(found, every, words)
        ):
            worth = -1.0 if found.list == "lacking" or found.size > 1 else -_BARE_NOT
            signs.append(Sign(found, worth, (found.span,)))
    return signs


def _short_counts(words: list[Word]) -> Iterator[Sign]:
    """Yield the numbers that are told as small: only three, just four, fewer than a dozen."""
    for number, word in enumerate(words[:-1]):
        form, after = word.form.casefold(), words[number + 1].form.casefold()
        if form in {"fewer", "less"} and after == "than" and number + 2 < len(words):
            last = number + 2
        elif form in {"only", "just", "barely", "merely"}:
            last = number + 1
        else:
            continue
        if words[last].form[0].isdigit() or words[last].form.casefold() in _NUMBERS:
            span = Span(word.start, words[last].end)
            said = " ".join(each.form for each in words[number : last + 1])
            yield Sign(Found("bad", said, said, number, last, span), -1.0, (span,))


def _turns(other: Found, worth: float) -> bool:
    """Say whether a word turns what is good into bad, or what is bad into good."""
    return other.list in {"not", "lacking"} and (worth > 0 or other.phrase not in _NOT_OF_BAD)


def _reaches(turning: Found, found: Found, words: list[Word]) -> bool:
    """Say whether a word that turns others round stands near enough before one, in the same stretch and clause."""
    reach = _RELIEF_REACHES if turning.list == "relief" else _NOT_REACHES
    between = words[turning.last + 1 : found.first]
    return (
        len(between) <= reach
        and words[turning.first].stretch == words[found.first].stretch
        and not any(word.stem in {"but", "whil", "although", "however", "yet", "and"} for word in between)
    )


def _is_wished(found: Found, every: list[Found], words: list[Word]) -> bool:
    """Say whether a judgement stands after a word by which it is wished for, or after a "to" by which it is meant."""
    stretch = words[found.first].stretch
    for other in every:
        if other.list == "should" and other.last < found.first and words[other.first].stretch == stretch:
            between = words[other.last + 1 : found.first]
            if not any(word.stem in {"but", "whil", "although", "becaus", "however"} for word in between):
                return True
    return found.list == "good" and _is_meant(found, words)


def _is_meant(found: Found, words: list[Word]) -> bool:
    """Say whether a verb stands after a "to" that tells of a purpose."""
    if found.first == 0 or words[found.first - 1].stem != "to":
        return False
    return found.first < 2 or words[found.first - 2].stem not in _REACHING
