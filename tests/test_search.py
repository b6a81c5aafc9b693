"""Finding by words and facets: on an invented county and on the graph that ships, each read by hand."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, Quad, RdfFormat

from benchmarks.synthetic import generate
from stpgraph.building import load_shipped
from stpgraph.errors import BadParameter, StoreError
from stpgraph.search import FACETS, SearchIndex, is_current, keeping, open_index, spelling
from stpgraph.search.answers import FacetValue, Found, Snippet
from stpgraph.search.files import FILE
from stpgraph.store import Store, open_store, replace_store
from stpgraph.vocabulary import BASE, RDF, STP, mint

ANYSHIRE = Path(__file__).parent / "anyshire.ttl"

#: A quotation of the county's first claim, and proposals of which little is known, among them one of a fake accent.
MORE = """
@base <https://w3id.org/stpgraph/id/> .
@prefix oa: <http://www.w3.org/ns/oa#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix stp: <https://w3id.org/stpgraph/ontology#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .

<evidence/one/100-180> oa:hasSelector <quotation/one/100-180> .
<quotation/one/100-180> a oa:TextQuoteSelector ; oa:exact "Wobbly ground, said the leader of the café club." .
<claim/x/1-2> a stp:Claim ; stp:summary "Nobody knows who said that fogs lift."@en ;
    stp:speechAct <speech-act/assertion> ; stp:reviewStatus <review-status/proposed> ; stp:reportedIn <document/two> .
<claim/x/3-4> a stp:Claim ; stp:claimant <person/jo-doe> ; stp:summary "Fog is thick."@en ;
    stp:speechAct <speech-act/assertion> ; stp:reviewStatus <review-status/proposed> ; stp:reportedIn <document/two> ;
    stp:statedOn "2017"^^xsd:gYear .
"""

SHIPPED = (
    "2016-11-21-pse-council-capabilities-must-be-put-to-use",
    "2017-09-21-localgov-stps-under-pressure-and-under-funded",
)


def store_of(*texts: bytes | Path) -> Store:
    """A store in memory with some Turtle."""
    store = open_store()
    for text in texts:
        store.load(text, format=RdfFormat.TURTLE, graph=mint("graph", "anyshire"))
    return store


@pytest.fixture(scope="module")
def county() -> SearchIndex:
    """The index of the invented county: eight claims and a withdrawn one."""
    return open_index(store_of(ANYSHIRE))


@pytest.fixture(scope="module")
def unsure() -> SearchIndex:
    """The index of the county with the quotation and the two proposals."""
    return open_index(store_of(ANYSHIRE, MORE.encode()))


@pytest.fixture(scope="module")
def shipped() -> SearchIndex:
    """The index of the graph that ships: 18 claims of November 2016 and 17 of September 2017."""
    store = open_store()
    load_shipped(store)
    return open_index(store)


@pytest.fixture(scope="module")
def made_up() -> tuple[Store, SearchIndex]:
    """A made-up store of some 250 claims, one in a hundred withdrawn, with its index."""
    store = open_store()
    store.add(generate(18_000))
    return store, open_index(store)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with the county's store."""
    with replace_store(tmp_path / "store") as store:
        store.load(ANYSHIRE, graph=mint("graph", "anyshire"))
    return tmp_path / "store"


def claims(found: Found) -> list[str]:
    """The claims found, in order, by what is theirs of the IRI."""
    return [hit.iri.removeprefix(f"{BASE}claim/") for hit in found.hits]


def places(found: Found) -> list[str]:
    """The claims found, in order, by their place in the text."""
    return [iri.rpartition("/")[2] for iri in claims(found)]


def values(found: Found, name: str) -> list[tuple[str, int]]:
    """The values of a facet with their counts, in order."""
    [facet] = [facet for facet in found.facets if facet.name == name]
    return [(value.key, value.count) for value in facet.values]


def value(found: Found, name: str, key: str) -> FacetValue:
    """One value of a facet."""
    [facet] = [facet for facet in found.facets if facet.name == name]
    [one] = [one for one in facet.values if one.key == key]
    return one


# --- Words


def test_nothing_asked_is_everything(county: SearchIndex) -> None:
    """Without words all claims are found, newest first, of one day by document and place."""
    found = county.find()
    assert found.total == 8
    assert claims(found) == [
        *("two/400-440", "two/100-150", "two/200-260", "two/300-340", "two/450-480"),
        *("one/100-180", "one/200-280", "one/300-380"),
    ]
    assert (found.things, found.reread, found.notices) == ((), (), ())


