"""Pages of the named questions: all of them, and each as a form with its answer below."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from functools import lru_cache
from urllib.parse import quote

import yaml

from stpgraph.errors import BadParameter
from stpgraph.pages.wording import counted
from stpgraph.questions import Question, Table, bind, find_questions
from stpgraph.questions.values import to_terms
from stpgraph.site.addresses import question_address
from stpgraph.site.answering import FORMATS, answer, given_for
from stpgraph.site.asked import Asked, Reply
from stpgraph.site.place import Site
from stpgraph.site.question_forms import Field, make_fields
from stpgraph.site.question_tables import PAGE, counted_thing, show_table
from stpgraph.site.rendering import render, sorry

__all__ = ["show_questions", "tags_of", "told"]

#: What an address of a page says beside what is given for the question.
_ASIDE = ("wide", "page", "sort")

#: What questions of a tag are about, in the order of the list; those of other tags come after, those of none last.
_GROUPS = {
    "claims": "Who said what",
    "figures": "Figures and money",
    "studies": "Studies",
    "networks": "Who agrees, who does not",
    "agents": "People and bodies",
    "provenance": "Where it comes from, and what is missing",
}

#: Where the view of a question's header stands: address, what says there what it is about, and what it is called.
_SEEN = {
    "figures": ("/figures", "about", "figures with what the checks say of them"),
    "matrix": ("/matrix", "", "a matrix"),
    "network": ("/views", "about", "a network"),
    "timeline": ("/timeline", "relationship", "a timeline"),
}

#: Networks of questions, by the questions' names.
_NETWORKS = {
    "agreement": "discourse",
    "relationship-map": "relationship-map",
    "who-said-what": "who-said-what",
}

#: What formats of downloads are called.
_CALLED = {"csv": "CSV", "json": "JSON", "xlsx": "Excel", "md": "Markdown with citations", "html": "HTML"}


def show_questions(site: Site, asked: Asked) -> Reply:
    """Show all questions, or one of them with its answer."""
    name = asked.path.removeprefix("/questions").strip("/")
    if not name:
        return _list(site, asked)
    questions = find_questions(site.queries)
    if name not in questions:
        near = difflib.get_close_matches(name[:100], questions, n=3, cutoff=0.4)
        told_near = tuple((question_address(one), questions[one].summary) for one in near) or (
            ("/questions", "All questions"),
        )
        return sorry(site, asked, f"No question is called “{name[:100]}”.", status=404, near=told_near)
    return _one(site, asked, questions[name])


def tags_of(question: Question) -> tuple[str, ...]:
    """Return the tags that a question's header gives it.

    Example:
        >>> tags_of(find_questions()["money"])
        ('figures',)
    """
    return _tags(question.sparql)


@lru_cache(maxsize=128)
def _tags(text: str) -> tuple[str, ...]:
    """Read the tags of a header; the same text is read once, for YAML takes longer than many an answer."""
    lines = [line[2:].removeprefix(" ") for line in text.splitlines() if line.startswith("#+")]
    found = (yaml.safe_load("\n".join(lines)) or {}).get("tags") or []
    return tuple(str(tag) for tag in found) if isinstance(found, list) else (str(found),)


def told(sparql: str) -> str:
    """Return a query without its header, which is for programs.

    Example:
        >>> told(find_questions()["money"].sparql).split()[0]
        'BASE'
    """
    return "\n".join(line for line in sparql.splitlines() if not line.startswith("#+")).strip() + "\n" * (
        sparql.endswith("\n")
    )


def _list(site: Site, asked: Asked) -> Reply:
    questions = find_questions(site.queries)
    grouped: dict[str, list[Question]] = {}
    for _, question in sorted(questions.items()):
        grouped.setdefault(next(iter(tags_of(question)), ""), []).append(question)
    order = [*_GROUPS, *sorted(set(grouped) - {*_GROUPS, ""}), ""]
    groups = [(_GROUPS.get(tag, tag or "Further questions"), grouped[tag]) for tag in order if tag in grouped]
    return render(
        site,
        asked,
        "questions.html",
        title=f"{counted(len(questions), 'question')} that the graph answers",
        groups=groups,
    )


def _one(site: Site, asked: Asked, question: Question) -> Reply:
    """Show a question as a form, its answer below it as soon as there is enough to ask."""
    faults: list[str] = []
    table: Table | None = None
    given: dict[str, str] = {}
    try:
        given = given_for(asked, _ASIDE)
    except BadParameter as fault:
        faults.append(fault.message)
    fields = make_fields(site, question, asked, given)
    missing = [field for field in fields if field.is_required and not field.value]
    if not faults and not missing and not any(field.fault for field in fields):
        try:
            table = answer(site, question, given)
        except BadParameter as fault:
            faults.append(fault.message)
    elif missing and given:
        faults.append(f"Give {' and '.join(field.label for field in missing)} too.")
    return _page(site, asked, question, fields=fields, given=given, table=table, faults=faults)


def _page(
    site: Site,
    asked: Asked,
    question: Question,
    *,
    fields: tuple[Field, ...],
    given: Mapping[str, str],
    table: Table | None,
    faults: list[str],
) -> Reply:
    is_wide = asked.get("wide") == "1"
    is_wrong = bool(faults or any(field.fault for field in fields)) and bool(given or asked.query)
    return render(
        site,
        asked,
        "question.html",
        title=_title(question, table),
        status=400 if is_wrong else 200,
        question=question,
        fields=fields,
        given=_in_words(fields, given),
        faults=faults,
        table=table,
        shown=show_table(site.store, table, asked, is_wide=is_wide) if table is not None else None,
        size=PAGE,
        is_wide=is_wide,
        query=_query(site, question, given) if table is not None else "",
        downloads=_downloads(question, given) if table is not None else (),
        seen=_seen(site, question, given) if table is not None else None,
    )


def _title(question: Question, table: Table | None) -> str:
    """Say the finding: how many of what, and of what they tell."""
    if table is None:
        return question.summary
    count, singular, plural = counted_thing(table)
    first, rest = question.summary[:1], question.summary[1:]
    if rest.startswith(f"he {counted(count, singular, plural)} "):
        return first + rest
    asks = (first if rest[:1].isupper() else first.lower()) + rest
    return f"{counted(count, singular, plural) if count else f'No {plural}'}: {asks}"


def _in_words(fields: tuple[Field, ...], given: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """Return what was asked for, as it is called: name, value."""
    words = []
    for field in fields:
        if field.name in given:
            chosen = next((option.label for option in field.options if option.is_chosen), given[field.name])
            words.append((field.label, chosen))
    return tuple(words)


def _query(site: Site, question: Question, given: Mapping[str, str]) -> str:
    """Return the query with the values written in, as any engine runs it."""
    return re.sub(r"\n{3,}", "\n\n", told(bind(question, to_terms(site.store, question, given))))


def _seen(site: Site, question: Question, given: Mapping[str, str]) -> tuple[str, str, bool] | None:
    """Return where the answer can be looked at: address, what as, and whether that shows no more than was asked for.

    None where no page shows what the question is about.
    """
    if question.view not in _SEEN or not any(one.name == "about" for one in question.parameters):
        return None
    address, about, called = _SEEN[question.view]
    if question.view == "network" and question.name in _NETWORKS:
        address = f"{address}/{_NETWORKS[question.name]}"
    meant = to_terms(site.store, question, given).get("about")
    if about and meant is not None and address != "/views":
        address += f"?{about}={quote(meant.value, safe='')}"
        return address, called, set(given) <= {"about"}
    return address, called, not given


def _downloads(question: Question, given: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """Return where files of the answer are: name of the format, address."""
    path, _, query = question_address(question.name, **given).partition("?")
    place = quote("/api" + path.removesuffix("/"), safe="/%~")
    return tuple(
        (_CALLED[name], f"{place}.{name}" + (f"?{query}" if query else "")) for name in FORMATS if name in _CALLED
    )
