"""What claims are about, how they judge it, what is done in saying them, and the words that say so."""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode

from stpgraph.extraction.relationships import (
    Code,
    Context,
    Decision,
    Judgement,
    Labels,
    SourceKind,
    find_source_kind,
    judge,
    judge_spans,
)
from stpgraph.extraction.relationships.words import Lexicon, read_lists, split_words, stem
from stpgraph.extraction.spans import Span
from stpgraph.resources import folder
from stpgraph.turtle import read_turtle
from stpgraph.vocabulary import SKOS, STP, local_name, mint

DATA = Path(__file__).parent / "data"
KINDS = ("aspect", "party", "relationship")


@cache
def labels() -> Labels:
    """The labels of the published lists of codes."""
    told: dict[NamedNode, dict[NamedNode, list[NamedNode | str]]] = defaultdict(lambda: defaultdict(list))
    for triple in read_turtle(folder("ontology") / "relationships.ttl"):
        if isinstance(triple.subject, NamedNode) and isinstance(triple.object, NamedNode | Literal):
            value = triple.object if isinstance(triple.object, NamedNode) else triple.object.value
            told[triple.subject][triple.predicate].append(value)

    def nodes(iri: NamedNode, term: NamedNode) -> tuple[NamedNode, ...]:
        return tuple(value for value in told[iri][term] if isinstance(value, NamedNode))

    def words(iri: NamedNode, term: NamedNode) -> tuple[str, ...]:
        return tuple(value for value in told[iri][term] if isinstance(value, str))

    return Labels.of(
        Code(
            iri=iri,
            label=words(iri, SKOS.prefLabel)[0],
            alt_labels=words(iri, SKOS.altLabel),
            broader=nodes(iri, SKOS.broader),
            aspect=next(iter(nodes(iri, STP.aspect)), None),
            parties=nodes(iri, STP.party),
        )
        for iri in list(told)
        if "/" in local_name(iri) and local_name(iri).partition("/")[0] in KINDS
    )


def cases(name: str, fields: int) -> list[object]:
    """The lines of a case file, split at their bars; those with a question mark must fail, until they are mended."""
    found: list[object] = []
    for line in (DATA / name).read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            parts = [part.strip() for part in line.removeprefix("?").split("|")]
            assert len(parts) == fields, line
            marks = [pytest.mark.xfail(reason="not read yet")] if line.startswith("?") else []
            found.append(pytest.param(*parts, id=line.lstrip("? "), marks=marks))
    return found


def told(decision: Decision | None) -> str:
    """The slug of what was decided, or a hyphen."""
    return "-" if decision is None else local_name(decision.concept).partition("/")[2]


def words_of(text: str, decision: Decision | None) -> list[str]:
    """The words of a text that decided something."""
    return [] if decision is None else [span.of(text) for span in decision.because]


def topics(judgement: Judgement) -> list[str]:
    """The slugs of what a claim is about."""
    return [told(decision) for decision in judgement.relationships]


@pytest.mark.parametrize(("expected", "said"), cases("relationships.txt", 2))
def test_what_claims_are_about(expected: str, said: str) -> None:
    """Each sentence is about what its line says, and about nothing else."""
    found = set(topics(judge(said, cue_word="say", labels=labels())))
    assert found == (set() if expected == "-" else set(expected.split("+")))


@pytest.mark.parametrize(("expected", "cue", "said"), cases("stances.txt", 3))
def test_how_claims_judge(expected: str, cue: str, said: str) -> None:
    """Each sentence judges what it is about as its line says."""
    assert told(judge(said, cue_word=cue, labels=labels()).stance) == expected


@pytest.mark.parametrize(("expected", "cue", "kind", "said"), cases("acts.txt", 4))
def test_what_is_done_in_saying(expected: str, cue: str, kind: SourceKind, said: str) -> None:
    """Each sentence, with its cue and its source, does what its line says."""
    assert told(judge(said, cue_word=cue, labels=labels(), context=Context(source_kind=kind)).act) == expected


@pytest.mark.parametrize(("expected", "said"), cases("modalities.txt", 2))
def test_how_claims_are_hedged(expected: str, said: str) -> None:
    """Each sentence is hedged as its line says."""
    assert told(judge(said, cue_word="say", labels=labels()).modality) == expected


