"""What stands beside a word that may or may not be a number: "a third", "one", "most", "a majority"."""

from __future__ import annotations

from stpgraph.extraction.quantities.not_figures import COUNTED
from stpgraph.extraction.quantities.spelling import pattern, plain

__all__ = ["counts_one", "is_followed_as_share", "is_majority", "is_most"]

_OPINION = (
    r"(?:believe[ds]?|think|thought|say|says|said|agree[ds]?|disagree[ds]?|expect\w*|feel|felt"
    r"|want\w*|support\w*|oppose[ds]?|plan\w*"
    r"|report\w*|told|admit\w*|rate[ds]?|describe[ds]?|consider\w*|view\w*|favour\w*|prefer\w*"
    r"|hope[ds]?|fear\w*|doubt\w*|trust(?:ed)?"
    r"|know|knew|saw|see|voted?|back(?:ed)?|call(?:ed)?|cite[ds]?|identif\w+|mention\w*"
    r"|list(?:ed)?|chose|choose|regard\w*|need\w*"
    r"|intend\w*|anticipate[ds]?|predict\w*|replied|answer\w*|respond\w*|reject\w*|refuse[ds]?"
    r"|fail(?:ed)?|live[ds]?|work(?:ed)?"
    r"|get|got|gave|give|made|make|remain\w*|claim\w*|suggest\w*|receive[ds]?"
    r"|include[ds]?|lack(?:ed)?|face[ds]?|name[ds]?"
    r"|warn\w*|found|came|come|goes|go|went|left|use[ds]?|took|take|pay|paid|struggle[ds]?"
    r"|complain\w*|question\w*)"
)
_GLUE = (
    r"(?:of|are|were|is|was|have|has|had|do|does|did|will|would|can|could|may|might|should"
    r"|must|in|by|to|from|with|and|or|at|on|since"
    r"|while|but|than|over|who|which|that|as|for|between|if|because|when|after|before|more"
    r"|less|fewer|higher|lower|not|never|also"
    r"|off|above|below|under|each|last|this|compared|during|across|among|amongst|only|just|up|down|again)"
)

#: What may follow a fraction in words; a noun would make "third" an ordinal and "quarter" a time of the year.
_AFTER_SHARE = pattern(rf"(?:[ ]?[,.;:)(!?”’\"'\x00–—-]|\s*\Z| (?:{_OPINION}|{_GLUE}|[a-z]+ly)\b)")
_AFTER_HALF = pattern(r" (?:the|its|their|our|his|her|those|these|that|all|my|your|said|what|an?)\b")
_PLURAL = pattern(r" (?:[a-z]+ ){0,2}[a-z]+s\b")
_IN = pattern(r"\bin[ ]\Z")
_NO_SHARE_BEFORE = pattern(
    r"(?:\b(?:first|second|third|fourth|other|last|next|this|each|every|per|previous|final"
    r"|opening|latter|better|a first|in|top|bottom|cut in"
    r"|and a|and one|the|year and)|~)[ ]?\Z"
)

_BEFORE_ONE = pattern(
    r"\b(?:only|just|at least|at most|more than|no more than|fewer than|less than|exactly"
    r"|merely|up to|nearly|almost|by|all but|from|votes? to|out of)"
    r"(?: an?)?[ ]\Z"
)
_FEW = r"(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|\w+ty)\b"
_AFTER_ONE = pattern(
    r" (?:in (?:every )?(?:[0-9]|\w+\b)|out of |(?:per|to) "
    rf"|of (?:the|its|their|our|his|her)(?: [\w']+)? (?:[0-9]|{_FEW}))"
)
_ONE_COUNTED = pattern(
    rf" (?:(?:local|county|district|borough|new|acute|joint|draft|published|whole|single|major"
    rf"|large|small) )?(?:{COUNTED}|plan|area|region|hospital|respondent|scheme|project"
    r"|footprint|patient|organisation|provider|site|partnership|ward|practice|board|firm"
    r"|charity|school|bed|member|proposal|response"
    r"|submission|meeting|service|home|district|borough|town|city)\b(?!'s)(?! (?:leader|chief"
    r"|boss|director|manager|member|chair|officer"
    r"|official|source|spokes\w+|councillor|head|finance|executive|worker|nurse|doctor"
    r"|chairman|respondent|said|says|told|wrote|described"
    r"|called|warned|put it|commented|added|argued|asked|suggested|noted))(?!,)"
)

_AFTER_MAJORITY = pattern(
    rf" (?:of (?![0-9])(?!(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
    rf"|the votes?)\b)|\(|(?:{_OPINION}|are|were|have|had|do|did|will|would|also)\b)"
)
_BEFORE_MOST = pattern(
    r"\b(?:the|at|its|their|our|his|her|my|your|an?|two|three|four|five|that matter|for|foremost and)[ ]\Z"
)
_AFTER_MOST = pattern(
    r" (?:of (?:the|these|those|its|their|our|all)\b|people\b|(?:local |county "
    r"|senior )?(?![a-z]*(?:ous|ss|us)\b)[a-z]+s\b|\()"
)


def is_followed_as_share(text: str, start: int, end: int, words: str) -> bool:
    """Say whether words such as "a third", "half" or "two quarters" are a share of something.

    Example:
        >>> is_followed_as_share("A third believe so.", 0, 7, "A third")
        True
        >>> is_followed_as_share("A third survey", 0, 7, "A third")
        False
    """
    said = plain(words)
    before = text[max(0, start - 16) : start]
    if _NO_SHARE_BEFORE.search(before) and not (said == "half" and _is_one_half(text, start)):
        return False
    if said.endswith("half") and _AFTER_HALF.match(text, end):
        return True
    are_many = said.endswith("s") and not said.startswith(("a ", "one"))
    return are_many or bool(_AFTER_SHARE.match(text, end)) or (said == "half" and bool(_PLURAL.match(text, end)))


def _is_one_half(text: str, start: int) -> bool:
    """Say whether half after "in" is a share: in half of the areas, not cut in half."""
    is_in = bool(_IN.search(text[max(0, start - 4) : start]))
    return is_in and text[start : start + 8].lower().startswith(("half of", "half the"))


def counts_one(text: str, start: int, end: int) -> bool:
    """Say whether "one" is a number here, and no pronoun.

    Example:
        >>> counts_one("Only one had", 5, 8), counts_one("how one affects the other", 4, 7)
        (True, False)
    """
    if _AFTER_ONE.match(text, end) or _ONE_COUNTED.match(text, end):
        return True
    return bool(_BEFORE_ONE.search(text[max(0, start - 20) : start]))


def is_majority(text: str, end: int) -> bool:
    """Say whether "a majority" is more than half of those asked, and no margin of votes."""
    return bool(_AFTER_MAJORITY.match(text, end))


def is_most(text: str, start: int, end: int) -> bool:
    """Say whether "most" is more than half of something, and no superlative.

    Example:
        >>> is_most("Most councils", 0, 4), is_most("the most serious", 4, 8)
        (True, False)
    """
    return not _BEFORE_MOST.search(text[max(0, start - 14) : start]) and bool(_AFTER_MOST.match(text, end))