def test_withdrawn_claims_are_left_out(county: SearchIndex) -> None:
    """What was withdrawn is not found by its words."""
    assert county.find("withdrawn").total == county.find('"this was withdrawn"').total == 0


def test_the_summary_goes_before_the_title(county: SearchIndex) -> None:
    """Claims with a word in their summary come before those that have it in their document's title alone."""
    found = county.find("trust")
    assert found.total == 6
    assert set(claims(found)[4:]) == {"one/200-280", "one/300-380"}
    assert found.hits[-1].snippet == Snippet(field="document", text="Trust is thin", marks=((0, 5),))


def test_all_words_must_be_there(county: SearchIndex) -> None:
    """A claim has all plain words, be they in different texts of it."""
    assert claims(county.find("herald integration")) == ["two/200-260"]


def test_any_word_will_do_where_no_claim_has_all(county: SearchIndex) -> None:
    """Where no claim has all words those with some are shown, and that is told."""
    found = county.find("stalled ministers")
    assert sorted(claims(found)) == ["one/300-380", "two/200-260"]
    assert found.notices == ("no claim has all of these words; shown is what has any of them",)


def test_a_phrase_is_taken_as_it_is(county: SearchIndex) -> None:
    """Words in quotation marks, straight or curly, must follow one another in one text."""
    assert claims(county.find('"trust is too"')) == ["one/100-180"]
    assert claims(county.find("“trust is too”")) == ["one/100-180"]
    assert county.find('"is trust too"').total == 0
    assert county.find('"stalled trust"').total == 0


def test_a_quoted_word_has_no_plural(county: SearchIndex) -> None:
    """A word in quotation marks is found as it is written alone."""
    assert claims(county.find("budget")) == ["one/200-280"]
    assert county.find('"budget"').total == 0


def test_a_minus_leaves_out(county: SearchIndex) -> None:
    """Words and phrases after a minus must not be there; a minus within a word is none."""
    assert sorted(claims(county.find("trust -doe"))) == ["one/200-280", "one/300-380", "two/100-150", "two/450-480"]
    assert sorted(claims(county.find('trust -"trust is thin"'))) == ["two/100-150", "two/400-440", "two/450-480"]
    assert county.find("-trust").total == 2
    assert county.find("joint-working").total == county.find('"joint working"').total == 3


def test_singular_and_plural_find_each_other(county: SearchIndex) -> None:
    """A word finds its plural, and the other way round."""
    assert claims(county.find("minister")) == ["one/300-380"]
    assert claims(county.find("gaps")) == ["two/300-340"]


def test_the_beginning_of_a_word_finds_it(county: SearchIndex) -> None:
    """A word that stands nowhere finds those that begin with it."""
    found = county.find("minist")
    assert claims(found) == ["one/300-380"]
    assert found.reread == ()


@pytest.mark.parametrize("typed", ["Zoe Blogg", "ZOË BLOGG", "zoe\u0308 blogg"])
def test_case_and_accents_do_not_matter(county: SearchIndex, typed: str) -> None:
    """A name is found however its letters are written, and marked as it stands in the text."""
    found = county.find(typed)
    assert claims(found) == ["two/100-150"]
    assert found.hits[0].snippet == Snippet(field="claimant", text="Zoë Blogg", marks=((0, 3), (4, 9)))
    assert [thing.iri for thing in found.things] == [f"{BASE}person/zoe-blogg"]


@pytest.mark.parametrize(
    ("typed", "meant"), [("intergation", "integration"), ("stallled", "stalled"), ("minsters", "ministers")]
)
def test_a_slip_is_read_as_the_nearest_word(county: SearchIndex, typed: str, meant: str) -> None:
    """A word that stands nowhere is read as the one with the fewest letters' difference, and that is told."""
    found = county.find(typed)
    assert [(one.word, one.read_as) for one in found.reread] == [(typed, (meant,))]
    assert claims(found) == claims(county.find(f'"{meant}"'))


def test_short_words_and_numbers_are_no_slips(county: SearchIndex) -> None:
    """Three letters, and what holds a digit, are not read as something else; that they are nowhere is told."""
    for word in ("gxp", "2029"):
        found = county.find(word)
        assert (found.total, found.reread) == (0, ())
        assert found.notices == (f"“{word}” stands in no text and no name",)