def test_decisions_name_their_words() -> None:
    """Each decision points at the words in the document that made it: of the claim, or of its cue."""
    text = "Doe warned that pooled budgets may fail."
    context = Context(text=text, cue=(Span(4, 10),))
    judged = judge(text[16:], offset=16, cue_word="warn", labels=labels(), context=context)
    assert topics(judged) == ["joint-working-nhs-social-care"]
    assert words_of(text, judged.relationships[0])[0] == "pooled budgets"
    assert words_of(text, judged.act) == ["warned"]
    assert words_of(text, judged.stance) == ["fail"]
    assert words_of(text, judged.modality) == ["may"]


def test_a_word_that_turns_another_round_is_named_with_it() -> None:
    """A judgement turned round by “not” points at both words."""
    text = "The plan is not sustainable."
    judged = judge(text, cue_word="say", labels=labels())
    assert told(judged.stance) == "critical"
    assert [word for word in words_of(text, judged.stance) if "not" in word or word == "sustainable"] == [
        "is not",
        "sustainable",
    ]


def test_a_claim_in_two_places_is_judged_as_one() -> None:
    """A quotation broken by its cue is read as one, and its words are found in both places."""
    text = "“The savings targets,” said Doe, “are unrealistic.”"
    judged = judge_spans(text, [Span(1, 20), Span(34, 50)], cue_word="say", labels=labels())
    assert topics(judged) == ["savings-national-bodies-stp"]
    assert "savings targets" in words_of(text, judged.relationships[0])
    assert words_of(text, judged.stance) == ["unrealistic"]


def test_a_claim_without_words_for_it_takes_up_its_paragraph() -> None:
    """What a claim itself does not tell is taken from around it, less surely, and said so."""
    text = "Emergency admissions and hospital admissions rose. “We saw it coming,” Doe said."
    start = text.index("We")
    context = Context(text=text, paragraph=Span(0, len(text)), sentence=Span(start - 1, len(text)))
    judged = judge("We saw it coming,", offset=start, cue_word="say", labels=labels(), context=context)
    assert topics(judged) == ["demand-public-stp"]
    assert "paragraph" in judged.relationships[0].why
    assert "Emergency admissions" in words_of(text, judged.relationships[0])
    plain = judge("Emergency admissions rose.", cue_word="say", labels=labels())
    assert judged.relationships[0].confidence < plain.relationships[0].confidence


def test_a_claim_without_any_words_for_it_is_unknown() -> None:
    """Where nothing tells what a claim is about, nothing is proposed."""
    assert judge("It is what it is.", cue_word="say", labels=labels()).relationships == ()


def test_a_study_finds_and_those_asked_do_not() -> None:
    """The same words are a finding of a study, and an assertion of those asked."""

    def act(kind: SourceKind) -> str:
        context = Context(source_kind=kind)
        return told(judge("budgets are short", cue_word="show", labels=labels(), context=context).act)

    assert [act("study"), act("respondents")] == ["finding", "assertion"]


@pytest.mark.parametrize(
    ("source", "work", "expected"),
    [
        ("a survey of 40 councils", "", "study"),
        ("It", "the review", "study"),
        ("37 of the 40 bodies asked", "the survey", "respondents"),
        ("just over a third", "", "respondents"),
        ("Two-thirds of directors", "", "respondents"),
        ("respondents", "", "respondents"),
        ("Jo Doe, author of the report", "", "other"),
        ("the chief executive of the trust", "", "other"),
        ("the One Anyshire board", "", "other"),
    ],
)
def test_sources_are_studies_or_those_asked(source: str, work: str, expected: str) -> None:
    """The words for a source tell whether a study speaks, those asked in one, or somebody else."""
    assert find_source_kind(source, work) == expected


def test_narrower_labels_take_over() -> None:
    """A phrase that names a narrower relationship wins over a word in it for the wider one."""
    assert topics(judge("The integration of health and social care is slow.", cue_word="say", labels=labels())) == [
        "joint-working-nhs-social-care"
    ]


def test_a_wide_word_is_narrowed_by_what_stands_around() -> None:
    """A word for joint working is read as narrowly as the text around it speaks, and the reason says so."""
    text = "Delayed discharges and pooled budgets fill the agenda. Integration is slow."
    start = text.index("Integration")
    context = Context(text=text, paragraph=Span(0, len(text)))
    judged = judge(text[start:], offset=start, cue_word="say", labels=labels(), context=context)
    assert topics(judged) == ["joint-working-nhs-social-care"]
    assert judged.relationships[0].why.endswith("narrowed by what stands around it")
    assert "Integration" in words_of(text, judged.relationships[0])


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("There is no money for prevention.", ["prevention-national-bodies-stp"]),
        ("Prevention is essential, and investing in prevention pays.", ["prevention-public-stp"]),
        ("The funding settlement holds nothing for backlog maintenance.", ["capital-local-government-nhs"]),
    ],
)
def test_money_with_a_purpose_belongs_to_it(said: str, expected: list[str]) -> None:
    """Money for prevention or buildings is not funding in general, and that prevention matters is not its money."""
    assert topics(judge(said, cue_word="say", labels=labels())) == expected


