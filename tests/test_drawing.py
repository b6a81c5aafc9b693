"""From a view to its scene: numbers, places, sentences, what stands behind it, and the same as data."""

from __future__ import annotations

import base64
import gzip
import json
import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

import pytest
from pyoxigraph import Quad, RdfFormat, Triple, parse

from stpgraph.building import load_shipped
from stpgraph.errors import UsageError
from stpgraph.networks import VIEWS
from stpgraph.networks.evidence import Evidence, Figure, Link, Thing
from stpgraph.networks.views import View, draw_links
from stpgraph.pages import draw_view
from stpgraph.pages.arranging import arrange, choose_arrangement
from stpgraph.pages.behind import Doubts, find_doubts, find_triples
from stpgraph.pages.cards import cards_of
from stpgraph.pages.drawing import make_scene
from stpgraph.pages.earlier import read_positions
from stpgraph.pages.embedding import pack, scene_as_data
from stpgraph.pages.layout import Layout
from stpgraph.pages.scenes import Points, SceneEdge, number_view, short_id
from stpgraph.pages.sentences import standfirst_of, title_of
from stpgraph.store import Store, open_store
from tests.view_pages import (
    BY_JO,
    CLAIMS,
    COUNCIL,
    HOSPITALS,
    JO,
    MONEY,
    OTHERS,
    POSTS,
    SHARE,
    SURVEY,
    TRUST,
    claim,
    crowded_view,
    thing,
    view_of,
)


@pytest.fixture(scope="module")
def shipped() -> Iterator[Store]:
    """Yield the graph that ships."""
    with open_store() as store:
        load_shipped(store)
        yield store


def linked(*links: tuple[Thing, Thing], name: str = "relationship-map", is_directed: bool = False) -> View:
    """A view of one fact for each link."""
    facts = [
        Evidence(
            iri=f"urn:fact:{one.label}-{other.label}",
            kind="fact",
            summary=f"{one.label} and {other.label}.",
            links=(Link(source=one, target=other, kind="is joined to"),),
        )
        for one, other in links
    ]
    return view_of(facts, name, lambda evidence: draw_links(evidence, is_directed=is_directed))


def parties(count: int) -> list[Thing]:
    """Parties without names of their own."""
    return [thing("party", f"party-{at:03}", f"party {at:03}") for at in range(count)]


# Numbers


def test_nodes_edges_and_evidence_are_numbered_as_they_stand() -> None:
    """Nodes come by kind and IRI, edges by the node where they start, and name nodes and evidence by number."""
    nodes, edges, items = number_view(view_of(CLAIMS))
    assert [node.id for node in nodes] == [
        *("organisation/anyshire", "collective/respondents", "partnership/anyshire"),
        *("person/jo-doe", "person/kit-poe", "relationship/money", "relationship/trust"),
    ]
    assert [(edge.source, edge.target, edge.items) for edge in edges] == [
        (0, 5, (3,)),
        (1, 6, (0,)),
        (2, 5, (3,)),
        (3, 6, (1, 5)),
        (3, 5, (2,)),
        (4, 6, (4,)),
        (4, 5, (6,)),
    ]
    assert [edge.weight for edge in edges] == [1, 1, 1, 2, 1, 1, 1]
    assert items == CLAIMS


def test_a_node_has_a_short_and_a_full_name_and_the_body_spoken_for() -> None:
    """A picture shows the short names; what has no name at all is said to have none."""
    nodes, _, _ = number_view(view_of(CLAIMS))
    council, jo = nodes[0], nodes[3]
    assert (council.kind, council.label, council.name, council.note) == ("body", "ACC", "Anyshire County Council", "")
    assert (jo.kind, jo.label, jo.note) == ("person", "Jo Doe", "ACC")
    bare = replace(JO, label="", short_label="", body="", short_body="")
    (first, _), _, _ = number_view(linked((bare, COUNCIL)))
    assert {first.label, first.name} <= {"no name", "ACC", "Anyshire County Council"}
    assert "no name" in {node.label for node in number_view(linked((bare, COUNCIL)))[0]}


