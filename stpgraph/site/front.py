"""The front page: claims by words and facets, and the things whose names have the words."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from markupsafe import Markup, escape

from stpgraph.citations import in_words
from stpgraph.pages.wording import counted, joined
from stpgraph.search import FACETS, NONE_HAS_ALL, UNKNOWN, Facet, FacetValue, Found, Snippet, Thing
from stpgraph.site.addresses import address_of
from stpgraph.site.asked import Asked, Reply
from stpgraph.site.cards import Card, find_cards
from stpgraph.site.place import Site
from stpgraph.site.rendering import render, sorry
from stpgraph.vocabulary import BASE

__all__ = ["show_front", "suggest"]

#: Claims on a page, and values of a facet that are shown at first and when all are asked for.
_CLAIMS, _FEW, _MANY = 20, 8, 400

#: The path of a code below the project's base, by facet: `stance=critical` is as good as `stance=stance/critical`.
_KINDS = {"stance": "stance", "act": "speech-act", "status": "review-status", "relationship": "relationship"}

#: How a chosen value is told in the heading, by facet, in the order of the sentence.
_TOLD = {
    "claimant": "by {}",
    "body": "of {}",
    "relationship": "about {}",
    "document": "in “{}”",
    "period": "in {}",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Choice:
    """A choice in force: what it says, and the address without it."""

    facet: str
    label: str
    without: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Value:
    """A value of a facet as the page shows it: how deep it stands, and where choosing it, or not, leads."""

    told: FacetValue
    depth: int
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Facet:
    """A facet as the page shows it; `more` leads to all of its values, "" where these are all."""

    name: str
    label: str
    values: tuple[_Value, ...]
    more: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Result:
    """A claim that was found: its summary with the words marked, and where else they stand."""

    card: Card
    summary: Markup | None
    found_in: str
    passage: Markup


def show_front(site: Site, asked: Asked) -> Reply:
    """Show the claims that fit, with all facets, and the things of that name."""
    if site.index is None:
        return sorry(site, asked, "There is no search index of this store.", status=503)
    chosen = {name: tuple(_key(name, value) for value in asked.all(name)) for name in FACETS}
    whole = asked.get("all")
    sort: Literal["rank", "day"] = "day" if asked.get("sort") == "day" or not asked.get("q") else "rank"
    page = asked.number("page", 1, least=1, most=100_000)
    found = site.index.find(
        asked.get("q"),
        chosen,
        since=asked.get("since"),
        until=asked.get("until"),
        sort=sort,
        limit=_CLAIMS,
        offset=(page - 1) * _CLAIMS,
        most=_MANY if whole in FACETS else _FEW + 1,
    )
    return render(
        site,
        asked,
        "front.html",
        title=_sentence(asked, found, chosen) if _is_narrowed(asked, chosen) else _whole(found),
        found=found,
        results=_results(site, found),
        facets=[_facet(asked, facet, chosen, whole) for facet in found.facets if facet.values],
        choices=_choices(asked, found, chosen),
        size=_CLAIMS,
        is_first=not asked.query,
        is_by_day=sort == "day",
        has_words=bool(asked.get("q")),
        count=len(site.index),
        hidden=[(name, value) for name, value in asked.query if name not in {"q", "page", "all"}],
        of_dates=[(name, value) for name, value in asked.query if name not in {"since", "until", "page", "all"}],
    )


def suggest(site: Site, asked: Asked) -> Reply:
    """Give the things whose names begin as what is being typed, as JSON."""
    things: Sequence[Thing] = site.index.suggest(asked.get("q")) if site.index else ()
    told = [{"label": one.label, "kind": one.kind, "note": one.note, "address": address_of(one.iri)} for one in things]
    return Reply(body=json.dumps(told, ensure_ascii=False).encode(), media="application/json")


def _key(facet: str, value: str) -> str:
    """Return the key of a facet's value, given as its key, its IRI or a code."""
    key = value.removeprefix(BASE)
    kind = _KINDS.get(facet)
    return f"{kind}/{key}" if kind and key != UNKNOWN and "/" not in key else key


def _is_narrowed(asked: Asked, chosen: Mapping[str, Sequence[str]]) -> bool:
    """Say whether a page is of some of the claims only; all of one facet, or a later page, is of all."""
    return any(chosen.values()) or any(asked.get(name) for name in ("q", "since", "until"))


def _sentence(asked: Asked, found: Found, chosen: Mapping[str, Sequence[str]]) -> str:
    """Say what is shown: “14 critical claims by CIPFA about trust”."""
    labels = _labels(found)
    told = {name: [labels.get((name, key), key) for key in keys] for name, keys in chosen.items() if keys}
    stances = joined([_known(one, "of a stance not known") for one in told.get("stance", [])]).replace(" and ", " or ")
    status = " or ".join(told.get("status", []))
    kind = " ".join(part for part in (status, stances, "claim") if part)
    parts = [counted(found.total, kind) if found.total else f"No {counted(0, kind).partition(' ')[2]}"]
    if told.get("act"):
        parts.append("as " + " or ".join(_known(one, "an act not known") for one in told["act"]))
    for name, pattern in _TOLD.items():
        if name in told:
            parts.append(pattern.format(" or ".join(_known(in_words(one), "what is not known") for one in told[name])))
    since, until = in_words(asked.get("since")), in_words(asked.get("until"))
    if since or until:
        parts.append(f"from {since} to {until}" if since and until else f"since {since}" if since else f"until {until}")
    if asked.get("q"):
        words = _reread(asked.get("q"), found)
        parts.append(f"with some words of “{words}”" if NONE_HAS_ALL in found.notices else f"with “{words}”")
    return " ".join(parts)


