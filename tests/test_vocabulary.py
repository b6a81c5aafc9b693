"""Names: namespaces, prefixes, minting and slugs."""

from __future__ import annotations

import copy
import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import NamedNode, RdfFormat, parse

from stpgraph import vocabulary
from stpgraph.errors import UsageError
from stpgraph.vocabulary import BASE, ONTOLOGY, PREFIXES, RDF, SKOS, STP, Namespace, local_name, mint, slug

_PARTS = st.from_regex(r"[A-Za-z0-9][A-Za-z0-9._~-]{0,8}", fullmatch=True)


def test_terms_are_attributes_or_items() -> None:
    """A namespace gives its terms by attribute, and by item where Python has the word for itself."""
    assert STP.statedOn == NamedNode("https://w3id.org/stpgraph/ontology#statedOn")
    assert STP["statedOn"] is STP.statedOn
    assert RDF["type"].value == "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"


def test_a_namespace_can_be_copied() -> None:
    """Copying and pickling do not take their own hooks for terms."""
    for other in (copy.deepcopy(SKOS), pickle.loads(pickle.dumps(Namespace("http://example.org/")))):
        assert other.note.value == other.iri + "note"
    with pytest.raises(AttributeError):
        SKOS.__wrapped__  # noqa: B018 - looked up by inspect and doctest


def test_prefixes_are_those_of_the_namespaces() -> None:
    """Every namespace has its name in small letters as prefix, and no two prefixes share an IRI."""
    spaces = {name.lower(): space.iri for name, space in vars(vocabulary).items() if isinstance(space, Namespace)}
    assert spaces.items() <= PREFIXES.items()
    assert len(set(PREFIXES.values())) == len(PREFIXES)
    assert list(PREFIXES) == sorted(PREFIXES)


def test_prefixes_cannot_be_changed() -> None:
    """What every file relies on is not for a caller to alter."""
    with pytest.raises(TypeError):
        PREFIXES["stp"] = "http://example.org/"  # type: ignore[index]


def test_the_ontology_is_what_its_terms_start_with() -> None:
    """The ontology's IRI is that of its terms without the `#`."""
    assert STP.iri == f"{ONTOLOGY.value}#"


def test_everything_has_a_name_in_all() -> None:
    """`__all__` is in order and names what is there."""
    assert sorted(vocabulary.__all__, key=lambda name: (not name.isupper(), name)) == vocabulary.__all__
    assert all(hasattr(vocabulary, name) for name in vocabulary.__all__)


def test_minting() -> None:
    """A thing is named below the base by its kind and its parts; a scheme by its kind alone."""
    assert mint("claim", "2016-11-21-gazette", "9-68").value == f"{BASE}claim/2016-11-21-gazette/9-68"
    assert mint("stance").value == f"{BASE}stance"


@pytest.mark.parametrize(
    "part", ["", ".", "..", ".hidden", "-x", "a/b", "a:b", "a b", "a?b", "a#b", "a%41", "é", "a\n", "\n", "<", "~a"]
)
def test_what_cannot_be_part_of_a_name(part: str) -> None:
    """A part that a relative IRI would read otherwise is refused, wherever it stands."""
    for parts in ((part,), ("claim", part), ("claim", "x", part)):
        with pytest.raises(UsageError, match="cannot be part of an IRI"):
            mint(*parts)


@given(st.lists(_PARTS, min_size=1, max_size=3))
def test_what_is_minted_is_read_back_below_the_base(parts: list[str]) -> None:
    """Every minted name is the same when it is resolved against the base by another reader."""
    name = mint(*parts)
    [read] = parse(f"<{'/'.join(parts)}> a <x> .", format=RdfFormat.TURTLE, base_iri=BASE)
    assert read.subject == name


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("NHS Clinical Commissioners", "nhs-clinical-commissioners"),
        ("Guy's and St Thomas’ NHS Trust", "guys-and-st-thomas-nhs-trust"),
        ("  Cornwall & the Isles of Scilly  ", "cornwall-the-isles-of-scilly"),
        ("Évreux–Ærø 2016–17", "evreux-r-2016-17"),
        ("one—two…three", "one-two-three"),
        ("‘Plans’ “on paper”", "plans-on-paper"),
        ("£5.3bn (15%)", "5-3bn-15"),
        ("ﬁnance", "finance"),
        ("Jo\u0301 Doe", "jo-doe"),
        ("a_b/c\\d", "a-b-c-d"),
    ],
)
def test_slugs(text: str, expected: str) -> None:
    """A slug is small ASCII letters and digits, one hyphen for whatever stands between; accents and apostrophes go."""
    assert slug(text) == expected


@pytest.mark.parametrize(
    ("limit", "expected"),
    [
        (1, "o"),
        (2, "on"),
        (3, "one"),
        (6, "one"),
        (7, "one-two"),
        (8, "one-two"),
        (13, "one-two-three"),
        (99, "one-two-three"),
    ],
)
def test_slugs_are_cut_between_words(limit: int, expected: str) -> None:
    """A limit cuts after the last word that fits; a first word that does not is cut itself."""
    assert slug("One, two, three", limit) == expected


@pytest.mark.parametrize("text", ["", "–", "名前", "!?"])
def test_a_name_of_nothing_is_refused(text: str) -> None:
    """A text with no letter or digit that ASCII can hold names nothing."""
    with pytest.raises(UsageError, match="no letter or digit"):
        slug(text)


@given(st.text(), st.none() | st.integers(1, 20))
def test_a_slug_can_always_be_minted(text: str, limit: int | None) -> None:
    """Whatever a text, its slug is a part of a name, no longer than the limit, and its own slug."""
    try:
        made = slug(text, limit)
    except UsageError:
        return
    mint("person", made)
    assert slug(made) == made
    assert limit is None or len(made) <= limit


def test_local_names() -> None:
    """A local name is the path below the base, or what follows the last `#` or `/`."""
    names = {
        f"{BASE}stance/critical": "stance/critical",
        "https://w3id.org/stpgraph/ontology#claimant": "claimant",
        "http://purl.org/dc/terms/title": "title",
        "http://www.w3.org/2004/02/skos/core#": "core",
        "http://example.org/a/": "a",
        "urn:x": "urn:x",
    }
    assert {iri: local_name(NamedNode(iri)) for iri in names} == names
