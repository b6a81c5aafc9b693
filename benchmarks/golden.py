"""The gold set: texts with all their claims and figures marked by hand. `python -m benchmarks.golden` checks it.

Without arguments it checks benchmarks/gold; else the files, or the folders, that are named. `--show` also prints each
claim and figure with the words it was found at, to be read over. Exit code 1 says that something is to be mended.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from benchmarks.annotated import UNKNOWN, GoldClaim, GoldDocument, GoldFigure
from benchmarks.annotation_nodes import Problem
from benchmarks.annotations import KINDS, read_annotations
from stpgraph.documents import read_text
from stpgraph.errors import BadData, SourceTextError
from stpgraph.extraction.spans import Span

__all__ = ["FOLDER", "GoldClaim", "GoldDocument", "GoldFigure", "check_gold", "read_gold"]

#: Where the gold set lies.
FOLDER = Path(__file__).parent / "gold"


def read_gold(place: Path) -> list[GoldDocument]:
    """Read a document of the gold set, or all that a folder holds, in the order of their names.

    Args:
        place: the .yaml or .txt of one document, or a folder, which is searched with those in it.

    Raises:
        BadData: when anything in them is wrong, with the first problem.
    """
    documents = []
    for document, problems in check_gold([place]):
        if problems:
            first = problems[0]
            raise BadData(f"{first.what}; {first.mend}", where=f"{first.where}:{first.line}")
        documents.append(document)
    return documents


def check_gold(places: Iterable[Path]) -> Iterator[tuple[GoldDocument, list[Problem]]]:
    """Read documents of the gold set, each with everything that is wrong in it."""
    for stem in sorted({stem for place in places for stem in _stems(place)}, key=lambda stem: (stem.parent, stem.name)):
        yield _read(stem)


def _stems(place: Path) -> Iterator[Path]:
    """Yield the documents of a place, as their paths without suffix."""
    if not place.is_dir():
        yield place.with_suffix("")
        return
    for file in place.rglob("*"):
        if file.suffix in {".txt", ".yaml"}:
            yield file.with_suffix("")


def _read(stem: Path) -> tuple[GoldDocument, list[Problem]]:
    name, half = stem.name, stem.parent.name
    text_file, yaml_file = stem.with_name(f"{name}.txt"), stem.with_name(f"{name}.yaml")
    empty = GoldDocument(name=name, half=half, kind="", text="")
    for file in (text_file, yaml_file):
        if not file.is_file():
            return empty, [Problem(str(file), 1, "is missing", "a text and its annotations stand side by side")]
    try:
        text = read_text(text_file).text
        source = yaml_file.read_text(encoding="utf-8")
    except (SourceTextError, UnicodeDecodeError) as fault:
        return empty, [Problem(str(text_file), 1, f"cannot be read: {fault}", "save both as UTF-8")]
    document, problems = read_annotations(name, half, text, source, str(yaml_file))
    if b"\r" in text_file.read_bytes():
        problems.append(Problem(str(text_file), 1, "has line ends of another system", "save it with LF alone"))
    return document, problems


def main(arguments: Sequence[str] | None = None) -> int:
    """Check the documents that the arguments name, print what is wrong and how many there are of each kind."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.golden", description="Check the gold set.")
    parser.add_argument("places", nargs="*", type=Path, default=[FOLDER], help="files or folders; all where not given")
    parser.add_argument("--show", action="store_true", help="print where each claim and figure was found")
    options = parser.parse_args(arguments)
    documents, count = [], 0
    for document, problems in check_gold(options.places):
        documents.append(document)
        count += len(problems)
        if options.show:
            print("\n".join(_shown(document)))
        for problem in problems:
            print(problem)
    print("\n".join(_totals(documents)))
    print(f"{count} problem{'' if count == 1 else 's'}")
    return 1 if count or not documents else 0


def _shown(document: GoldDocument) -> Iterator[str]:
    yield f"# {document.half}/{document.name}"
    for at, claim in enumerate(document.claims):
        said = " […] ".join(span.of(document.text).replace("\n", " ¶ ") for span in claim.content)
        nested = "" if claim.nested_in is None else f" (in claim {claim.nested_in + 1})"
        yield f"{at + 1}. {_seen(document, claim.source)} | {_seen(document, claim.cue)} | {said}{nested}"
        names = ", ".join(names[0] for names in claim.claimants)
        yield f"     {names or UNKNOWN}; {claim.kind}, {claim.stance}, {claim.act}"
    for figure in document.figures:
        value = figure.value if figure.value is not None else f"{figure.lowest}–{figure.highest}"
        of = "alone" if figure.of_claim is None else f"claim {figure.of_claim + 1}"
        told = f"{figure.comparator} {value} {figure.unit} of {_seen(document, figure.population)}"
        yield f"   # {_seen(document, figure.words)} | {told} | {of}"


def _seen(document: GoldDocument, span: Span | None) -> str:
    """Show words with their line, so that the right one of several can be told."""
    if span is None:
        return "–"
    return f"{span.of(document.text)} (l. {document.text.count(chr(10), 0, span.start) + 1})"


def _totals(documents: Sequence[GoldDocument]) -> Iterator[str]:
    """Yield a table of how many documents, claims and figures there are, by kind and half."""
    counts: Counter[tuple[str, str]] = Counter()
    sizes: dict[tuple[str, str], list[int]] = {}
    for document in documents:
        for key in ((document.kind, document.half), ("all", document.half), ("all", "all")):
            counts[key] += 1
            size = sizes.setdefault(key, [0, 0])
            size[0] += len(document.claims)
            size[1] += len(document.figures)
    yield f"{'kind':<18} {'half':<6} {'documents':>9} {'claims':>7} {'figures':>8}"
    for kind in (*KINDS, "", "all"):
        for half in sorted({half for each, half in counts if each == kind}, key=lambda half: (half == "all", half)):
            claims, figures = sizes[kind, half]
            yield f"{kind or '?':<18} {half:<6} {counts[kind, half]:>9} {claims:>7} {figures:>8}"


if __name__ == "__main__":
    sys.exit(main())
