"""Numbers that are no figures: dates, times, ages, ordinals, telephone numbers, addresses, labels, codes and names.

Each kind is a pattern with a name. What a pattern matches is blanked before the grammar looks for figures, character by
character, so that offsets stay as they are.
"""

from __future__ import annotations

import re

from stpgraph.extraction.quantities.numbers import NUMBER_WORDS, SCALES
from stpgraph.extraction.quantities.spelling import any_of, pattern

__all__ = ["BLANKED", "COUNTED", "TIME_WORDS", "blank_out", "find_no_figures"]

#: What stands in place of a character that belongs to no figure.
BLANKED = "\x00"

#: Words for a stretch of time.
TIME_WORDS = (
    r"(?:years?'?|yrs?|months?'?|weeks?'?|days?'?|hours?'?|hrs?|minutes?|mins?|decades?"
    r"|centuries|century|fortnights?)"
)

#: Plain nouns for people, bodies and things that are counted: what makes a four-digit number a count and not a year.
COUNTED = (
    r"(?:people|persons?|patients?|staff|adults?|children|residents|respondents|responses"
    r"|replies|members|beds?|homes|jobs"
    r"|places|posts|nurses|doctors|gps|clinicians|carers|workers|employees|users|voters"
    r"|councils?|councillors|authorities"
    r"|trusts?|stps?|icss?|ccgs?|footprints?|plans?|partnerships?|organisations?|bodies|areas?"
    r"|regions?|hospitals?|providers?"
    r"|directors?|leaders|managers|practices|surger(?:y|ies)|services|schemes?|projects?"
    r"|sites?|wards?|boards?|charit(?:y|ies)"
    r"|compan(?:y|ies)|firms?|schools?|boroughs?|counties|county|districts?|cities"
    r"|towns|households|participants|delegates"
    r"|chief executives?|chairs|mps|submissions?|proposals|recommendations|meetings"
    r"|appointments|operations|admissions|deaths|cases)"
)

_MONTH = (
    r"(?-i:January|February|March|April|June|July|August|September|October|November|December|May"
    r"|Jan\.?|Feb\.?|Mar\.?|Apr\.?|Jun\.?|Jul\.?|Aug\.?|Sept?\.?|Oct\.?|Nov\.?|Dec\.?)"
)
_DAY = r"(?:3[01]|[12][0-9]|0?[1-9])(?:st|nd|rd|th)?"
_YEAR = r"(?:1[6-9][0-9]{2}|20[0-9]{2})"
_NUMBER = rf"(?:[0-9]+(?:\.[0-9]+)*[a-z]?|{NUMBER_WORDS})"
_SHARE = r" ?(?:%|per ?cent|pc\b|percentage)"
_SCALE = any_of(*SCALES)
_MORE = rf"(?:(?:,? (?:and|to|or|&) |, ?| ?[-–—] ?){_NUMBER}(?!{_SHARE}|[\w,.]*{_SHARE}| {COUNTED}\b)){{0,8}}"
_AGE = r"[1-9][0-9]"

#: Words before a number that make it a label, wherever they stand.
_LABELS = (
    r"(?:sections?|sub~?sections?|s\.|pages?|p\.|pp\.|clauses?|footnotes?|endnotes?|tables?"
    r"|figures?|figs?\.|charts?|chapters?|chap\."
    r"|paragraphs?|paras?\.?|items?|annex(?:es)?|appendix|appendices|schedules?"
    r"|recommendations?|article|volumes?|vol\.|phases?"
    r"|steps?|tiers?|exhibits?|slides?|rooms?|floors?|nos?\.|number|isbn|issn|doi|ref\.?|versions?|v|option|question"
    r"|levels?|grade|bands?|key stage|covid|sars~cov|type|scenario"
    r"|objective|cohort|quarter|lot)"
)

