"""The command that reads documents: read."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from stpgraph.cli.files import is_to_stream, write_output
from stpgraph.cli.options import examples, is_quiet, note
from stpgraph.cli.progress import progress
from stpgraph.cli.streams import console, on_one_line, without_controls
from stpgraph.errors import UsageError

if TYPE_CHECKING:
    from stpgraph.documents import Unread
    from stpgraph.documents.places import Place
    from stpgraph.reading import Counts, Outcome

__all__ = ["COMMANDS"]

#: Exit status when something was not read.
_FINDINGS = 1


class _Named(click.Path):
    """A path that has a name: an empty one is what is left of a variable that was never set, and not this folder."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        if value == "":
            raise UsageError("a file or folder without a name; name one, or `.` for this folder")
        return super().convert(value, param, ctx)


@click.command("read")
@click.argument("places", nargs=-1, type=_Named(path_type=Path, allow_dash=True), metavar="FILE...")
@click.option(
    "-o",
    "--output",
    type=_Named(path_type=Path),
    metavar="DIR",
    help="Folder for the proposals, one file a document, and a journal; standard output where not given.",
)
@click.option(
    "--texts", type=_Named(path_type=Path), metavar="DIR", help="Folder for the texts that the anchors count in."
)
@click.option("--jobs", type=int, default=1, metavar="N", help="Processes that read.  [default: 1]")
@click.option("--resume", is_flag=True, help="Go on where a run into the same DIR was stopped.")
@click.option("--explain", is_flag=True, help="Print every span, rule and link, and why, in place of Turtle.")
@click.option(
    "--reference",
    multiple=True,
    type=_Named(path_type=Path),
    metavar="DIR",
    help="Your own names to link to: Turtle, beside those that ship. May be given again.",
)
@click.option("--model", metavar="NAME", help="Another model of spaCy that is installed.")
@click.option("--title", metavar="TEXT", help="Headline of the only document, where it does not say.")
@click.option("--outlet", metavar="NAME", help="Who published it.")
@click.option("--author", "authors", multiple=True, metavar="NAME", help="Who wrote it. May be given again.")
@click.option("--date", metavar="DATE", help="When: 2018, 2018-03 or 2018-03-05.")
@examples(
    "stpgraph read article.html --date 2018-03-05", "stpgraph read articles/ -o proposals/ --texts texts/ --jobs 2"
)
def read_command(
    *,
    places: tuple[Path, ...],
    output: Path | None,
    texts: Path | None,
    jobs: int,
    resume: bool,
    explain: bool,
    reference: tuple[Path, ...],
    model: str | None,
    title: str | None,
    outlet: str | None,
    authors: tuple[str, ...],
    date: str | None,
) -> int:
    """Read documents and propose who said what in them.

    FILE is text, a web page, PDF, Word, a folder or archive (zip, WARC) of them, or `-` for standard input. Claims,
    figures, people, bodies, reports and studies are proposed, each claim and figure anchored in the text; they wait
    for a person to accept them. What cannot be read is told with its reason, the rest goes on; exit status 1 then.
    """
    from stpgraph.extraction.parsing import MODEL
    from stpgraph.reading import Stated, count_files, read

    if not places:
        raise UsageError("nothing to read; name files or folders, or - for standard input")
    for option, value in (("--date", date), ("--model", model), ("--title", title), ("--outlet", outlet)):
        if value is not None and not value.strip():
            raise UsageError(f"{option} is empty; leave it out where it is not known")
    output = None if output is not None and is_to_stream(output) else output
    named: list[Place] = ["-" if str(place) == "-" else place for place in places]
    outcomes = read(
        named,
        output=output,
        texts=texts,
        jobs=jobs,
        model=model or MODEL,
        reference=reference,
        resume=resume,
        stated=Stated(title=title, outlet=outlet, authors=authors, issued=date),
    )
    tally = _Tally()
    is_silent = output is not None and not explain  # a moving sign and standard output do not go together
    total = count_files(named) if is_silent else None
    with progress("reading", total) if is_silent else nullcontext(lambda: None) as step:
        for outcome in _counted(outcomes, tally):
            _tell(outcome)
            if explain:
                _explain(outcome)
            elif outcome.turtle is not None:
                write_output(outcome.turtle, None)
            step()
    tally.tell(output, texts)
    return _FINDINGS if tally.unread else 0


