"""The command that draws: a view as a page, a picture, or a network for another tool."""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from stpgraph.cli.files import is_to_stream, read_input, wanted_form, write_output
from stpgraph.cli.filtering import filter_options, read_filters
from stpgraph.cli.measuring import discourse_options, tell_what_is_left_out
from stpgraph.cli.options import examples, note, open_for_reading, output_option, store_options
from stpgraph.cli.progress import progress
from stpgraph.errors import UsageError

if TYPE_CHECKING:
    from stpgraph.networks import View
    from stpgraph.store import Store

__all__ = ["COMMANDS", "NOTE", "VIEWS"]

#: The views that can be drawn and measured, and the page that holds them all.
VIEWS = (
    *("who-said-what", "relationship-map", "discourse"),
    *("affiliations", "provenance", "partnerships", "repeats"),
)
_STORY = "story"

#: What is written beside networks for other tools, by the endings of files.
_SHOWN = {".html": "html", ".htm": "html", ".svg": "svg", ".png": "png"}

_SEED = 7

#: Stands at the foot of every page.
NOTE = "Made with stpgraph, whose own graph is CC BY 4.0; words of articles are their publishers’."

#: The options of one view alone; all others of a command are filters.
_OF_DISCOURSE = ("mode", "weight", "normalisation", "duplicates", "levels", "roll_up")


@click.command("draw")
@click.argument("view", type=click.Choice((*VIEWS, _STORY)), metavar="VIEW")
@filter_options
@discourse_options
@click.option(
    "--claims-as",
    type=click.Choice(["edges", "nodes"]),
    help="A line for all claims of two names, or a node for each claim; for who-said-what.",
)
@click.option(
    "--start-from",
    type=click.Path(path_type=Path, allow_dash=True),
    metavar="PAGE",
    help="An earlier page of this view: what it shows stays about where it stands there.",
)
@click.option("--seed", type=int, help="Another seed, another first guess of positions.  [default: 7]")
@click.option("--to-svg", type=click.Path(path_type=Path), metavar="FILE", help="Write the picture as SVG, too.")
@click.option("--to-png", type=click.Path(path_type=Path), metavar="FILE", help="Write the picture as PNG, too.")
@click.option(
    "--format",
    "form",
    metavar="FORMAT",
    help="html, svg, png, graphml, gexf, cytoscape, pajek, dl or statements.  [default: by FILE's ending, else html]",
)
@output_option
@store_options
@examples(
    "stpgraph draw who-said-what -o map.html",
    'stpgraph draw who-said-what --about "joint working" -o joint.svg',
    "stpgraph draw discourse --mode claimants --weight congruence -o camps.html",
    "stpgraph draw story -o story.html",
)
def draw_command(
    *,
    view: str,
    start_from: Path | None,
    seed: int | None,
    to_svg: Path | None,
    to_png: Path | None,
    form: str | None,
    output: Path | None,
    store: str | None,
    update_url: str | None,
    timeout: float,
    **given: Any,
) -> None:
    """Draw a view: as a page, a picture, or for other tools.

    \b
    VIEW is one of
      who-said-what     claimants and the relationships they speak of
      relationship-map  the parties, and what is said of their relationships
      discourse         who agrees with whom (discourse network analysis)
      affiliations      people, their posts, and the bodies
      provenance        who has it from whom: outlet, document, study, claimant
      partnerships      footprints, their leads, bodies and successors
      repeats           figures and findings that stand in several places
      story             all of the graph as one page to read

    A page is one self-contained HTML file: click a name or a line on it to read the claims behind it. It loads
    nothing and works from a USB stick.
    FILE's ending says what is written: .html, .svg, .png, .graphml, .gexf, .cyjs, .net (Pajek), .dl (UCINET),
    .csv (statements, for Discourse Network Analyzer and R).
    """  # noqa: D301 (click wants a backspace there)
    filters, options = _filters_and_options(view, given)
    wanted = _wanted(form, output)
    _check_apart(output, to_svg, to_png)
    start = _positions(start_from)
    with progress("drawing"), open_for_reading(store, update_url=update_url, timeout=timeout) as graph:
        if view == _STORY:
            others = {"start_from": start_from, "seed": seed, "to_svg": to_svg, "to_png": to_png}
            data, stills = _story(graph, wanted, {**given, **others}), dict[Path, bytes]()
        else:
            made = _view(graph, view, filters, options)
            tell_what_is_left_out(made, is_cut=False)
            _tell_of_start(made, start, start_from)
            command = _command(view, {**filters, **options})
            data = _written(graph, made, wanted, command=command, start=start, seed=_SEED if seed is None else seed)
            stills = {
                path: _written(graph, made, kind, command=command, start=start, seed=_SEED if seed is None else seed)
                for kind, path in (("svg", to_svg), ("png", to_png))
                if path is not None
            }
    targets: list[tuple[bytes, Path | None]] = [(still, path) for path, still in stills.items()]
    targets.insert(len(targets) if is_to_stream(output) else 0, (data, output))  # a stream cannot be taken back: last
    for written, place in targets:
        write_output(written, place)


