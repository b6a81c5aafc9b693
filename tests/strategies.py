"""Hypothesis strategies: terms of RDF as odd as they come, and records."""

from __future__ import annotations

import dataclasses
import types
import typing
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st
from pyoxigraph import BaseDirection, BlankNode, Literal, NamedNode, Triple

from stpgraph import records
from stpgraph.records import Record
from stpgraph.vocabulary import BASE, PREFIXES, RDF, XSD, mint

#: Any text that UTF-8 can hold.
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)

_STARTS = (
    *(BASE, BASE[:-1], "https://w3id.org/stpgraph/", BASE.upper(), "http://w3id.org/stpgraph/id/"),
    *PREFIXES.values(),
    *("http://example.org/", "http://example.org", "urn:isbn:", "file:///", "mailto:", "tag:x,2018:", "a:"),
)
_LETTERS = ("a", "Z", "9", "007", "x-y", "_", "~", "-", "é", "名", "٣", "\u00b7", "\U0001f600", "%41", "%2F", "claim")
_SIGNS = (".", "..", "/", "//", "/./", "/../", ":", "?", "#", *"!$&'()*+,;=@[]%")


#: Ends of IRIs that a relative or prefixed name would not mean, or that readers get wrong.
_TAILS = (
    *("", "a", "a.b", "a.", "a..b", ".a", ".", "..", "...", "a-", "-a", "_", "_a", "~a", "1a", "007", "9-68", "9.5"),
    *("a/", "a//b", "/a", "//host/a", "./a", "../a", "a/.", "a/..", "a/./b", "a/../b", "a/.b", "a/b."),
    *("a:b", ":", "a:", "mailto:a", "a#", "a#b", "#", "a?b=c&d", "?", "%41", "a%2Fb", "100%25", "a@b", "a+b"),
    *("a'(b)", "a,b;c", "a!b*c$d", "é", "a\u00b7", "名/前", "a\u2028", "\U0001f600", "claim/x/81-215", "e5", "true"),
)


def _as_iri(text: str) -> NamedNode | None:
    try:
        return NamedNode(text)
    except ValueError:
        return None


#: Every start with every tail that makes an IRI of it.
ODD_IRIS = [iri for start in _STARTS for tail in _TAILS if (iri := _as_iri(start + tail)) is not None]

iris = st.sampled_from(ODD_IRIS) | (
    st.builds(
        lambda start, pieces: _as_iri(start + "".join(pieces)),
        st.sampled_from(_STARTS),
        st.lists(st.sampled_from(_LETTERS + _SIGNS), max_size=5),
    ).filter(lambda iri: iri is not None)
)

#: Names of the project's own kind, some of them apart by a number only.
minted = st.sampled_from(
    [mint("claim", "2016-11-21-gazette", f"{start}-{start + 9}") for start in (0, 8, 81, 700, 70_000)]
    + [mint("person", "jo-doe"), mint("person", "v1.0"), mint("person", "a~b_c"), mint("stance")]
)

blank_nodes = st.sampled_from([BlankNode(f"b{number}") for number in range(4)])

#: Spellings that a writer may take for numbers and truths, and must give back as they are.
_SPELLINGS = (
    *("5", "+5", "-05", "007", "", " 5", "5 ", "1.50", ".5", "5.", "-.5", "+0.0", "1e3", "1E-3", "INF", "NaN"),
    *("true", " true", "TRUE", "1", "2018-03-05", "2018", "٣", '"', "\\", "\n", "5\n", "a b", '"^^<a:b>'),
)
_NAMES_OF_TYPES = ("integer", "decimal", "double", "boolean", "string", "date", "gYear", "token")
_TYPES = (*(XSD[name] for name in _NAMES_OF_TYPES), NamedNode("http://example.org/odd"), mint("datatype", "odd"))

#: Every spelling of every type.
ODD_LITERALS = [Literal(text, datatype=datatype) for text in _SPELLINGS for datatype in _TYPES]

typed_literals = st.sampled_from(ODD_LITERALS) | st.builds(
    lambda text, datatype: Literal(text, datatype=datatype),
    texts,
    st.sampled_from(_TYPES),
)
tagged_literals = st.builds(
    lambda text, tag: Literal(text, language=tag), texts, st.sampled_from(["en", "en-GB", "DE", "zh-Hant"])
)
directed_literals = st.builds(
    lambda text, way: Literal(text, language="ar", direction=way),
    texts,
    st.sampled_from([BaseDirection.LTR, BaseDirection.RTL]),
)

