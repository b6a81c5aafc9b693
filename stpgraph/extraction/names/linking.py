"""Linking: which post, study or report of the reference is meant, and by what that is told."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pyoxigraph import NamedNode

from stpgraph.extraction.names.gazetteer import Gazetteer, plain, short
from stpgraph.extraction.names.lexicon import FUNCTION_WORDS
from stpgraph.extraction.names.records import Post
from stpgraph.extraction.names.scene import Scene, Spot, Thing
from stpgraph.records import Collective, Membership, Report, Role, Study

__all__ = ["link_person", "link_post", "link_work", "part_reports", "report_of", "sample_of"]

#: The kinds of works of the reference that a noun may stand for.
_KINDS: dict[str, frozenset[str]] = {
    "survey": frozenset({"survey", "poll"}),
    "poll": frozenset({"survey", "poll"}),
    "questionnaire": frozenset({"survey", "poll"}),
    "barometer": frozenset({"survey", "poll"}),
    "review": frozenset({"review", "analysis", "independent-review"}),
    "analysis": frozenset({"analysis", "review", "freedom-of-information"}),
    "investigation": frozenset({"freedom-of-information", "inquiry", "analysis"}),
    "inquiry": frozenset({"inquiry"}),
    "roundtable": frozenset({"roundtable"}),
    "study": frozenset({"survey", "poll", "review", "analysis", "freedom-of-information"}),
    "research": frozenset({"survey", "poll", "review", "analysis", "freedom-of-information"}),
}
#: Nouns for what is printed.
_PRINTED = frozenset({"report", "paper", "briefing", "document", "publication"})
#: Kinds of reports that are not called one.
_OTHER = frozenset({"article", "announcement", "budget", "position-statement", "plan"})
#: How long after its date a text still speaks of a work without naming it by title, in months.
_MONTHS = 15
#: Other words for one role.
_ROLES = {
    "ceo": "chief executive",
    "chief executive officer": "chief executive",
    "chairman": "chair",
    "chairwoman": "chair",
    "chairperson": "chair",
}
_BRACKET = re.compile(r"\s*\([^)]*\)")


def link_work(scene: Scene, thing: Thing) -> None:
    """Link a work by those who ran it, its kind and date; without them, by those it asked. One fits, or none."""
    if thing.iri is not None or len(thing.candidates) > 1:
        return
    makers = {maker.iri for maker in thing.run_by}
    if makers and None not in makers:
        fits = [
            work
            for work in _works(scene.gazetteer, thing.noun)
            if makers == set(_makers(work)) and _is_recent(work, scene.issued)
        ]
        how = "those who made it, its kind and its date"
    elif not thing.run_by and thing.asked:
        fits = [
            work
            for work in _works(scene.gazetteer, thing.noun)
            if _asks(scene.gazetteer, work, thing.asked) and _is_recent(work, scene.issued)
        ]
        how = "those it asked, its kind and its date"
    else:
        return
    if len(fits) == 1:
        thing.iri = report_of(scene.gazetteer, thing.noun, fits[0].iri) or fits[0].iri
        thing.evidence.append(f"“{thing.name}” linked by {how} to <{short(thing.iri)}>")
    elif fits:
        choices = " or ".join(f"<{short(work.iri)}>" for work in fits)
        thing.evidence.append(f"“{thing.name}” may be {choices}: not linked")


def _works(gazetteer: Gazetteer, noun: str) -> Iterator[Study | Report]:
    """Yield the works of the reference that a noun may stand for; of a study and its report, the study."""
    kinds = _KINDS.get(noun)
    for record in gazetteer.of_type(Study, Report):
        kind = record.kind.value.rpartition("/")[2] if record.kind is not None else None  # type: ignore[attr-defined]
        if (isinstance(record, Study) and (kind in kinds if kinds else noun in _PRINTED and kind != "roundtable")) or (
            isinstance(record, Report)
            and record.generated_by is None
            and kind not in _OTHER
            and noun in _PRINTED | {"review", "analysis", "study"}
        ):
            yield record


def _makers(work: Study | Report) -> tuple[NamedNode, ...]:
    return work.associated_with if isinstance(work, Study) else work.publishers


def report_of(gazetteer: Gazetteer, noun: str, work: NamedNode | None) -> NamedNode | None:
    """Return the report of a study, where the noun is that of something printed."""
    if noun not in _PRINTED or work is None:
        return None
    return next((r.iri for r in gazetteer.of_type(Report) if isinstance(r, Report) and r.generated_by == work), None)


def _is_recent(work: Study | Report, issued: str | None) -> bool:
    """Say whether a work was there when a text was published, and not long before; unknown dates are no hindrance."""
    date = work.date if isinstance(work, Study) else work.issued
    if date is None or issued is None:
        return True
    shared = min(len(date), len(issued))
    if date[:shared] > issued[:shared]:
        return False
    return _month(issued) - _month(date) <= _MONTHS


def _month(date: str) -> int:
    year, _, rest = date.partition("-")
    return int(year) * 12 + int(rest[:2] or 1)


def _asks(gazetteer: Gazetteer, work: Study | Report, asked: str) -> bool:
    """Say whether a study asked those whom the words tell: the same words, in any order, three at least."""
    sample = sample_of(gazetteer, work.iri)
    if sample is None:
        return False
    known, told = _content(_BRACKET.sub("", sample.label)), _content(asked)
    return len(told) >= 3 and known == told


def _content(words: str) -> frozenset[str]:
    return frozenset(plain(word) for word in re.findall(r"[\w’'-]+", words) if word.lower() not in FUNCTION_WORDS)


def sample_of(gazetteer: Gazetteer, work: NamedNode | None) -> Collective | None:
    """Return those whom a study, or the study of a report, asked."""
    record = gazetteer.records.get(work) if work is not None else None
    if isinstance(record, Report):
        record = gazetteer.records.get(record.generated_by) if record.generated_by is not None else None
    sample = gazetteer.records.get(record.sample) if isinstance(record, Study) and record.sample is not None else None
    return sample if isinstance(sample, Collective) else None


def part_reports(scene: Scene) -> None:
    """Where "the report" stands for a study, and the reference has both, let it stand for the report."""
    reports: dict[Thing, Thing] = {}
    for at, spot in enumerate(scene.spots):
        noun, study = spot.span.of(scene.text).lower(), spot.thing
        iri = report_of(scene.gazetteer, noun, study.iri)
        if not study.is_work or iri is None:
            continue
        if study not in reports:
            reports[study] = Thing(kind="report", name=study.name, mention=study.mention, iri=iri, noun=noun)
            reports[study].run_by, reports[study].commissioned_by = study.run_by, study.commissioned_by
            reports[study].evidence.append(f"“{noun}” is the report of “{study.name}”: <{short(iri)}>")
        scene.spots[at] = Spot(spot.span, reports[study])


def link_person(scene: Scene, thing: Thing) -> None:
    """Unlink a person whose posts the text gives at known bodies of which the reference knows none."""
    if thing.iri is None:
        return
    told = {post.organisation.name: post.organisation.iri for post in thing.posts if post.organisation is not None}
    known = {held.organization for held in scene.gazetteer.memberships.get(thing.iri, ())}
    if told and known and not known & set(told.values()):
        places = ", ".join(told)
        thing.evidence.append(f"the reference knows {thing.name} elsewhere than at {places}: not linked")
        thing.candidates, thing.iri = (), None


def link_post(
    gazetteer: Gazetteer, person: Thing, post: Post, issued: str | None
) -> tuple[NamedNode | None, str | None]:
    """Find the post in the reference, and say how: the same person and body, the same role, the date within it."""
    if person.iri is None:
        return None, None
    body = post.organisation.iri if post.organisation is not None else None
    held = [one for one in gazetteer.memberships.get(person.iri, ()) if _is_held(one, issued)]
    if body is not None:
        held = [one for one in held if one.organization == body]
    elif post.organisation is not None:
        return None, None
    if post.role:
        held = [one for one in held if _same_role(gazetteer, one.role, post.role)]
    if len(held) == 1:
        by = "role and body" if body is not None and post.role else "body" if body is not None else "role"
        return held[0].iri, f"“{post.words}” linked by {by} to <{short(held[0].iri)}>"
    return None, None


def _is_held(post: Membership, issued: str | None) -> bool:
    """Say whether a date lies in a post, as far as both are known."""
    if issued is None:
        return True
    start, end = post.start_date, post.end_date
    began = start is None or start[: min(len(start), len(issued))] <= issued[: min(len(start), len(issued))]
    ended = end is not None and end[: min(len(end), len(issued))] < issued[: min(len(end), len(issued))]
    return began and not ended


def _same_role(gazetteer: Gazetteer, role: NamedNode, words: str) -> bool:
    """Say whether the words of a text are a role of the reference."""
    record = gazetteer.records.get(role)
    if not isinstance(record, Role):
        return False
    told = _role(words)
    return any(told == _role(label) for label in (record.label, *record.alt_labels))


def _role(words: str) -> str:
    """Return a role as roles are compared."""
    small = " ".join(re.findall(r"[\w-]+", words.lower()))
    return _ROLES.get(small, small)
