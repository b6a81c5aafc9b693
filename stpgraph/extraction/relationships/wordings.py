"""Patterns for what the words of a claim do: oblige, threaten, foretell, ask, find fault."""

from __future__ import annotations

import re

__all__ = [
    "ASKED",
    "BEFORE_BE",
    "DANGER",
    "FAULT",
    "FUTURE",
    "NOT_TO_COME",
    "OWN_DEED",
    "PAST_DUTY",
    "SHOULD",
    "SUBJUNCTIVE",
    "SUPPOSED",
    "WHETHER",
    "WHO_SHOULD",
]


def _words(*alternatives: str, start: str = r"\b", end: str = r"\b") -> re.Pattern[str]:
    return re.compile(start + "(?:" + "|".join(alternatives) + ")" + end, re.IGNORECASE)


#: Somebody should do something. "Should the plan fail" is a condition.
SHOULD = _words(
    r"should(?: not|n['’]t)?(?! (?:like|the|any|these|those|this|they|it|he|she|we)\b)",
    *(r"ought(?: not)? to", r"must(?: not|n['’]t)?", r"(?:needs?|has|have) to(?! be seen)(?! have\b)"),
    *(r"needs? (?:to|a|an|more|better)", r"(?:is|are) needed", r"now be paid", r"let us", r"let['’]s"),
    r"it (?:is|was|would be) (?:of )?(?:vital|essential|crucial|imperative|time)(?: importance)? (?:that|to)",
)
#: The same words, of what somebody else should do within a question: who should lead.
WHO_SHOULD = _words(r"(?:who|what|which|whether|how|where|when|why)\b[^,;]*\b(?:should|must|ought|need)")
#: A duty that is told of and not laid on anybody: will have to choose.
PAST_DUTY = _words(r"(?:will|would|may|might|could|should|did not|didn['’]t|does not|do not|not) have to")
#: What is to be done, in the mood that resolutions have: that the deadline be put back.
SUBJUNCTIVE = re.compile(
    r"^(?:the|a|an|all|each|every|any|no|[\w’']+s)(?: [\w’'-]+){0,7} be (?:\w+ly )?"
    r"(?:\w+(?:ed|wn|en)|set|put|cut|held|built|sent|made|kept|done|spent|brought|paid|run|re-run|led)\b",
    re.IGNORECASE,
)
#: Words before "be" after which it is no such mood.
BEFORE_BE = _words(r"(?:will|would|to|may|might|could|can|should|must|shall|cannot|not) (?:\w+ )?be")

DANGER = _words(
    r"(?:a|the|real|serious|grave|every|some|significant|considerable) (?:risk|danger|threat)s?(?: that| of| to)?",
    *(r"danger(?:ous(?:ly)?)?", r"risk(?:s|ing|ed)? (?:\w+ )?\w+ing", "at risk", r"jeopard(?:y|ise[sd]?|ising)"),
    r"(?:will|would|could|may|might) (?:\w+ )?(?:fail|collapse|lose|suffer|close|worsen|harm|damage|undermine|die|"
    r"jeopardise|go under|unravel|fall apart|buckle|cost lives|founder|wither|drift)",
    r"(?:major|serious|significant|growing|grave|real) (?:concerns?|barriers?|worries|problems)",
    *(r"threat(?:en(?:s|ed|ing)?)?(?: to)?", "on the brink", "breaking point", "time bomb", "running out", "crisis"),
    *("collapse", "stands? to lose", "stood to lose"),
)

FUTURE = re.compile(
    r"(?<!what )(?<!who )(?<!which )(?<!that )\b(?:will|won['’]t|would|going to|shall)\b|(?<=\w)['’]ll\b", re.IGNORECASE
)
#: The same words where they foretell nothing: would have coped, would like.
NOT_TO_COME = _words(
    r"(?:would|will) (?:have|like|have to|need|welcome|say|argue|add)", r"would (?:\w+ )?(?:have|\w+ have)"
)
#: What would be, in the view of somebody.
SUPPOSED = _words(r"(?:if|unless|were)\b.*\b(?:could|would|will|may|might)", "could", "may", "might")
#: What the claimant will do: we will, they would publish.
OWN_DEED = re.compile(
    r"\b(?:we|I)\b(?:['’]ll\b|[^.;,]{0,25}\b(?:will|shall|won['’]t|are going to|am going to)\b)"
    r"|^(?:he|she|they|it) (?:will|would)\b(?! (?:have|be|like|need|take|cost|fail|lose|open|close|mean|make)\b)",
    re.IGNORECASE,
)

ASKED = re.compile(r"\?[”’\"']*$")
WHETHER = re.compile(r"^(?:whether|if|why|how|what|who|when|where)\b", re.IGNORECASE)

FAULT = _words(
    *(r"fail(?:ed|s|ing|ure)?(?: to)?", "neglected", "ignored", "sidelined", "shut out", "frozen out", "excluded"),
    *("afterthought", r"(?:had|have|has) (?:not|never) been", r"(?:was|were) (?:not|never)", r"(?:did|does|do) not"),
    *(r"didn['’]t", r"without (?:\w+ )?\w+ing", "poorly", "badly", "behind closed doors", "in secret", "secretive"),
    *("not good enough", "unacceptable", "disgraceful", "shameful", r"lack(?:s|ed|ing)?", "wrong", "mistake", "rushed"),
    *("a (?:sham|shambles|disgrace|scandal|joke|farce|insult|mess)", "kept in the dark", "hidden", "hiding"),
    *("too (?:little|late|few|slow|fast|far|much|often)", "unrealistic", "undeliverable", "wishful thinking"),
    *("fantasy", "flawed", "nonsense", "hopeless", "imposed", "lip service", r"tokenis\w+", r"rubber.stamp\w*"),
    *("done deal", "window.dressing"),
)
