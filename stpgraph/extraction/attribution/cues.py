"""Cue words: which verbs, nouns and adjectives introduce what somebody says, and how they are built in."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

__all__ = ["Cue", "Lexicon", "load_cues"]

#: Forms of the past that the regular ending does not make.
_IRREGULAR = {
    "choose": "chose chosen",
    "feel": "felt",
    "find": "found",
    "forecast": "forecast",
    "foresee": "foresaw foreseen",
    "forget": "forgot forgotten",
    "go": "went gone",
    "hold": "held",
    "know": "knew known",
    "learn": "learnt",
    "mean": "meant",
    "read": "read",
    "say": "said",
    "see": "saw seen",
    "seek": "sought",
    "show": "shown",
    "speak": "spoke spoken",
    "strive": "strove striven",
    "swear": "swore sworn",
    "teach": "taught",
    "tell": "told",
    "think": "thought",
    "understand": "understood",
    "undertake": "undertook undertaken",
    "write": "wrote written",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Cue:
    """One cue word with its frames.

    Attributes:
        word: its dictionary form.
        frames: that, to, obj, as, hear, at, find, quote, weak; `cues.txt` says what each means.
        prepositions: those whose object is the content.
    """

    word: str
    frames: frozenset[str]
    prepositions: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Lexicon:
    """The cue words by part of speech, and the inflected forms of the verbs with their dictionary form."""

    verbs: dict[str, Cue]
    nouns: dict[str, Cue]
    adjectives: dict[str, Cue]
    forms: dict[str, str]


@cache
def load_cues() -> Lexicon:
    """Read the list of cue words.

    Example:
        >>> sorted(load_cues().verbs["warn"].prepositions)
        ['about', 'against', 'of']
    """
    parts: dict[str, dict[str, Cue]] = {}
    part = ""
    text = files("stpgraph.extraction.attribution").joinpath("cues.txt").read_text(encoding="utf-8")
    for line in text.splitlines():
        words = line.partition("#")[0].split()
        if not words:
            continue
        if words[0].startswith("["):
            part = words[0].strip("[]")
            parts[part] = {}
            continue
        prepositions = frozenset(word.removesuffix("+") for word in words[1:] if word.endswith("+"))
        frames = frozenset(word for word in words[1:] if not word.endswith("+"))
        parts[part][words[0]] = Cue(word=words[0], frames=frames, prepositions=prepositions)
    forms = {form: verb for verb in parts["verbs"] for form in _inflected(verb)}
    forms |= {form: verb for verb, past in _IRREGULAR.items() if verb in parts["verbs"] for form in past.split()}
    return Lexicon(verbs=parts["verbs"], nouns=parts["nouns"], adjectives=parts["adjectives"], forms=forms)


def _inflected(verb: str) -> set[str]:
    """Return the regular forms of a verb, for where a model takes hoped for a form of hop."""
    if verb.endswith("e"):
        return {f"{verb}s", f"{verb}d", f"{verb[:-1]}ing"}
    if verb.endswith("y") and verb[-2:-1] not in "aeiou":
        return {f"{verb[:-1]}ies", f"{verb[:-1]}ied", f"{verb}ing"}
    if verb.endswith(("s", "sh", "ch", "x", "z")):
        return {f"{verb}es", f"{verb}ed", f"{verb}ing"}
    return {f"{verb}s", f"{verb}ed", f"{verb}ing", f"{verb}{verb[-1]}ed", f"{verb}{verb[-1]}ing"}
