"""Pages of the named questions: all of them, and each as a form with its answer below."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from functools import lru_cache
from urllib.parse import quote, urlencode

import yaml

from stpgraph.errors import BadParameter
from stpgraph.pages.wording import counted
from stpgraph.questions import Question, Table, bind, find_questions_and_faults
from stpgraph.questions.values import to_terms
from stpgraph.site.addresses import question_address
from stpgraph.site.answering import FORMATS, answer, given_for, place_of
from stpgraph.site.asked import Asked, Reply
from stpgraph.site.place import Site
from stpgraph.site.question_forms import Fault, Field, Form, make_form, sentence
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

#: Where the view of a question's header stands: its address, what of the question it can be asked for and by which
#: names, and what it is called.
_SEEN: Mapping[str, tuple[str, Mapping[str, tuple[str, ...]], str]] = {
    "figures": ("/figures", {"about": ("about",)}, "figures with what the checks say of them"),
    "matrix": ("/matrix", {}, "a matrix"),
    "network": ("/views", {}, "a network"),
    "timeline": ("/timeline", {"about": ("relationship",)}, "a timeline"),
}

#: The same for networks of questions, by the questions' names.
_NETWORKS: Mapping[str, tuple[str, Mapping[str, tuple[str, ...]], str]] = {
    "agreement": ("/views/discourse", {"about": ("about",)}, "a network"),
    "people-and-roles": (
        "/views/affiliations",
        {"person": ("claimant",), "organisation": ("claimant",), "on": ("since", "until")},
        "a network",
    ),
    "relationship-map": ("/views/relationship-map", {"about": ("about",)}, "a network"),
    "who-said-what": ("/views/who-said-what", {"about": ("about",)}, "a network"),
}

#: What formats of downloads are called.
_CALLED = {"csv": "CSV", "json": "JSON", "xlsx": "Excel", "md": "Markdown with citations", "html": "HTML"}


def show_questions(site: Site, asked: Asked) -> Reply:
    """Show all questions, or one of them with its answer."""
    name = asked.path.removeprefix("/questions").strip("/")
    if not name:
        return _list(site, asked)
    questions, faults = find_questions_and_faults(site.queries)
    if name not in questions:
        wrong = next((fault for fault in faults if fault.path and fault.path.stem == name), None)
        if wrong:
            problem = f"This question cannot be asked. {place_of(wrong)}: {wrong.message}"
            return sorry(site, asked, problem, status=500)
        near = difflib.get_close_matches(name[:100], questions, n=3, cutoff=0.4)
        told_near = tuple((question_address(one), questions[one].summary) for one in near) or (
            ("/questions", "All questions"),
        )
        return sorry(site, asked, f"No question is called “{name[:100]}”.", status=404, near=told_near)
    return _one(site, asked, questions[name])


def tags_of(question: Question) -> tuple[str, ...]:
    """Return the tags that a question's header gives it.

    Example:
        >>> from stpgraph.questions import get_question
        >>> tags_of(get_question("money"))
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
        >>> from stpgraph.questions import get_question
        >>> told(get_question("money").sparql).split()[0]
        'BASE'
    """
    return "\n".join(line for line in sparql.splitlines() if not line.startswith("#+")).strip() + "\n" * (
        sparql.endswith("\n")
    )


def _list(site: Site, asked: Asked) -> Reply:
    questions, faults = find_questions_and_faults(site.queries)
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
        faults=[(place_of(fault), sentence(fault.message)) for fault in faults],
    )


def _one(site: Site, asked: Asked, question: Question) -> Reply:
    """Show a question as a form, its answer below it as soon as there is enough to ask."""
    faults: tuple[Fault, ...] = ()
    given: dict[str, str] = {}
    try:
        given = given_for(asked, _ASIDE)
    except BadParameter as fault:
        faults = (Fault(told=sentence(fault.message)),)
    form = make_form(site, question, asked, given)
    if form.missing and given:
        faults += (Fault(told=f"Give {' and '.join(form.missing)} too."),)
    table = answer(site, question, given) if form.is_right and not faults else None
    return _page(site, asked, question, form=form, given=given, table=table, faults=faults + form.faults)


def _page(
    site: Site,
    asked: Asked,
    question: Question,
    *,
    form: Form,
    given: Mapping[str, str],
    table: Table | None,
    faults: tuple[Fault, ...],
) -> Reply:
    is_wide = asked.get("wide") == "1"
    is_wrong = bool(faults) or any(field.fault for field in form.fields)
    return render(
        site,
        asked,
        "question.html",
        title=_title(question, table),
        status=400 if is_wrong else 200,
        question=question,
        fields=form.fields,
        given=_in_words(form.fields, given),
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
    names = {parameter.name for parameter in question.parameters}
    if question.name not in _NETWORKS and (question.view not in _SEEN or "about" not in names):
        return None
    address, by, called = _NETWORKS.get(question.name) or _SEEN[question.view]
    asked: dict[str, str] = {}
    told = 0
    for name, term in to_terms(site.store, question, given).items():
        if name in given and name in by and asked.keys().isdisjoint(by[name]):
            asked.update(dict.fromkeys(by[name], term.value))
            told += 1
    return address + (f"?{urlencode(asked)}" if asked else ""), called, told == len(given)


def _downloads(question: Question, given: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """Return where files of the answer are: name of the format, address."""
    path, _, query = question_address(question.name, **given).partition("?")
    place = quote("/api" + path.removesuffix("/"), safe="/%~")
    return tuple(
        (_CALLED[name], f"{place}.{name}" + (f"?{query}" if query else "")) for name in FORMATS if name in _CALLED
    )