def test_doubts_come_to_their_figures_and_to_no_others() -> None:
    """What is found is added to what a figure is doubted for, nothing twice; figures without a finding stay."""
    own = "No whole number of 56 gives 60 per cent."
    _, _, items = number_view(view_of(CLAIMS), {SHARE.iri: Doubts(reasons=("It is too high.", own), base=52)})
    assert items[0].figures[0].doubts == (own, "It is too high.")
    assert (items[0].figures[0].denominator, items[0].figures[0].base) == (56, None)
    assert items[0].figures[1] == CLAIMS[0].figures[1]
    assert items[1:] == CLAIMS[1:]


def test_the_number_asked_comes_to_a_figure_whose_words_do_not_say_it() -> None:
    """A percentage without a denominator has the base by which it was found not to hold, in the page's data too."""
    [said, *_] = CLAIMS
    unsaid = replace(said, figures=(replace(SHARE, denominator=None, doubts=()),))
    [item] = number_view(view_of([unsaid]), {SHARE.iri: Doubts(reasons=("It cannot be.",), base=56)})[2]
    assert item.figures == (replace(SHARE, denominator=None, doubts=("It cannot be.",), base=56),)
    scene = replace(make_scene(view_of([unsaid])), items=(item,))
    [figure] = scene_as_data(scene)["figures"]
    assert (figure["base"], "denominator" in figure) == (56, False)


def test_a_line_has_a_strand_for_each_stance() -> None:
    """Strands stand in the order of the stances, then what is not known, then what is none of them."""
    stances = ("critical", "", "supportive", "critical", "furious", "neutral")
    items = [claim(str(at), [BY_JO], [TRUST], stance, "It is.") for at, stance in enumerate(stances)]
    edge = SceneEdge(source=0, target=1, kind="speaks about", weight=6, items=tuple(range(6)))
    assert list(edge.strands(items).items()) == [
        ("supportive", 1),
        ("critical", 2),
        ("neutral", 1),
        ("", 1),
        ("other", 1),
    ]
    assert replace(edge, items=(0, 3)).strands(items) == {"critical": 2}


# Arrangement and places


def test_two_kinds_stand_in_two_columns() -> None:
    """Claimants and relationships, people and bodies stand in columns; heads name them, and nobody is left out."""
    for view in (view_of(CLAIMS), view_of(CLAIMS, "discourse"), view_of(POSTS, "affiliations")):
        scene = make_scene(view)
        assert scene.arrangement == "columns"
        assert len(scene.heads) == 2
        assert set(scene.layouts) == {"wide", "narrow"}
        for layout in scene.layouts.values():
            assert isinstance(layout, Layout)
            assert set(layout.places) == {node.id for node in scene.nodes}
            assert len({place.x for place in layout.places.values()}) == 2


def test_claims_as_nodes_stand_in_three_layers() -> None:
    """A claimant stands left of its claim, and the claim left of its relationship."""
    said = thing("claim", "said", "It is there.")
    both = (Link(source=JO, target=said, kind="says"), Link(source=said, target=MONEY, kind="about"))
    scene = make_scene(view_of([replace(CLAIMS[2], links=both)]))
    assert (scene.arrangement, scene.heads) == ("layers", ("Who", "said what", "about"))
    for layout in scene.layouts.values():
        assert isinstance(layout, Layout)
        jo, claimed, money = (layout.places[short_id(one.iri)].x for one in (JO, said, MONEY))
        assert jo < claimed < money


def test_what_has_no_sides_stands_free() -> None:
    """Lines without direction have neither left nor right, and no heads."""
    one, two, three = parties(3)
    scene = make_scene(linked((one, two), (two, three)))
    assert (scene.arrangement, scene.heads, set(scene.layouts)) == ("free", (), {"free"})
    assert not scene.directed


def test_a_node_on_both_sides_has_no_column() -> None:
    """Where one leads and is led to, columns would tell a falsehood."""
    bodies = [thing("body", f"b{at}", f"Body {at}") for at in range(3)]
    view = linked((bodies[0], bodies[1]), (bodies[1], bodies[2]), name="affiliations", is_directed=True)
    assert choose_arrangement(view) == "free"


