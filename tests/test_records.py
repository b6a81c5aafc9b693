"""Records: frozen, described, and equal when their facts are."""

from __future__ import annotations

import dataclasses
import inspect

import pytest

from stpgraph import records
from stpgraph.errors import BadRecord
from stpgraph.records import Claim, Concept, Person, Record, Role, check_iso_date, describe
from stpgraph.vocabulary import mint

JO = mint("person", "jo-doe")
KINDS = [kind for kind in vars(records).values() if inspect.isclass(kind) and issubclass(kind, Record)]


def test_every_record_can_be_imported_by_name() -> None:
    """`__all__` names every record, and is in order."""
    assert {kind.__name__ for kind in KINDS} <= set(records.__all__)
    assert sorted(records.__all__, key=lambda name: (name.islower(), name)) == records.__all__


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_a_record_is_frozen_and_says_what_it_is(kind: type[Record]) -> None:
    """A record cannot be changed, takes its fields by name, holds no others, and has a docstring of its own."""
    assert kind.__dataclass_params__.frozen  # type: ignore[attr-defined]
    assert "__slots__" in vars(kind)
    assert all(field.kw_only for field in dataclasses.fields(kind))
    assert (kind.__doc__ or "").endswith((".", "?"))
    assert not (kind.__doc__ or "").startswith(f"{kind.__name__}(")


def test_fields_that_repeat_are_tuples_and_the_others_are_not() -> None:
    """Whether a field repeats is the same in its type and in its description."""
    for kind in KINDS:
        for field in dataclasses.fields(kind):
            is_tuple = str(field.type).startswith(("Iris", "tuple["))
            assert field.metadata["many"] is is_tuple, f"{kind.__name__}.{field.name}"


def test_fields_are_described() -> None:
    """`describe` says what each field holds, of a kind or of one record, those of its base first."""
    jo = Person(iri=JO, label="Jo Doe")
    assert describe(jo) == describe(Person)
    assert list(describe(Person)) == ["iri", "sources", "notes", "editorial_notes", "label", "alt_labels"]
    assert describe(Claim)["claimants"] == "whose word it is; several for a joint claim; none: not known"


def test_order_and_repetition_make_no_other_record() -> None:
    """Fields that repeat are sets to all who compare."""
    one = Person(iri=JO, label="Jo", notes=("b", "a", "b"))
    two = Person(iri=JO, label="Jo", notes=("a", "b"))
    assert one == two
    assert hash(one) == hash(two)
    assert one.notes == ("a", "b")


def test_kinds_are_not_equal() -> None:
    """A role is not equal to a concept with the same fields."""
    facts = {"iri": JO, "label": "chair", "scheme": mint("role")}
    assert Role(**facts) != Concept(**facts)  # type: ignore[arg-type]


def test_of_a_claim_four_things_may_be_unknown() -> None:
    """What a claim cannot do without is its speech act, attribution, summary, document and status."""
    needed = {field.name for field in dataclasses.fields(Claim) if field.default is dataclasses.MISSING}
    assert needed == {"iri", "speech_act", "attribution", "summary", "reported_in", "review_status"}
    claim = Claim(**dict.fromkeys(needed, JO))  # type: ignore[arg-type]
    assert (claim.claimants, claim.about, claim.stance, claim.stated_on) == ((), (), None, None)


@pytest.mark.parametrize("text", ["2013", "2016-11", "2016-11-18", "2016-02-29", "0001"])
def test_dates_as_precise_as_known(text: str) -> None:
    """Years, months and days of the calendar are dates."""
    assert check_iso_date(text, where="row 3") == text


@pytest.mark.parametrize(
    "text",
    [
        "",
        "16",
        "2016-13",
        "2017-02-29",
        "2016-1",
        "20161118",
        "2016-W46",
        "2016-11-18T00:00",
        "0000",
        "٢٠١٦",
        "2016\n",
        "c. 2016",
    ],
)
def test_what_is_no_date_is_told(text: str) -> None:
    """Anything else is refused with the text and the place."""
    with pytest.raises(BadRecord) as caught:
        check_iso_date(text, where="row 3")
    assert str(caught.value) == f"row 3: {text!r} is no date; expected 2016, 2016-11 or 2016-11-18"
