"""Reading measured: `python -m benchmarks.reading [--only speed,jobs,screening,folder,memory] [--documents N]`.

Documents are made anew from one seed: sentences of invented people and bodies, with quotations and figures. Words a
second of `stpgraph read`'s pipeline in one process stand beside those of a plain parse of the same texts with the whole
model, `nlp.pipe(batch_size=16)`, which is what one would begin a reader of one's own with; two processes stand beside
one; the memory and seconds of reading many short documents from archives into a folder with its journal beside those of
reading a twentieth of them. A folder of files of all kinds, some of them broken, is read through, and what came of it
stands beside what should.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import sys
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from functools import cache
from html import escape
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

from benchmarks.measuring import in_child
from tests.made_files import docx, locked_pdf, zipped

__all__ = [
    "invented_documents",
    "main",
    "measure_folder",
    "measure_jobs",
    "measure_memory",
    "measure_screening",
    "measure_speed",
    "pack",
]

_SEED = 20170921
_GOLD = Path(__file__).resolve().parent / "gold" / "open"
#: Into how many archives documents are packed: the first of them are the few, all of them the many.
_ARCHIVES = 20
_PARTS = ("speed", "jobs", "screening", "folder", "memory")

_NAMES = ("Jo Doe", "Kit Poe", "Sam Roe", "Pat Example", "Alex Sample", "Robin Instance")
_BODIES = ("Anyshire Council", "Midshire County Council", "Norbury NHS Trust", "the Institute of Examples")
_ROLES = ("leader", "chief executive", "finance director", "chair")
_SAID = ("said", "warned", "argued", "insisted", "admitted", "told the committee", "suggested", "noted")
_CLAUSES = (
    "the plan would not deliver the savings that were asked of it",
    "councils had been left out of the work until it was nearly done",
    "relations between the hospitals and social care had improved",
    "more money was needed before another winter",
    "the board should publish its assumptions and let others test them",
    "nobody had yet explained how the gap would be closed by 2020",
    "joint working was the only way to keep services open",
)
_FIGURES = (
    "{n} of the {m} respondents",
    "{n}% of councils",
    "more than a third of directors",
    "£{n}m",
    "fewer than {n} practices",
    "one in {n} providers",
)
_PLAIN = (
    "The next meeting is in the town hall, and members of the public may attend.",
    "Work on the building began in spring and is nearly finished.",
    "The partnership covers the city and the villages around it.",
)


def invented_documents(count: int, *, paragraphs: int = 12, seed: int = _SEED) -> Iterator[str]:
    """Yield texts of invented news: the same for the same seed.

    Args:
        count: how many.
        paragraphs: how many paragraphs each has.
        seed: another seed, other texts.
    """
    for number in range(count):
        yield "\n\n".join(_paragraphs(random.Random(f"{seed}-{number}"), paragraphs))


def _paragraphs(chance: random.Random, count: int) -> Iterator[str]:
    body = chance.choice(_BODIES)
    yield f"Doubts grow over the plan for {chance.choice(('Anyshire', 'Midshire', 'Norbury'))}"
    for _ in range(count):
        name, role, clause = chance.choice(_NAMES), chance.choice(_ROLES), chance.choice(_CLAUSES)
        figure = chance.choice(_FIGURES).format(n=chance.randint(3, 60), m=chance.randint(61, 90))
        yield chance.choice(
            (
                f"{name}, {role} of {body}, {chance.choice(_SAID)} that {clause}.",
                f"“We have looked at this with care,” said {name}. “It is clear that {clause}.”",
                f"A survey by {body} found that {figure} did not expect {chance.choice(('change', 'progress'))}.",
                f"According to {body}, {clause}, and {figure} had been set aside.",
                f"{chance.choice(_PLAIN)} {chance.choice(_PLAIN)}",
            )
        )


def _read(texts: list[str], jobs: int) -> int:
    """Read texts as `stpgraph read` does, and return how many claims are proposed."""
    return sum(len(proposal.records) for proposal in _proposals(iter(texts), jobs))


@cache
def _known() -> tuple[Any, Any]:
    from stpgraph.reading.known import load_gazetteer, load_known, load_labels

    known = load_known()
    return load_gazetteer(known), load_labels(known)


def _proposals(texts: Iterator[str], jobs: int) -> Iterator[Any]:
    from stpgraph.documents import ReadDocument, text_hash
    from stpgraph.extraction.pipeline import Proposal, propose

    gazetteer, labels = _known()
    documents = (
        ReadDocument(name=f"{number}.txt", text=text, text_hash=text_hash(text), media_type="text/plain", language="en")
        for number, text in enumerate(texts)
    )
    for one in propose(documents, gazetteer=gazetteer, labels=labels, jobs=jobs):
        if isinstance(one, Proposal):
            yield one


@cache
def _whole_model() -> Any:
    import spacy

    from stpgraph.extraction.parsing import MODEL

    return spacy.load(MODEL)


def _parse(texts: list[str]) -> int:
    return sum(len(parse) for parse in _whole_model().pipe(texts, batch_size=16))


def measure_speed(count: int, rounds: int = 5) -> dict[str, float]:
    """Return words a second of reading and of a plain parse, run in turn in one process, and their ratio."""
    texts = list(invented_documents(count))
    words = sum(len(text.split()) for text in texts)
    _read(texts[:4], 1)
    _parse(texts[:4])
    pairs = []
    for _ in range(rounds):
        began = perf_counter()
        _read(texts, 1)
        middle = perf_counter()
        _parse(texts)
        pairs.append((words / (middle - began), words / (perf_counter() - middle)))
    return {
        "words a second, reading": median(ours for ours, _ in pairs),
        "words a second, plain parse": median(plain for _, plain in pairs),
        "reading / plain parse": median(ours / plain for ours, plain in pairs),
    }


def measure_jobs(count: int, rounds: int = 3) -> dict[str, float]:
    """Return how many times as fast two processes read as one, setting up included."""
    texts = list(invented_documents(count))
    ratios = []
    for _ in range(rounds):
        began = perf_counter()
        _read(texts, 1)
        middle = perf_counter()
        _read(texts, 2)
        ratios.append((middle - began) / (perf_counter() - middle))
    return {"two processes / one": median(ratios)}


def measure_screening(count: int) -> dict[str, float]:
    """Return the share of the text that need not be parsed, and what would be lost without its parse."""
    from stpgraph.extraction.attribution.engine import find_attributions
    from stpgraph.extraction.attribution.screening import can_hold_something
    from stpgraph.extraction.parsing import read_paragraphs
    from stpgraph.extraction.quantities import find_quantities

    texts = [*invented_documents(count), *(path.read_text(encoding="utf-8") for path in sorted(_GOLD.glob("*.txt")))]
    whole = left = claims = lost = figures = 0
    for reading in read_paragraphs(texts):
        idle = [
            number for number, one in enumerate(reading.paragraphs) if not can_hold_something(one.span.of(reading.text))
        ]
        spans = [reading.paragraphs[number].span for number in idle]
        whole += sum(len(paragraph.span) for paragraph in reading.paragraphs)
        left += sum(map(len, spans))
        found = find_attributions(reading)
        claims += len(found)
        lost += sum(one.paragraph in idle for one in found)
        figures += sum(len(find_quantities(span.of(reading.text))) for span in spans)
    return {"share of text": left / whole, "claims": claims, "claims lost": lost, "figures lost": figures}


def measure_folder(count: int, jobs: int) -> dict[str, Any]:
    """Read a folder of files of all kinds, some unreadable, and return what came of them and what should."""
    from stpgraph.reading import read

    with TemporaryDirectory(prefix="stpgraph-bench-") as place:
        expected = _fill(Path(place) / "files", count)
        began = perf_counter()
        outcomes = list(read([Path(place) / "files"], output=Path(place) / "proposals", jobs=jobs))
        seconds = perf_counter() - began
        written = len(list((Path(place) / "proposals").glob("*.ttl")))
    found = Counter("read" if outcome.unread is None else str(outcome.unread.reason) for outcome in outcomes)
    return {
        "seconds": seconds,
        "files of proposals": written,
        "found": dict(sorted(found.items())),
        "expected": dict(sorted(expected.items())),
        "as expected": found == expected and written == found["read"],
    }


def _fill(place: Path, count: int) -> Counter[str]:
    """Write files of all kinds, and return what should come of them, by reason."""
    place.mkdir(parents=True)
    texts = invented_documents(count, paragraphs=4)
    expected: Counter[str] = Counter()
    for number in range(count):
        name, data, reason = _KINDS[number % len(_KINDS)](next(texts))
        (place / f"{number:05d}{name}").write_bytes(data)
        expected[reason] += 1
    return expected


def _page(text: str) -> bytes:
    body = "".join(f"<p>{escape(line)}</p>" for line in text.split("\n") if line)
    return f"<!doctype html><html lang=en><head><title>News</title></head><body>{body}</body></html>".encode()


def _word(text: str) -> bytes:
    return docx("".join(f"<w:p><w:r><w:t>{escape(line)}</w:t></w:r></w:p>" for line in text.split("\n") if line))


#: Kinds of files: the end of the name, the bytes, and what should come of them.
_KINDS: tuple[Callable[[str], tuple[str, bytes, str]], ...] = (
    *(lambda text: (".txt", text.encode(), "read"),) * 8,
    *(lambda text: (".html", _page(text), "read"),) * 8,
    *(lambda text: (".docx", _word(text), "read"),) * 4,
    lambda text: (".txt", text.encode("utf-16"), "read"),
    lambda text: (".txt", text.replace("\n", "\r\n").encode("cp1252", "replace"), "read"),
    lambda text: (".zip", zipped({"inner.txt": text.encode()}), "read"),
    lambda text: (".md", text.encode(), "read"),
    lambda _: (".txt", b"", "empty"),
    lambda text: (".pdf", locked_pdf() + text[:1].encode(), "encrypted"),
    lambda text: (".docx", b"PK\x03\x04" + text.encode(), "broken"),
)


def pack(place: Path, count: int) -> list[Path]:
    """Write so many short documents, no two alike, into twenty archives of equal size."""
    place.mkdir(parents=True)
    texts = invented_documents(count, paragraphs=2)
    archives = []
    for number in range(_ARCHIVES):
        archives.append(place / f"{number:02d}.zip")
        with zipfile.ZipFile(archives[-1], "w", zipfile.ZIP_DEFLATED) as packed:
            for at in range(count * number // _ARCHIVES, count * (number + 1) // _ARCHIVES):
                packed.writestr(f"{at:06d}.txt", f"Item {at} of the agenda\n\n{next(texts)}\n")
    return archives


def measure_memory(archives: list[Path], output: Path) -> dict[str, float]:
    """Read archives into a folder as `stpgraph read` does, and return the most memory that this process held."""
    from stpgraph.reading import read

    began = perf_counter()
    documents = claims = figures = 0
    for outcome in read(archives, output=output):
        documents += outcome.unread is None
        claims += outcome.counts.claims
        figures += outcome.counts.figures
    seconds = perf_counter() - began
    return {"documents": documents, "claims": claims, "figures": figures, "seconds": seconds, "peak MB": _peak()}


def _peak() -> float:
    """Return the most megabytes that this process held; where Linux tells, without what it was begun from."""
    status = Path("/proc/self/status")
    if status.exists():
        [line] = [line for line in status.read_text(encoding="ascii").splitlines() if line.startswith("VmHWM:")]
        return int(line.split()[1]) / 1024
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 2**20


def _memories(count: int) -> Iterator[tuple[str, dict[str, float]]]:
    """Yield what reading a twentieth of the documents takes, and what all of them do, each in a fresh process."""
    with TemporaryDirectory(prefix="stpgraph-bench-") as place:
        archives = pack(Path(place) / "archives", count)
        for name, some in (("few", archives[:1]), ("many", archives)):
            yield f"memory, {name}", in_child(measure_memory, some, Path(place) / name)


def main(arguments: list[str] | None = None) -> None:
    """Measure what the arguments name, and print it."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.reading", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--only", default=",".join(_PARTS), help=f"some of {','.join(_PARTS)}")
    parser.add_argument("--documents", type=int, default=300, help="for speed and jobs")
    parser.add_argument("--many", type=int, default=20_000, help="for memory, beside a twentieth of it")
    parser.add_argument("--jobs", type=int, default=2, help="for the folder")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures to a file, too")
    options = parser.parse_args(arguments)
    found: dict[str, dict[str, Any]] = {}
    for part in options.only.split(","):
        if part not in _PARTS:
            parser.error(f"no part is called {part!r}; there are {', '.join(_PARTS)}")
        if part == "speed":
            found[part] = in_child(measure_speed, options.documents)
        elif part == "jobs":
            found[part] = measure_jobs(options.documents * 4)
        elif part == "screening":
            found[part] = in_child(measure_screening, options.documents)
        elif part == "folder":
            found[part] = measure_folder(1_000, options.jobs)
        else:
            found.update(_memories(options.many))
        print(json.dumps(found, indent=1), file=sys.stderr)
    text = json.dumps(found, indent=1)
    print(text)
    if options.json:
        options.json.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