#: Words that make a number a label only when written as names: "Part 2", "Group 4", "No 10", "Channel 4".
_NAMES = (
    r"(?:Part|Minute|Agenda|Item|Action|Group|Stage|Unit|Zone|Wave|Round|Issue|Case|Box|Line"
    r"|Note|Rule|Standard|Objective|Priority|Principle|Goal|Module|Plan"
    r"|No|Number|Channel|Radio|BBC|ITV|Formula|Windows|NHS|Act|Ward|Platform|Terminal|Junction"
    r"|Route|Gate|Pier|Area|Region|Theme|Q)"
)

_STREETS = (
    r"(?:Street|St|Road|Rd|Lane|Avenue|Ave|Square|Place|Way|Drive|Court|Gardens|Row|Close"
    r"|Terrace|Hill|Park|Crescent|House"
    r"|Wharf|Quay|Yard|Walk|Mews|Grove|Green)"
)

_KINDS: tuple[tuple[str, str], ...] = (
    (
        "address",
        r"(?:https?://|www\.)[^\s<>]+|(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,64}\.[\w.-]+|(?<![\w.-])[\w-]{1,64}"
        r"(?:\.[\w-]{1,64}){0,6}\.(?:uk|com|org|net|pdf|docx?|html?|xlsx?|csv)\b[^\s<>]*|[#@][a-z]\w*",
    ),
    ("telephone", r"(?<![\w.£$€])(?:\+[0-9]{1,3}|0[0-9]{2,4})[0-9() -]{6,14}[0-9](?!\w)"),
    (
        "emergency",
        r"\b(?:NHS (?:111|24)|111 (?:service|line|call\w*|number)|999 (?:service|call\w*|crew\w*)"
        r"|(?:calls? to|call|dial|ring|called|via|dialled) (?:111|999|101))\b|\b24/7\b",
    ),
    ("list number", rf"(?m:^[0-9]{{1,2}}(?= (?-i:[A-Z]))(?! {COUNTED}\b)(?=[^\n.!?]{{0,60}}$))"),
    (
        "list number",
        r"(?m:^[ ]?(?:\([0-9]{1,3}\)|[0-9]{1,3}(?:\.[0-9]{1,3})+\.?(?=[ ](?-i:[A-Z]))"
        r"|[0-9]{1,3}[.)](?=[ ])))|(?<=[ ;:])\([0-9]{1,2}\)(?= [a-z])",
    ),
    ("footnote", r"\[[0-9]{1,3}(?:[ ]?[-–,][ ]?[0-9]{1,3})*\]|[¹²³⁰-⁹]+"),
    ("postcode", r"\b(?-i:[A-Z]{1,2}[0-9][0-9A-Z]?[ ]?[0-9][A-Z]{2})\b"),
    (
        "ordinal",
        rf"(?<![\w.,])[0-9]+(?:,[0-9]{{3}})*(?:st|nd|rd|th)\b|\b{NUMBER_WORDS}~(?:first|second"
        rf"|third|fourth|fifth|sixth|seventh|eighth|ninth)\b(?!s)",
    ),
    (
        "financial year",
        r"(?<![\w.,£$€/])(?:FY ?)?(?:19|20)[0-9]{2} ?[/–-] ?(?:(?:19|20)[0-9]{2}"
        r"|[0-9]{2})(?![\w%])(?!,[0-9])|\bFY[0-9]{2}(?:/[0-9]{2})?\b",
    ),
    (
        "date",
        rf"\b(?:{_DAY}(?: ?(?:,|and|to|or|[-–]) ?{_DAY}){{0,8}} (?:of )?{_MONTH}\b(?:,? {_YEAR}\b"
        rf"| '[0-9]{{2}}\b)?|{_MONTH},? {_YEAR}\b)",
    ),
    (
        "date",
        r"(?<![\w.,/£$€-])(?:[0-9]{4}[-/.][0-9]{1,2}[-/.][0-9]{1,2}"
        r"|[0-9]{1,2}([-/.])[0-9]{1,2}\1[0-9]{2,4})(?![\w%]|[.,/-][0-9])",
    ),
    ("date", rf"\b(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,? {_DAY}\b(?! (?:{COUNTED}|of)\b)(?!{_SHARE}))"),
    (
        "time",
        r"(?<![\w.,:£$€])(?:[01]?[0-9]"
        r"|2[0-3])(?:[.:][0-5][0-9])?(?: ?[-–] ?[0-9]{1,2}(?:[.:][0-9]{2})?)? ?(?:am|pm|a\.m\."
        r"|p\.m\.|noon|midnight|o'clock)(?!\w)|(?<![\w.,:])(?:[01]?[0-9]"
        r"|2[0-3]):[0-5][0-9](?![\w%:])|(?<![\w.,:£$€])(?:[01]?[0-9]"
        r"|2[0-3])\.[0-5][0-9] ?[–-] ?(?:[01]?[0-9]|2[0-3])\.[0-5][0-9](?![\w%]|\.[0-9])(?! ?(?:per"
        r"|pc)\b)",
    ),
    (
        "time",
        rf"\b(?:at|from|until|till) (?:[01]?[0-9]|2[0-3])\.[0-5][0-9](?: (?:to|until|till"
        rf"|and) [0-9]{{1,2}}\.[0-5][0-9])?(?![\w%])(?!\.[0-9]|{_SHARE}| (?:{_SCALE}|points?|times"
        rf"|out|on|to|and)\b)|\b{NUMBER_WORDS} o'clock",
    ),
    ("age", rf"\b(?:over|under)[ ~]?(?:the )?{_AGE}s\b|\b(?:the )?(?:over|under) {_AGE}s\b|(?<![\w.,]){_AGE}s\b"),
    (
        "age",
        rf"\b(?:aged?|ages)(?: (?:of|between|from|under|over|at least|about|around"
        rf"|just))*:? (?:{_AGE}|[1-9]|{NUMBER_WORDS})(?![\w%]|,[0-9])(?: ?(?:-|–|to|and"
        rf"|or) ?(?:{_AGE}|over|under|above|older|below)\b)?",
    ),
    (
        "age",
        rf"(?<![\w.,])(?:{_NUMBER}(?: ?(?:-|–|to|and|or"
        rf"|~ to) ?))?{_NUMBER}(?:[ ~]to[ ~]{_NUMBER})?[ ~](?:years?|months?|weeks?)[ ~]olds?\b",
    ),
    (
        "age",
        rf"\b(?:people|adults?|patients?|residents?|those|m[ae]n|wom[ae]n|pensioners?|anyone|person"
        rf"|everyone|someone|child(?:ren)?|voters?|staff|workers?)(?: who are)? (?:over|under|above"
        rf"|below) (?:the age of )?(?:{_AGE}|[1-9]|{NUMBER_WORDS})(?![\w%]|[.,][0-9])(?!{_SHARE}"
        rf"| (?:{_SCALE}|{TIME_WORDS})\b)",
    ),
    ("age", rf"(?<![\w.,]){_AGE} (?:and|or) (?:over|under|above|older|younger)(?= ?[,.;:)]|\Z)"),
    (
        "street",
        rf"(?<![\w.,£$€])[0-9]{{1,4}}[a-z]?,? (?-i:[A-Z][a-z']+)(?: (?-i:[A-Z][a-z']+)){{0,2}} (?-i"
        rf":{_STREETS})\b",
    ),
    (
        "label",
        rf"(?<![\w'-]){_LABELS}(?: number| no\.?)?[ ~]?{_NUMBER}(?![\w%~]|,[0-9]{{3}})(?!{_SHARE}"
        rf"| (?:{_SCALE}|{COUNTED}|{TIME_WORDS})\b| (?:in|out of) (?:every )?(?:[0-9]"
        rf"|{NUMBER_WORDS}\b)){_MORE}",
    ),
    (
        "label",
        rf"(?-i:{_NAMES})[ ~]?{_NUMBER}(?![\w%~]|,[0-9]{{3}})(?!{_SHARE}| (?:{_SCALE}|{COUNTED}"
        rf"|{TIME_WORDS})\b){_MORE}",
    ),
    (
        "decade",
        r"(?<!\w)'?(?:1[6-9]|20)?[0-9]0s\b|\b(?:twenties|thirties|forties|fifties|sixties"
        r"|seventies|eighties|nineties)\b",
    ),
    (
        "year",
        rf"(?<![\w.,£$€/-]){_YEAR}(?![\w%]|[.,][0-9])(?! (?:(?=[a-z]+s\b|people|staff"
        rf"|children){COUNTED}|{_SCALE}|pounds|euros|dollars)\b|{_SHARE})|\b(?:in|by|since|until"
        rf"|before|after|during|from|mid|late|early|pre|post|summer|spring|autumn|winter"
        rf"|of)[ ~]{_YEAR}(?![\w%]|[.,][0-9])|(?<=[–-]){_YEAR}(?![\w%,])",
    ),
    (
        "pronoun",
        r"\b(?:no|any|every|some|each|this|another|everyone|(?:the|a)(?: \w+)?) one\b(?! (?:in"
        r"|out of) (?:every )?(?:[0-9]|\w+\b)|~|%| (?:hundred|thousand|million|billion|per cent"
        r"|percent))|\bone (?:another|by one|day|thing|way|hand|side|reason|example)\b",
    ),
    (
        "idiom",
        r"\b(?:net|patient|ground|absolute)[ ~]zero\b|\bzero[ ~](?:tolerance|hours?|sum|carbon"
        r"|emission)\w*|\b(?:one|two|three)~(?:off|stop|size|way|tier|sided?|third-party|to~one"
        r"|on~one)\b|\bat (?:one|this|that) (?:point|time|stage)\b|\bone (?:size|and all"
        r"|and the same)\b|\bsquare one\b|\bhalf (?:past|the battle|time|term|way|measures?"
        r"|baked)\b|\bin one (?:go|place|word)\b|\bnumber one\b|\btop (?:ten|[0-9]+)\b"
        r"|\bbig (?:two|three|four|five|six)\b|\b(?:the|these|those|between|of|all) (?:two"
        r"|three)(?= ?[,.;:)?!]|\Z)",
    ),
    (
        "period",
        rf"\b(?:(?:in|within|for|during|over|after|by) )?(?:(?:the|these|those|our|their) )?(?:next"
        rf"|past|last|coming|previous|preceding|following) (?:(?:about|around|some|nearly|almost"
        rf"|just|up to|over|at least|more than|less than|under) )?{_NUMBER}(?: ?(?:-|–|to|or"
        rf"|and) ?{_NUMBER})? (?:financial |calendar |working )?{TIME_WORDS}\b",
    ),
    (
        "period",
        rf"(?<![\w.,£$€]){_NUMBER}(?: (?:to|or) {_NUMBER})?(?: and a half)? {TIME_WORDS} (?:ago"
        rf"|later|earlier|from now|old|(?:of )?experience)\b"
        rf"|(?<![\w.,£$€]){_NUMBER}~{TIME_WORDS}\b(?:~\w+)*|\b(?:seven|7) days a week\b|\b(?:24"
        rf"|twenty~four) hours a day\b",
    ),
    (
        "compound",
        rf"(?<![\w.,£$€]){_NUMBER}~(?:point|page|man|star|storey|step|strong|tier|party|part|way"
        rf"|fold|letter|minute|lane|bedroom|sided|pronged|stage|week|year|acre|mile|nation|state"
        rf"|digit|figure|odd|nil|day|person|member|seater|stop|site|hearted)\b",
    ),
    ("code", r"(?<![\w£$€.,])(?!(?:GBP|EUR|USD|US|ca?\.?)[0-9])[a-z&]+[~./]?[0-9][\w-]*"),
    ("rate", rf"\b(?:per|for every) (?:[0-9][0-9,]*|{NUMBER_WORDS})(?: {_SCALE})?(?![\w,%]|{_SHARE})"),
    (
        "score",
        r"(?<![\w.,£$€/])[0-9]+(?:/[0-9]+){2,}(?![\w])|(?<![\w.,£$€:])[0-9]{1,3}:[0-9]{1,3}(?![\w%:])"
        r"|(?<![\w.,£$€])[0-9]+(?: ?x ?[0-9]+)+\b"
        r"|(?<=[a-z][.,])[0-9]+\b|(?<=[a-z.,][”’\"'])[0-9]+\b",
    ),
    (
        "month and day",
        rf"(?<!\bin[ ])(?<!\bsince[ ])(?<!\bduring[ ])(?<!\buntil[ ])(?<!\bby[ ])\b{_MONTH} {_DAY}("
        rf"?![\w%]|[.,][0-9])(?:,? {_YEAR}\b)?(?! ?(?:%|per cent|percent|{_SCALE}\b))",
    ),
)

