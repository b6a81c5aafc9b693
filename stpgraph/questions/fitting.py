"""Whether a header makes sense in itself, and speaks of the same things as its query."""

from __future__ import annotations

import re

import yaml
from pyoxigraph import Literal, NamedNode

from stpgraph.errors import BadParameter
from stpgraph.questions.lines import ROW, form_of, selected, values_lines, without_asides
from stpgraph.questions.literals import to_literal
from stpgraph.questions.stated import Parameter, Question
from stpgraph.questions.words import nearest
from stpgraph.questions.yaml_heads import Header
from stpgraph.vocabulary import BASE, PREFIXES, XSD

__all__ = ["check_columns", "check_parameter", "check_parameters"]

_ANY_VALUES = re.compile(r"\bVALUES\s*(?:\(([^)]*)\)|[?$](\w+))\s*\{", re.IGNORECASE)
_PLACE = re.compile(r"[a-z][a-z0-9-]*(/[A-Za-z0-9._~-]+)+|[a-z][a-z0-9+.-]*://[^\s<>\"{}|^`\\]+")


def check_parameter(header: Header, parameter: Parameter, node: yaml.Node) -> None:
    """Make sure that what a header says of one parameter goes together.

    Raises:
        BadQuestion: when it does not, with the line and what to do.
    """
    what = f"parameter {parameter.name!r}"
    for prefix in (of_class.partition(":")[0] for of_class in parameter.of_class):
        if prefix not in PREFIXES:
            raise header.fault(f"{what}: no prefix {prefix!r}; expected stp:Relationship or the like", node)
    if parameter.of_class and parameter.of_scheme:
        raise header.fault(f"{what} has a class and a scheme; keep one", node)
    if parameter.type != "iri" and (parameter.of_class or parameter.of_scheme):
        raise header.fault(
            f"{what} has a class or scheme, which only an iri has; make its type iri, or take it out", node
        )
    if parameter.type == "iri" and parameter.allowed:
        raise header.fault(f"{what} lists values allowed, which an iri has not; name a class or scheme instead", node)
    if parameter.is_required and parameter.default is not None:
        raise header.fault(f"{what} is required and has a default; take one of the two out", node)
    if parameter.allowed and parameter.default not in (None, *parameter.allowed):
        raise header.fault(f"{what}: its default is not one of the values allowed; add it", node)
    for value in (*parameter.allowed, *([] if parameter.default is None else [parameter.default])):
        _check_value(header, parameter, value, node)


def _check_value(header: Header, parameter: Parameter, value: str, node: yaml.Node) -> None:
    """Make sure that a default, or a value allowed, is of the parameter's type."""
    if parameter.type == "iri":
        if not _PLACE.fullmatch(value):
            raise header.fault(
                f"parameter {parameter.name!r}: its default {value!r} is no IRI; give it as stance/critical or in full",
                node,
            )
        return
    try:
        to_literal(parameter, value)
    except BadParameter as fault:
        problem = f"parameter {parameter.name!r} cannot be {value!r}: {fault.problem}"
        raise header.fault(f"{problem}; {fault.mend or 'give another value, or another type'}", node) from fault


def check_columns(header: Header, question: Question, node: yaml.Node | None) -> None:
    """Make sure that what is described is selected, and the other way round.

    Raises:
        BadQuestion: when it is not, with the line and what to do.
    """
    names = selected(question.sparql)
    form = form_of(question.sparql)
    if not without_asides(question.sparql).strip():
        raise header.fault("no query follows the header; write a SELECT below it")
    if form != "SELECT":
        told = f"this is {'an' if form[:1] in 'AI' else 'a'} {form}" if form else "this is no query"
        raise header.fault(f"{told}; a question is a SELECT that names its variables")
    if names is None:
        raise header.fault("the query selects nothing by name; a question is a SELECT that names its variables")
    if not question.columns:
        return
    nodes = header.mapping(node, "columns")
    for name in nodes:
        if name not in names:
            raise header.fault(f"column {name!r} is not selected; {nearest(name, names)}", nodes[name])
    for name in names:
        if name not in nodes:
            raise header.fault(f"?{name} is selected, and no column says what it means; add a line to columns", node)


def check_parameters(header: Header, question: Question, node: yaml.Node | None) -> None:
    """Make sure that header and query speak of the same parameters, with the same defaults.

    Raises:
        BadQuestion: when they do not, with the line and what to do.
    """
    nodes = header.mapping(node, "params")
    parameters = {parameter.name: parameter for parameter in question.parameters}
    bound: set[str] = set()
    for line in values_lines(question.sparql):
        names, row = re.findall(r"[?$](\w+)", line[1]), ROW.findall(line[2])
        at = question.sparql.count("\n", 0, line.start()) + 1
        if parameters.keys().isdisjoint(names):
            continue
        if not parameters.keys() >= set(names) or len(names) != len(row):
            raise header.fault("a VALUES line of parameters binds parameters only, each with one value; mend it", at)
        for name, text in zip(names, row, strict=True):
            if text not in (spellings := _spellings(parameters[name])):
                raise header.fault(f"?{name} is {text} here; its header says {spellings[0]}", at)
        bound.update(names)
    _check_other_lines(header, question, parameters, bound)
    for name in sorted(nodes.keys() - bound):
        default = _spellings(parameters[name])[0]
        raise header.fault(f"no line `VALUES (?{name}) {{ ({default}) }}` binds {name!r}; add it", nodes[name])


def _check_other_lines(header: Header, question: Question, parameters: dict[str, Parameter], bound: set[str]) -> None:
    """Refuse VALUES of parameters in a form that is not written anew when the question is asked.

    `VALUES ?name { … }` beside a line that does bind the parameter lists what it may be, and is let be.
    """
    seen = {line.start() for line in values_lines(question.sparql)}
    for line in _ANY_VALUES.finditer(without_asides(question.sparql)):
        names = re.findall(r"[?$](\w+)", line[1] or "") or [line[2]]
        if line.start() in seen or parameters.keys().isdisjoint(names) or line[2] in bound:
            continue
        variables = " ".join(f"?{name}" for name in names)
        at = question.sparql.count("\n", 0, line.start()) + 1
        problem = f"VALUES of a parameter has one row in brackets, `VALUES ({variables}) {{ (…) }}`; mend it"
        raise header.fault(problem, at)


def _spellings(parameter: Parameter) -> tuple[str, ...]:
    """Return how a query may write what a parameter is when it is not given, the plainest first."""
    if parameter.default is None:
        return ("UNDEF",)
    if parameter.type == "iri":
        full = parameter.default if "://" in parameter.default else BASE + parameter.default
        return tuple(dict.fromkeys((f"<{parameter.default}>", str(NamedNode(full)))))
    literal = to_literal(parameter, parameter.default)
    whole = str(literal)
    quoted = str(Literal(literal.value))
    kind = literal.datatype.value.removeprefix(XSD.iri)
    typed = (f"{quoted}^^xsd:{kind}", whole, f"{quoted}^^<{literal.datatype.value}>")
    bare = {"xsd:string": quoted, "xsd:date": typed[0]}.get(parameter.type, literal.value)
    return tuple(dict.fromkeys((bare, *typed)))
