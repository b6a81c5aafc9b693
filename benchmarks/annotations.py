"""Reading one gold document: the YAML beside a text becomes records, and all that is wrong in it is told at once."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import yaml

from benchmarks.annotated import UNKNOWN, GoldClaim, GoldDocument, GoldFigure
from benchmarks.annotation_nodes import Item, Problem, Reader, scheme
from benchmarks.placing import nearest, next_place, source_and_cue
from stpgraph.extraction.spans import Span, cover

__all__ = ["KINDS", "read_annotations"]

#: The kinds of document that the set holds.
KINDS = ("trade-press", "press-release", "committee-report", "survey", "minutes", "commentary")

_DOCUMENT = ("kind", "title", "outlet", "date", "invented", "origins", "claims", "figures")
_CLAIM = (
    *("content", "source", "cue", "type", "claimant", "speaking_as", "comes_from"),
    *("relationship", "stance", "act", "modality", "nested_in"),
)
_FIGURE = (
    *("words", "comparator", "value", "lowest", "highest", "unit"),
    *("numerator", "denominator", "population", "of_claim"),
)
_TYPES = ("direct", "indirect", "mixed")
_MOST_WORDS = 8


def read_annotations(name: str, half: str, text: str, source: str, where: str) -> tuple[GoldDocument, list[Problem]]:
    """Read the YAML of one document.

    Args:
        name: the document's name, which begins with its kind.
        half: open or blind.
        text: its normalised text.
        source: the YAML.
        where: the YAML's file, for messages.

    Returns:
        The document with all that could be read, and everything that is wrong.
    """
    reader = Reader(where, text)
    empty = GoldDocument(name=name, half=half, kind="", text=text)
    try:
        node = yaml.compose(source, Loader=yaml.SafeLoader)
    except yaml.YAMLError as fault:
        mark = getattr(fault, "problem_mark", None)
        reader.wrong(mark.line + 1 if mark else 1, f"is not YAML: {str(fault).splitlines()[0]}", "mend the YAML")
        return empty, reader.problems
    item = reader.item(node, _DOCUMENT) if node else None
    if item is None:
        if node is None:
            reader.wrong(1, "is empty", f"write {', '.join(_DOCUMENT)}")
        return empty, reader.problems
    return _document(reader, item, empty), reader.problems


def _document(reader: Reader, item: Item, empty: GoldDocument) -> GoldDocument:
    kind = reader.one_of(item.nodes["kind"], "kind", KINDS, may_lack=False)
    if kind and not re.fullmatch(rf"{kind}-\d\d+-[a-z0-9-]+", empty.name):
        reader.wrong(item.nodes["kind"], f"the file is called {empty.name}", f"call it {kind}-01-some-slug")
    title = reader.string(item.nodes["title"], "title")
    if title is not None and title != reader.text.partition("\n")[0].strip():
        reader.wrong(
            item.nodes["title"], f"title “{title}” is not the text's first line", "write it as it stands there"
        )
    date = reader.value(item.nodes["date"])
    if date is not None and not re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?", str(date)):
        reader.wrong(item.nodes["date"], f"date is {date!r}", "write 2017-03-14, or null")
    invented = reader.value(item.nodes["invented"])
    if not isinstance(invented, bool):
        reader.wrong(item.nodes["invented"], f"invented is {invented!r}", "write true")
    origins = reader.value(item.nodes["origins"])
    if not isinstance(origins, list) or not all(isinstance(each, str) for each in origins):
        reader.wrong(item.nodes["origins"], "origins is no list of words", "write [] where there are none")
        origins = []
    claims = _claims(reader, reader.items(item.nodes["claims"], "claims", _CLAIM))
    figures = _figures(reader, reader.items(item.nodes["figures"], "figures", _FIGURE), claims)
    return GoldDocument(
        name=empty.name,
        half=empty.half,
        kind=kind,
        text=reader.text,
        title=title,
        outlet=reader.string(item.nodes["outlet"], "outlet"),
        date=None if date is None else str(date),
        is_invented=bool(invented),
        origins=tuple(origins),
        claims=tuple(claims),
        figures=tuple(figures),
    )


def _claims(reader: Reader, items: Sequence[Item]) -> list[GoldClaim]:
    contents: list[tuple[Span, ...]] = []
    claims = []
    for item in items:
        outer = _claim_called(reader, item, "nested_in", contents)
        after = Span(contents[outer][0].start - 1, contents[outer][0].start) if outer is not None else _end_of(contents)
        content = _content(reader, item, after)
        contents.append(content)
        if outer is not None and content and not cover(contents[outer]).holds(cover(content)):
            reader.wrong(
                item.nodes["nested_in"], "the claim does not lie in the one it is nested in", "see which it is"
            )
        claims.append(_claim(reader, item, content, outer))
    return claims


def _end_of(contents: Sequence[tuple[Span, ...]]) -> Span | None:
    return next((content[0] for content in reversed(contents) if content), None)


def _content(reader: Reader, item: Item, after: Span | None) -> tuple[Span, ...]:
    found: list[Span] = []
    node = item.nodes["content"]
    for piece in reader.pieces(node):
        places = reader.places(piece, "content")
        if not places:
            if reader.value(piece) is None:
                reader.wrong(piece, "content is missing", "write the words that are said")
            continue
        place = next_place(places, found[-1] if found else after)
        if place is None or (found and place.start < found[-1].end):
            reader.wrong(piece, "content stands before what precedes it in the list", "list in the order of the text")
            continue
        found.append(place)
    return tuple(found)


def _claim(reader: Reader, item: Item, content: tuple[Span, ...], outer: int | None) -> GoldClaim:
    nodes = item.nodes
    sources, cues = reader.places(nodes["source"], "source"), reader.places(nodes["cue"], "cue")
    source, cue = source_and_cue(reader.text, content, sources, cues) if content else (None, None)
    for name, place in (("source", source), ("cue", cue)):
        if place and any(place.meets(span) for span in content):
            reader.wrong(nodes[name], f"{name} lies within the content", "cut the content into a list around it")
    if source and cue and source.meets(cue):
        reader.wrong(nodes["cue"], "cue and source share words", "end one where the other begins")
    works = reader.places(nodes["comes_from"], "comes_from")
    return GoldClaim(
        content=content,
        source=source,
        cue=cue,
        kind=reader.one_of(nodes["type"], "type", _TYPES, may_lack=False),
        claimants=_claimants(reader, nodes["claimant"]),
        speaking_as=_post(reader, nodes["speaking_as"]),
        comes_from=nearest(reader.text, works, content) if content else None,
        relationships=_relationships(reader, nodes["relationship"]),
        stance=reader.one_of(nodes["stance"], "stance", scheme("stance"), may_lack=False),
        act=reader.one_of(nodes["act"], "act", scheme("speech-act"), may_lack=False),
        modality=reader.one_of(nodes["modality"], "modality", scheme("modality"), may_lack=True) or None,
        nested_in=outer,
    )


def _post(reader: Reader, node: yaml.Node) -> tuple[str, ...]:
    label = reader.string(node, "speaking_as")
    return () if label is None else (reader.named(node, "speaking_as", label),)


def _claimants(reader: Reader, node: yaml.Node) -> tuple[tuple[str, ...], ...]:
    labels = []
    for piece in reader.pieces(node):
        label = reader.string(piece, "claimant")
        if label is None:
            reader.wrong(piece, "claimant is missing", f"write {UNKNOWN} where the text does not say")
        elif label != UNKNOWN:
            labels.append((reader.named(piece, "claimant", label),))
    return tuple(labels)


def _relationships(reader: Reader, node: yaml.Node) -> frozenset[str]:
    if not isinstance(node, yaml.SequenceNode):
        reader.wrong(node, "relationship is no list", "write [joint-working], or [] for none of them")
        return frozenset()
    slugs = scheme("relationship")
    return frozenset(reader.one_of(each, "relationship", slugs, may_lack=False) for each in node.value) - {""}


def _claim_called(reader: Reader, item: Item, name: str, contents: Sequence[tuple[Span, ...]]) -> int | None:
    """Find the claim whose content begins with the words that a key gives."""
    node = item.nodes[name]
    words = reader.string(node, name)
    if words is None:
        return None
    found = [at for at, spans in enumerate(contents) if spans and reader.text.startswith(words, spans[0].start)]
    if not found:
        reader.wrong(node, f"{name}: no claim above begins “{words}”", "write the first words of its content")
    elif len(found) > 1:
        reader.wrong(node, f"{name}: {len(found)} claims begin “{words}”", "write more of its words")
        return None
    return found[0] if found else None


def _figures(reader: Reader, items: Sequence[Item], claims: Sequence[GoldClaim]) -> list[GoldFigure]:
    figures: list[GoldFigure] = []
    contents = [claim.content for claim in claims]
    for item in items:
        places = reader.places(item.nodes["words"], "words")
        place = next_place(places, figures[-1].words if figures else None)
        if place is None:
            if places or reader.value(item.nodes["words"]) is None:
                reader.wrong(
                    item.line, "words are missing or stand before the figure above", "list in the text's order"
                )
            continue
        figures.append(_figure(reader, item, place, _claim_called(reader, item, "of_claim", contents)))
    return figures


def _figure(reader: Reader, item: Item, place: Span, of_claim: int | None) -> GoldFigure:
    nodes = item.nodes
    if len(place.of(reader.text).split()) > _MOST_WORDS:
        reader.wrong(nodes["words"], "these are more than eight words", "keep the number words and their comparator")
    unit = reader.string(nodes["unit"], "unit") or ""
    if not re.fullmatch(r"[A-Z][A-Z_-]*", unit):
        reader.wrong(nodes["unit"], f"unit is {unit!r}", "write PERCENT, NUM, GBP or another in capitals, as DAY")
    populations = reader.places(nodes["population"], "population")
    figure = GoldFigure(
        words=place,
        comparator=reader.one_of(nodes["comparator"], "comparator", scheme("comparator"), may_lack=False),
        value=reader.number(nodes["value"], "value"),
        lowest=reader.number(nodes["lowest"], "lowest"),
        highest=reader.number(nodes["highest"], "highest"),
        unit=unit,
        numerator=reader.number(nodes["numerator"], "numerator"),
        denominator=reader.number(nodes["denominator"], "denominator"),
        population=nearest(reader.text, populations, [place]),
        of_claim=of_claim,
    )
    for what, mend in _faults(figure, place.of(reader.text)):
        reader.wrong(item.line, f"“{place.of(reader.text)}”: {what}", mend)
    return figure


def _faults(figure: GoldFigure, words: str) -> Iterator[tuple[str, str]]:
    """Yield what does not agree within a figure."""
    ends = (figure.lowest, figure.highest)
    if figure.comparator == "between":
        if figure.value is not None or None in ends:
            yield "between has two ends and no value", "write lowest and highest, and value: null"
        elif figure.lowest is not None and figure.highest is not None and figure.lowest >= figure.highest:
            yield f"{figure.lowest:g} is not below {figure.highest:g}", "write the lower end as lowest"
    elif figure.value is None or ends != (None, None):
        yield "only between has ends in place of a value", "write value, and null for lowest and highest"
    yield from _wrong_share(figure)
    if "£" in words and figure.unit != "GBP":
        yield f"unit is {figure.unit}", "write GBP"
    if re.search(r"%|per ?cent", words) and figure.unit != "PERCENT":
        yield f"unit is {figure.unit}", "write PERCENT"


def _wrong_share(figure: GoldFigure) -> Iterator[tuple[str, str]]:
    part, whole = figure.numerator, figure.denominator
    if part is None or whole is None:
        if figure.unit == "NUM" and part is not None and part != figure.value:
            yield f"the numerator {part:g} is not the value", "write what the text has"
        return
    if not 0 <= part <= whole or not whole:
        yield f"{part:g} of {whole:g} is no share", "write the smaller as numerator"
    elif figure.value is not None and figure.unit == "PERCENT" and abs(figure.value - 100 * part / whole) > 0.01:
        yield f"{part:g} in {whole:g} is {100 * part / whole:.4f}, not {figure.value:g}", "mend the value"
    elif figure.value is not None and figure.unit == "NUM" and figure.value not in (part, whole):
        yield f"the value {figure.value:g} is not the numerator {part:g}", "mend the value"
