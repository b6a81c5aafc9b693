"""The networks: the seven views with what they can be narrowed by, each as the page that stands for itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields
from typing import Any, get_args

from stpgraph.errors import BadParameter
from stpgraph.exports.networks import NETWORK_FORMATS
from stpgraph.networks import VIEWS, Filters, View
from stpgraph.networks.affiliations import ACCEPTED as OF_AFFILIATIONS
from stpgraph.networks.discourse import Mode
from stpgraph.networks.evidence import STANCES
from stpgraph.networks.matrices import Normalisation, Weight
from stpgraph.networks.partnerships import ACCEPTED as OF_PARTNERSHIPS
from stpgraph.networks.statements import Duplicates, Levels
from stpgraph.pages.assembly import assemble, policy_of
from stpgraph.pages.drawing import make_scene
from stpgraph.pages.stills import draw_still
from stpgraph.pages.wording import counted
from stpgraph.site.asked import Asked, Reply
from stpgraph.site.briefs import find_briefs, find_speakers
from stpgraph.site.choosing import Field, choose_field, listed_field, name_field
from stpgraph.site.place import Site
from stpgraph.site.rendering import render, sorry

__all__ = ["MOST_EVIDENCE", "MOST_NODES", "show_views"]

#: The most nodes, and the most pieces of evidence, that a page of a view has.
MOST_NODES, MOST_EVIDENCE = 50_000, 20_000

#: What the views show.
_SENTENCES = {
    "who-said-what": "Claimants and the relationships they speak of, joined by what they said.",
    "relationship-map": "The parties, and what is said of the relationships between them.",
    "discourse": "Who agrees with whom, by discourse network analysis.",
    "affiliations": "People, their posts, and the bodies they hold them in.",
    "provenance": "Who has it from whom: outlet, document, report, study, claimant.",
    "partnerships": "Footprints, who leads them, the bodies in them, and what followed.",
    "repeats": "Figures and findings that stand in several places.",
}

#: The filters of views that take few; all others take all.
_ACCEPTED = {"affiliations": OF_AFFILIATIONS, "partnerships": OF_PARTNERSHIPS}

#: The options of views that have some: name, label, and what each may be.
_OPTIONS: dict[str, tuple[tuple[str, str, tuple[str, ...]], ...]] = {
    "who-said-what": (("claims_as", "Claims as", ("edges", "nodes")),),
    "discourse": (
        ("mode", "Mode", get_args(Mode)),
        ("weight", "Weight", get_args(Weight)),
        ("normalisation", "Divided by", get_args(Normalisation)),
        ("duplicates", "Said again counts once in", get_args(Duplicates)),
        ("levels", "Levels of stance", get_args(Levels)),
        ("roll_up", "People", ("as their bodies",)),
    ),
}

#: Formats for other tools, by the suffix of the address: media type.
_FORMATS = {"graphml": "application/graphml+xml", "gexf": "application/gexf+xml", "svg": "image/svg+xml"}

#: A picture on its own may load and run nothing.
_OF_PICTURES = "default-src 'none'; style-src 'unsafe-inline'; sandbox"

_CLASSES = {
    "about": ("About", ("stp:Relationship", "stp:Aspect")),
    "party": ("Party", ("stp:Party",)),
    "document": ("Document", ("stp:Document",)),
}
_SCHEMES = {"act": ("Speech act", "speech-act"), "status": ("Review", "review-status")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A view as the list has it.

    Attributes:
        name: as in its address.
        sentence: what it shows.
        fields: what it can be narrowed by, and its options.
        query: the filters now in use, as the end of an address; "" for none.
    """

    name: str
    sentence: str
    fields: tuple[Field, ...]
    query: str = ""


def show_views(site: Site, asked: Asked) -> Reply:
    """Show the views, one of them, or one for another tool.

    Example:
        >>> from stpgraph.store import open_store
        >>> show_views(Site(store=open_store()), Asked(path="/views/nothing")).status
        404
    """
    name = asked.path.removeprefix("/views").strip("/")
    if not name:
        return _list(site, asked)
    stem, dot, suffix = name.partition(".")
    if stem not in VIEWS or (dot and suffix not in _FORMATS):
        near = tuple((f"/views/{one}", one) for one in VIEWS)
        return sorry(site, asked, f"No network is called {name[:80]!r}.", status=404, near=near)
    if not asked.query:  # of everything: what takes longest, and is asked for most
        return site.once(f"view {name}", lambda _: _drawn(site, asked, stem, suffix))
    return _drawn(site, asked, stem, suffix)