def _filters_and_options(view: str, given: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Part what the command was given into filters and the options of its view; what was not given is left out."""
    owners = {**dict.fromkeys(_OF_DISCOURSE, "discourse"), "claims_as": "who-said-what"}
    options = {name: value for name, value in given.items() if name in owners and value is not None}
    for name in options:
        if owners[name] != view:
            raise UsageError(f"--{name.replace('_', '-')}: {view} has no such option, {owners[name]} has")
    return {name: value for name, value in given.items() if name not in owners}, options


def _wanted(form: str | None, output: Path | None) -> str:
    """Return the format to write."""
    from stpgraph.exports import NETWORK_ENDINGS, NETWORK_FORMATS

    formats = [*dict.fromkeys(_SHOWN.values()), *NETWORK_FORMATS]
    if form is not None and form not in formats:
        raise UsageError(f"no format is called {form!r}; expected {', '.join(formats)}")
    wanted = wanted_form(form, output, {**_SHOWN, **NETWORK_ENDINGS}, default="html")
    if wanted == "png" and is_to_stream(output):
        raise UsageError("a picture is no text; name a file with -o FILE.png")
    return wanted


def _check_apart(*places: Path | None) -> None:
    """Make sure that no file is written over another of the same command."""
    named = [place for place in places if place is not None and not is_to_stream(place)]
    for place in named:
        if sum(place.absolute() == other.absolute() for other in named) > 1:
            raise UsageError("this would be written twice; name another file", where=str(place))


def _tell_of_start(view: View, start: Mapping[str, tuple[float, float]] | None, page: Path | None) -> None:
    """Say so where an earlier page has no position of anything in this view."""
    from stpgraph.pages.scenes import short_id

    if start is not None and not any(short_id(iri) in start for iri in view.graph):
        note(f"note: {page} has no positions for what this view shows; it is drawn anew")


def _positions(page: Path | None) -> dict[str, tuple[float, float]] | None:
    if page is None:
        return None
    from stpgraph.pages.earlier import read_positions

    return read_positions(read_input(page).decode("utf-8", "replace"), where=str(page))


def _view(graph: Store, view: str, filters: Mapping[str, Any], options: Mapping[str, Any]) -> View:
    from stpgraph.networks import VIEWS as MADE

    return MADE[view](graph, read_filters(**filters), **options)


def _command(view: str, given: Mapping[str, Any]) -> str:
    """Write the line that draws this again."""
    words = ["stpgraph", "draw", view]
    for name, value in given.items():
        if value is True:
            words.append(f"--{name.replace('_', '-')}")
        elif value not in (None, False):
            words += [f"--{name.replace('_', '-')}", str(value)]
    return shlex.join([*words, "-o", f"{view}.html"])


def _written(
    graph: Store,
    view: View,
    form: str,
    *,
    command: str,
    start: Mapping[str, tuple[float, float]] | None,
    seed: int,
) -> bytes:
    """Write a view in a format."""
    if form == "html":
        from stpgraph.pages import draw_view

        return draw_view(view, store=graph, note=NOTE, command=command, start=start, seed=seed).encode("utf-8")
    if form in {"svg", "png"}:
        from stpgraph.pages.drawing import make_scene
        from stpgraph.pages.stills import draw_still

        scene = make_scene(view, note=NOTE, start=start, seed=seed)
        return draw_still(scene, "svg" if form == "svg" else "png")
    from stpgraph.exports import NETWORK_FORMATS

    return NETWORK_FORMATS[form](view)


def _story(graph: Store, form: str, given: Mapping[str, Any]) -> bytes:
    if form != "html":
        raise UsageError("the story is a page; name a file that ends in .html")
    if unused := [name for name, value in given.items() if value not in (None, False)]:
        raise UsageError(f"the story is of all of the graph; it takes no --{unused[0].replace('_', '-')}")
    from stpgraph.pages.story import draw_story

    return draw_story(graph, note=NOTE).encode("utf-8")


COMMANDS = (draw_command,)
