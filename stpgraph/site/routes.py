"""Which page answers which path."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import TypeAlias

from stpgraph.errors import BadData, BadParameter, LimitReached, StoreError, StpGraphError, UsageError
from stpgraph.site.asked import Asked, Reply
from stpgraph.site.place import Site
from stpgraph.site.rendering import sorry

__all__ = ["respond"]

Page: TypeAlias = Callable[[Site, Asked], Reply]

#: The pages by the first part of their path: module and function, each taking all below that part.
_PAGES = {
    "": ("front", "show_front"),
    "suggest": ("front", "suggest"),
    "id": ("things", "show_thing"),
    "about": ("things", "show_thing"),
    "ontology": ("ontology", "show_ontology"),
    "figures": ("figures", "show_figures"),
    "matrix": ("matrix", "show_matrix"),
    "timeline": ("timeline", "show_timeline"),
    "views": ("views", "show_views"),
    "questions": ("questions", "show_questions"),
    "query": ("editor", "show_editor"),
    "api": ("api", "answer"),
    "openapi.json": ("api", "describe"),
}


def respond(site: Site, asked: Asked) -> Reply:
    """Answer what is asked of the site; what cannot be met is answered by a page that says why.

    Raises:
        LimitReached: where something took more than it may.
    """
    first = asked.path.removeprefix("/").partition("/")[0]
    told = _PAGES.get(first) or _PAGES.get(first.partition(".")[0])
    if told is None:
        return sorry(site, asked, "No page has this address. Start from the claims, or search for a name.", status=404)
    try:
        return _page(*told)(site, asked)
    except LimitReached:
        raise
    except (BadParameter, UsageError, BadData) as fault:
        return sorry(site, asked, str(fault), status=400)
    except StoreError as fault:
        return sorry(site, asked, str(fault), status=503)
    except StpGraphError as fault:
        return sorry(site, asked, str(fault), status=500)


def _page(module: str, name: str) -> Page:
    page: Page = getattr(import_module(f"stpgraph.site.{module}"), name)
    return page
