"""The rules by name: what each finds, and how often what it finds is right."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType

__all__ = ["RULES", "Rule"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One rule of attribution.

    Attributes:
        name: as it stands in proposals.
        finds: what it finds, with an example.
        confidence: the share of what it finds that is right in who and what, from 0 to 1, rounded to a twentieth:
            measured on news articles and on the open half of the gold set (docs/reading.md says how).
    """

    name: str
    finds: str
    confidence: float


_EVERY = (
    Rule(
        name="clause",
        finds="the clause that a cue verb introduces or closes: Doe said that the plan had failed",
        confidence=0.85,
    ),
    Rule(
        name="parenthesis",
        finds="the sentence around a cue clause: the plan, she said, had failed; as Doe put it",
        confidence=0.7,
    ),
    Rule(
        name="quotation",
        finds="a quotation with its cue beside it, its further parts joined: “…,” she said. “…”",
        confidence=0.8,
    ),
    Rule(
        name="speaker-in-force",
        finds="a paragraph that is only a quotation: it goes to whoever was quoted before",
        confidence=0.6,
    ),
    Rule(
        name="infinitive",
        finds="what is wanted, planned, refused or asked for with to: urged councils to wait",
        confidence=0.7,
    ),
    Rule(
        name="according-to",
        finds="what stands under according to, per, in the words of, in the view of",
        confidence=0.85,
    ),
    Rule(
        name="finding",
        finds="what a study, a report or its figures find, show or put: a survey by X of Y found that …",
        confidence=0.75,
    ),
    Rule(
        name="collective",
        finds="what a counted group says, which is claimant and figure: a third of councils believe …",
        confidence=0.75,
    ),
    Rule(
        name="relative",
        finds="what somebody says in a relative clause, linked to the noun before it: Doe, who warned that …",
        confidence=0.5,
    ),
    Rule(
        name="noun",
        finds="what a noun of saying introduces: her warning that …, the council’s call for …",
        confidence=0.4,
    ),
    Rule(
        name="adjective",
        finds="what somebody is confident of, worried about or willing to do",
        confidence=0.6,
    ),
    Rule(
        name="predicate",
        finds="what something is called, described as or accused of: called the plan a disaster",
        confidence=0.7,
    ),
    Rule(
        name="preposition",
        finds="what stands behind the preposition of a cue verb: called for a pause, warned of closures",
        confidence=0.6,
    ),
    Rule(
        name="object",
        finds="what is judged, wanted or proposed, as the object of a verb: rejected the plan",
        confidence=0.5,
    ),
    Rule(
        name="colon",
        finds="a quotation after a colon with somebody named before it, also on the line before",
        confidence=0.5,
    ),
    Rule(
        name="speaker-line",
        finds="a line that begins with a name and a colon, as minutes and interviews have it",
        confidence=0.65,
    ),
    Rule(
        name="sign-off",
        finds="a quotation or letter that a dash and a name end: “…” – Jo Doe, chair",
        confidence=0.7,
    ),
    Rule(
        name="headline",
        finds="a headline with its source at the end: …, says institute",
        confidence=0.8,
    ),
    Rule(
        name="bullet",
        finds="each line of a list that a cue leads on to: recommended that: • …",
        confidence=0.7,
    ),
    Rule(
        name="decision",
        finds="what minutes say was decided, in capitals: RESOLVED that …",
        confidence=0.75,
    ),
)

#: Every rule by its name.
RULES = MappingProxyType({rule.name: rule for rule in _EVERY})
