"""The command that serves the site."""

from __future__ import annotations

import os
import re
import secrets
import signal
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from types import FrameType

import click

from stpgraph.cli.options import DEFAULT_STORE, examples, note, services_option
from stpgraph.cli.progress import progress
from stpgraph.cli.streams import give_up_output
from stpgraph.errors import MissingExtra, UsageError

__all__ = ["COMMANDS"]


@contextmanager
def _stopped_in_order() -> Iterator[None]:
    """Let what ends processes be taken for Ctrl-C while the server is not up yet, so that nothing is left behind."""

    def stop(_: int, __: FrameType | None) -> None:
        raise KeyboardInterrupt

    names = [name for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]
    numbers = [number for name in names if signal.getsignal(number := getattr(signal, name)) is signal.SIG_DFL]
    for number in numbers:
        signal.signal(number, stop)
    try:
        yield
    finally:
        for number in numbers:
            signal.signal(number, signal.SIG_DFL)


@click.command("serve")
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8000,
    metavar="PORT",
    help="0 for any that is free.  [default: 8000]",
)
@click.option(
    "--host",
    default="127.0.0.1",
    metavar="ADDRESS",
    help="Address to listen at; others than the default open the site to the network.  [default: 127.0.0.1]",
)
@click.option(
    "--store",
    envvar="STPGRAPH_STORE",
    metavar="DIR|URL",
    help=f"A store's folder, or a SPARQL endpoint; also $STPGRAPH_STORE.  [default: {DEFAULT_STORE}]",
)
@click.option("--update-url", metavar="URL", help="Where an endpoint takes updates, if not at its own address.")
@click.option(
    "--queries",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    metavar="DIR",
    help="A folder of .rq files of your own, asked besides.",
)
@services_option
@click.option(
    "--allow-update",
    is_flag=True,
    help="Take updates, with the token in $STPGRAPH_TOKEN, or one that is made and printed.",
)
@click.option(
    "--seconds",
    type=click.FloatRange(0.1, 86_400),
    default=30.0,
    metavar="N",
    help="How long one query may run.  [default: 30]",
)
@click.option(
    "--memory",
    type=click.IntRange(50),
    default=1000,
    metavar="MB",
    help="How much memory one query may need (on Linux).  [default: 1000]",
)
@click.option(
    "--result", type=click.IntRange(1), default=100, metavar="MB", help="How large one answer may be.  [default: 100]"
)
@click.option(
    "--workers",
    type=click.IntRange(1, 64),
    default=2,
    metavar="N",
    help="How many queries run at the same time; so many again for pages.  [default: 2]",
)
@examples("stpgraph serve", "stpgraph serve --store http://127.0.0.1:7878/query --port 8080")
@_stopped_in_order()
def serve_command(
    *,
    port: int,
    host: str,
    store: str | None,
    update_url: str | None,
    queries: Path | None,
    services: tuple[str, ...],
    allow_update: bool,
    seconds: float,
    memory: int,
    result: int,
    workers: int,
) -> None:
    """Serve the site, SPARQL and linked data on this machine.

    Pages to search and read stand at /, SPARQL at /sparql, graphs at /data, things at /id/…, as pages or as data.
    """
    try:
        from stpgraph.server.processes import prepare

        prepare()  # what answers reads our modules while we read ours
        from stpgraph.server.jobs import Setup
        from stpgraph.server.limits import MEGABYTE, Limits
        from stpgraph.server.running import serve
    except ModuleNotFoundError as fault:
        raise MissingExtra(f"{fault.name} is not installed; get it with: pip install 'stpgraph[serve]'") from fault

    token = _token() if allow_update else None
    limits = Limits(seconds=seconds, memory=memory * MEGABYTE, result=result * MEGABYTE, workers=workers)

    def say(address: str) -> None:
        try:
            click.echo(f"{address}  (Ctrl-C ends it)")
        except BrokenPipeError:  # a server goes on where nobody reads what it says
            give_up_output()
            note(f"{address} is served; nobody reads the standard output")
        if token and not os.environ.get("STPGRAPH_TOKEN"):
            note(f"updates need this token: {token}")
        if host not in {"127.0.0.1", "::1", "localhost"}:
            note("anyone who reaches this machine can read the graph")

    with _location(store) as location:
        setup = Setup(
            location=location,
            update_url=update_url,
            seconds=seconds,
            services=services,
            queries=queries,
            may_update=allow_update,
        )
        serve(setup, host=host, port=port, limits=limits, token=token, on_start=say)


def _token() -> str:
    """Return the token of updates: that of the environment, or a new one."""
    given = os.environ.get("STPGRAPH_TOKEN")
    if given and not re.fullmatch(r"[!-~]+", given):
        raise UsageError(
            "$STPGRAPH_TOKEN has characters that no request can bring; expected letters, digits and signs of ASCII, "
            "without spaces"
        )
    return given or secrets.token_urlsafe(24)


@contextmanager
def _location(store: str | None) -> Iterator[str]:
    """Yield what is served: the store that the user named, the default one, or else the graph that ships."""
    from stpgraph.store import is_url, open_store

    if store is not None or Path(DEFAULT_STORE).exists():
        location = store or DEFAULT_STORE
        if not is_url(location):
            open_store(location).close()  # says now what is wrong with it
        yield location
        return
    from stpgraph.building import build
    from stpgraph.server.places import Place

    note(f"note: there is no store in {DEFAULT_STORE}, so this is the graph that ships; `stpgraph build` makes yours")
    with closing(Place()) as place:
        with progress("building"):
            build(place.path / "store")
        yield str(place.path / "store")


COMMANDS = (serve_command,)
