"""Who said what: each rule by sentences of its own, and what holds for any text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stpgraph.extraction.attribution.engine import find_attributions
from stpgraph.extraction.attribution.records import Attribution
from stpgraph.extraction.attribution.rules import RULES
from stpgraph.extraction.parsing import Reading, read_paragraphs
from stpgraph.extraction.spans import Span, cover

DATA = Path(__file__).resolve().parent / "data" / "attributions.txt"

CUE_LIST = Path(__file__).resolve().parent.parent / "stpgraph" / "extraction" / "attribution" / "cues.txt"

#: The frames that the head of the list of cue words explains.
VERB_FRAMES = frozenset(["that", "to", "obj", "as", "hear", "at", "find", "quote", "weak"])

#: What the parse may make of words in quotation marks with a cue beside them.
SPEECH = frozenset(["clause", "quotation", "parenthesis"])


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """One attribution as the file of cases has it; a cue of None is not looked at."""

    source: Span | None
    cue: tuple[Span, ...] | None
    content: tuple[Span, ...]
    manner: str
    rules: frozenset[str]
    more: dict[str, str]


@dataclass(slots=True, kw_only=True)
class Case:
    """One text with what is attributed in it."""

    section: str
    line: int
    is_pending: bool
    paragraphs: list[str]
    expected: list[Expected] = field(default_factory=list)

    @property
    def text(self) -> str:
        """Return the whole text."""
        return "\n".join(self.paragraphs)


def _place(words: str, text: str) -> Span:
    """Return where words stand as whole words: "it" is the first one, "it{2}" the second."""
    match = re.fullmatch(r"(.+?)(?:\{(\d)\})?", words)
    assert match is not None
    exact, number = match.group(1), int(match.group(2) or 1)
    left, right = (r"(?<!\w)" if exact[0].isalnum() else "", r"(?!\w)" if exact[-1].isalnum() else "")
    found = list(re.finditer(left + re.escape(exact) + right, text))
    assert len(found) >= number, f"{words!r} does not stand in {text!r}"
    return Span(*found[number - 1].span())


def _places(words: str, text: str) -> tuple[Span, ...]:
    return tuple(_place(part, text) for part in words.split(" + "))


def _expected(line: str, text: str) -> Expected:
    source, cue, content, manner, rule, *rest = [part.strip() for part in line.split(" | ")]
    more = dict(part.strip().split("=", 1) for part in rest[0].split(";")) if rest else {}
    assert set(more) <= {"work", "link", "word", "outer"}, line
    rules = SPEECH if rule == "speech" else frozenset(rule.split("/"))
    assert rules <= set(RULES), line
    return Expected(
        source=None if source == "-" else _place(source, text),
        cue=None if cue == "*" else () if cue == "-" else _places(cue, text),
        content=_places(content, text),
        manner=manner,
        rules=rules,
        more=more,
    )


def _cases() -> list[Case]:
    """Read the file of cases."""
    cases: list[Case] = []
    section = ""
    lines = DATA.read_text(encoding="utf-8").split("\n")
    for number, line in enumerate(lines, 1):
        if line.startswith("#") or not line:
            continue
        if line.startswith("["):
            section = line.strip("[]")
        elif not line.startswith("  "):
            if not lines[number - 2] or lines[number - 2].startswith(("#", "[")):
                cases.append(
                    Case(section=section, line=number, is_pending=line.startswith("?"), paragraphs=[line.lstrip("? ")])
                )
            else:
                cases[-1].paragraphs.append(line)
        elif line.strip() != "-":
            cases[-1].expected.append(_expected(line.strip(), cases[-1].text))
    return cases


CASES = _cases()


@cache
def _readings() -> list[Reading]:
    """Parse the texts of all cases at once."""
    return list(read_paragraphs([case.text for case in CASES]))


def _found(text: str) -> tuple[Reading, list[Attribution]]:
    [reading] = read_paragraphs([text])
    return reading, find_attributions(reading)


def _shown(text: str, source: Span | None, cue: tuple[Span, ...] | None, content: tuple[Span, ...]) -> str:
    """Return an attribution as a line of the file, without what else is told of it."""
    parts = [
        "-" if source is None else source.of(text),
        "*" if cue is None else " + ".join(span.of(text) for span in cue) or "-",
        " + ".join(span.of(text) for span in content),
    ]
    return " | ".join(parts)


def _differences(text: str, expected: Expected, found: Attribution) -> list[str]:
    """Return in what an attribution is not as expected."""
    cue = expected.cue
    pairs: list[tuple[str, object, object]] = [
        ("source", expected.source, found.source),
        ("cue", cue, found.cue if cue is not None else None),
        ("content", expected.content, found.content),
        ("manner", expected.manner, found.manner),
    ]
    for name, here in (("work", found.work), ("link", found.link)):
        pairs.append((name, expected.more.get(name), None if here is None else here.of(text)))
    if "word" in expected.more:
        pairs.append(("word", expected.more["word"], found.cue_word))
    outer = expected.more.get("outer")
    pairs.append(("outer", None if outer is None else int(outer), found.outer))
    different = [f"{name}: {wanted} expected, {got} found" for name, wanted, got in pairs if wanted != got]
    if found.rule not in expected.rules:
        different.append(f"rule: {sorted(expected.rules)} expected, {found.rule} found")
    return different


@pytest.mark.parametrize(
    "number",
    [
        pytest.param(
            number,
            id=f"{case.section}-{case.line}",
            marks=[pytest.mark.xfail(reason="not found so yet", raises=AssertionError, strict=True)]
            if case.is_pending
            else [],
        )
        for number, case in enumerate(CASES)
    ],
)
def test_a_case_of_the_file_is_found_as_it_says(number: int) -> None:
    """A case's source, cue, content, manner, rule, study and level are found, to the character, and nothing else."""
    case, reading = CASES[number], _readings()[number]
    found = find_attributions(reading)
    text = case.text
    wanted = [_shown(text, one.source, one.cue, one.content) for one in case.expected]
    got = [
        _shown(text, one.source, one.cue if hoped is None or hoped.cue is not None else None, one.content)
        for one, hoped in zip(found, [*case.expected, *[None] * len(found)], strict=False)
    ]
    assert got == wanted
    differences = [_differences(text, *pair) for pair in zip(case.expected, found, strict=True)]
    assert differences == [[] for _ in case.expected]