@pytest.mark.parametrize(("count", "expected"), [(60, "columns"), (300, "free")])
def test_a_column_that_is_too_long_is_none(count: int, expected: str) -> None:
    """Sixty names one below the other are a picture; three hundred are a list, so forces arrange them."""
    pairs = [(thing("person", f"p{at}", f"Person {at}"), COUNCIL) for at in range(count)]
    assert choose_arrangement(linked(*pairs, name="affiliations", is_directed=True)) == expected


def test_free_places_are_inside_the_picture_and_apart() -> None:
    """Every node is within the width and height, with room around, and no two stand in one place."""
    people = parties(12)
    view = linked(*[(people[at], people[(at * 5 + 1) % 12]) for at in range(12) if at != (at * 5 + 1) % 12])
    nodes, edges, _ = number_view(view)
    points = arrange(view, "free", nodes, edges)["free"]
    assert isinstance(points, Points)
    assert len(points.x) == len(points.y) == len(nodes)
    assert min(points.x) >= 20
    assert max(points.x) <= points.width - 20
    assert min(points.y) >= 20
    assert max(points.y) <= points.height - 20
    assert len(set(zip(points.x, points.y, strict=True))) == len(nodes)


def test_the_same_view_has_the_same_places_and_another_seed_others() -> None:
    """There is no chance in a picture but for its seed."""
    people = parties(10)
    view = linked(*[(people[at], people[(at + 3) % 10]) for at in range(10)])
    nodes, edges, _ = number_view(view)
    first, again, other = (arrange(view, "free", nodes, edges, seed=seed) for seed in (7, 7, 8))
    assert first == again
    assert first != other


def grown() -> tuple[View, View]:
    """A ring of fourteen parties, and the same with one party more that hangs on it."""
    *ring, guest = parties(15)
    links = [(ring[at], ring[(at + 1) % 14]) for at in range(14)] + [(ring[0], ring[7]), (ring[3], ring[9])]
    return linked(*links), linked(*links, (ring[0], guest))


def moved(before: dict[str, tuple[float, float]], after: dict[str, tuple[float, float]]) -> float:
    """How far the nodes of an earlier picture moved on average, the whole of it put over the other."""
    common = sorted(before.keys() & after.keys())
    steps = [(after[node][0] - before[node][0], after[node][1] - before[node][1]) for node in common]
    middle = [sum(step[axis] for step in steps) / len(steps) for axis in (0, 1)]
    return sum(math.dist(step, middle) for step in steps) / len(steps)


def test_a_grown_graph_looks_like_the_page_before() -> None:
    """Started from an earlier page the old nodes stay near where they were, nearer than without it."""
    small, large = grown()
    before = read_positions(draw_view(small))
    assert len(before) == 14
    kept = read_positions(draw_view(large, start=before))
    anew = read_positions(draw_view(large, seed=3))
    assert len(kept) == 15
    size = max(math.dist(one, other) for one in before.values() for other in before.values())
    assert moved(before, kept) < 0.08 * size
    assert moved(before, kept) < moved(before, anew)


def test_a_page_in_columns_has_no_positions_to_start_from() -> None:
    """Columns are worked out anew from the names."""
    assert read_positions(draw_view(view_of(CLAIMS))) == {}


@pytest.mark.parametrize(
    "held",
    [
        "",
        "QUJD",
        pack("[]"),
        pack('{"nodes": {}, "layouts": null}'),
        pack('{"nodes": {"id": ["party/a"]}, "layouts": {"free": {"x": ["left"], "y": [1]}}}'),
        pack('{"nodes": {"id": ["party/a"]}, "layouts": {"free": {"x": [NaN], "y": [1]}}}'),
        pack('{"nodes": {"id": ["party/a"]}, "layouts": {"free": {"x": [1e999], "y": [1]}}}'),
        pack("[" * 100_000),
    ],
    ids=["nothing", "not packed", "a list", "no layouts", "words", "no number", "endless", "deep"],
)
def test_what_is_no_page_has_no_positions(held: str) -> None:
    """A file that no drawing made, or that is broken, is refused with its name."""
    with pytest.raises(UsageError, match=r"old\.html: this is no page of a network"):
        read_positions(f'<script type="text/plain" id="scene">{held}</script>', where="old.html")
    with pytest.raises(UsageError, match=r"old\.html: this is no page of a network"):
        read_positions("<!doctype html><p>No script.</p>", where="old.html")