_PATTERNS = tuple((kind, pattern(written)) for kind, written in _KINDS)

#: A name followed by a number: "Brexit 2", not "In Anyshire 44 councils".
_NUMBERED_NAME = re.compile(
    r"(?<=[^.!?:\s] )(?P<name>[A-Z][a-z]{2,}) (?P<number>[0-9]{1,3})(?![\w%,.]*[\w%])(?P<next> [a-z]+)?"
)
#: Words that begin a sentence or a clause with a capital and are no names.
_NO_NAMES = frozenset(
    (
        *("about", "above", "all", "almost", "another", "around", "as", "at", "between", "both", "but", "by"),
        *("for", "from", "had", "has", "have", "if", "in", "is", "it", "its", "just", "less", "more", "most"),
        *("nearly", "of", "on", "only", "or", "our", "over", "roughly", "since", "some", "than", "that"),
        *("the", "their", "these", "they", "this", "those", "to", "under", "until", "up", "was", "were"),
        *("when", "where", "which", "while", "with", "january", "february", "march", "april", "may", "june"),
        *("july", "august", "september", "october", "november", "december", "monday", "tuesday", "wednesday"),
        *("thursday", "friday", "saturday", "sunday"),
    )
)
#: Words after a number that make it more than part of a name.
_VERBS = frozenset(
    (
        *("are", "were", "is", "was", "have", "had", "will", "would", "can", "could", "said", "say", "of"),
        *("per", "percent", "out", "in", "pc", "m", "bn", "k", "million", "billion"),
    )
)