def test_every_rule_has_its_cases() -> None:
    """The file has four cases at least for each rule, and two texts in its section in which nothing is said."""
    named = Counter(rule for case in CASES for one in case.expected for rule in one.rules)
    silent = Counter(case.section for case in CASES if not case.expected)
    assert {rule: named[rule] for rule in RULES if named[rule] < 4} == {}
    assert {rule: silent[rule] for rule in RULES if silent[rule] < 2} == {}


def test_a_rule_has_a_name_an_example_and_a_share() -> None:
    """A rule is known by its name, says what it finds, and how often that is right."""
    assert [name for name, rule in RULES.items() if rule.name != name or not rule.finds] == []
    assert [rule.name for rule in RULES.values() if not 0 < rule.confidence <= 1] == []


def test_cue_words_stand_once_with_frames_that_mean_something() -> None:
    """The list of cue words holds no word twice under one heading, and no frame that its head does not explain."""
    lines = [line.partition("#")[0].split() for line in CUE_LIST.read_text(encoding="utf-8").splitlines()]
    part, words = "", Counter[tuple[str, str]]()
    for word, *frames in filter(None, lines):
        if word.startswith("["):
            part = word
            continue
        words[part, word] += 1
        known = VERB_FRAMES if part == "[verbs]" else frozenset(["that", "to"])
        assert [frame for frame in frames if not frame.endswith("+") and frame not in known] == [], word
    assert [word for word, count in words.items() if count > 1] == []