def test_a_claim_goes_on_with_what_its_speaker_spoke_of() -> None:
    """What the speaker spoke of before tips the scales, less surely than words, where the text leaves two choices."""
    trust = mint("relationship", "trust")
    text = "Mistrust grew. Jo Doe spoke next. “It will not last,” she said."
    start = text.index("It will")
    judged = judge(
        "It will not last,",
        offset=start,
        cue_word="say",
        labels=labels(),
        context=Context(text=text, preceding=(trust,)),
    )
    assert topics(judged) == ["trust"]
    assert judged.relationships[0].why == "the same speaker spoke of it before"
    assert judged.relationships[0].confidence < 0.5


def test_labels_of_a_list_of_ones_own() -> None:
    """Labels need not be the published ones: any codes with labels will do."""
    own = Labels.of([Code(iri=mint("relationship", "parking"), label="parking", alt_labels=("car parks",))])
    assert topics(judge("There is no car park.", cue_word="say", labels=own)) == ["parking"]


def test_words_lose_their_endings() -> None:
    """Inflections of a word come out alike, and words that only look like them do not."""
    assert {stem(word) for word in ("saves", "saved", "saving", "Savings", "save")} == {"sav"}
    assert stem("care") == stem("cared") != stem("car")
    assert stem("building") != stem("build")


def test_phrases_do_not_run_over_full_stops() -> None:
    """A phrase is found within one sentence only."""
    lexicon = Lexicon.of({"bad": ["fail to act"]})
    assert [len(lexicon.find(split_words(text))) for text in ("It failed to act.", "It failed. To act is best.")] == [
        1,
        0,
    ]


@pytest.mark.parametrize("name", ["topics.txt", "stances.txt", "cues.txt", "hedges.txt"])
def test_lists_hold_no_phrase_twice(name: str) -> None:
    """A phrase stands once in its list."""
    twice = {
        (kind, phrase) for kind, phrases in read_lists(name).items() for phrase in phrases if phrases.count(phrase) > 1
    }
    assert twice == set()


def test_lists_name_codes_of_the_schemes() -> None:
    """Words for aspects, parties and relationships are told of those that there are."""
    named = {name for name in read_lists("topics.txt") if "/" in name}
    assert named - {local_name(iri) for iri in labels().codes} == set()


_WORDS = ("no ", "not ", "trust ", "NHS ", "should ", "may ", "but ", "5 ", "if ", "good ", "fail to ", "councils ")
_PIECES = st.sampled_from([*"“”‘’'\".,;:?!()-–…£% \n\t", *_WORDS])
_TEXTS = st.lists(_PIECES | st.text(st.characters(exclude_categories=["Cs"]), max_size=6), max_size=25).map("".join)


@given(before=_TEXTS, content=_TEXTS, after=_TEXTS, cue=st.sampled_from(["", "warn", "deny", "find", "ask", "\u2028"]))
def test_any_text_is_judged(before: str, content: str, after: str, cue: str) -> None:
    """Whatever stands in a claim and around it, a judgement comes, and its words lie within the text."""
    text = before + content + after
    whole = Span(0, len(text))
    context = Context(text=text, sentence=whole, paragraph=whole, headline=whole, cue=(Span(0, len(before)),))
    judged = judge(content, offset=len(before), cue_word=cue, labels=labels(), context=context)
    decisions = [*judged.relationships, judged.act, *(one for one in (judged.stance, judged.modality) if one)]
    for decision in decisions:
        assert 0 < decision.confidence <= 1
        assert decision.why
        assert all(whole.holds(span) for span in decision.because)


def test_what_is_not_believed_is_judged_badly() -> None:
    """A cue of opinion with a "not" turns what is said round: nobody praises what they do not believe in."""
    text = "Directors do not believe that the pledge will be kept."
    context = Context(text=text, cue=(Span(10, 24),))
    judged = judge(text[30:-1], offset=30, cue_word="believe", labels=Labels.of([]), context=context)
    assert judged.stance is not None
    assert (judged.stance.concept, judged.stance.because) == (mint("stance", "critical"), (Span(10, 24),))