# The same as data


def data_of(view: View, **more: Any) -> dict[str, Any]:
    """The scene of a view as a page holds it: packed, unpacked and read."""
    data: dict[str, Any] = json.loads(
        gzip.decompress(base64.b64decode(pack(json.dumps(scene_as_data(make_scene(view, **more))))))
    )
    return data


def test_numbers_refer_to_what_they_should() -> None:
    """Every number in the data leads to the node, speaker, topic, party, document, figure or word that was meant."""
    data = data_of(view_of(CLAIMS))
    items, ids = data["items"], data["nodes"]["id"]
    for at, one in enumerate(CLAIMS):
        assert items["id"][at] == short_id(one.iri)
        speakers = [data["speakers"][number] for number in items["speakers"][at]]
        assert [(row[1], row[2], row[3]) for row in speakers] == [
            (speaker.thing.label, speaker.thing.kind, speaker.role) for speaker in one.speakers
        ]
        assert [ids[row[0]] for row in speakers] == [short_id(speaker.thing.iri) for speaker in one.speakers]
        topics = [data["topics"][number] for number in items["topics"][at]]
        assert [ids[row[0]] for row in topics] == [short_id(topic.thing.iri) for topic in one.topics]
        named = [[data["parties"][number] for number in row[2]] for row in topics]
        assert named == [[party.label for party in topic.parties] for topic in one.topics]
        assert data["documents"][items["document"][at]] == [one.title, one.outlet, one.issued]
        assert ["", "supportive", "critical", "mixed", "neutral"][items["stance"][at]] == one.stance
        assert data["acts"][items["act"][at]] == one.speech_act
        assert data["statuses"][items["status"][at]] == one.status
        assert data["attributions"][items["attribution"][at]] == "quoted"
        assert [data["figures"][number]["said"] for number in items["figures"][at]] == [f.said for f in one.figures]
        assert (items["summary"][at], items["since"][at]) == (one.summary, one.since)
        assert (items["words"][at], items["via"][at]) == (list(one.words), list(one.via))
        assert items["contexts"][at] == [list(around) for around in one.contexts]
    edges = data["edges"]
    for start, end, kind, behind in zip(edges["from"], edges["to"], edges["kind"], edges["items"], strict=True):
        assert data["edgeKinds"][kind] == "speaks about"
        for number in behind:
            assert start in [data["speakers"][row][0] for row in items["speakers"][number]]
            assert end in [data["topics"][row][0] for row in items["topics"][number]]
    assert [data["kinds"][kind][0] for kind in data["nodes"]["kind"]] == [
        *("body", "collective", "partnership", "person", "person", "relationship", "relationship"),
    ]


def test_places_stand_in_the_order_of_the_nodes() -> None:
    """The place of each node is where the layout put it, with the lines of its label."""
    scene = make_scene(view_of(CLAIMS))
    data = json.loads(json.dumps(scene_as_data(scene)))
    for name, layout in scene.layouts.items():
        assert isinstance(layout, Layout)
        places = data["layouts"][name]["places"]
        assert [(place["x"], place["y"]) for place in places] == [
            (layout.places[node.id].x, layout.places[node.id].y) for node in scene.nodes
        ]
        assert " ".join(places[3]["lines"]) == "Jo Doe"
        assert (places[3]["count"], places[3]["note"]) == ("3", "ACC")


def test_what_is_not_known_is_empty_in_the_data() -> None:
    """No day, no outlet and no stance are empty, no document and no body -1, no confidence nothing."""
    data = data_of(view_of([*CLAIMS, replace(CLAIMS[2], iri="urn:x", document="", confidence=None)]))
    items = data["items"]
    assert (items["since"][6], items["stance"][6], items["confidence"][7]) == ("", 0, None)
    assert (items["id"][7], items["document"][7]) == ("urn:x", -1)
    assert items["confidence"][0] == 0.8
    asked = data["speakers"][items["speakers"][0][0]]
    assert (asked[4], asked[5]) == ("", -1)
    jo = data["speakers"][items["speakers"][1][0]]
    assert (jo[4], data["nodes"]["id"][jo[5]]) == ("Anyshire County Council", "organisation/anyshire")


