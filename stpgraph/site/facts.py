"""What the store says of a thing, in words, and where each fact stands."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from pyoxigraph import BlankNode, Literal, NamedNode

from stpgraph.citations import in_words
from stpgraph.networks.evidence import Thing
from stpgraph.site.addresses import address_of
from stpgraph.site.names import find_names, nodes, short
from stpgraph.site.place import Site
from stpgraph.site.spoken import rows
from stpgraph.site.terms import LABELS, property_name
from stpgraph.store import Term
from stpgraph.tables import in_print, to_cell
from stpgraph.vocabulary import BASE, DCTERMS, FOAF, ORG, OWL, QUDT, RDF, RDFS, SCHEMA, SKOS, STP, XSD

__all__ = ["Fact", "Facts", "Origin", "Value", "find_facts", "is_web", "link_to", "web_name"]

#: Facts of one thing that a page reads, and values of one property that it shows.
_READ, _SHOWN = 4000, 30

#: Properties whose values lead out of the site, where they are addresses.
_OUTWARD = {
    *(DCTERMS.source.value, DCTERMS.license.value, FOAF.homepage.value, FOAF.page.value, SCHEMA.url.value),
    *(SKOS.exactMatch.value, SKOS.closeMatch.value, OWL.sameAs.value, RDFS.seeAlso.value),
}

#: What the page says otherwise: as heading, as notes.
_ELSEWHERE = {RDF.type.value, DCTERMS.source.value}

#: The properties that are shown first, in this order; others by name, and these after all.
_FIRST = tuple(
    term.value
    for term in (
        *(SKOS.altLabel, SKOS.definition, DCTERMS.description, SKOS.scopeNote, STP.aspect, STP.party, SKOS.broader),
        *(DCTERMS.publisher, DCTERMS.issued, DCTERMS.creator),
        *(ORG.member, ORG.role, ORG.organization, SCHEMA.startDate, SCHEMA.endDate),
        *(STP.claimant, STP.speakingAs, STP.about, STP.stance, STP.speechAct, STP.modality, STP.statedOn),
        *(STP.affirms, STP.denies, STP.concerns, STP.addressee, STP.comesFrom, STP.cites, STP.attribution),
        *(STP.asSaid, STP.measure, STP.population, STP.value, STP.lowest, STP.highest, STP.comparator),
        *(STP.numerator, STP.denominator, QUDT.hasUnit, STP.reportedIn),
    )
)

_LAST = tuple(
    term.value for term in (SKOS.note, SKOS.inScheme, STP.reviewStatus, STP.confidence, STP.textLength, STP.textHash)
)

_QUADS = "SELECT ?graph ?how ?what {{ GRAPH ?graph {{ {node} ?how ?what }} }} LIMIT {most}"
_TRIPLES = 'SELECT ("" AS ?graph) ?how ?what {{ {node} ?how ?what }} LIMIT {most}'
_GRAPHS = """
SELECT ?graph ?status ?subject {{
  VALUES ?graph {{ {graphs} }}
  OPTIONAL {{ ?graph stp:reviewStatus/skos:prefLabel ?status }} OPTIONAL {{ ?graph dcterms:subject ?subject }}
}}"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """What a fact says of a thing.

    Attributes:
        text: in words.
        address: where it leads; "" for a value that leads nowhere.
        is_outward: whether that is out of the site.
        language: of a text.
        is_code: whether it is to be read letter by letter.
        notes: the numbers of the origins it has.
    """

    text: str
    address: str = ""
    is_outward: bool = False
    language: str = ""
    is_code: bool = False
    notes: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """A property of a thing, its name for readers and its values; `left_out` more are not shown."""

    key: str
    name: str
    values: tuple[Value, ...]
    left_out: int = 0

    @property
    def is_row(self) -> bool:
        """Whether the values are many and short, so that they are read in a row."""
        return len(self.values) > 2 and max(len(value.text) for value in self.values) < 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """A graph in which facts of a thing stand.

    Attributes:
        number: by which facts refer to it.
        graph: its name.
        status: proposed, accepted; "" where that is said of each statement.
        subject: the document that it tells of; None where it tells of no one document.
        works: where the facts of this thing in it come from.
    """

    number: int
    graph: Thing
    status: str = ""
    subject: Thing | None = None
    works: tuple[Value, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """All that is said of a thing itself.

    Attributes:
        thing: its label and kind.
        classes: what it is.
        values: terms by property, as the store has them.
        facts: for readers.
        origins: where they stand.
        count: how many facts there are; `is_whole` tells whether that is all.
        is_whole: whether all were read.
    """

    thing: Thing
    classes: tuple[str, ...]
    values: Mapping[str, tuple[Term, ...]]
    facts: tuple[Fact, ...]
    origins: tuple[Origin, ...]
    count: int
    is_whole: bool

    def first(self, name: NamedNode) -> str:
        """Return the first value of a property as text; "" where there is none."""
        return next((getattr(term, "value", "") for term in self.values.get(name.value, ())), "")

    def all(self, name: NamedNode) -> tuple[str, ...]:
        """Return the values of a property as texts."""
        return tuple(getattr(term, "value", "") for term in self.values.get(name.value, ()))


def find_facts(site: Site, iri: str) -> Facts:
    """Return what the store says of a thing.

    Example:
        >>> from stpgraph.store import open_store
        >>> find_facts(Site(store=open_store()), "https://example.org/x").count
        0
    """
    node = nodes([iri])
    found = list(site.store.select(_QUADS.format(node=node, most=_READ)))
    found = found or list(site.store.select(_TRIPLES.format(node=node, most=_READ)))
    placed: defaultdict[str, defaultdict[Term, set[str]]] = defaultdict(lambda: defaultdict(set))
    for graph, how, what in found:
        if isinstance(how, NamedNode) and what is not None:
            placed[how.value][what].add(getattr(graph, "value", ""))
    values = {how: tuple(sorted(terms, key=_order)) for how, terms in placed.items()}
    graphs = sorted({graph for terms in placed.values() for told in terms.values() for graph in told if graph})
    objects = {term.value for terms in values.values() for term in terms[:_SHOWN] if isinstance(term, NamedNode)}
    names = find_names(site, [iri, *sorted(objects), *graphs])
    numbers = {graph: number for number, graph in enumerate(graphs, start=1)}
    shown = [how for how in sorted(values, key=_place) if _is_shown(how, values[how])]
    if values.get(SKOS.topConceptOf.value) == values.get(SKOS.inScheme.value):  # the same is said twice
        shown = [how for how in shown if how != SKOS.topConceptOf.value]
    return Facts(
        thing=names[iri],
        classes=tuple(getattr(term, "value", "") for term in values.get(RDF.type.value, ())),
        values=values,
        facts=tuple(_fact(how, values[how], placed[how], names, numbers) for how in shown),
        origins=_origins(site, numbers, names, placed[DCTERMS.source.value]),
        count=sum(len(terms) for terms in values.values()),
        is_whole=len(found) < _READ,
    )


def _is_shown(how: str, terms: Sequence[Term]) -> bool:
    """Say whether a property is shown as a fact: not where it is the heading, and the only one."""
    is_heading = how in LABELS and len(terms) == 1 and len(getattr(terms[0], "value", "")) <= 200
    return how not in _ELSEWHERE and not is_heading


def _place(how: str) -> tuple[int, str]:
    if how in _LAST:
        return len(_FIRST) + 1 + _LAST.index(how), ""
    return (_FIRST.index(how), "") if how in _FIRST else (len(_FIRST), property_name(how))


def _order(term: Term) -> tuple[int, object, str]:
    cell = to_cell(term) if isinstance(term, Literal) else None
    is_number = isinstance(cell, int) and not isinstance(cell, bool)
    return (0, cell, "") if is_number else (1, 0, str(term))


def _fact(
    how: str,
    terms: Sequence[Term],
    graphs: Mapping[Term, set[str]],
    names: Mapping[str, Thing],
    numbers: Mapping[str, int],
) -> Fact:
    values = tuple(
        link_to(term, names, how, notes=tuple(sorted(numbers[graph] for graph in graphs[term] if graph in numbers)))
        for term in terms[:_SHOWN]
    )
    return Fact(key=how, name=property_name(how), values=values, left_out=max(0, len(terms) - _SHOWN))


def link_to(term: Term, names: Mapping[str, Thing], how: str = "", *, notes: tuple[int, ...] = ()) -> Value:
    """Write a value of a property for readers; only http and https lead out of the site."""
    if isinstance(term, NamedNode):
        is_outward = how in _OUTWARD and is_web(term.value) and not term.value.startswith(BASE)
        name = names[term.value].label if term.value in names else term.value
        text = web_name(term.value) if is_outward else name
        address = term.value if is_outward else address_of(term.value)
        return Value(text=text, address=address, is_outward=is_outward, notes=notes)
    if isinstance(term, BlankNode):
        return Value(text="something without a name", notes=notes)
    if not isinstance(term, Literal):
        return Value(text=short(str(term)), is_code=True, notes=notes)
    is_code = how in {STP.textHash.value, SKOS.example.value}
    return Value(text=_text(term), language=term.language or "", is_code=is_code, notes=notes)


def is_web(iri: str) -> bool:
    """Say whether an IRI is an address that a page may lead to.

    Example:
        >>> is_web("https://example.org/x"), is_web("javascript:alert(1)")
        (True, False)
    """
    try:
        parts = urlsplit(iri)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.hostname)


def web_name(iri: str) -> str:
    """Return an address as readers recognise it.

    Example:
        >>> web_name("https://www.example.org/news/2018/")
        'example.org/news/2018'
    """
    return short(iri.partition("://")[2].removeprefix("www.").rstrip("/"), 70)


def _text(term: Literal) -> str:
    """Write a literal in words: days, numbers and yes or no as readers do."""
    if term.datatype in {XSD.date, XSD.gYear, XSD.gYearMonth}:
        return in_words(term.value)
    if term.datatype == XSD.dateTime:
        day, _, time = term.value.partition("T")
        return f"{in_words(day)}, {time[:5]}" if time[:5] not in {"", "00:00"} else in_words(day)
    if term.datatype in {XSD.integer, XSD.decimal, XSD.boolean, XSD.double}:
        return in_print(to_cell(term)) or term.value
    return term.value


def _origins(
    site: Site, numbers: Mapping[str, int], names: Mapping[str, Thing], sources: Mapping[Term, set[str]]
) -> tuple[Origin, ...]:
    """Describe the graphs in which facts stand, with the sources that the thing itself names in each."""
    if not numbers:
        return ()
    told = rows(site.store, _GRAPHS.format(graphs=nodes(numbers)))
    status = {graph: label for graph, label, _ in sorted(told)}
    subjects = {graph: subject for graph, _, subject in sorted(told) if subject}
    known = find_names(site, [*subjects.values(), *(term.value for term in sources if isinstance(term, NamedNode))])
    return tuple(
        Origin(
            number=number,
            graph=names[graph],
            status=status.get(graph, ""),
            subject=known.get(subjects.get(graph, "")),
            works=tuple(
                link_to(term, known, DCTERMS.source.value)
                for term in sorted(sources, key=_order)
                if graph in sources[term]
            ),
        )
        for graph, number in numbers.items()
    )
