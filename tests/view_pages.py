"""Invented views, their pages as files, and how tests read and press them in a browser."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
from playwright.sync_api import Locator, Page

from stpgraph.networks.evidence import Evidence, Figure, Link, Speaker, Thing, Topic
from stpgraph.networks.views import Network, View, draw_links
from stpgraph.pages.arranging import arrange, choose_arrangement
from stpgraph.pages.assembly import assemble
from stpgraph.pages.scenes import Points, Scene, Weighing, number_view
from stpgraph.pages.sentences import standfirst_of, things_of, title_of
from stpgraph.vocabulary import mint
from tests.browser import Reader, Visit, open_browser

#: Text that would do harm if a page took it for markup.
HOSTILE = '</script><script>window.hacked=1</script><!-- <img src=x onerror="window.hacked=1"> & "quoted" \u2028'
ARABIC = "مجلس الصحة"
ENDLESS = "A" * 300


# What is shown


def thing(kind: str, name: str, label: str, short: str = "") -> Thing:
    """An invented thing."""
    paths = {"body": "organisation"}
    return Thing(iri=mint(paths.get(kind, kind), name).value, label=label, short_label=short or label, kind=kind)


COUNCIL = thing("body", "anyshire", "Anyshire County Council", "ACC")
TRUST_BODY = thing("body", "norbury", "Norbury NHS Trust", "Norbury")
JO = replace(thing("person", "jo-doe", "Jo Doe"), body=COUNCIL.label, short_body="ACC")
KIT = replace(thing("person", "kit-poe", "Kit Poe"), body=TRUST_BODY.label, short_body="Norbury")
ASKED = thing("collective", "respondents", "bodies asked in Anyshire")
PLAN = thing("partnership", "anyshire", "Anyshire STP")
HOSPITALS, COUNCILS, PATIENTS = (thing("party", name, name) for name in ("hospitals", "councils", "patients"))
TRUST = thing("relationship", "trust", "trust among the partners")
MONEY = thing("relationship", "money", "money for care")
PARTIES = {TRUST.iri: (HOSPITALS, COUNCILS), MONEY.iri: (COUNCILS, PATIENTS)}

SHARE = Figure(
    iri="urn:figure:share",
    said="60 per cent",
    value=60.0,
    lowest=59.5,
    highest=60.5,
    unit="percent",
    denominator=56,
    population="bodies asked",
    measure="expect joint budgets",
    doubts=("No whole number of 56 gives 60 per cent.",),
)
MOST = Figure(iri="urn:figure:most", said="more than half", lowest=50.0, unit="percent")
POUNDS = Figure(iri="urn:figure:pounds", said="£5.3bn", value=5300000000.0, unit="GBP")


def claim(
    name: str, who: Sequence[Speaker], about: Sequence[Thing], stance: str, summary: str, **more: Any
) -> Evidence:
    """An invented claim of the Gazette."""
    links = tuple(Link(source=one.thing, target=topic, kind="speaks about") for one in who for topic in about)
    told: dict[str, Any] = {
        "since": "2018-03-05",
        "speech_act": "warning",
        "attribution": "direct",
        "status": "accepted",
        "document": mint("document", "gazette").value,
        "title": "Few trust the plan",
        "outlet": "Anyshire Gazette",
        "issued": "2018-03-06",
        "place": "characters 120–129",
    }
    return Evidence(
        iri=mint("claim", "gazette", name).value,
        kind="claim",
        summary=summary,
        links=links,
        speakers=tuple(who),
        topics=tuple(Topic(thing=topic, parties=PARTIES.get(topic.iri, ())) for topic in about),
        stance=stance,
        **{**told, **more},
    )


BY_JO = Speaker(thing=JO, role="leader", body=COUNCIL)
BY_KIT = Speaker(thing=KIT, role="chief executive", body=TRUST_BODY)
BY_ASKED, BY_COUNCIL, BY_PLAN = (Speaker(thing=one) for one in (ASKED, COUNCIL, PLAN))

CLAIMS = (
    claim(
        "90-99",
        [BY_ASKED],
        [TRUST],
        "mixed",
        "Two in three expect joint budgets.",
        figures=(SHARE, MOST),
        via=("Anyshire survey 2018",),
        status="proposed",
        confidence=0.8,
    ),
    claim(
        "120-129",
        [BY_JO],
        [TRUST],
        "critical",
        "Hardly anyone trusts the plan.",
        words=("hardly anyone trusts it", "not now"),
        contexts=(("Asked, she said that ", ", or so it seemed"), ("", "")),
    ),
    claim("200-209", [BY_JO], [MONEY], "supportive", "The money is there.", figures=(POUNDS,)),
    claim("400-409", [BY_COUNCIL, BY_PLAN], [MONEY], "neutral", "Talks about money go on.", speech_act="assertion"),
    claim("500-509", [BY_KIT], [TRUST], "supportive", "Trust has grown.", since="2018-05-02", speech_act="assertion"),
    claim("300-309", [BY_JO], [TRUST], "critical", "Trust may be lost.", since="2018-06-01"),
    claim(
        "600-609",
        [BY_KIT],
        [MONEY],
        "",
        "=SUM(A1) is no claim, “quoted”, with a comma.",
        since="",
        title="Money matters",
        outlet="",
        source="https://example.org/money",
        status="proposed",
    ),
)

POSTS = (
    Evidence(
        iri=mint("post", "jo-doe").value,
        kind="post",
        summary="Jo Doe was leader of Anyshire County Council, from May 2016 to June 2018.",
        links=(Link(source=JO, target=COUNCIL, kind="leads"),),
        since="2016-05",
        until="2018-06",
        speakers=(BY_JO,),
        source="https://example.org/jo",
    ),
    Evidence(
        iri=mint("post", "kit-poe").value,
        kind="post",
        summary="Kit Poe was chief executive of Norbury NHS Trust, from 2017.",
        links=(Link(source=KIT, target=TRUST_BODY, kind="works for"),),
        since="2017",
        speakers=(BY_KIT,),
        source="javascript:alert(1)",
    ),
)

SURVEY = thing("report", "survey", "Anyshire survey 2018")
BUDGETS = thing("measure", "budgets", "expect joint budgets")

#: A figure that stands in a document, and a fact about a partnership.
OTHERS = (
    Evidence(
        iri=mint("statistic", "share").value,
        kind="figure",
        summary="60 per cent of bodies asked expect joint budgets.",
        links=(Link(source=BUDGETS, target=SURVEY, kind="stands in"),),
        since="2018-03-05",
        figures=(SHARE,),
    ),
    Evidence(
        iri=mint("fact", "successor").value,
        kind="fact",
        summary="Anyshire STP became Anyshire Care System.",
        links=(Link(source=PLAN, target=SURVEY, kind="is told of in"),),
        since="2019",
        source="https://example.org/successor",
    ),
)

QUERY = "SELECT ?claim ?claimant WHERE {\n  ?claim stp:claimant ?claimant .\n}"


def between(ends: tuple[Thing, Thing], topic: Thing, name: str, speaker: Speaker, stance: str) -> Evidence:
    """A claim about a relationship of two parties, which stands for a line between them."""
    said = claim(name, [speaker], [topic], stance, f"Claim {name} on {topic.label}.")
    return replace(said, links=(Link(source=ends[0], target=ends[1], kind=topic.label, key=topic.iri),))


BEDS = thing("relationship", "beds", "beds shared")

#: Claims about three relationships of three parties, two of them between the same two.
MAPPED = (
    between((HOSPITALS, COUNCILS), TRUST, "1", BY_JO, "critical"),
    between((HOSPITALS, COUNCILS), TRUST, "2", BY_KIT, "critical"),
    between((HOSPITALS, COUNCILS), TRUST, "3", BY_JO, "supportive"),
    between((COUNCILS, PATIENTS), MONEY, "4", BY_JO, "supportive"),
    between((HOSPITALS, COUNCILS), BEDS, "5", BY_JO, "neutral"),
)


def mapped() -> Scene:
    """The scene of a map of relationships."""
    return scene_of(view_of(MAPPED, "relationship-map", lambda said: draw_links(said, is_directed=False)))


def view_of(evidence: Sequence[Evidence], name: str = "who-said-what", make: Any = draw_links) -> View:
    """A view of evidence."""
    return View(name=name, question="Who said what about Anyshire", sparql=QUERY, evidence=tuple(evidence), make=make)


def scene_of(view: View, **more: Any) -> Scene:
    """The scene of a view, placed as on a page."""
    nodes, edges, items = number_view(view)
    arrangement = choose_arrangement(view)
    told: dict[str, Any] = {
        "colour": "stance",
        "heads": ("Who", "said what about") if arrangement == "columns" else (),
        "width_means": f"number of {things_of(items)[1]}",
        "turtle": "<urn:a> <urn:b> <urn:c> .\n",
        **more,
    }
    return Scene(
        view=view.name,
        title=title_of(view),
        standfirst=standfirst_of(view),
        question=view.question,
        sparql=view.sparql,
        command="stpgraph draw who-said-what -o page.html",
        note="CC BY 4.0",
        arrangement=arrangement,
        directed=view.graph.is_directed(),
        things=things_of(items),
        nodes=nodes,
        edges=edges,
        items=items,
        layouts=arrange(view, arrangement, nodes, edges)
        if arrangement == "columns"
        else {"free": in_a_row(len(nodes))},
        **told,
    )


def in_a_row(count: int) -> Points:
    """Places of nodes, a little up and a little down."""
    across = tuple(100.0 + 300.0 * at for at in range(count))
    return Points(width=across[-1] + 100, height=300, x=across, y=tuple(100.0 + 100 * (at % 2) for at in range(count)))


#: Claimants and subjects of the worked example of discourse networks, and a claimant whom a filter leaves out.
A, B, C, D, E = (thing("body", name, name.upper()) for name in "abcde")
X, Y, Z = (thing("relationship", name, name) for name in "xyz")

#: Who was for and against what: ten statements of the example, and one of the claimant left out.
EXAMPLE = (
    *((A, X, "supportive"), (B, X, "critical"), (C, X, "supportive"), (A, Y, "critical"), (B, Y, "critical")),
    *((B, Y, "critical"), (C, Y, "supportive"), (B, Z, "supportive"), (D, Z, "supportive"), (D, Z, "critical")),
    (E, X, "supportive"),
)

#: The pairs of the example that have a subject in common.
PAIRS = ((A, B), (A, C), (B, C), (B, D))


def pairs(evidence: Sequence[Evidence]) -> Network:
    """A network of pairs of claimants, each with the claims of both."""
    graph: nx.Graph[str] = nx.Graph()
    for one in (A, B, C, D):
        graph.add_node(one.iri, label=one.label, short_label=one.short_label, kind=one.kind)
    for pair in PAIRS:
        behind = [one.iri for one in evidence if one.speakers[0].thing in pair]
        graph.add_edge(pair[0].iri, pair[1].iri, kind="agrees with", weight=1, evidence=behind)
    return graph


def agreement(weight: str = "subtract", normalisation: str = "none") -> Scene:
    """A network of agreement or disagreement among the claimants of the example."""
    said = [
        claim(f"{at}", [Speaker(thing=who)], [about], stance, f"{who.label} on {about.label}.")
        for at, (who, about, stance) in enumerate(EXAMPLE)
    ]
    weighing = Weighing(mode="claimants", weight=weight, normalisation=normalisation)
    return scene_of(view_of(said, "discourse", pairs), colour="sign", weighing=weighing, width_means="agreement")


def crowded_view(count: int, who: int = 20) -> View:
    """Many claims of several claimants on fifteen relationships; claim follows claim, claimant claimant."""
    stances = ("supportive", "critical", "mixed", "neutral", "")
    people = [thing("person", f"p{at}", f"Person {at:02}") for at in range(who)]
    subjects = [thing("relationship", f"r{at}", f"relationship {at:02}") for at in range(15)]
    said = [
        claim(
            f"{at}",
            [Speaker(thing=people[at % who])],
            [subjects[at % 15]],
            stances[at % 5],
            f"Claim number {at}.",
            since=f"{2010 + at % 9}-{1 + at % 12:02}-10",
            title=f"Text {at % 300:03}",
        )
        for at in range(count)
    ]
    return view_of(said)


def hostile_view() -> View:
    """Names and claims that try to be markup, run from right to left, or never end."""
    who = [
        Thing(iri=mint("person", "jo-doe").value, label=HOSTILE, short_label=HOSTILE, kind="person", body=HOSTILE),
        Thing(iri="urn:x:a+b#%2F&q=1", label=ARABIC, short_label=ARABIC, kind="body"),
        thing("collective", "endless", ENDLESS),
    ]
    subject = thing("relationship", "trust", "trust " * 60)
    fields = ("speech_act", "attribution", "status", "title", "outlet", "place", "source")
    more: dict[str, Any] = dict.fromkeys(fields, HOSTILE)
    said = [
        claim(
            str(at),
            [Speaker(thing=one, role=HOSTILE, body=who[0])],
            [subject],
            "critical" if at else "",
            HOSTILE,
            figures=(replace(SHARE, said=HOSTILE, population=HOSTILE, doubts=(HOSTILE,)),),
            words=(HOSTILE,),
            via=(HOSTILE,),
            since=f"2018-0{at + 1}-01",
            **more,
        )
        for at, one in enumerate(who)
    ]
    return view_of(said)


def hostile() -> Scene:
    """The scene of such a view, with more of it around."""
    told: dict[str, Any] = {"question": HOSTILE, "sparql": HOSTILE, "command": HOSTILE, "title": f"Who said {HOSTILE}"}
    return replace(scene_of(hostile_view()), **told)


#: What is opened, by name.
SCENES: dict[str, Callable[[], Scene]] = {
    "claims": lambda: scene_of(view_of(CLAIMS)),
    "posts": lambda: scene_of(view_of(POSTS, "affiliations"), colour="plain"),
    "others": lambda: scene_of(view_of(OTHERS, "repeats"), colour="plain"),
    "map": mapped,
    "agreement": agreement,
    "crowd": lambda: scene_of(crowded_view(10_000)),
    "hostile": hostile,
}


class Opener:
    """Writes pages to a folder when they are first asked for, and opens them."""

    def __init__(self, reader: Reader, folder: Path) -> None:
        self._reader = reader
        self._folder = folder

    def __call__(self, name: str = "claims", fragment: str = "", *, scripts: bool = True, **how: Any) -> Visit:
        """Open one of `SCENES` by name, and wait until it is drawn."""
        file = self._folder / f"{name}.html"
        if not file.exists():
            file.write_text(assemble(SCENES[name]()), encoding="utf-8")
        seen = self._reader.open(file, fragment=fragment, scripts=scripts, **how)
        if scripts:
            seen.page.wait_for_selector("html[data-drawn]")
        return seen

    def show(self, html: str, fragment: str = "") -> Visit:
        """Open any page; it may be one that draws nothing."""
        file = self._folder / "shown.html"
        file.write_text(html, encoding="utf-8")
        return self._reader.open(file, fragment=fragment)


@contextmanager
def open_views(folder: Path) -> Iterator[Opener]:
    """Open Chromium on pages that are written to a folder."""
    with open_browser() as reader:
        yield Opener(reader, folder)


def address(page: Page) -> str:
    """What follows the page's address."""
    fragment: str = page.evaluate("location.hash")
    return fragment