def test_a_figure_keeps_what_is_known_of_it() -> None:
    """Bounds, unit, denominator and doubts are there; what is not known is left out, a zero is not."""
    nothing = Figure(iri="urn:nil", said="none", value=0.0, numerator=0, unit="count")
    data = data_of(view_of([replace(CLAIMS[0], figures=(SHARE, nothing))]))
    share, nil = data["figures"]
    assert share == {
        "said": "60 per cent",
        "lowest": 59.5,
        "highest": 60.5,
        "value": 60.0,
        "unit": "percent",
        "denominator": 56,
        "population": "bodies asked",
        "measure": "expect joint budgets",
        "doubts": ["No whole number of 56 gives 60 per cent."],
    }
    assert nil == {"said": "none", "value": 0.0, "unit": "count", "numerator": 0}


@pytest.mark.parametrize("name", list(VIEWS))
def test_the_data_of_every_view_is_whole(shipped: Store, name: str) -> None:
    """In each view of the graph that ships, all columns are of one length and every number leads somewhere."""
    data = data_of(VIEWS[name](shipped), store=shipped)
    items = data["items"]
    assert len({len(column) for column in items.values()}) == 1
    tables = {"speakers": "speakers", "topics": "topics", "figures": "figures"}
    for column, table in tables.items():
        assert {number for row in items[column] for number in row} == set(range(len(data[table])))
    node_count, item_count = len(data["nodes"]["id"]), len(items["id"])
    assert len(set(data["nodes"]["id"])) == node_count
    assert {*data["edges"]["from"], *data["edges"]["to"]} <= set(range(node_count))
    assert {number for row in data["edges"]["items"] for number in row} <= set(range(item_count))
    assert {row[0] for row in (*data["speakers"], *data["topics"])} <= set(range(-1, node_count))
    assert all(row for row in data["edges"]["items"]), "an edge without evidence"
    for layout in data["layouts"].values():
        assert len(layout.get("places", layout.get("x"))) == node_count


def test_what_colour_and_width_say_follows_the_view(shipped: Store) -> None:
    """Stances colour who said what, signs agreement, nothing the posts; width is told in the words of the evidence."""
    told = {}
    for name, options in (("who-said-what", {}), ("affiliations", {}), ("discourse", {"mode": "claimants"})):
        scene = make_scene(VIEWS[name](shipped, **options))
        told[name] = (scene.colour, scene.width_means, scene.things)
    assert told["who-said-what"] == ("stance", "number of claims", ("claim", "claims"))
    assert told["affiliations"] == ("plain", "number of posts", ("post", "posts"))
    assert told["discourse"][0] == "sign"
    assert "congruence" in told["discourse"][1]


def test_agreement_says_how_it_was_weighed(shipped: Store) -> None:
    """A network of one mode carries its mode, weight and normalisation, so that a page can weigh again."""
    options = {"mode": "relationships", "weight": "conflict", "normalisation": "jaccard"}
    weighing = data_of(VIEWS["discourse"](shipped, **options))["weighing"]
    assert {name: weighing[name] for name in options} == options
    assert data_of(VIEWS["discourse"](shipped))["weighing"] is None


# Sentences


