"""A question as a form: a field for each parameter, with what can be given for it and what is wrong with what was."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode

from stpgraph.errors import BadParameter
from stpgraph.questions import PERIOD, Parameter, Question
from stpgraph.questions.choices import Choice, choices_of
from stpgraph.questions.kinds import is_of_kind, kind_in_words
from stpgraph.questions.values import read_terms
from stpgraph.site.asked import Asked
from stpgraph.site.place import Site
from stpgraph.vocabulary import local_name

__all__ = ["Fault", "Field", "Form", "Option", "make_form", "sentence"]

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
        fault: what is wrong with what was given, in a sentence or so; "" for nothing.
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """What is wrong with what was given, where no field is that one could say it beside.

    Attributes:
        told: in a sentence or so.
        near: what may have been meant: address, name.
    """

    told: str
    near: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """A question as a form.

    Attributes:
        fields: in the order of its parameters.
        faults: what is wrong with what was given beside what its fields tell.
        missing: the labels of what is needed and was not given.
    """

    fields: tuple[Field, ...]
    faults: tuple[Fault, ...]
    missing: tuple[str, ...]

    @property
    def is_right(self) -> bool:
        """Whether the question can be asked so."""
        return not self.faults and not self.missing and not any(field.fault for field in self.fields)


def make_form(site: Site, question: Question, asked: Asked, given: Mapping[str, str]) -> Form:
    """Make the form of a question, what is wrong with what was given beside the fields that it is about.

    Args:
        site: where the things that can be named are.
        question: what is asked.
        asked: the request, from which addresses of suggestions are made.
        given: what it gives.
    """
    terms, wrong = read_terms(site.store, question, given)
    faults = {fault.parameter: fault for fault in reversed(wrong)}  # the first of each
    fields = [
        _field(site, parameter, given, terms.get(parameter.name), _told(faults.get(parameter.name), asked, given))
        for parameter in question.parameters
    ]
    if question.takes_period and PERIOD in given:
        told = _told(faults.get(PERIOD), asked, given)
        hint = "from .. to, as 2016-11..2017-09; instead of since and until"
        fields.append(
            Field(
                name=PERIOD,
                label=PERIOD,
                hint=hint,
                kind="text",
                value=given[PERIOD],
                fault=told.told,
                near=told.near,
            )
        )
    beside = {field.name for field in fields}
    return Form(
        fields=tuple(fields),
        faults=tuple(_told(fault, asked, given) for fault in wrong if fault.parameter not in beside),
        missing=tuple(field.label for field in fields if field.is_required and field.name not in given),
    )


def _field(
    site: Site, parameter: Parameter, given: Mapping[str, str], meant: NamedNode | Literal | None, told: Fault
) -> Field:
    name = parameter.name
    value = given.get(name, parameter.default or "")
    options = tuple(_option(choice, meant.value if meant else value) for choice in _choices(site, parameter))
    is_select = bool(parameter.allowed or parameter.of_scheme or parameter.type == "xsd:boolean")
    is_wrong = name in given or not parameter.is_required  # nothing is wrong yet with what is still to be given
    return Field(
        name=name,
        label=name.replace("_", " "),
        hint=_hint(parameter),
        kind="select" if is_select else "names" if options else _KINDS.get(parameter.type, "text"),
        value=value,
        options=options,
        is_required=parameter.is_required,
        fault=told.told if is_wrong else "",
        near=told.near if is_wrong else (),
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


def _hint(parameter: Parameter) -> str:
    told = parameter.description
    if parameter.type == "xsd:date":
        return told
    if parameter.type == "iri" and not parameter.of_scheme:
        kind = kind_in_words(parameter)
        return told if kind in told else f"{told} ({kind})" if told else kind
    return told


def _told(fault: BadParameter | None, asked: Asked, given: Mapping[str, str]) -> Fault:
    """Say what is wrong in a sentence, and lead to the form with what may have been meant in its place."""
    if fault is None:
        return Fault(told="")
    if not fault.suggestions:
        return Fault(told=sentence(f"{fault.problem}; {fault.mend}" if fault.mend else fault.problem))
    name = fault.parameter
    if fault.value is None:  # there is no such parameter, and others are meant
        places = [{name: "", one.value: given.get(name, "")} for one in fault.suggestions]
    else:
        places = [{name: one.value} for one in fault.suggestions]
    near = tuple(
        (asked.address({**place, "page": ""}), one.label) for place, one in zip(places, fault.suggestions, strict=True)
    )
    return Fault(told=sentence(fault.problem), near=near)


def sentence(told: str) -> str:
    """Begin with a capital, and end with a full stop where there is no mark.

    Example:
        >>> sentence("no stance is called 'loud'")
        "No stance is called 'loud'."
    """
    return told[:1].upper() + told[1:] + ("" if told.endswith((".", "?", "…")) else ".")
