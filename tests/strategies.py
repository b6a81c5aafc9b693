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

_PIECES = (
    *("a", "Z", "9", "007", "x-y", "_", "~", "-", "é", "名", "٣", "\u00b7", "\U0001f600", "%41", "%2F", "%", "claim"),
    *(
        ".",
        "..",
        "/",
        "//",
        "/./",
        "/../",
        ":",
        "?",
        "#",
        "!",
        "$",
        "&",
        "'",
        "(",
        ")",
        "*",
        "+",
        ",",
        ";",
        "=",
        "@",
        "[",
        "]",
    ),
)
_STARTS = (
    *(BASE, BASE[:-1], BASE.rpartition("/")[0].rpartition("/")[0] + "/", BASE.upper(), "http://w3id.org/stpgraph/id/"),
    *PREFIXES.values(),
    *("http://example.org/", "http://example.org", "urn:isbn:", "file:///", "mailto:", "tag:x,2018:", "a:"),
)


def _is_iri(text: str) -> bool:
    try:
        NamedNode(text)
    except ValueError:
        return False
    return True


iris = (
    st.tuples(st.sampled_from(_STARTS), st.lists(st.sampled_from(_PIECES), max_size=5).map("".join))
    .map("".join)
    .filter(_is_iri)
    .map(NamedNode)
)

#: Terms of the project's own kind, one beside the other in order.
minted = st.builds(
    lambda kind, name, place: mint(kind, name, place),
    st.sampled_from(["claim", "person"]),
    st.sampled_from(["2016-11-21-gazette", "jo-doe", "v1.0", "a~b"]),
    st.integers(0, 300).map(lambda start: f"{start}-{start + 9}"),
)

blank_nodes = st.integers(0, 3).map(lambda number: BlankNode(f"b{number}"))

#: Spellings that a writer may take for numbers and truths, and must give back as they are.
_SPELLINGS = (
    *("5", "+5", "-05", "007", "", " 5", "5 ", "1.50", ".5", "5.", "-.5", "+0.0", "1e3", "1E-3", "INF", "NaN"),
    *("true", " true", "TRUE", "1", "2018-03-05", "2018", "٣", '"', "\\", "\n", "5\n", "a b"),
)
_TYPES = tuple(XSD[name] for name in ("integer", "decimal", "double", "boolean", "string", "date", "gYear", "token"))
typed_literals = st.builds(
    lambda text, datatype: Literal(text, datatype=datatype),
    st.sampled_from(_SPELLINGS) | texts,
    st.sampled_from([*_TYPES, NamedNode("http://example.org/odd")])
    | iris.filter(lambda iri: iri not in _LANGUAGE_TYPES),
)
_LANGUAGE_TYPES = (RDF.langString, RDF.dirLangString)
literals = (
    texts.map(Literal)
    | st.builds(lambda text, tag: Literal(text, language=tag), texts, st.sampled_from(["en", "en-GB", "DE", "zh-Hant"]))
    | typed_literals
)
directed_literals = st.builds(
    lambda text, way: Literal(text, language="ar", direction=way),
    texts,
    st.sampled_from([BaseDirection.LTR, BaseDirection.RTL]),
)

subjects = minted | iris
predicates = st.sampled_from([RDF.type, NamedNode(PREFIXES["skos"] + "prefLabel")]) | iris
plain_triples = st.builds(Triple, subjects, predicates, minted | iris | literals)
odd_triples = st.builds(
    Triple,
    subjects | blank_nodes,
    predicates,
    st.recursive(
        minted | iris | literals | directed_literals | blank_nodes,
        lambda inner: st.builds(Triple, subjects | blank_nodes, predicates, inner),
        max_leaves=2,
    ),
)

_DAYS = st.dates(date(1000, 1, 1))
_ZONES = st.sampled_from([UTC, timezone(timedelta(hours=5, minutes=30)), timezone(-timedelta(hours=3)), None])
_VALUES: dict[Any, st.SearchStrategy[Any]] = {
    NamedNode: minted | iris,
    str: texts,
    int: st.integers(),
    bool: st.booleans(),
    Decimal: st.decimals(allow_nan=False, allow_infinity=False),
    date: _DAYS,
    datetime: st.datetimes(datetime(1000, 1, 1), timezones=_ZONES),
}
_iso_dates = st.builds(lambda day, length: day.isoformat()[:length], _DAYS, st.sampled_from([4, 7, 10]))


def record(kind: type[Record]) -> st.SearchStrategy[Record]:
    """Return a strategy for records of a kind; fields that may be empty are so at times."""
    hints = typing.get_type_hints(kind)
    made = {field.name: _values(hints[field.name], field) for field in dataclasses.fields(kind)}
    if kind is records.Evidence:
        made["iri"] = minted.map(lambda iri: NamedNode(iri.value.replace(BASE, f"{BASE}evidence/")))
    return st.builds(kind, **made)


def _values(hint: Any, field: dataclasses.Field[Any]) -> st.SearchStrategy[Any]:
    is_required = field.default is dataclasses.MISSING
    if typing.get_origin(hint) is tuple:
        one = _VALUES[typing.get_args(hint)[0]]
        return st.lists(one, min_size=int(is_required), max_size=3).map(tuple)
    [kind] = {*(typing.get_args(hint) or (hint,))} - {types.NoneType}
    one = _iso_dates if "IsoDate" in str(field.type) else _VALUES[kind]
    return one if is_required else st.none() | one