def _drawn(site: Site, asked: Asked, stem: str, suffix: str) -> Reply:
    """Make a view, as a page or as a file."""
    view = VIEWS[stem](site.store, _filters(asked), **_options(stem, asked))
    if suffix in NETWORK_FORMATS:
        return _file(NETWORK_FORMATS[suffix](view), stem, suffix)
    if view.graph.number_of_nodes() > MOST_NODES or len(view.evidence) > MOST_EVIDENCE:
        return _too_large(site, asked, view)
    if suffix:
        return _file(draw_still(make_scene(view), "svg"), stem, suffix)
    scene = make_scene(view, store=site.store)
    policy = f"{policy_of(scene, is_served=True)}; frame-ancestors 'none'"
    page = assemble(scene, is_served=True).encode("utf-8", "replace")
    return Reply(body=page, headers=(("content-security-policy", policy),))


def _list(site: Site, asked: Asked) -> Reply:
    return render(
        site,
        asked,
        "views.html",
        title=f"Seven networks of {counted(len(find_briefs(site).claims), 'claim')} and what stands behind them",
        views=[_shown(site, asked, name) for name in VIEWS],
        formats=tuple(_FORMATS),
        too_large="",
    )


def _too_large(site: Site, asked: Asked, view: View) -> Reply:
    """Say that a view is more than a page can show, with the filters that make it less."""
    count = f"{counted(view.graph.number_of_nodes(), 'name')} and {counted(len(view.evidence), 'piece')} of evidence"
    most = f"a page shows {counted(MOST_NODES, 'name')} and {counted(MOST_EVIDENCE, 'piece')} of evidence at most"
    return render(
        site,
        asked,
        "views.html",
        title="This network is too large for a page",
        status=400,
        views=[_shown(site, asked, view.name)],
        formats=("graphml", "gexf"),
        too_large=f"It has {count}; {most}. Narrow it, or take the whole of it into a tool for large networks.",
    )


def _file(data: bytes, stem: str, suffix: str) -> Reply:
    headers = [("content-disposition", f'attachment; filename="{stem}.{suffix}"')]
    if suffix == "svg":
        headers.append(("content-security-policy", _OF_PICTURES))
    return Reply(body=data, media=_FORMATS[suffix], headers=tuple(headers))


def _filters(asked: Asked) -> Filters:
    """Read the filters.

    Raises:
        BadParameter: when the confidence is no number; what else is wrong is found where filters are used.
    """
    given: dict[str, Any] = {one.name: asked.get(one.name).strip() or None for one in fields(Filters)}
    if given["confidence"] is not None:
        try:
            given["confidence"] = float(given["confidence"])
        except ValueError:
            raise BadParameter(f"confidence={given['confidence'][:40]!r} is no share; expected 0 to 1") from None
    return Filters(**given)


def _options(view: str, asked: Asked) -> dict[str, Any]:
    """Read the options of a view; what was not given is left out.

    Raises:
        BadParameter: when one is not known.
    """
    options: dict[str, Any] = {}
    for name, _, allowed in _OPTIONS.get(view, ()):
        value = asked.get(name)
        if value and value not in allowed:
            raise BadParameter(f"{name}={value[:40]!r} is not known; expected {', '.join(allowed)}")
        if value:
            options[name] = True if name == "roll_up" else value
    return options


def _shown(site: Site, asked: Asked, name: str) -> Shown:
    """Describe a view, with the form that narrows it."""
    make: dict[str, Callable[[str], Field]] = {
        **{one: _of_things(site, one) for one in _CLASSES},
        **{one: _of_codes(site, one) for one in _SCHEMES},
        "claimant": lambda value: listed_field("claimant", "Claimant", value, find_speakers(site)),
        "stance": lambda value: choose_field("stance", "Stance", value, STANCES, default="any"),
        "confidence": lambda value: Field(name="confidence", label="Confidence", value=value, hint="at least, 0 to 1"),
        "since": lambda value: Field(name="since", label="From", value=value, hint="2016-11, or 2016"),
        "until": lambda value: Field(name="until", label="To", value=value, hint="2017-09, or 2017"),
    }
    accepted = _ACCEPTED.get(name, frozenset(make))
    filters = [make[one.name](asked.get(one.name)) for one in fields(Filters) if one.name in accepted]
    options = [
        choose_field(option, label, asked.get(option), allowed, default="as usual")
        for option, label, allowed in _OPTIONS.get(name, ())
    ]
    query = asked.address().partition("?")[2] if asked.path.startswith(f"/views/{name}") else ""
    return Shown(name=name, sentence=_SENTENCES[name], fields=(*filters, *options), query=query)


def _of_things(site: Site, name: str) -> Callable[[str], Field]:
    label, classes = _CLASSES[name]
    return lambda value: name_field(site, name, label, value, classes=classes)


def _of_codes(site: Site, name: str) -> Callable[[str], Field]:
    label, scheme = _SCHEMES[name]
    return lambda value: name_field(site, name, label, value, scheme=scheme)
