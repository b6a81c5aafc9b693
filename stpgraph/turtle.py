"""Normal-form Turtle: the same graph gives the same bytes, whatever order it comes in.

The form: `@base`, then the prefixes in use by alphabet, then one block a subject, blocks apart by an empty line.
Subjects are in natural order (`…/9-68` before `…/81-215`), `a` comes first, then predicates and objects by code
point of their N-Triples form; one object a line, so that a diff shows one changed fact as one changed line.
Blank nodes, which nothing published here has, are named by RDF canonicalisation.

Writing goes by way of N-Triples, which pyoxigraph writes fast and in a canonical spelling; sorting and shortening
is then work on lines of text. `benchmarks/` compares it with a plain dump.
"""

from __future__ import annotations

import gc
import re
import secrets
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from functools import cache
from io import BytesIO
from pathlib import Path

from pyoxigraph import CanonicalizationAlgorithm, Dataset, RdfFormat, Triple, parse, serialize

from stpgraph.errors import BadRdf, OutputError
from stpgraph.vocabulary import BASE, PREFIXES, RDF, XSD

__all__ = ["is_normal", "normal_form", "read_turtle", "to_turtle", "write_file", "write_turtle"]

#: An IRI below `BASE` that may be written as a relative one: no scheme, no query, no dot segment.
_UNDER_BASE = re.compile(rb"<%b([A-Za-z0-9][A-Za-z0-9_~-]*+(?:[./][A-Za-z0-9_~-]++)*+)>" % re.escape(BASE.encode()))

#: What may follow a prefix as it stands; Turtle allows more, with rules that readers get wrong.
_LOCAL = re.compile(rb"[A-Za-z_][A-Za-z0-9_-]*")

#: Literals that Turtle writes bare, by datatype. Other spellings of the same values keep their datatype.
_BARE = {
    f"<{XSD.iri}integer>".encode(): re.compile(rb"[+-]?[0-9]+"),
    f"<{XSD.iri}decimal>".encode(): re.compile(rb"[+-]?[0-9]*\.[0-9]+"),
    f"<{XSD.iri}boolean>".encode(): re.compile(rb"true|false"),
}

_TYPE = f"<{RDF.iri}type>".encode()

#: How a line of N-Triples ends.
_END = b" .\n"

#: Longest namespace first, so that the closest one names a term.
_BY_IRI = sorted(((iri.encode(), name.encode()) for name, iri in PREFIXES.items()), reverse=True)

#: A number in a name, without its leading zeros.
_DIGITS = re.compile(rb"0*([0-9]+)")

#: Digits of the longest numbers that sort by value; longer ones sort after them, as text.
_LONGEST = 31


def to_turtle(triples: Iterable[Triple]) -> bytes:
    """Write triples as normal-form Turtle.

    Args:
        triples: any order, repetitions allowed.

    Returns:
        UTF-8, ending in a line feed; the `@base` line alone when there are no triples.

    Example:
        >>> from stpgraph.vocabulary import RDF, STP, mint
        >>> print(to_turtle([Triple(mint("stance", "mixed"), RDF.type, STP.Claim)]).decode())
        @base <https://w3id.org/stpgraph/id/> .
        @prefix stp: <https://w3id.org/stpgraph/ontology#> .
        <BLANKLINE>
        <stance/mixed>
            a stp:Claim .
        <BLANKLINE>
    """
    return normal_form(_ntriples(triples))


def normal_form(ntriples: bytes) -> bytes:
    """Write N-Triples, as pyoxigraph writes them, as normal-form Turtle.

    A store dumps N-Triples without a Python object a triple; from there this is the quickest way.

    Args:
        ntriples: a triple a line, in any order, repetitions allowed; one space between terms, ` .` at the end.

    Example:
        >>> line = b"<https://w3id.org/stpgraph/id/stance/mixed> <https://w3id.org/stpgraph/id/x> <tag:y> ."
        >>> normal_form(line + bytes([10])).decode().split()[3:]
        ['<stance/mixed>', '<x>', '<tag:y>', '.']
    """
    with _collector_paused():
        terms = _Terms()
        body = _blocks(ntriples, terms)
        if terms.has_blanks:
            body = _blocks(_named_blanks(ntriples), terms)
        head = [b"@base <%b> .\n" % BASE.encode()]
        head += [b"@prefix %b: <%b> .\n" % (name, PREFIXES[name.decode()].encode()) for name in sorted(terms.prefixes)]
        return b"".join(head + body)


