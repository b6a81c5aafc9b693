"""The door of the command line: finds the command, runs it, and says in one line what went wrong."""

from __future__ import annotations

import difflib
import sys
import traceback
from collections.abc import Sequence

import click

from stpgraph import __version__
from stpgraph.cli import (
    asking,
    checking,
    converting,
    drawing,
    keeping,
    measuring,
    publishing,
    querying,
    reading,
    serving,
    showing,
)
from stpgraph.cli.options import Settings, everywhere, note
from stpgraph.cli.streams import give_up_output, on_one_line, open_closed, speak_plainly
from stpgraph.errors import StpGraphError, UsageError

__all__ = ["main"]

#: Exit status for bad input or use; 1 is for findings, 0 for all else.
BAD_INPUT = 2


class _CommandLine(click.Group):
    """The commands, with advice for names that are none."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 (click's call)
        return list(self.commands)  # in the order in which one meets them, not of the alphabet

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        name = args[0]
        if name not in self.commands and not name.startswith("-"):
            close = difflib.get_close_matches(name, self.commands, n=2, cutoff=0.5)
            advice = f"did you mean {' or '.join(close)}?" if close else f"expected one of {', '.join(self.commands)}"
            raise UsageError(f"no command is called {name!r}; {advice} `stpgraph --help` says what each does")
        return super().resolve_command(ctx, args)


@click.group(
    cls=_CommandLine,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110},
)
@click.version_option(__version__, prog_name="stpgraph", message="%(prog)s %(version)s")
@click.pass_context
def command_line(context: click.Context) -> None:
    """Who said what about which STP relationship, when, on what evidence, and does the number hold up?

    \b
    First steps:
      stpgraph demo
      stpgraph ask who-said-what --about "joint working"

    --quiet and --debug may stand before or after the command. Exit status: 0 done, 1 findings, 2 bad input or use.
    """  # noqa: D301 (click wants a backspace there)
    if context.invoked_subcommand is None:
        click.echo(context.get_help())


everywhere(command_line, is_hidden=False)
for module in (
    showing,
    asking,
    serving,
    drawing,
    measuring,
    querying,
    checking,
    reading,
    keeping,
    publishing,
    converting,
):
    for command in module.COMMANDS:
        command_line.add_command(everywhere(command))


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and exit: 0 done, 1 findings, 2 bad input or use.

    Args:
        arguments: without the program's name; those of the process where not given.
    """
    given = list(sys.argv[1:] if arguments is None else arguments)
    open_closed()
    speak_plainly(sys.stdout, sys.stderr)
    sys.exit(_run(given))


def _run(given: list[str]) -> int:
    settings = Settings()
    try:
        status = command_line.main(given, prog_name="stpgraph", standalone_mode=False, obj=settings)
        sys.stdout.flush()
    except BrokenPipeError:  # who reads has seen enough
        give_up_output()
        return 0
    except (click.Abort, click.ClickException, StpGraphError, OSError) as fault:
        if "--debug" in given:
            traceback.print_exc()
        click.echo(f"error: {on_one_line(_told(fault))}", err=True)
        _let_go()
        return BAD_INPUT
    for footnote in settings.footnotes:
        note(footnote, settings)
    return status if isinstance(status, int) else 0


def _told(fault: click.Abort | click.ClickException | StpGraphError | OSError) -> str:
    """Say what went wrong, with what to do."""
    if isinstance(fault, click.Abort):
        return "stopped"
    if isinstance(fault, OSError):
        where = f"{fault.filename}: " if fault.filename else ""
        return f"{where}cannot read or write: {fault.strerror or fault}; choose another place or make room"
    if isinstance(fault, click.UsageError) and fault.ctx:
        return f"{fault.format_message()} Try `{fault.ctx.command_path} --help`."
    return fault.format_message() if isinstance(fault, click.ClickException) else str(fault)


def _let_go() -> None:
    """Make sure that what could not be written is not tried again at the end, past our message."""
    try:
        sys.stdout.flush()
    except OSError:
        give_up_output()