def test_spelling_without_its_library_is_told(county: SearchIndex, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without rapidfuzz slips find nothing, and the answer says what to install; right words are found."""

    def missing(name: str) -> None:
        raise ImportError(name)

    monkeypatch.setattr(spelling, "import_module", missing)
    found = county.find("intergation")
    assert found.total == 0
    assert found.notices[0].endswith("get it with: pip install 'stpgraph[serve]'")
    assert county.find("integration").total == 3
    assert county.nearest("organisation/herald")[0].label == "Herald"


def test_the_exact_words_are_found(unsure: SearchIndex) -> None:
    """A claim is found by the words of its source where the store holds them, accents or not."""
    found = unsure.find("wobbly cafe")
    assert claims(found) == ["one/100-180"]
    assert found.hits[0].snippet == Snippet(
        field="words", text="Wobbly ground, said the leader of the café club.", marks=((0, 6), (38, 42))
    )


def test_figures_are_found_as_said(county: SearchIndex) -> None:
    """A claim is found by the number words of its figures."""
    assert claims(county.find("£2m")) == ["two/300-340"]
    assert claims(county.find('"two in three"')) == ["one/200-280"]


def test_roles_and_outlets_are_found(county: SearchIndex) -> None:
    """A claim is found by the post of its claimant, other names of the body, and the outlet."""
    assert sorted(claims(county.find("leader"))) == ["one/100-180", "two/400-440"]
    assert claims(county.find("IoP -recommendation -ministers")) == ["two/100-150"]
    assert county.find("gazette").total == 3


@pytest.mark.parametrize(
    "typed",
    [
        *('"', "“", "-", '-"', "*", "trust*", "NEAR(trust, thin)", "trust AND", "OR", "summary:trust", "(", "{a b}"),
        *(
            "^trust",
            "trust + thin",
            "\x00",
            "trust\x00thin",
            "'; DROP TABLE x; --",
            "\ud800",
            "é" * 10_000,
            "a " * 5_000,
        ),
        *("\\", "?o ?p", "%", "_", '""', '"" ""', "-" * 999, "\u202e", "İ", "ﬁ"),
    ],
)
def test_no_words_are_an_error(county: SearchIndex, typed: str) -> None:
    """Operators of other languages, stray marks, NUL and ten thousand letters mean themselves or nothing."""
    assert county.find(typed).total <= 8
    assert len(county.suggest(typed)) <= 8
    assert len(county.nearest(typed)) <= 5


@given(st.text(alphabet=st.one_of(st.characters(), st.sampled_from('"-“ trust'))))
def test_any_text_is_a_query(typed: str) -> None:
    """No text whatever is an error, and a text without words narrows nothing."""
    found = ANY.find(typed)
    assert 0 <= found.total <= 8
    assert len(found.hits) == found.total
    ANY.suggest(typed)


ANY = open_index(store_of(ANYSHIRE))


def test_too_many_words_are_told() -> None:
    """Of a long text the first words are looked up, and that is told."""
    found = ANY.find(" ".join(f"trust{chr(97 + n // 26)}{chr(97 + n % 26)}" for n in range(60)))
    assert "only the first words were looked up; ask with fewer" in found.notices


def test_long_texts_are_cut() -> None:
    """The snippet of a long text is what stands around the first word found, with the marks moved along."""
    long = "Lorem " * 100 + "needle " + "ipsum " * 100
    store = store_of(ANYSHIRE)
    store.add([Quad(mint("claim", "one", "200-280"), STP.summary, Literal(long), mint("graph", "anyshire"))])
    [hit] = open_index(store).find("needle").hits
    [(start, end)] = hit.snippet.marks
    assert hit.snippet.text[start:end] == "needle"
    assert hit.snippet.text.startswith("… Lorem")
    assert hit.snippet.text.endswith("ipsum …")
    assert len(hit.snippet.text) <= 244


def test_a_page_of_hits(county: SearchIndex) -> None:
    """Limit and offset cut the hits, and nothing else."""
    everything, page = county.find(), county.find(limit=2, offset=3)
    assert claims(page) == claims(everything)[3:5]
    assert (page.total, page.facets) == (8, everything.facets)
    assert claims(county.find(offset=99)) == []


def test_the_newest_first(county: SearchIndex) -> None:
    """Sorted by day, what fits best need not come first."""
    assert claims(county.find("trust", sort="day")) == [
        *("two/400-440", "two/100-150", "two/450-480", "one/100-180", "one/200-280", "one/300-380")
    ]


# --- Facets


def test_counts_of_everything(county: SearchIndex) -> None:
    """Each facet counts its values, most first, equals by label; a claim of two claimants counts for both."""
    found = county.find()
    assert [facet.name for facet in found.facets] == list(FACETS)
    assert values(found, "claimant") == [
        *(("organisation/anyshire-council", 2), ("person/jo-doe", 2), ("collective/respondents", 1)),
        *(("organisation/herald", 1), ("organisation/institute", 1), ("collective/unnamed-sources", 1)),
        ("person/zoe-blogg", 1),
    ]
    assert values(found, "body") == [
        *(("organisation/anyshire-council", 4), ("organisation/institute", 2), ("unknown", 2)),
        ("organisation/herald", 1),
    ]
    assert values(found, "relationship") == [
        *(("relationship/trust", 4), ("relationship/joint-working", 3)),
        *(("relationship/funding-national-bodies-stp", 2), ("relationship/joint-working-local-government-nhs", 1)),
    ]
    assert values(found, "stance") == [("stance/critical", 4), ("stance/supportive", 3), ("stance/neutral", 1)]
    assert values(found, "act") == [
        *(("speech-act/assertion", 5), ("speech-act/finding", 1), ("speech-act/recommendation", 1)),
        ("speech-act/warning", 1),
    ]
    assert values(found, "period") == [("2018", 8), ("2018-04", 5), ("2018-03", 3)]
    assert values(found, "document") == [("document/two", 5), ("document/one", 3)]
    assert values(found, "status") == [("review-status/accepted", 7), ("review-status/proposed", 1)]


def test_a_value_tells_what_it_is(county: SearchIndex) -> None:
    """A value has its label, its IRI and what it is a part of."""
    found = county.find()
    assert value(found, "relationship", "relationship/joint-working-local-government-nhs") == FacetValue(
        key="relationship/joint-working-local-government-nhs",
        label="joint working of councils and the NHS",
        count=1,
        above="relationship/joint-working",
        iri=f"{BASE}relationship/joint-working-local-government-nhs",
    )
    assert value(found, "period", "2018-03") == FacetValue(key="2018-03", label="2018-03", count=3, above="2018")


def test_choices_narrow_each_other(county: SearchIndex) -> None:
    """Values of a facet are alternatives, facets add up, and a facet counts what its other values would give."""
    found = county.find(chosen={"stance": ["stance/critical", "stance/neutral"], "period": ["2018-03"]})
    assert claims(found) == ["one/100-180", "one/300-380"]
    assert values(found, "stance") == [("stance/critical", 1), ("stance/neutral", 1), ("stance/supportive", 1)]
    assert values(found, "period") == [("2018", 5), ("2018-04", 3), ("2018-03", 2)]
    assert values(found, "act") == [("speech-act/recommendation", 1), ("speech-act/warning", 1)]
    assert [value(found, "stance", f"stance/{key}").is_chosen for key in ("critical", "supportive")] == [True, False]


def test_words_narrow_the_counts(county: SearchIndex) -> None:
    """Facets count the claims that have the words."""
    assert values(county.find("integration"), "stance") == [
        *(("stance/critical", 1), ("stance/neutral", 1), ("stance/supportive", 1))
    ]


def test_a_wider_relationship_finds_those_below(county: SearchIndex) -> None:
    """Choosing a relationship finds the claims about those below it."""
    found = county.find(chosen={"relationship": ["relationship/joint-working"]})
    assert claims(found) == ["two/200-260", "one/200-280", "one/300-380"]


@pytest.mark.parametrize("key", ["stance/neutral", "neutral", f"{BASE}stance/neutral"])
def test_keys_may_be_short_or_whole(county: SearchIndex, key: str) -> None:
    """A value is chosen by its path, its IRI, or for codes by the code."""
    assert claims(county.find(chosen={"stance": [key]})) == ["one/300-380"]


def test_what_is_not_known_is_a_value(unsure: SearchIndex) -> None:
    """Claims without a claimant, relationship, stance or day are counted and found as such."""
    found = unsure.find("fog")
    assert found.total == 2
    for name, count in {"claimant": 1, "body": 2, "relationship": 2, "stance": 2, "period": 1}.items():
        assert value(found, name, "unknown") == FacetValue(key="unknown", label="not known", count=count)
        assert unsure.find("fog", {name: ["unknown"]}).total == count
    assert claims(unsure.find(chosen={"period": ["unknown"]})) == ["x/1-2"]
    assert claims(unsure.find(chosen={"period": ["2017"]})) == ["x/3-4"]
    assert claims(unsure.find())[-2:] == ["x/3-4", "x/1-2"]


def test_a_value_that_no_claim_has(county: SearchIndex) -> None:
    """Choosing what no claim has finds nothing, shows the choice with no claims, and tells it."""
    found = county.find(chosen={"claimant": ["person/sam-roe"]})
    assert found.total == 0
    assert value(found, "claimant", "person/sam-roe") == FacetValue(
        key="person/sam-roe", label="person/sam-roe", count=0, is_chosen=True
    )
    assert found.notices == ("no claim has the choice claimant: person/sam-roe",)


def test_facets_are_cut_but_not_what_is_chosen(county: SearchIndex) -> None:
    """The most frequent values are given, and those chosen however rare; how many there are is told."""
    found = county.find(chosen={"act": ["warning"]}, most=1)
    assert values(found, "act") == [("speech-act/assertion", 5), ("speech-act/warning", 1)]
    assert next(facet.value_count for facet in found.facets if facet.name == "act") == 4


@pytest.mark.parametrize(
    ("since", "until", "count"),
    [
        *(("2018-04", "", 5), ("", "2018-03", 3), ("2018-04-11", "", 1), ("2018-03-06", "2018-04-10", 4)),
        *(("2018", "2018", 8), ("2019", "", 0), ("", "2017-12-31", 0)),
    ],
)
def test_a_period(county: SearchIndex, since: str, until: str, count: int) -> None:
    """Limits are days, months or years, and both belong to the period."""
    assert county.find(since=since, until=until).total == count


def test_a_claim_of_a_year_is_in_its_months(unsure: SearchIndex) -> None:
    """What is known by its year only is compared by it; what has no day is in no period."""
    assert claims(unsure.find("fog", since="2017-06", until="2017-07")) == ["x/3-4"]


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"chosen": {"stanse": ["x"]}}, "there is no facet 'stanse'; did you mean 'stance'?"),
        ({"sort": "size"}, "there is no order 'size'; expected rank or day"),
        ({"since": "May"}, "since='May' is no date; expected 2016, 2016-11 or 2016-11-21"),
        ({"since": "2018", "until": "2017-05"}, "since=2018 is after until=2017-05; turn them round"),
        ({"offset": -1}, "limit=20 and offset=-1 must not be below 0"),
    ],
)
def test_what_is_wrong_is_told(county: SearchIndex, wrong: dict[str, object], message: str) -> None:
    """A facet, an order or a date that is none is refused with what was expected."""
    with pytest.raises(BadParameter) as caught:
        county.find(**wrong)  # type: ignore[arg-type]
    assert str(caught.value) == message


#: How the claims of a facet's value are found in the store.
PATTERNS = {
    "claimant": "?claim stp:claimant ?value",
    "body": """{ ?claim stp:speakingAs/org:organization ?value } UNION
        { VALUES ?class { stp:Organisation stp:Partnership } ?claim stp:claimant ?value . ?value a ?class }""",
    "relationship": "?claim stp:about/skos:broader* ?value",
    "stance": "?claim stp:stance ?value",
    "act": "?claim stp:speechAct ?value",
    "period": """{ ?claim stp:statedOn ?day BIND(SUBSTR(STR(?day), 1, 7) AS ?value) } UNION
        { ?claim stp:statedOn ?day BIND(SUBSTR(STR(?day), 1, 4) AS ?value) }""",
    "document": "?claim stp:reportedIn ?value",
    "status": "?claim stp:reviewStatus ?value",
}


@pytest.mark.parametrize("name", FACETS)
def test_counts_are_those_of_the_store(made_up: tuple[Store, SearchIndex], name: str) -> None:
    """Each count is what SPARQL counts in the store, claim by claim."""
    store, index = made_up
    pattern = PATTERNS[name]
    rows = store.select(
        f"""SELECT ?value (COUNT(DISTINCT ?claim) AS ?count) {{ ?claim a stp:Claim . {pattern}
          FILTER NOT EXISTS {{ ?claim stp:withdrawnOn ?withdrawn }} }} GROUP BY ?value"""
    )
    counted = {getattr(key, "value", "").removeprefix(BASE): int(getattr(count, "value", "")) for key, count in rows}
    told = dict(values(index.find(most=None), name))
    told.pop("unknown", None)
    assert told == counted


@given(st.randoms(use_true_random=False))
def test_choosing_gives_as_many_as_was_said(made_up: tuple[Store, SearchIndex], random: Random) -> None:
    """Whatever is asked and chosen, choosing one value more in a new facet, or another instead, keeps its promise."""
    _, index = made_up
    words = random.choice(["", "trust", "budgets help", "council", '"is growing"', "-trust"])
    chosen: dict[str, list[str]] = {}
    for _ in range(random.randrange(4)):
        facet = random.choice(index.find(words, chosen, most=None).facets)
        if facet.values:
            chosen.setdefault(facet.name, []).append(random.choice(facet.values).key)
    found = index.find(words, chosen, most=None)
    for facet in found.facets:
        for one in random.sample(facet.values, min(3, len(facet.values))):
            assert index.find(words, {**chosen, facet.name: [one.key]}).total == one.count


# --- Things


def test_things_are_found_by_any_name(county: SearchIndex) -> None:
    """A body is found by a short name, with what it is, its other names and how many claims are its or name it."""
    [thing] = county.find("IoP").things
    assert (thing.iri, thing.kind, thing.label) == (f"{BASE}organisation/institute", "body", "Institute of Plans")
    assert (thing.note, thing.claim_count) == ("IoP", 2)


def test_things_of_every_kind(county: SearchIndex) -> None:
    """Relationships, documents, propositions and measures are found beside claims."""
    found = county.find("trust")
    assert {(thing.kind, thing.label) for thing in found.things} == {
        ("relationship", "trust among the partners"),
        ("document", "Trust is thin"),
        ("proposition", "the partners trust each other"),
        ("measure", "see little trust"),
    }


def test_a_thing_no_claim_speaks_of(county: SearchIndex) -> None:
    """A word that is in a name alone finds the thing, and is no slip for another."""
    found = county.find("elsewhere")
    assert [thing.label for thing in found.things] == ["Elsewhere"]
    assert (found.total, found.reread) == (0, ())


def test_notes_tell_things_apart(county: SearchIndex) -> None:
    """A person is told by a post, a document by outlet and day."""
    [zoe] = county.suggest("blogg")
    assert (zoe.kind, zoe.note) == ("person", "director, Institute of Plans")
    [weather] = county.suggest("weather")
    assert (weather.kind, weather.note) == ("document", "Gazette, 2018-04-20")


def test_suggestions_are_what_is_most_spoken_of(county: SearchIndex) -> None:
    """Names with a word that begins so are suggested, those of most claims first; of several words, all must."""
    labels = [thing.label for thing in county.suggest("an")]
    assert labels[0] == "Anyshire Council"
    assert set(labels) == {
        "Anyshire Council",
        "Anyshire Care Board",
        "Anyshire and Nowhere",
        "Anyshire survey",
        "Plans in Anyshire",
        "bodies that answered",
        "joint working of councils and the NHS",
    }
    assert [thing.label for thing in county.suggest("cou any")] == ["Anyshire Council"]
    assert len(county.suggest("an", limit=2)) == 2
    assert county.suggest("") == county.suggest("zzz") == ()


@pytest.mark.parametrize(
    ("path", "label"),
    [
        ("organisation/anyshire-counsil", "Anyshire Council"),
        (f"{BASE}person/zoe-blog", "Zoë Blogg"),
        ("/person/roe", "Sam Roe"),
        ("herald", "Herald"),
    ],
)
def test_an_unknown_path_has_things_near_it(county: SearchIndex, path: str, label: str) -> None:
    """For a path that is none the likeliest things are suggested."""
    assert county.nearest(path)[0].label == label


def test_nothing_is_near_nonsense(county: SearchIndex) -> None:
    """A path like no other has no suggestions."""
    assert county.nearest("qqqq/xxxxxxxxxxxx") == ()


# --- The graph that ships


def test_a_misspelt_person_of_the_shipped_graph(shipped: SearchIndex) -> None:
    """“Cressswell” is read as Cresswell, whose three claims are found, and he himself."""
    found = shipped.find("Cressswell")
    assert places(found) == ["2124-2257", "2258-2354", "2357-2566"]
    assert found.things[0].iri == f"{BASE}person/martin-cresswell"


def test_a_body_of_the_shipped_graph(shipped: SearchIndex) -> None:
    """CIPFA made 13 claims, four of them with iMPOWER, and its chief executive another nine for it."""
    found = shipped.find()
    assert found.total == 35
    assert value(found, "claimant", "organisation/cipfa").count == 13
    assert value(found, "body", "organisation/cipfa").count == 22
    assert shipped.find(chosen={"claimant": ["organisation/impower"]}).total == 4
    assert "organisation/cipfa" in {thing.iri.removeprefix(BASE) for thing in shipped.find("CIPFA").things}


def test_stances_and_periods_of_the_shipped_graph(shipped: SearchIndex) -> None:
    """Of 35 claims 16 are neutral and 15 critical; 18 are of November 2016."""
    found = shipped.find()
    assert values(found, "stance") == [
        *(("stance/neutral", 16), ("stance/critical", 15), ("stance/supportive", 3), ("stance/mixed", 1))
    ]
    assert values(found, "period") == [("2016", 18), ("2016-11", 18), ("2017", 17), ("2017-09", 17)]


def test_the_tree_of_the_shipped_relationships(shipped: SearchIndex) -> None:
    """Twelve claims are about joint working of any partners, six of them about health with councils."""
    found = shipped.find()
    assert value(found, "relationship", "relationship/joint-working").count == 12
    assert value(found, "relationship", "relationship/joint-working-local-government-nhs").count == 6
    assert value(found, "relationship", "relationship/joint-working-nhs-social-care").count == 3


def test_words_of_the_shipped_graph(shipped: SearchIndex) -> None:
    """Of the four claims about prevention the three that say the word in their summary come first."""
    found = shipped.find("prevention")
    assert sorted(places(found)[:3]) == ["1263-1351", "1392-1441", "1452-1586"]
    assert places(found)[3:] == ["1867-2048"]
    assert places(shipped.find('"doubt on whether"')) == ["1263-1351"]


# --- Keeping


def test_the_index_is_kept_with_the_store(folder: Path) -> None:
    """It is made once, found the second time, and gives the same answers."""
    made = open_index(folder)
    at = (folder / FILE).stat().st_mtime_ns
    kept = open_index(str(folder))
    assert made.kept_at == kept.kept_at == folder / FILE
    assert (folder / FILE).stat().st_mtime_ns == at
    assert kept.find("trust is thin", {"stance": ["critical"]}) == made.find("trust is thin", {"stance": ["critical"]})
    assert is_current(kept, folder)
    with open_store(folder) as store:
        assert len(store) > 400
        assert open_index(store).kept_at == folder / FILE


def add_claim(folder: Path) -> None:
    """Write one more claim into a store."""
    claim, graph = mint("claim", "one", "600-700"), mint("graph", "anyshire")
    with open_store(folder, is_writable=True) as store:
        store.add([Quad(claim, RDF.type, STP.Claim, graph), Quad(claim, STP.summary, Literal("Owls hoot."), graph)])


def test_a_changed_store_has_a_new_index(folder: Path) -> None:
    """What was added to the store is found at the next opening, and an index of before tells its age."""
    before = open_index(folder)
    add_claim(folder)
    assert not is_current(before, folder)
    assert open_index(folder).find("owls").total == 1
    assert before.find("owls").total == 0


def test_the_engine_leaves_the_index_alone(folder: Path) -> None:
    """Opening for writing without writing keeps the index; tidying up does not harm it."""
    open_index(folder)
    open_store(folder, is_writable=True).close()
    with replace_store(folder.with_name("other")) as other:
        other.load(ANYSHIRE, graph=mint("graph", "anyshire"))
    assert (folder / FILE).exists()
    assert open_index(folder).find("integration").total == 3


def test_a_replaced_store_has_a_new_index(folder: Path) -> None:
    """A store put in the place of another takes no index over."""
    before = open_index(folder)
    with replace_store(folder) as store:
        store.load(MORE.encode(), format=RdfFormat.TURTLE, graph=mint("graph", "more"))
    assert not is_current(before, folder)
    assert open_index(folder).find().total == 2


@pytest.mark.parametrize("seed", range(12))
def test_a_damaged_index_is_made_anew(folder: Path, seed: int) -> None:
    """An index with some bytes changed or missing is refused by itself, and made anew with its store."""
    open_index(folder)
    file, random = folder / FILE, Random(seed)
    data = bytearray(file.read_bytes())
    if seed < 4:
        data = data[: (0, 1, 1000, len(data) - 30)[seed]]
    else:
        at = random.randrange(len(data))
        data[at : at + 8] = bytes(byte ^ 0x55 for byte in data[at : at + 8])
    file.write_bytes(data)
    assert open_index(folder).find("integration").total == 3
    assert SearchIndex.open(file).find("integration").total == 3


def test_a_damaged_index_tells_what_it_is(tmp_path: Path) -> None:
    """Opening what is no index, or is not there, is an error of ours with the file's name."""
    (tmp_path / "x.npz").write_bytes(b"no archive")
    for name in ("x.npz", "none.npz"):
        with pytest.raises(StoreError) as caught:
            SearchIndex.open(tmp_path / name)
        assert str(caught.value).startswith(f"{tmp_path / name}: the search index cannot be read")


@contextmanager
def closed(place: Path) -> Iterator[None]:
    """Make a folder one that nobody may write to, not even where the tests run as root."""
    modes = {one: one.stat().st_mode for one in (place, *place.parents[:3])}
    for one in modes:
        one.chmod(0o555 if one == place else 0o755)
    user = os.geteuid()
    try:
        if user == 0:
            os.seteuid(65534)
        yield
    finally:
        if user == 0:
            os.seteuid(user)
        for one, mode in modes.items():
            one.chmod(mode)


def test_a_place_that_cannot_be_written_to(folder: Path) -> None:
    """There the index serves as long as the process, and nothing is left behind."""
    with closed(folder):
        index = open_index(folder)
        assert index.find("integration").total == 3
        assert index.kept_at is None
        with pytest.raises(StoreError, match="cannot be kept here"):
            index.keep(folder / FILE)
    assert [file.name for file in folder.glob("*search*")] == []


def test_two_builders_at_once(folder: Path) -> None:
    """Processes and threads that make the index of one store at once all get a whole one, and leave one file."""
    code = f"from stpgraph.search import open_index; print(open_index({str(folder)!r}).find('integration').total)"
    command = [sys.executable, "-c", code]
    processes = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    with ThreadPoolExecutor(4) as threads:
        counts = list(threads.map(lambda _: open_index(folder).find("integration").total, range(8)))
    assert counts == [3] * 8
    assert [process.communicate(timeout=60)[0] for process in processes] == ["3\n"] * 2
    assert [file.name for file in folder.iterdir() if "search" in file.name] == [FILE]


def test_one_index_for_many_threads(county: SearchIndex) -> None:
    """An index answers several threads at once as it answers one."""
    asked = ["trust", "integration", "", "council -trust", '"the gap"'] * 20
    expected = [county.find(words) for words in asked]
    with ThreadPoolExecutor(8) as threads:
        assert list(threads.map(county.find, asked)) == expected


def test_a_store_that_changes_while_it_is_read(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The last reading serves, and is not kept, for nobody knows of which state it is."""
    marks = iter(range(100))
    monkeypatch.setattr(keeping, "fingerprint", lambda _: str(next(marks)))
    index = open_index(folder)
    assert index.find("integration").total == 3
    assert (index.mark, index.kept_at, (folder / FILE).exists()) == ("", None, False)


def test_what_a_broken_off_process_left_is_removed(folder: Path) -> None:
    """A file begun hours ago and never finished is removed at the next building; a fresh one is another's work."""
    old, fresh = folder / f".{FILE}.old", folder / f".{FILE}.fresh"
    for file in (old, fresh):
        file.write_bytes(b"half")
    os.utime(old, (1_000_000_000, 1_000_000_000))
    open_index(folder)
    assert (old.exists(), fresh.exists()) == (False, True)


def test_a_missing_store_is_an_error(tmp_path: Path) -> None:
    """Where there is no store the error is that of opening one, and nothing is made."""
    with pytest.raises(StoreError, match="there is no store here"):
        open_index(tmp_path / "none")
    assert list(tmp_path.iterdir()) == []


def test_stores_in_memory_have_an_index_of_their_own() -> None:
    """It is kept nowhere, and is taken to be current."""
    store = store_of(ANYSHIRE)
    index = open_index(store)
    assert (index.kept_at, is_current(index, store), len(index)) == (None, True, 8)


def test_an_empty_store() -> None:
    """A store without claims has facets without values, and finds nothing."""
    found = open_index(open_store()).find("trust")
    assert (found.total, found.hits, found.things) == (0, (), ())
    assert [facet.values for facet in found.facets] == [()] * 8


def test_a_closed_index_is_told(folder: Path) -> None:
    """An index that was closed says so."""
    with open_index(folder) as index:
        assert len(index) == 8
    with pytest.raises(StoreError, match="closed"):
        index.find()


def test_relationships_above_each_other() -> None:
    """A circle of wider relationships is walked once."""
    circle = b"""@base <https://w3id.org/stpgraph/id/> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
        <relationship/trust> skos:broader <relationship/joint-working> .
        <relationship/joint-working> skos:broader <relationship/trust> ."""
    found = open_index(store_of(ANYSHIRE, circle)).find()
    assert value(found, "relationship", "relationship/trust").count == 7


def test_a_copied_store_keeps_its_index(folder: Path) -> None:
    """A folder copied with its times needs no new index."""
    open_index(folder)
    copy = Path(shutil.copytree(folder, folder.with_name("copy")))
    at = (copy / FILE).stat().st_mtime_ns
    assert open_index(copy).kept_at == copy / FILE
    assert (copy / FILE).stat().st_mtime_ns == at


@pytest.mark.server
def test_the_index_of_an_endpoint(plain_server: str) -> None:
    """What an endpoint holds is found by its address as it is in a store here."""
    graph = mint("graph", "searched")
    with open_store(f"{plain_server}/query", update_url=f"{plain_server}/update") as store:
        store.load(ANYSHIRE, graph=graph)
        try:
            index = open_index(f"{plain_server}/query")
            found = index.find("integration", {"document": ["document/one", "document/two"]})
        finally:
            store.remove_graph(graph)
    assert sorted(claims(found)) == ["one/200-280", "one/300-380", "two/200-260"]
    assert index.kept_at is None