@contextmanager
def _collector_paused() -> Iterator[None]:
    """Keep the cycle collector from walking millions of strings that hold no cycles: a fifth of the time."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def _blocks(ntriples: bytes, terms: _Terms) -> list[bytes]:
    """Write one block a subject; lines are read one by one, for a list of them would be all of the text once more."""
    facts: defaultdict[bytes, list[bytes]] = defaultdict(list)
    for line in BytesIO(ntriples):
        subject, _, fact = line.partition(b" ")
        facts[subject].append(fact[: -len(_END)])
    return [_block(terms, subject, facts[subject]) for subject in _in_natural_order(facts)]


def _block(terms: _Terms, subject: bytes, facts: list[bytes]) -> bytes:
    """Write one subject with its predicates and objects; a fact is "predicate object", in any order."""
    facts.sort()
    types: list[bytes] = []
    others: list[bytes] = []
    parts = others
    last = before = b""
    for fact in facts:
        predicate, _, value = fact.partition(b" ")
        if predicate != last:
            parts, verb = (types, b"a") if predicate == _TYPE else (others, terms[predicate])
            parts += (b" ;\n    ", verb, b" ", terms[value])
        elif value != before:
            parts += (b",\n        ", terms[value])
        last, before = predicate, value
    return b"\n%b%b .\n" % (terms[subject], b"".join(types + others).removeprefix(b" ;"))


class _Terms(dict[bytes, bytes]):
    """The shortest Turtle that means the same as an N-Triples term, worked out once a term.

    Attributes:
        prefixes: those used so far.
        has_blanks: whether a blank node was met.
    """

    def __init__(self) -> None:
        super().__init__()
        self.prefixes: set[bytes] = set()
        self.has_blanks = False

    def __missing__(self, term: bytes) -> bytes:
        if not term.endswith(b">"):
            self.has_blanks |= term.startswith(b"_:")
            return term
        relative = _UNDER_BASE.fullmatch(term)
        if relative:
            short = b"<%b>" % relative[1]
        elif term.startswith(b"<"):
            short = self._prefixed(term)
        else:
            short = self._typed(term)
        self[term] = short
        return short

    def _prefixed(self, term: bytes) -> bytes:
        for iri, name in _BY_IRI:
            if term.startswith(iri, 1) and _LOCAL.fullmatch(term, len(iri) + 1, len(term) - 1):
                self.prefixes.add(name)
                return b"%b:%b" % (name, term[len(iri) + 1 : -1])
        self.has_blanks |= b" _:" in term  # within a triple term
        return term

    def _typed(self, term: bytes) -> bytes:
        cut = term.rindex(b'"^^<')
        datatype = term[cut + 3 :]
        bare = _BARE.get(datatype)
        if bare is not None and bare.fullmatch(term, 1, cut):
            return term[1:cut]
        return term[: cut + 3] + self[datatype]


def _in_natural_order(names: Iterable[bytes]) -> list[bytes]:
    """Sort names so that runs of digits stand in the order of their values; names that are equal so, as text."""
    key = cache(_natural)  # what precedes the last slash recurs in names, and what follows it too

    def natural(name: bytes) -> bytes:
        above, slash, below = name.rpartition(b"/")
        return key(above) + slash + key(below)

    return sorted(sorted(names), key=natural)


def _natural(text: bytes) -> bytes:
    """Return a key that sorts runs of digits by value: each after its length, in a byte that no name holds."""
    return _DIGITS.sub(lambda run: b"%c%b" % (min(len(run[1]), _LONGEST), run[1]), text)


def _named_blanks(lines: bytes) -> bytes:
    """Give blank nodes the labels of RDF canonicalisation, so that their order of arrival is forgotten."""
    dataset = Dataset(parse(lines, format=RdfFormat.N_TRIPLES))
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return _ntriples(quad.triple for quad in dataset)


def _ntriples(triples: Iterable[Triple]) -> bytes:
    data = serialize(triples, format=RdfFormat.N_TRIPLES)
    assert data is not None, "without an output, serialize returns the bytes"
    return data


def read_turtle(source: Path | bytes, *, where: str | None = None) -> list[Triple]:
    """Read a Turtle file, or its bytes, with the project's base.

    Args:
        source: a path, or UTF-8 bytes.
        where: what an error calls the source; the path where there is one.

    Raises:
        BadRdf: with the line and column of the first fault, or when the file cannot be read.

    Example:
        >>> read_turtle(b"<stance/mixed> a <x> .")[0].subject.value
        'https://w3id.org/stpgraph/id/stance/mixed'
    """
    name = where or (str(source) if isinstance(source, Path) else "the given Turtle")
    try:
        data = source.read_bytes() if isinstance(source, Path) else source
    except OSError as fault:
        raise BadRdf(f"cannot read the Turtle: {fault.strerror}; check the path", where=name) from fault
    try:
        return [quad.triple for quad in parse(data, format=RdfFormat.TURTLE, base_iri=BASE)]
    except SyntaxError as fault:
        raise BadRdf(f"this is not Turtle: {fault.msg}; mend it there", where=_place(name, fault)) from fault


def _place(name: str, fault: SyntaxError) -> str:
    return f"{name}:{fault.lineno}:{fault.offset}" if fault.lineno else name


def is_normal(data: bytes) -> bool:
    """Say whether bytes are Turtle in normal form already.

    Example:
        >>> is_normal(to_turtle([])), is_normal(b"<a>   a <b> .")
        (True, False)
    """
    return to_turtle(read_turtle(data)) == data


def write_turtle(triples: Iterable[Triple], path: Path) -> None:
    """Write triples to a file in normal form; the file is whole or as it was.

    Raises:
        OutputError: when the place cannot be written.
    """
    write_file(path, to_turtle(triples))


def write_file(path: Path, data: bytes | Iterator[bytes]) -> None:
    """Write bytes to a file beside its name and rename it into place: whole, or as it was before.

    Raises:
        OutputError: when the disk is full or read-only, or the folder cannot be made.
    """
    if not path.name:
        raise OutputError("this is a folder; give the name of a file", where=str(path))
    part = path.with_name(f".{path.name[:80]}.{secrets.token_hex(4)}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with part.open("xb") as file:
            for chunk in [data] if isinstance(data, bytes) else data:
                file.write(chunk)
        if path.is_file():
            part.chmod(path.stat().st_mode)
        part.replace(path)
    except OSError as fault:
        raise OutputError(
            f"cannot write: {fault.strerror or fault}; nothing is half-written; choose another place or make room",
            where=str(path),
        ) from fault
    finally:
        with suppress(OSError):  # there is none after a success; a read-only disk refuses even to look
            part.unlink()