def _faults(reading: Reading, found: list[Attribution]) -> list[str]:
    """Return what is wrong with attributions, whatever the text."""
    faults = [
        f"{number}: {fault}"
        for number, one in enumerate(found)
        for fault in (*_faults_of_spans(reading, one), *_faults_of_places(reading, one))
    ]
    for number, one in enumerate(found):
        if one.outer is None:
            continue
        outer = found[one.outer] if 0 <= one.outer < len(found) and one.outer != number else None
        if outer is None or not one.cue or not any(part.holds(cover(one.cue)) for part in outer.content):
            faults.append(f"{number}: its cue does not stand in what is around it")
    starts = [(one.paragraph, one.content[0].start) for one in found]
    return faults if starts == sorted(starts) else [*faults, "not in reading order"]


def _faults_of_spans(reading: Reading, one: Attribution) -> Iterator[str]:
    """Yield what is wrong with the spans of one attribution."""
    named = [span for span in (one.source, one.link, one.work) if span is not None]
    whole = Span(0, len(reading.text))
    if any(not len(span) or not whole.holds(span) for span in (*one.content, *one.cue, *named)):
        yield "a span without words, or outside the text"
    for parts in (one.content, one.cue):
        if any(first.end > second.start for first, second in pairwise(parts)):
            yield "parts out of order"
    if any(part.meets(cue) for part in one.content for cue in one.cue):
        yield "content over its own cue"
    if one.source is not None and any(part.meets(one.source) for part in one.content):
        yield "content over its own source"


def _faults_of_places(reading: Reading, one: Attribution) -> Iterator[str]:
    """Yield what is wrong with the paragraphs, the rule and the confidence of one attribution."""
    if not reading.paragraphs[one.paragraph].span.holds(cover(one.content)):
        yield "content in another paragraph"
    if (one.source is None) != (one.source_paragraph is None):
        yield "a source without a paragraph, or the other way round"
    if one.source is not None and not reading.paragraphs[one.source_paragraph or 0].span.holds(one.source):
        yield "source in another paragraph"
    if one.confidence != RULES[one.rule].confidence:
        yield "a confidence that is not its rule's"


def test_what_is_found_in_the_cases_is_sound() -> None:
    """Spans lie in their paragraphs, content meets neither cue nor source, a nested cue stands in what is around it."""
    faults = {
        case.line: wrong
        for case, reading in zip(CASES, _readings(), strict=True)
        if (wrong := _faults(reading, find_attributions(reading)))
    }
    assert faults == {}


def test_a_text_with_nothing_in_it_has_nothing_said() -> None:
    """An empty text, and one of blank lines, have no attributions."""
    assert [find_attributions(reading) for reading in read_paragraphs(["", "\n\n  \n"])] == [[], []]


def test_a_paragraph_that_was_not_parsed_is_passed_over() -> None:
    """Without its parse a paragraph has no attributions, and the others count it all the same."""
    text = "Jo Doe said the ward was full.\nKit Poe said the ward was empty."
    [reading] = read_paragraphs([text], is_wanted=lambda paragraph: paragraph.startswith("Kit"))
    [one] = find_attributions(reading)
    assert (one.paragraph, one.source_paragraph, one.content) == (1, 1, (Span(44, 62),))


def test_reading_twice_finds_the_same() -> None:
    """The same text gives the same attributions."""
    text = CASES[0].text
    assert _found(text)[1] == _found(text)[1]


#: Made-up sentences out of these parts.
NAMES = st.sampled_from(
    ["Jo Doe", "Kit Poe, leader of Anyshire Council,", "the trust", "She", "55 of the 56 respondents", "A survey", "It"]
)
CUES = st.sampled_from(["said", "warned", "wants", "believes", "told the panel", "found", "refused", "put", "added"])
CLAUSES = st.sampled_from(
    [
        *("that the ward was full", "to wait", "the beds were gone", "for a pause", "a farce", "it would close"),
        *("that Kit Poe had said it was safe", "the ‘savings’ were small", "“a sham” of a plan", ""),
    ]
)
QUOTED = st.sampled_from(
    ["We will wait,", "He said no.", "Is it safe?", "The councils’ plan can’t work.", "Not one “pledge” holds", ""]
)
MARKS = st.sampled_from([("“", "”"), ('"', '"'), ("‘", "’"), ("'", "'"), ("“", ""), ("", "”"), ("''", "''")])
ENDS = st.sampled_from([".", ":", ", Jo Doe said.", " – Kit Poe", ", according to the trust.", ", says institute", ""])