def find_no_figures(text: str) -> list[tuple[int, int, str]]:
    """Return where numbers stand that are no figures, each with its kind, in the order of the kinds.

    Example:
        >>> find_no_figures("In 2016 there were 44.")
        [(0, 7, 'year')]
    """
    found: list[tuple[int, int, str]] = []
    for kind, compiled in _PATTERNS:
        found += [(match.start(), match.end(), kind) for match in compiled.finditer(text)]
    for match in _NUMBERED_NAME.finditer(text):
        following = (match["next"] or "").strip()
        if match["name"].lower() not in _NO_NAMES and following not in _VERBS and not _may_be_counted(following):
            found.append((*match.span("number"), "name"))
    return found


def blank_out(text: str) -> str:
    """Return the text, as long as before, with every number blanked that is no figure.

    Example:
        >>> blank_out("In 2016, 44.").replace(BLANKED, "_")
        '_______, 44.'
    """
    characters = list(text)
    for start, end, _ in find_no_figures(text):
        characters[start:end] = BLANKED * (end - start)
    return "".join(characters)


def _may_be_counted(word: str) -> bool:
    """Say whether a word after a number may be what is counted: a plural, or people."""
    is_plural = word.endswith("s") and not word.endswith(("ss", "news", "series"))
    return is_plural or word in ("people", "staff", "children")
