"""What a view is narrowed to: a relationship, a party, a claimant, a stance, a document, a period and so on."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date

from pyoxigraph import Literal, NamedNode

from stpgraph.citations import in_words
from stpgraph.errors import BadParameter
from stpgraph.questions import Parameter, resolve
from stpgraph.store import Store
from stpgraph.vocabulary import PREFIXES, XSD, local_name

__all__ = ["EVERYTHING", "Filters", "Terms", "bind", "check_accepted", "to_terms", "words"]

#: A year, a month or a day.
_DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")

#: What names the value of a filter: classes, or the scheme of a code.
_CLASSES = {
    "about": ("stp:Relationship", "stp:Aspect"),
    "party": ("stp:Party",),
    "claimant": ("stp:Organisation", "stp:Person", "stp:Collective", "stp:Partnership"),
    "document": ("stp:Document",),
}
_SCHEMES = {"stance": "stance", "act": "speech-act", "status": "review-status"}

#: How a filter is told, by the name of what it asks for.
_WORDS = {
    "about": "about {}",
    "party": "between {} and others",
    "claimant": "by {}",
    "stance": "{}",
    "act": "as {}",
    "status": "{}",
    "document": "in “{}”",
}

#: The names of things, and other names of those whose shorter names say the same.
_NAMES = """
SELECT ?thing (MIN(STR(?name)) AS ?label) (GROUP_CONCAT(DISTINCT ?other; separator="\\uE001") AS ?others) {
  VALUES ?thing { @THINGS@ }
  ?thing skos:prefLabel|dcterms:title ?name
  OPTIONAL { VALUES ?class { stp:Organisation stp:Partnership } ?thing a ?class ; skos:altLabel ?other }
} GROUP BY ?thing
"""

#: The terms of filters, by the variable that stands for them in a query; None for what is not asked.
Terms = dict[str, NamedNode | Literal | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """What is asked for; None asks for everything.

    A thing is named by its IRI, by its path below the project's base ("relationship/trust"), or by a label.

    Attributes:
        about: a relationship, with those below it, or an aspect of the debate, such as trust.
        party: a party of the relationship, or one above it.
        claimant: the claimant, or the body for which a person spoke; in views of posts and partnerships, one of
            the two ends.
        stance: supportive, critical, mixed or neutral.
        act: the speech act: warning, recommendation and so on.
        status: of review: accepted, proposed and so on.
        document: the document that reports it.
        confidence: the least confidence that a proposal must have, 0 to 1; what states none, for a person made it,
            is kept.
        since: first day, month or year: "2016-11-21", "2016-11", "2016".
        until: last such day, month or year.
    """

    about: NamedNode | str | None = None
    party: NamedNode | str | None = None
    claimant: NamedNode | str | None = None
    stance: NamedNode | str | None = None
    act: NamedNode | str | None = None
    status: NamedNode | str | None = None
    document: NamedNode | str | None = None
    confidence: float | None = None
    since: date | str | None = None
    until: date | str | None = None

    @property
    def given(self) -> dict[str, object]:
        """The filters that are asked for, by name."""
        return {one.name: getattr(self, one.name) for one in fields(self) if getattr(self, one.name) is not None}


#: No filter at all.
EVERYTHING = Filters()


def check_accepted(view: str, filters: Filters, accepted: frozenset[str]) -> None:
    """Refuse filters that a view has no use for, rather than leave them out.

    Raises:
        BadParameter: when one is given.

    Example:
        >>> check_accepted("partnerships", Filters(stance="critical"), frozenset({"since", "until"}))
        Traceback (most recent call last):
        ...
        stpgraph.errors.BadParameter: partnerships cannot be narrowed by stance; it takes since, until
    """
    for name in filters.given:
        if name not in accepted:
            raise BadParameter(f"{view} cannot be narrowed by {name}; it takes {', '.join(sorted(accepted))}")


def to_terms(store: Store, filters: Filters) -> Terms:
    """Turn filters into terms, by the name of the variable that a query has for each: `aboutParam` and so on.

    Raises:
        BadParameter: when a filter names nothing, several things, or is no date or number.
    """
    terms: Terms = {}
    for one in fields(filters):
        value = getattr(filters, one.name)
        if one.name in {"since", "until"}:
            term: NamedNode | Literal | None = _day(one.name, value)
        elif one.name == "confidence":
            term = _share(value)
        else:
            term = _thing(store, one.name, value)
        terms[f"{one.name}Param"] = term
    since, until = terms["sinceParam"], terms["untilParam"]
    if since and until and since.value[: len(until.value)] > until.value[: len(since.value)]:
        raise BadParameter(f"since={since.value} is after until={until.value}; turn them round")
    return terms


def bind(query: str, terms: Terms) -> str:
    """Write terms as typed values into a query's line `@VALUES@`, and the prefixes before it.

    Example:
        >>> bind("SELECT * { @VALUES@ }", {"sinceParam": Literal("2016"), "untilParam": None}).splitlines()[-1]
        'SELECT * { VALUES (?sinceParam ?untilParam) { ("2016" UNDEF) } }'
    """
    names = " ".join(f"?{name}" for name in terms)
    values = " ".join("UNDEF" if term is None else str(term) for term in terms.values())
    prefixes = "\n".join(f"PREFIX {name}: <{iri}>" for name, iri in PREFIXES.items())
    return f"{prefixes}\n{query.replace('@VALUES@', f'VALUES ({names}) {{ ({values}) }}')}"


def words(store: Store, filters: Filters) -> str:
    """Say what is asked for, by the names that things have in the store, as bodies are called for short.

    Returns:
        "about joint working, by CIPFA, critical, from November 2016 to September 2017"; "" for everything.

    Raises:
        BadParameter: when a filter names nothing, several things, or is no date or number.

    Example:
        >>> from stpgraph.store import open_store
        >>> words(open_store(), Filters(confidence=0.5, since="2016-11", until="2017-09-21"))
        'of confidence 0.5 or more, from November 2016 to 21 September 2017'
    """
    terms = to_terms(store, filters)
    asked = {name: term for name in _WORDS if isinstance(term := terms[f"{name}Param"], NamedNode)}
    names = _names(store, set(asked.values()))
    told = [_WORDS[name].format(names.get(term.value) or local_name(term)) for name, term in asked.items()]
    if filters.confidence is not None:
        told.append(f"of confidence {filters.confidence} or more")
    days = (("from" if filters.until else "since", filters.since), ("to" if filters.since else "until", filters.until))
    period = " ".join(f"{word} {in_words(day)}" for word, day in days if day)
    return ", ".join([*told, period] if period else told)


def _names(store: Store, things: Iterable[NamedNode]) -> dict[str, str]:
    """Return the shortest name of each thing that has one."""
    values = " ".join(sorted(map(str, things)))
    if not values:
        return {}
    names = {}
    for thing, label, others in store.select(bind(_NAMES, {}).replace("@THINGS@", values)):
        if isinstance(thing, NamedNode) and isinstance(label, Literal):
            other = others.value.split("\ue001") if isinstance(others, Literal) and others.value else []
            names[thing.value] = min([label.value, *sorted(other)], key=len)
    return names


def _thing(store: Store, name: str, value: NamedNode | str | None) -> NamedNode | None:
    if value is None or isinstance(value, NamedNode):
        return value
    parameter = Parameter(name=name, type="iri", of_class=_CLASSES.get(name, ()), of_scheme=_SCHEMES.get(name, ""))
    return resolve(store, value, parameter)


def _day(name: str, value: date | str | None) -> Literal | None:
    """Read a filter that is a day, a month or a year; it is compared as far as it goes."""
    if value is None:
        return None
    text = value.isoformat() if isinstance(value, date) else value
    if not _DATE.fullmatch(text):
        raise BadParameter(f"{name}={text!r} is no date; expected 2016, 2016-11 or 2016-11-21")
    return Literal(text)


def _share(value: float | None) -> Literal | None:
    if value is None:
        return None
    if not 0 <= value <= 1:
        raise BadParameter(f"confidence={value} is no share; expected 0 to 1")
    return Literal(str(value), datatype=XSD.decimal)