_subjects = minted | iris
_predicates = st.sampled_from([RDF.type, NamedNode(PREFIXES["skos"] + "prefLabel")]) | iris
_objects = minted | iris | texts.map(Literal) | tagged_literals | typed_literals

#: Triples as any tool knows them.
plain_triples = st.builds(Triple, _subjects, _predicates, _objects)

#: Triples with what few tools know beside: blank nodes, texts with a direction, triples as objects.
odd_triples = st.builds(
    Triple,
    _subjects | blank_nodes,
    _predicates,
    st.recursive(
        _objects | directed_literals | blank_nodes,
        lambda inner: st.builds(Triple, _subjects | blank_nodes, _predicates, inner),
        max_leaves=2,
    ),
)

_DAYS = st.dates(date(1000, 1, 1))
_ISO_DATES = st.builds(lambda day, length: day.isoformat()[:length], _DAYS, st.sampled_from([4, 7, 10]))
_INSTANTS = st.builds(
    lambda day, seconds, zone: (datetime.combine(day, datetime.min.time()) + timedelta(seconds=seconds)).replace(
        tzinfo=zone
    ),
    st.dates(date(1000, 1, 1), date(9000, 1, 1)),
    st.floats(0, 86_400),
    st.sampled_from([UTC, timezone(timedelta(hours=5, minutes=30)), timezone(-timedelta(hours=3)), None]),
)
_VALUES: dict[Any, st.SearchStrategy[Any]] = {
    NamedNode: minted
    | st.sampled_from([NamedNode(f"http://example.org/{path}") for path in ("", "a/../%41#é", "?x=y", "1.")]),
    str: st.sampled_from(["", "x", "two words", 'line\n\r\ttab \\ "quoted" \'', "é名\u2028\U0001f600", "\x00\x7f"]),
    int: st.integers(),
    bool: st.booleans(),
    Decimal: st.decimals(allow_nan=False, allow_infinity=False),
    date: _DAYS,
    datetime: _INSTANTS,
}


def record(kind: type[Record]) -> st.SearchStrategy[Record]:
    """Return a strategy for records of a kind; fields that may be empty are so at times."""
    hints = typing.get_type_hints(kind)
    made = {field.name: _values(hints[field.name], field) for field in dataclasses.fields(kind)}
    if kind is records.Evidence:
        made["iri"] = minted.map(lambda iri: NamedNode(iri.value.replace(BASE, f"{BASE}evidence/")))
    return st.builds(kind, **made)


@st.composite
def proposals(draw: st.DrawFn) -> list[Record]:
    """Draw what a document of proposals holds, each thing named below the document, one claim within another."""
    kinds = (
        *(records.Document, records.Dataset, records.Extraction, records.Software, records.Software),
        *(records.Person, records.Organisation, records.Collective, records.Role, records.Membership),
        *(records.Study, records.Report, records.Measure, records.Statistic, records.Evidence),
    )
    made = [
        dataclasses.replace(draw(record(kind)), iri=_below_a_document(kind, number))
        for number, kind in enumerate(kinds)
        if draw(st.booleans())
    ]
    inner, outer = (_below_a_document(records.Claim, number) for number in (100, 99))
    within, around = (typing.cast("records.Claim", draw(record(records.Claim))) for _ in range(2))
    made.append(dataclasses.replace(within, iri=inner))
    made.append(dataclasses.replace(around, iri=outer, cites=(inner,)))
    return made


def _below_a_document(kind: type[Record], number: int) -> NamedNode:
    return mint(kind.__name__.lower(), "2018-03-05-gazette-trust", f"{number}-200")


def _values(hint: Any, field: dataclasses.Field[Any]) -> st.SearchStrategy[Any]:
    is_required = field.default is dataclasses.MISSING
    if typing.get_origin(hint) is tuple:
        one = _VALUES[typing.get_args(hint)[0]]
        return st.lists(one, max_size=3).map(tuple)
    [kind] = {*(typing.get_args(hint) or (hint,))} - {types.NoneType}
    one = _ISO_DATES if "IsoDate" in str(field.type) else _VALUES[kind]
    return one if is_required else st.none() | one