class _Tally:
    """What a run came to."""

    def __init__(self) -> None:
        from stpgraph.reading import Counts

        self.documents = self.earlier = self.duplicates = 0
        self.unread: list[Unread] = []
        self.counts: Counts = Counts()

    def add(self, outcome: Outcome) -> None:
        """Count one document."""
        if outcome.unread is not None:
            if outcome.unread.reason == "duplicate":
                self.duplicates += 1
            else:
                self.unread.append(outcome.unread)
        else:
            self.earlier += outcome.is_earlier
            self.documents += not outcome.is_earlier
            self.counts += outcome.counts

    def tell(self, output: Path | None, texts: Path | None) -> None:
        """Say what the run came to, and what comes next."""
        if self.documents + self.earlier + self.duplicates + len(self.unread) > 1:
            parts = [f"{_many(self.documents, 'document')} read"]
            parts += [f"{self.earlier:,} read before"] if self.earlier else []
            parts += [f"{self.duplicates:,} left out as duplicates"] if self.duplicates else []
            parts += [f"{len(self.unread):,} not read"] if self.unread else []
            note(f"{', '.join(parts)}: {_told(self.counts)}")
        if output is not None and self.documents + self.earlier:
            sources = f" --sources {shlex.quote(str(texts))}" if texts is not None else ""
            note(f"next: `stpgraph build {shlex.quote(str(output))}{sources}`, then `stpgraph ask unreviewed`")


def _counted(outcomes: Iterator[Outcome], tally: _Tally) -> Iterator[Outcome]:
    for outcome in outcomes:
        tally.add(outcome)
        yield outcome


def _tell(outcome: Outcome) -> None:
    """Say in a line what became of a document, in place of the moving sign where there is one."""
    if sys.stderr.isatty():
        click.echo("\r\x1b[2K", nl=False, err=True)
    if outcome.unread is not None:
        if outcome.unread.reason != "duplicate" or not is_quiet():
            click.echo(on_one_line(f"not read: {outcome.unread}"), err=True)
        return
    where = f" → {outcome.file}" if outcome.file is not None else ""
    if outcome.is_earlier:
        note(f"{outcome.name}: read before{where}")
        return
    undated = outcome.proposal is not None and outcome.proposal.document.issued is None
    missing = " (no date found: state it with --date)" if undated else ""
    note(f"{outcome.name}: {_told(outcome.counts)}{where}{missing}")
    if outcome.outdated is not None:
        note(f"{outcome.name}: its text has changed; remove {outcome.outdated}, which proposes from the earlier one")
    for remark in outcome.proposal.document.remarks if outcome.proposal is not None else ():
        note(f"{outcome.name}: {remark}")


def _told(counts: Counts) -> str:
    left = f" and {counts.left_out:,} more in other units" if counts.left_out else ""
    unresolved = [
        _many(count, what)
        for count, what in (
            (counts.claims - counts.with_claimant, "claimant"),
            (counts.claims - counts.with_relationship, "relationship"),
        )
        if count
    ]
    return (
        f"{_many(counts.claims, 'claim')}, {_many(counts.figures, 'figure')}{left}; "
        f"unresolved: {', '.join(unresolved) or 'none'}"
    )


def _many(count: int, what: str) -> str:
    return f"{count:,} {what}{'' if count == 1 else 's'}"


def _explain(outcome: Outcome) -> None:
    """Print how each claim and figure of a document came about."""
    from rich.padding import Padding
    from rich.table import Table
    from rich.text import Text

    from stpgraph.extraction.proposals import explain

    if outcome.proposal is None:
        return
    made, screen = outcome.proposal, console()
    screen.print(Text(without_controls(outcome.name), style="bold"))
    for explained in explain(made.document, made.findings, made.records):
        screen.print(Padding(Text(without_controls(explained.heading)), (1, 0, 0, 2)))
        laid = Table(box=None, show_header=False, pad_edge=False)
        laid.add_column(style="dim", no_wrap=True)
        laid.add_column(overflow="fold")
        for name, told in explained.lines:
            laid.add_row(name, Text(without_controls(told)))
        screen.print(Padding(laid, (0, 0, 0, 4)))
    screen.print()


COMMANDS = (read_command,)