def test_every_view_has_its_sentence() -> None:
    """What was asked, when, and how much there is of it, counted by hand."""
    post, other = POSTS
    figure, fact = OTHERS
    between = [replace(one, links=(Link(source=COUNCIL_PARTY, target=HOSPITALS, kind="speak"),)) for one in CLAIMS[:2]]
    chain = replace(CLAIMS[0], links=(Link(source=PAPER, target=SURVEY, kind="reports"),))
    asked = {
        "who-said-what": (CLAIMS[:3], "March 2018: 3 claims by 2 claimants about 2 relationships."),
        "discourse": (CLAIMS[3:4], "March 2018: 1 claim by 2 claimants about 1 relationship."),
        "relationship-map": (between, "March 2018: 2 claims between 2 parties."),
        "affiliations": ((post, other), "May 2016 to June 2018: 2 posts of 2 people in 2 bodies."),
        "provenance": ((chain,), "March 2018: 1 claim in 1 document from 1 report or study."),
        "partnerships": ((fact,), "2019: 1 fact about 1 partnership."),
        "repeats": ((figure, fact), "March 2018 to 2019: 2 pieces of evidence in 1 document."),
    }
    assert set(asked) == set(VIEWS)
    for name, (evidence, told) in asked.items():
        assert title_of(view_of(evidence, name)) == f"Who said what about Anyshire, {told}"


COUNCIL_PARTY = thing("party", "councils", "councils")
PAPER = thing("document", "gazette", "Few trust the plan")


def test_an_empty_sentence_says_so() -> None:
    """Without evidence, or with none that has an edge, nothing answers."""
    unlinked = replace(CLAIMS[0], links=())
    for evidence in ([], [unlinked]):
        assert title_of(view_of(evidence)) == "Who said what about Anyshire: nothing in the graph answers this."


def test_evidence_without_an_edge_is_not_counted() -> None:
    """The sentence counts what the picture shows."""
    view = view_of([CLAIMS[1], replace(CLAIMS[2], links=())])
    assert title_of(view).endswith("1 claim by 1 claimant about 1 relationship.")
    assert standfirst_of(view) == "By stance: 1 critical."


def test_the_standfirst_names_what_most_is_said_of() -> None:
    """The first is named; two that lead together are both named; three that do are not, and neither is the only one."""
    topics = [TRUST, MONEY, thing("relationship", "beds", "beds for care")]

    def told(*numbers: int) -> str:
        said = [claim(str(at), [BY_JO], [topics[one]], "neutral", "It is.") for at, one in enumerate(numbers)]
        return standfirst_of(view_of(said)).partition(" neutral.")[2].strip()

    assert told(0, 0, 1) == "Most spoken of: trust among the partners (2 claims)."
    assert told(0, 1) == "Most spoken of: money for care and trust among the partners (1 claim each)."
    assert told(0, 1, 2) == ""
    assert told(0, 0) == ""


@pytest.mark.parametrize(
    ("levels", "told"),
    [
        ("two", "17 claims neither for nor against left out; --levels three counts them, too."),
        ("three", ""),
    ],
)
def test_the_standfirst_of_a_discourse_tells_what_has_no_side(levels: str, told: str) -> None:
    """Of the 35 claims that ship 16 are neutral and 1 is mixed, which two levels have no room for and three have."""
    with open_store() as store:
        load_shipped(store)
        said = standfirst_of(VIEWS["discourse"](store, levels=levels))
    assert "".join(re.findall(r"17 claims neither[^.]*\.", said)) == told
    assert ("--levels" in said) is bool(told)


def test_the_standfirst_tells_what_is_not_drawn() -> None:
    """Proposals without both ends are counted, in the singular too, with what lists them; posts have no stances."""
    lists = "`stpgraph ask unreviewed` lists"
    view = view_of(CLAIMS[2:3])
    assert standfirst_of(replace(view, undrawn=2)) == (
        f"By stance: 1 supportive. 2 proposals without a known claimant or relationship are not drawn; {lists} them."
    )
    one = standfirst_of(replace(view, undrawn=1))
    assert f"1 proposal without a known claimant or relationship is not drawn; {lists} it." in one
    assert standfirst_of(view_of(POSTS, "affiliations")) == ""


# What stands behind it


@pytest.mark.parametrize("name", list(VIEWS))
def test_triples_behind_a_view_are_those_of_the_store_without_the_words(shipped: Store, name: str) -> None:
    """The Turtle of each view parses, says nothing that the store does not, and holds no words of a text."""
    view = VIEWS[name](shipped)
    found = {quad.triple for quad in parse(find_triples(shipped, view).encode(), format=RdfFormat.TURTLE)}
    assert len(found) > len(view.graph)
    assert found <= {quad.triple for quad in quads_of(shipped)}
    predicates = {triple.predicate.value.rpartition("#")[2] for triple in found}
    assert not predicates & {"exact", "prefix", "suffix"}


