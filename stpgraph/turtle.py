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
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from pyoxigraph import CanonicalizationAlgorithm, Dataset, RdfFormat, Triple, parse, serialize

from stpgraph.errors import BadRdf, OutputError
from stpgraph.vocabulary import BASE, PREFIXES, RDF, XSD

__all__ = ["is_normal", "read_turtle", "to_turtle", "write_file", "write_turtle"]

#: Below `BASE`, what may be written as a relative IRI: no scheme, no query, no dot segment.
_RELATIVE = re.compile(rb"[A-Za-z0-9][A-Za-z0-9_~-]*(?:[./][A-Za-z0-9_~-]+)*")

#: What may follow a prefix as it stands; Turtle allows more, with rules that readers get wrong.
_LOCAL = re.compile(rb"[A-Za-z_][A-Za-z0-9_-]*")

#: Literals that Turtle writes bare, by datatype. Other spellings of the same values keep their datatype.
_BARE = {
    f"<{XSD.iri}integer>".encode(): re.compile(rb"[+-]?[0-9]+"),
    f"<{XSD.iri}decimal>".encode(): re.compile(rb"[+-]?[0-9]*\.[0-9]+"),
    f"<{XSD.iri}boolean>".encode(): re.compile(rb"true|false"),
}

_TYPE = f"<{RDF.iri}type>".encode()
_BASE_OPEN = f"<{BASE}".encode()
#: Longest namespace first, so that the closest one names a term.
_BY_IRI = sorted(((iri.encode(), name.encode()) for name, iri in PREFIXES.items()), reverse=True)
_DIGITS = re.compile(rb"([0-9]+)")

#: Digits to which numbers in names are filled up for sorting by value; longer ones sort as text.
_WIDTH = 20


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
    lines = _ntriples(triples)
    if lines.startswith(b"_:") or b"\n_:" in lines or b" _:" in lines:
        lines = _named_blanks(lines)
    blocks: dict[bytes, list[bytes]] = {}
    with _collector_paused():
        for line in lines.split(b"\n"):
            subject, _, rest = line.partition(b" ")
            if subject in blocks:
                blocks[subject].append(rest)
            else:
                blocks[subject] = [rest]
        blocks.pop(b"", None)
        terms = _Terms()
        body = [_block(terms, subject, blocks[subject]) for subject in sorted(blocks, key=_natural)]
    head = [b"@base <%s> .\n" % BASE.encode()]
    head += [b"@prefix %s: <%s> .\n" % (name, PREFIXES[name.decode()].encode()) for name in sorted(terms.prefixes)]
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


def _block(terms: _Terms, subject: bytes, rests: list[bytes]) -> bytes:
    """Write one subject with its predicates and objects; `rests` are "predicate object ." in any order."""
    rests = sorted(set(rests))
    at = bisect_left(rests, _TYPE)
    if at and rests[at : at + 1] and rests[at].startswith(_TYPE):
        rests.sort(key=_type_first)
    parts = [b"\n", terms[subject]]
    last = b""
    for rest in rests:
        predicate, _, value = rest.partition(b" ")
        if predicate == last:
            parts += (b",\n        ", terms[value[:-2]])
        else:
            verb = b"a" if predicate == _TYPE else terms[predicate]
            parts += (b" ;\n    " if last else b"\n    ", verb, b" ", terms[value[:-2]])
            last = predicate
    parts.append(b" .\n")
    return b"".join(parts)


def _type_first(rest: bytes) -> bytes:
    return b" " + rest if rest.startswith(_TYPE) else rest


class _Terms(dict[bytes, bytes]):
    """The shortest Turtle that means the same as an N-Triples term, worked out once a term; notes prefixes used."""

    def __init__(self) -> None:
        super().__init__()
        self.prefixes: set[bytes] = set()

    def __missing__(self, term: bytes) -> bytes:
        if term.startswith(_BASE_OPEN):
            local = term[len(_BASE_OPEN) : -1]
            short = b"<%s>" % local if _RELATIVE.fullmatch(local) else term
        elif term.startswith(b"<"):
            short = self._prefixed(term)
        elif term.endswith(b">"):
            short = self._typed(term)
        else:
            return term
        self[term] = short
        return short

    def _prefixed(self, term: bytes) -> bytes:
        for iri, name in _BY_IRI:
            if term.startswith(iri, 1) and _LOCAL.fullmatch(term, len(iri) + 1, len(term) - 1):
                self.prefixes.add(name)
                return b"%s:%s" % (name, term[len(iri) + 1 : -1])
        return term

    def _typed(self, term: bytes) -> bytes:
        cut = term.rindex(b'"^^<')
        datatype = term[cut + 3 :]
        bare = _BARE.get(datatype)
        if bare is not None and bare.fullmatch(term, 1, cut):
            return term[1:cut]
        return term[: cut + 3] + self[datatype]


def _natural(text: bytes) -> tuple[bytes, ...]:
    """Return a key that sorts runs of digits by value: text at even places, numbers at odd ones."""
    parts = _DIGITS.split(text)
    parts[1::2] = [part.zfill(_WIDTH) for part in parts[1::2]]
    return (*parts, text)


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
    part = path.with_name(f"{path.name}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with part.open("wb") as file:
            for chunk in [data] if isinstance(data, bytes) else data:
                file.write(chunk)
        part.replace(path)
    except OSError as fault:
        raise OutputError(
            f"cannot write: {fault.strerror or fault}; nothing is half-written; choose another place or make room",
            where=str(path),
        ) from fault
    finally:
        with suppress(OSError):  # there is none after a success; a read-only disk refuses even to look
            part.unlink()