def wait_until(page: Page, expression: str) -> None:
    """Wait for what a script says; the page's policy does not let Playwright itself ask twice."""
    for _ in range(100):
        if page.evaluate(expression):
            return
        page.wait_for_timeout(50)
    pytest.fail(f"never came true: {expression}")


def title(page: Page) -> str:
    """The heading of the panel."""
    return page.locator("#panel-title").inner_text()


def summaries(page: Page) -> list[str]:
    """What the cards in the panel say."""
    return page.locator("#cards .summary").all_inner_texts()


def rows(page: Page) -> int:
    """How many rows the table has."""
    return page.locator("#claims tbody tr").count()


def chips(page: Page) -> list[str]:
    """The filters in use."""
    return [" ".join(text.split()) for text in page.locator("#chips .chip").all_inner_texts()]


def facet(page: Page, name: str) -> Locator:
    """A facet, opened."""
    found = page.locator(f"[data-facet={name}]")
    if found.get_attribute("open") is None:
        found.locator("summary").click()
        found.locator(".values label").first.wait_for()
        page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    return found


def values(page: Page, name: str) -> dict[str, str]:
    """The values of a facet with their counts."""
    labels = facet(page, name).locator(".values label").all()
    return {one.locator(".name").inner_text(): one.locator(".count").inner_text() for one in labels}


def tick(page: Page, name: str, value: str) -> None:
    """Press a value of a facet."""
    facet(page, name).locator(".values label").filter(has=page.get_by_text(value, exact=True)).click()