def quads_of(store: Store) -> Sequence[Quad]:
    """The quads of a store."""
    return list(store.quads())


def test_triples_tell_of_nodes_evidence_places_and_figures(shipped: Store) -> None:
    """A claim, its claimant, its relationship, where in the text it stands and what it gives are all there."""
    view = VIEWS["who-said-what"](shipped)
    found = [quad.triple for quad in parse(find_triples(shipped, view).encode(), format=RdfFormat.TURTLE)]
    told = {str(triple.subject).strip("<>") for triple in found if isinstance(triple, Triple)}
    one = next(one for one in view.evidence if one.figures)
    assert {one.iri, one.speakers[0].thing.iri, one.topics[0].thing.iri, one.figures[0].iri} <= told
    assert any(re.search(r"/id/evidence/", subject) for subject in told)


def test_a_page_holds_its_triples_unless_there_is_too_much_of_them(shipped: Store) -> None:
    """With the store at hand the Turtle stands in the data; without it, or for thousands of claims, a reason does."""
    view = VIEWS["who-said-what"](shipped)
    with_store, without = make_scene(view, store=shipped), make_scene(view)
    assert "a stp:Claim" in with_store.turtle
    assert with_store.turtle_note == ""
    assert (without.turtle, without.turtle_note) == ("", "The page was drawn without a store at hand.")
    many = make_scene(crowded_view(5_001), store=shipped)
    assert many.turtle == ""
    assert many.turtle_note.startswith("There is too much of it for a page")


def test_doubts_say_why_a_figure_does_not_hold(shipped: Store) -> None:
    """Of 56, 8 are 14.3 per cent and 9 are 16.1: the 15 per cent told of it, and its one in six, are doubted."""
    scene = make_scene(VIEWS["who-said-what"](shipped), store=shipped)
    shown = {figure.said: figure.doubts for one in scene.items for figure in one.figures}
    assert {said for said, doubts in shown.items() if doubts} == {"15%", "one in six"}
    assert "8 is 14.3 % and 9 is 16.1 %" in shown["15%"][0]
    assert "“one in six” is 16.7 %" in shown["one in six"][0]
    assert shown["15%"][1:] == shown["one in six"]
    bases = {figure.said: figure.base for one in scene.items for figure in one.figures if figure.doubts}
    assert bases == {"15%": 56, "one in six": None}
    assert find_doubts(shipped, VIEWS["affiliations"](shipped)) == {}
    undoubted = make_scene(VIEWS["who-said-what"](shipped))
    assert not any(figure.doubts for one in undoubted.items for figure in one.figures)


# Rows for readers without scripts


def test_cards_say_what_a_row_needs() -> None:
    """A claim has its day in words, its speakers with posts, what it is about, and its figures as they were said."""
    first, second, *_, last = cards_of(make_scene(view_of(CLAIMS)))
    assert second["when"] == "5 March 2018"
    assert second["speakers"] == [{"label": "Jo Doe", "role": "leader", "body": "Anyshire County Council"}]
    assert (second["topics"], second["stance"], second["act"]) == (["trust among the partners"], "critical", "warning")
    assert (first["figures"], first["via"]) == (["60 per cent", "more than half"], ["Anyshire survey 2018"])
    assert (last["when"], last["stance"], last["outlet"]) == ("day unknown", "", "")


@pytest.mark.parametrize(
    ("since", "until", "told"),
    [
        ("2016-05", "2018-06", "May 2016 to June 2018"),
        ("2017", "", "from 2017"),
        ("", "2018-06-01", "until 1 June 2018"),
        ("2017", "2017", "2017"),
        ("", "", ""),
    ],
)
def test_posts_say_from_when_to_when(since: str, until: str, told: str) -> None:
    """What lasts has two ends, as far as they are known."""
    (card,) = cards_of(make_scene(view_of([replace(POSTS[0], since=since, until=until)], "affiliations")))
    assert card["when"] == told
