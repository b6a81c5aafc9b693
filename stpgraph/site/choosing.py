"""What the forms of pages offer, and what their parameters mean.

A page number is brought within its bounds. Anything else that cannot be met, a date that is none, a choice that is
not offered, a name of nothing, is refused with what was expected.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pyoxigraph import NamedNode

from stpgraph.errors import BadParameter
from stpgraph.networks.filters import Filters, to_terms
from stpgraph.questions import Parameter, choices_of, resolve
from stpgraph.questions.words import fold
from stpgraph.site.asked import Asked
from stpgraph.site.place import Site

__all__ = ["Field", "at_page", "choose_field", "listed_field", "name_field", "read_choice", "read_period", "read_thing"]

#: Of how many things of a kind a form offers the names; of more it takes a name.
_OFFERED = 150


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A field of a form.

    Attributes:
        name: the parameter's.
        label: for readers.
        value: what it holds now; "" for nothing.
        options: values and labels to choose from; () for text.
        hint: how it is written.
        default: what is shown for no choice; "" where one must be made.
    """

    name: str
    label: str
    value: str = ""
    options: tuple[tuple[str, str], ...] = ()
    hint: str = ""
    default: str = "any"


def choose_field(name: str, label: str, value: str, options: Sequence[str], *, default: str = "") -> Field:
    """Make a field with some words to choose from."""
    return Field(name=name, label=label, value=value, options=tuple((one, one) for one in options), default=default)


def name_field(
    site: Site, name: str, label: str, value: str, *, classes: Sequence[str] = (), scheme: str = ""
) -> Field:
    """Make a field for a thing or a code: names to choose from, or text where there are too many.

    Args:
        site: where the things are.
        name: the parameter's.
        label: for readers.
        value: what was given, an IRI or a name.
        classes: of the things.
        scheme: of the codes.
    """
    parameter = Parameter(name=name, type="iri", of_class=tuple(classes), of_scheme=scheme)
    offered = site.once(f"offered {scheme}{' '.join(classes)}", lambda store: choices_of(store, parameter))
    return listed_field(name, label, value, tuple((one.key, one.label) for one in offered))


def listed_field(name: str, label: str, value: str, offered: Sequence[tuple[str, str]]) -> Field:
    """Make a field for one of some things, by IRI and name; text where there are too many to choose from.

    Example:
        >>> listed_field("claimant", "Claimant", "jo doe", [("urn:jo", "Jo Doe")]).value
        'urn:jo'
    """
    chosen = next(((iri, named) for iri, named in offered if value and fold(value) in (fold(iri), fold(named))), None)
    if len(offered) > _OFFERED:
        return Field(name=name, label=label, value=chosen[1] if chosen else value, hint="a name, or an IRI")
    return Field(name=name, label=label, value=chosen[0] if chosen else "", options=tuple(offered))


def read_choice(asked: Asked, name: str, options: Sequence[str], default: str) -> str:
    """Return a parameter that is one of some words.

    Raises:
        BadParameter: when it is none of them.

    Example:
        >>> read_choice(Asked(path="/timeline"), "per", ("month", "year"), "month")
        'month'
    """
    value = asked.get(name, default)
    if value != default and value not in options:
        raise BadParameter(f"{name}={value[:40]!r} is not known; expected {', '.join(options)}")
    return value


def read_period(site: Site, asked: Asked) -> tuple[str, str]:
    """Return `since` and `until`, "" where there is none.

    Raises:
        BadParameter: when one is no date, or the first is after the last.
    """
    since, until = asked.get("since").strip(), asked.get("until").strip()
    to_terms(site.store, Filters(since=since or None, until=until or None))
    return since, until


def read_thing(site: Site, asked: Asked, name: str, classes: Sequence[str]) -> NamedNode | None:
    """Return the thing that a parameter names, by IRI or label.

    Raises:
        BadParameter: when there is none, or several.
    """
    value = asked.get(name).strip()
    if not value:
        return None
    return resolve(site.store, value, _parameter(name, classes), is_strict=True)


def at_page(asked: Asked, total: int, size: int) -> tuple[Asked, int]:
    """Return what is asked at a page that there is, and the number of things before it.

    Example:
        >>> at_page(Asked(path="/figures", query=(("page", "9"),)), total=120, size=50)[1]
        100
    """
    last = max(-(-total // size), 1)
    page = asked.number("page", 1, least=1, most=last)
    kept = tuple((key, value) for key, value in asked.query if key != "page")
    here = Asked(path=asked.path, query=(*kept, ("page", str(page))), accept=asked.accept, root=asked.root)
    return here, (page - 1) * size


def _parameter(name: str, classes: Sequence[str]) -> Parameter:
    return Parameter(name=name, type="iri", of_class=tuple(classes))
