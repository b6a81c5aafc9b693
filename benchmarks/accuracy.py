"""How right what is read is: `python -m benchmarks.accuracy [--blind] [--markdown] [--json FILE]`.

It reads the texts of the gold set and holds the proposals against what was marked by hand (`scoring`): the open half,
with --blind the other one too, and the articles of the graph that ships where their texts are at hand (in the folder
that the variable STPGRAPH_TEXTS names). `--misses` tells what went wrong in each open document.

`--jsonl TEXTS FILE` scores nothing: it reads lines of JSON with "id" and "text", and writes for each its "id" and
"attributions", with source, cue and content as [start, end] in characters, for other scorers.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from itertools import tee
from pathlib import Path

from rich.console import Console

from benchmarks.accepted import read_accepted
from benchmarks.annotated import GoldDocument
from benchmarks.golden import FOLDER, read_gold
from benchmarks.misses import misses
from benchmarks.predicted import PredictedClaim, PredictedFigure, Prediction
from benchmarks.reporting import Part, to_json, to_markdown, to_tables
from benchmarks.scoring import score
from stpgraph.errors import BadData
from stpgraph.extraction.spans import Span

__all__ = ["PredictedClaim", "PredictedFigure", "Prediction", "main", "measure", "predict", "to_jsonl"]

#: Where the articles' texts are looked for when no variable tells.
_TEXTS = Path(__file__).resolve().parents[2] / "shared" / "seeds"


def predict(texts: Iterable[str], *, jobs: int = 1) -> Iterator[Prediction]:
    """Yield what the extractor proposes for each text, in their order.

    Args:
        texts: normalised texts, read as they are needed.
        jobs: how many processes read them.
    """
    from benchmarks.predicting import predictions  # late, for it needs the extra `read`

    return predictions(texts, jobs=jobs)


def measure(name: str, documents: Sequence[GoldDocument], predictions: Iterable[Prediction]) -> Part:
    """Score the predictions for some documents of the gold, given in the same order."""
    pairs = zip(documents, predictions, strict=True)
    return Part.of(name, [(document.kind, score(document, prediction)) for document, prediction in pairs])


def to_jsonl(lines: Iterable[str], *, jobs: int = 1, is_univocal: bool = False) -> Iterator[str]:
    """Yield a line of JSON with the proposed attributions for each line with an id and a text.

    Args:
        lines: lines of JSON.
        jobs: how many processes read.
        is_univocal: leave out what is said within what is said, and what nobody named says, for corpora that
            attribute each word once and to somebody named.

    Raises:
        BadData: when a line is not JSON with "id" and "text".
    """
    for_ids, for_texts = tee(_texts(lines))
    predictions = predict((text for _, text in for_texts), jobs=jobs)
    for (name, _), prediction in zip(for_ids, predictions, strict=True):
        claims = [
            claim
            for claim in prediction.claims
            if not is_univocal or (claim.nested_in is None and claim.source is not None)
        ]
        attributions = [_attribution(claim) for claim in claims]
        yield json.dumps({"id": name, "attributions": attributions}, ensure_ascii=False) + "\n"


def _texts(lines: Iterable[str]) -> Iterator[tuple[object, str]]:
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            read = json.loads(line)
            name, text = read["id"], read["text"]
        except (ValueError, KeyError, TypeError) as fault:
            raise BadData("expected a JSON object with id and text", where=f"line {number}") from fault
        yield name, text


def _attribution(claim: PredictedClaim) -> dict[str, object]:
    return {
        "source": [_ends(span) for span in (claim.source, claim.link) if span is not None] or None,
        "cue": [_ends(span) for span in claim.cue],
        "content": [_ends(span) for span in claim.content],
    }


def _ends(span: Span) -> list[int]:
    return [span.start, span.end]


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure what the arguments name, and print it."""
    options = _parser().parse_args(arguments)
    if options.jsonl:
        source, target = options.jsonl
        with source.open(encoding="utf-8") as lines, target.open("w", encoding="utf-8") as out:
            out.writelines(to_jsonl(lines, jobs=options.jobs, is_univocal=options.univocal))
        return 0
    parts = []
    for name, documents in _sets(options):
        predictions = list(predict((document.text for document in documents), jobs=options.jobs))
        parts.append(measure(name, documents, predictions))
        if options.misses and name != "blind":
            for document, prediction in zip(documents, predictions, strict=True):
                print(*misses(document, prediction), sep="\n")
    if options.markdown:
        print(to_markdown(parts))
    else:
        console = Console(width=None if sys.stdout.isatty() else 160)
        for table in to_tables(parts):
            console.print(table)
    if options.json:
        options.json.write_text(to_json(parts), encoding="utf-8")
    return 0


def _sets(options: argparse.Namespace) -> Iterator[tuple[str, list[GoldDocument]]]:
    yield "open", read_gold(options.gold / "open")
    if options.blind:
        yield "blind", read_gold(options.gold / "blind")
    articles = read_accepted(options.texts) if options.texts.is_dir() else []
    if articles:
        yield "articles", articles
    else:
        print(
            f"The articles are not measured: their texts are not in {options.texts}; "
            "name their folder in STPGRAPH_TEXTS.",
            file=sys.stderr,
        )


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.accuracy", description="How right what is read is.")
    parser.add_argument("--blind", action="store_true", help="also the half that rules are not made by")
    parser.add_argument("--misses", action="store_true", help="tell what went wrong in each document, but not in blind")
    parser.add_argument("--markdown", action="store_true", help="print the tables for the README")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write all figures to a file, too")
    parser.add_argument("--jobs", type=int, default=1, help="processes that read")
    parser.add_argument("--gold", type=Path, default=FOLDER, help="another gold set")
    parser.add_argument("--texts", type=Path, default=Path(os.environ.get("STPGRAPH_TEXTS", _TEXTS)), help="articles")
    parser.add_argument("--jsonl", nargs=2, type=Path, metavar=("TEXTS", "FILE"), help="write proposals, score nothing")
    parser.add_argument("--univocal", action="store_true", help="with --jsonl: each word once, to somebody named")
    return parser


if __name__ == "__main__":
    sys.exit(main())
