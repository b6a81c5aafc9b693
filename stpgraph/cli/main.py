"""The door of the command line: finds the command, runs it, and says in one line what went wrong."""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Sequence

import click

from stpgraph import __version__
from stpgraph.cli import asking, checking, keeping, showing
from stpgraph.errors import StpGraphError

__all__ = ["main"]

#: Exit status for bad input or use; 1 is for findings, 0 for all else.
BAD_INPUT = 2


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(__version__, prog_name="stpgraph", message="%(prog)s %(version)s")
@click.option("--debug", is_flag=True, help="Show where in the code an error arose.")
@click.option("--quiet", is_flag=True, help="Print results only: no notes, no progress.")
@click.pass_context
def command_line(context: click.Context, *, debug: bool, quiet: bool) -> None:
    r"""Who said what about which STP relationship, when, on what evidence, and does the number hold up?

    \b
    First steps:
      stpgraph demo
      stpgraph ask who-said-what --about "joint working"
    """
    context.obj = {"debug": debug, "quiet": quiet}


for module in (showing, asking, keeping, checking):
    for command in module.COMMANDS:
        command_line.add_command(command)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and exit: 0 done, 1 findings, 2 bad input or use.

    Args:
        arguments: without the program's name; those of the process where not given.
    """
    given = list(sys.argv[1:] if arguments is None else arguments)
    try:
        status = command_line.main(given, prog_name="stpgraph", standalone_mode=False)
    except click.Abort:
        status = _say("stopped")
    except click.exceptions.NoArgsIsHelpError as fault:
        click.echo(fault.format_message())
        status = BAD_INPUT
    except click.ClickException as fault:
        status = _say(_advice(fault))
    except BrokenPipeError:
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123 (the reader has gone; let exit be quiet)
        status = 0
    except (StpGraphError, OSError) as fault:
        if "--debug" in given:
            traceback.print_exc()
        status = _say(str(fault))
    sys.exit(status if isinstance(status, int) else 0)


def _say(message: str) -> int:
    click.echo(f"error: {' '.join(message.split())}", err=True)
    return BAD_INPUT


def _advice(fault: click.ClickException) -> str:
    """Return what click says is wrong, with where to look."""
    context = fault.ctx if isinstance(fault, click.UsageError) else None
    return f"{fault.format_message()} Try `{context.command_path} --help`." if context else fault.format_message()
