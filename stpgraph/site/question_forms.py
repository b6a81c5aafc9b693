"""A question as a form: a field for each parameter, with what can be given for it and what is wrong with what was."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pyoxigraph import NamedNode

from stpgraph.errors import BadParameter
from stpgraph.questions import Parameter, Question
from stpgraph.questions.choices import Choice, choices_of
from stpgraph.questions.kinds import is_of_kind, kind_in_words
from stpgraph.questions.values import to_term
from stpgraph.site.asked import Asked
from stpgraph.site.place import Site
from stpgraph.vocabulary import local_name

__all__ = ["Field", "Option", "make_fields"]

#: Of how many things of a kind a form offers the names; of more it takes free text.
_OFFERED = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """A value that a field offers.

    Attributes:
        value: what is given.
        label: what is shown.
        is_chosen: whether it is what was given.
    """

    value: str
    label: str
    is_chosen: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A field of a form.

    Attributes:
        name: the parameter's.
        label: the name as people read it.
        hint: what the parameter does, and how it is written.
        kind: "select", "names" (text with a list of names), "date", "number" or "text".
        value: what was given; the default where nothing was.
        options: what can be chosen.
        is_required: whether the question makes no sense without it.
        fault: what is wrong with what was given; "" for nothing.
        near: what may have been meant: address, name.
    """

    name: str
    label: str
    hint: str
    kind: str
    value: str = ""
    options: tuple[Option, ...] = ()
    is_required: bool = False
    fault: str = ""
    near: tuple[tuple[str, str], ...] = ()


def make_fields(site: Site, question: Question, asked: Asked, given: Mapping[str, str]) -> tuple[Field, ...]:
    """Make the fields of a question's form.

    Args:
        site: where the things that can be named are.
        question: what is asked.
        asked: the request, from which addresses of suggestions are made.
        given: what it gives.
    """
    fields = [_field(site, parameter, asked, given) for parameter in question.parameters]
    if question.takes_period and "period" in given:
        hint = "from .. to, as 2016-11..2017-09; instead of since and until"
        fields.append(Field(name="period", label="period", hint=hint, kind="text", value=given["period"]))
    return tuple(fields)


def _field(site: Site, parameter: Parameter, asked: Asked, given: Mapping[str, str]) -> Field:
    name = parameter.name
    choices = _choices(site, parameter)
    value = given.get(name, parameter.default or "")
    fault, meant = _meant(site, parameter, value) if name in given else ("", value)
    options = tuple(_option(choice, meant) for choice in choices)
    is_select = bool(parameter.allowed or parameter.of_scheme or parameter.type == "xsd:boolean")
    return Field(
        name=name,
        label=name.replace("_", " "),
        hint=_hint(parameter),
        kind="select" if is_select else "names" if options else _KINDS.get(parameter.type, "text"),
        value=value,
        options=options,
        is_required=parameter.is_required,
        fault=fault,
        near=_near(fault, choices, name, asked),
    )


_KINDS = {"xsd:date": "date", "xsd:integer": "number", "xsd:decimal": "number"}


def _choices(site: Site, parameter: Parameter) -> tuple[Choice, ...]:
    """Return what a form offers; nothing of a kind of which the store has too many."""
    kind = f"choices {parameter.type} {parameter.of_class} {parameter.of_scheme} {parameter.allowed}"
    return site.once(kind, lambda _: () if _has_many(site, parameter) else choices_of(site.store, parameter))


def _has_many(site: Site, parameter: Parameter) -> bool:
    if parameter.type != "iri":
        return False
    few = f"SELECT DISTINCT ?node {{ {is_of_kind(parameter)} }} LIMIT {_OFFERED + 1}"
    return sum(1 for _ in site.store.select(few)) > _OFFERED


def _option(choice: Choice, meant: str) -> Option:
    """Offer a choice by its label, or by its path where the label is that of several."""
    path = local_name(NamedNode(choice.key)) if "://" in choice.key else choice.key
    value = path if choice.label.endswith(f" ({path})") or "://" not in choice.key else choice.label
    return Option(value=value, label=choice.label, is_chosen=meant in (choice.key, value))


def _meant(site: Site, parameter: Parameter, value: str) -> tuple[str, str]:
    """Return what is wrong with a value, and what it means: an IRI, or a value that is allowed."""
    try:
        term = to_term(site.store, parameter, value)
    except BadParameter as fault:
        return fault.message, value
    return "", term.value


def _hint(parameter: Parameter) -> str:
    told = parameter.description
    if parameter.type == "xsd:date":
        return told
    if parameter.type == "iri" and not parameter.of_scheme:
        kind = kind_in_words(parameter)
        return told if kind in told else f"{told} ({kind})" if told else kind
    return told


def _near(fault: str, choices: tuple[Choice, ...], name: str, asked: Asked) -> tuple[tuple[str, str], ...]:
    """Return the choices that a message names, as links to the state with them."""
    if not fault:
        return ()
    found = []
    for choice in choices:
        option = _option(choice, "")
        if repr(choice.label) in fault or ("://" in choice.key and f"<{local_name(NamedNode(choice.key))}>" in fault):
            found.append((asked.address({name: option.value, "page": ""}), choice.label))
    return tuple(found)