SENTENCES = st.one_of(
    st.tuples(NAMES, CUES, CLAUSES, ENDS).map(lambda parts: " ".join(part for part in parts[:3] if part) + parts[3]),
    st.tuples(MARKS, QUOTED, ENDS).map(lambda parts: parts[0][0] + parts[1] + parts[0][1] + parts[2]),
    st.tuples(MARKS, QUOTED, CUES, NAMES, MARKS, QUOTED).map(
        lambda p: f"{p[0][0]}{p[1]}{p[0][1]} {p[2]} {p[3]} {p[4][0]}{p[5]}{p[4][1]}"
    ),
    st.sampled_from(["• the ward stays open;", "RESOLVED that it be so.", "– Jo Doe, chair", "MS DOE: We wait.", "…"]),
)
PARAGRAPHS = st.lists(SENTENCES, min_size=1, max_size=3).map(" ".join)

#: Characters that readers trip over, beside letters.
ODD = st.text(alphabet="aA said“”‘’'\"`«».,:;–-•()\n\t\u00a0\u2009\u200f\u05d0\U0001f600£%0", max_size=60)


@given(st.lists(PARAGRAPHS, min_size=1, max_size=5).map("\n".join))
def test_whatever_is_said_is_sound(text: str) -> None:
    """Nothing raises on made-up paragraphs, and what is found in them is sound."""
    assert _faults(*_found(text)) == []


@given(ODD)
def test_odd_characters_do_no_harm(text: str) -> None:
    """Nothing raises on marks, spaces and letters of all kinds in any order."""
    assert _faults(*_found(text)) == []


#: Paragraphs that neither go on with another nor lead on to it.
ALONE = st.tuples(
    st.sampled_from(["Jo Doe", "Kit Poe", "Midshire Council", "A third of councils"]),
    st.sampled_from(["said", "warned", "believes", "added"]),
    st.sampled_from(["that the ward was full", "the beds were gone", "“we will wait”", "that she wanted to leave"]),
).map(lambda parts: " ".join(parts) + ", and then went home.")


def _moved(one: Attribution, *, by: int, paragraph: int, before: int) -> Attribution:
    """Return an attribution as it stands further down a text."""
    return replace(
        one,
        source=None if one.source is None else one.source.moved(by),
        link=None if one.link is None else one.link.moved(by),
        work=None if one.work is None else one.work.moved(by),
        cue=tuple(span.moved(by) for span in one.cue),
        content=tuple(span.moved(by) for span in one.content),
        paragraph=paragraph,
        source_paragraph=None if one.source_paragraph is None else paragraph,
        outer=None if one.outer is None else one.outer + before,
    )


@given(st.lists(ALONE, min_size=2, max_size=5))
def test_a_paragraph_among_others_is_read_as_alone(paragraphs: list[str]) -> None:
    """What is found in a paragraph does not depend on its neighbours, where no rule reaches over them."""
    expected: list[Attribution] = []
    start = 0
    for number, paragraph in enumerate(paragraphs):
        _, alone = _found(paragraph)
        before = len(expected)
        expected += [_moved(one, by=start, paragraph=number, before=before) for one in alone]
        start += len(paragraph) + 1
    assert _found("\n".join(paragraphs))[1] == expected


def test_a_list_of_very_many_names_is_read() -> None:
    """A source may be as long as it likes: no list of names is too long for the rules."""
    text = "Jo Doe, " * 1_500 + "and Kit Poe said the plan is bad."
    [reading] = read_paragraphs([text])
    assert [one.content[0].of(text) for one in find_attributions(reading)] == ["the plan is bad"]
