"""How pages are rendered: one frame around all of them, everything in them escaped."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import ChoiceLoader, Environment, FileSystemLoader, StrictUndefined

from stpgraph.citations import HOW_SAID, in_words
from stpgraph.pages.wording import counted, joined, number
from stpgraph.site.addresses import address_of, claims_address, question_address
from stpgraph.site.asked import Asked, Reply
from stpgraph.site.place import Site
from stpgraph.tables import in_print
from stpgraph.vocabulary import local_name

__all__ = ["HERE", "compile_templates", "from_word", "render", "sorry", "to_word"]

#: The folder of the site, with `templates` and `static` in it.
HERE = Path(__file__).resolve().parent

#: Characters of what stands before and after a passage, as far as a store keeps them.
_CUT = 32

#: The pages that every page leads to: address, name.
_PLACES = (
    ("/", "Claims"),
    ("/figures", "Figures"),
    ("/matrix", "Matrix"),
    ("/timeline", "Timeline"),
    ("/views", "Networks"),
    ("/questions", "Questions"),
    ("/query", "SPARQL"),
)


def from_word(text: str) -> str:
    """Return what stands before a passage, from its first whole word on where it was cut within one.

    Example:
        >>> from_word("ssential or important. However, "), from_word("However, ")
        ('or important. However, ', 'However, ')
    """
    is_cut = len(text) >= _CUT and text[:1].isalnum()
    return text.partition(" ")[2].lstrip() or text if is_cut else text


def to_word(text: str) -> str:
    """Return what stands after a passage, up to its last whole word where it was cut within one.

    Example:
        >>> to_word(". The findings of Midshire and An"), to_word(", said Jo")
        ('. The findings of Midshire and', ', said Jo')
    """
    is_cut = len(text) >= _CUT and text[-1:].isalnum()
    return text.rpartition(" ")[0].rstrip() or text if is_cut else text


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=ChoiceLoader([FileSystemLoader(HERE / "templates")]),
        autoescape=True,
        lstrip_blocks=True,
        trim_blocks=True,
        undefined=StrictUndefined,
    )
    environment.filters.update(
        address=address_of,
        counted=counted,
        number=number,
        in_words=in_words,
        in_print=in_print,
        joined=joined,
        from_word=from_word,
        to_word=to_word,
    )
    environment.globals.update(
        places=_PLACES,
        claims_address=claims_address,
        question_address=question_address,
        local_name=local_name,
        how_said=HOW_SAID,
    )
    return environment


def compile_templates() -> None:
    """Make every template ready, so that the first reader of a page need not wait for it."""
    environment = _environment()
    for name in environment.list_templates(extensions=["html"]):
        environment.get_template(name)


def render(site: Site, asked: Asked, template: str, /, *, title: str, status: int = 200, **content: Any) -> Reply:
    """Make a page.

    Args:
        site: where it stands.
        asked: what was asked for; templates have it as `asked`.
        template: the file's name.
        title: the heading, which says the finding.
        status: of HTTP.
        content: what else the template shows.
    """
    made = _environment().get_template(template).render(site=site, asked=asked, title=title, **content)
    return Reply(body=made.encode("utf-8", "replace"), status=status)


def sorry(
    site: Site, asked: Asked, message: str, *, status: int = 400, near: tuple[tuple[str, str], ...] = ()
) -> Reply:
    """Make the page of a request that cannot be met.

    Args:
        site: where it stands.
        asked: what was asked for.
        message: what is wrong, and what to do.
        status: of HTTP.
        near: what may have been meant: address, name.
    """
    title = {404: "There is nothing here"}.get(status, "This cannot be answered")
    return render(site, asked, "sorry.html", title=title, status=status, message=message, near=near)