def _reread(text: str, found: Found) -> str:
    """Put the words that were found in the place of those that stand nowhere."""
    for one in found.reread:
        meant = joined(list(one.read_as)).replace("\\", r"\\")
        text = re.sub(rf"(?i)(?<!\w){re.escape(one.word)}(?!\w)", meant, text)
    return text


def _whole(found: Found) -> str:
    """Say what there is in all: “35 claims by 9 claimants in 2 documents”."""
    count = {facet.name: sum(value.key != UNKNOWN for value in facet.values) for facet in found.facets}
    cut = {facet.name: facet.value_count - len(facet.values) for facet in found.facets}
    claimants, documents = (count.get(name, 0) + cut.get(name, 0) for name in ("claimant", "document"))
    parts = [counted(found.total, "claim")]
    parts += [f"by {counted(claimants, 'claimant')}"] if claimants else []
    parts += [f"in {counted(documents, 'document')}"] if documents else []
    return " ".join(parts)


def _known(label: str, otherwise: str) -> str:
    return otherwise if label == UNKNOWN else label


def _labels(found: Found) -> dict[tuple[str, str], str]:
    return {(facet.name, value.key): value.label for facet in found.facets for value in facet.values}


def _choices(asked: Asked, found: Found, chosen: Mapping[str, Sequence[str]]) -> list[_Choice]:
    labels = _labels(found)
    made = []
    for name, keys in chosen.items():
        for key in keys:
            left = [one for one in keys if one != key]
            label = in_words(labels.get((name, key), key))
            made.append(
                _Choice(facet=FACETS[name], label=label, without=asked.address({name: left, "page": "", "all": ""}))
            )
    for name, label in (("since", "From"), ("until", "Until")):
        if asked.get(name):
            made.append(
                _Choice(facet=label, label=in_words(asked.get(name)), without=asked.address({name: "", "page": ""}))
            )
    return made


def _facet(asked: Asked, facet: Facet, chosen: Mapping[str, Sequence[str]], whole: str) -> _Facet:
    is_whole = whole == facet.name
    few = _FEW + (facet.value_count == _FEW + 1)  # a link to all would take as much room as the one more
    values = facet.values if is_whole else tuple(v for at, v in enumerate(facet.values) if at < few or v.is_chosen)
    ordered = _as_tree(values)
    kept = chosen[facet.name]
    made = []
    for value, depth in ordered:
        wanted = [key for key in kept if key != value.key] if value.is_chosen else [*kept, value.key]
        made.append(_Value(told=value, depth=depth, address=asked.address({facet.name: wanted, "page": "", "all": ""})))
    more = "" if is_whole or facet.value_count <= len(values) else asked.address({"all": facet.name})
    return _Facet(name=facet.name, label=facet.label, values=tuple(made), more=more, count=facet.value_count)


def _as_tree(values: Sequence[FacetValue]) -> list[tuple[FacetValue, int]]:
    """Put every value below the one that it is a part of, where that is there."""
    keys = {value.key for value in values}
    below: dict[str, list[FacetValue]] = {}
    for value in values:
        below.setdefault(value.above if value.above in keys else "", []).append(value)
    ordered: list[tuple[FacetValue, int]] = []

    def walk(above: str, depth: int) -> None:
        for value in below.get(above, []):
            ordered.append((value, depth))
            if value.key:
                walk(value.key, depth + 1)

    walk("", 0)
    return ordered


def _results(site: Site, found: Found) -> list[_Result]:
    snippets = {hit.iri: hit.snippet for hit in found.hits}
    return [_result(card, snippets[card.claim.iri]) for card in find_cards(site, snippets)]


def _result(card: Card, snippet: Snippet) -> _Result:
    marked = _marked(snippet)
    is_summary = snippet.field == "summary"
    stands = " ".join(" ".join(card.claim.words).split())
    is_quoted = " ".join(snippet.text.strip("… ").split()) in stands
    is_worth_telling = snippet.marks and snippet.field in {"words", "document", "outlet", "post"} and not is_quoted
    return _Result(
        card=card,
        summary=marked if is_summary and snippet.marks and snippet.text == card.claim.summary else None,
        found_in=_FIELDS.get(snippet.field, snippet.field) if is_worth_telling else "",
        passage=marked,
    )


#: What a text of a claim is called where words were found in it.
_FIELDS = {"words": "in the text", "document": "in the title", "outlet": "in the outlet", "post": "in the post"}


def _marked(snippet: Snippet) -> Markup:
    """Mark what was found in a text; all else of it is escaped."""
    parts, last = [], 0
    for start, end in snippet.marks:
        parts += [escape(snippet.text[last:start]), Markup("<mark>{}</mark>").format(snippet.text[start:end])]
        last = end
    return Markup("").join([*parts, escape(snippet.text[last:])])
