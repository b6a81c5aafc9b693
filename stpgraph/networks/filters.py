"""What a view is narrowed to: relationship, party, claimant, stance, speech act, review, document, period …"""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from datetime import date

from pyoxigraph import Literal, NamedNode

from stpgraph.errors import BadParameter
from stpgraph.questions import Parameter, resolve
from stpgraph.store import Store
from stpgraph.vocabulary import PREFIXES, XSD

__all__ = ["EVERYTHING", "Filters", "Terms", "bind", "check_accepted", "to_terms"]

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
