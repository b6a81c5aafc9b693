"""Namespaces, prefixes and the minting of IRIs: the only place that spells one.

Terms of the ontology are `STP.claimant`; things are minted under `BASE`, which Turtle files and queries take as
their base, so that a claim reads `<claim/2016-11-21-gazette-trust/120-207>` there.
"""

from __future__ import annotations

import re
import unicodedata
from types import MappingProxyType

from pyoxigraph import NamedNode

from stpgraph.errors import UsageError

__all__ = [
    "BASE",
    "DCTERMS",
    "FOAF",
    "OA",
    "ONTOLOGY",
    "ORG",
    "OWL",
    "PREFIXES",
    "PROV",
    "QUDT",
    "RDF",
    "RDFS",
    "SCHEMA",
    "SHAPE",
    "SKOS",
    "STP",
    "UNIT",
    "VOID",
    "XSD",
    "Namespace",
    "local_name",
    "mint",
    "slug",
]

#: Things are named under this IRI; it is the base of every Turtle file and query of the project.
BASE = "https://w3id.org/stpgraph/id/"

#: The ontology itself.
ONTOLOGY = NamedNode("https://w3id.org/stpgraph/ontology")

#: What a minted part may hold: nothing that a relative IRI would read as a scheme, a query or a parent folder.
_PART = re.compile(r"[A-Za-z0-9][A-Za-z0-9._~-]*")


class Namespace:
    """A namespace whose attributes are its terms.

    Example:
        >>> STP.statedOn
        <NamedNode value=https://w3id.org/stpgraph/ontology#statedOn>
        >>> QUDT["hasUnit"].value
        'http://qudt.org/schema/qudt/hasUnit'
    """

    def __init__(self, iri: str) -> None:
        self.iri = iri
        self._terms: dict[str, NamedNode] = {}

    def __getitem__(self, name: str) -> NamedNode:
        term = self._terms.get(name)
        if term is None:
            term = self._terms[name] = NamedNode(self.iri + name)
        return term

    def __getattr__(self, name: str) -> NamedNode:
        if name.startswith("__"):
            raise AttributeError(name)
        return self[name]

    def __repr__(self) -> str:
        return f"Namespace({self.iri!r})"


STP = Namespace("https://w3id.org/stpgraph/ontology#")
SHAPE = Namespace("https://w3id.org/stpgraph/shapes#")
DCTERMS = Namespace("http://purl.org/dc/terms/")
FOAF = Namespace("http://xmlns.com/foaf/0.1/")
OA = Namespace("http://www.w3.org/ns/oa#")
ORG = Namespace("http://www.w3.org/ns/org#")
OWL = Namespace("http://www.w3.org/2002/07/owl#")
PROV = Namespace("http://www.w3.org/ns/prov#")
QUDT = Namespace("http://qudt.org/schema/qudt/")
RDF = Namespace("http://www.w3.org/1999/02/22-rdf-syntax-ns#")
RDFS = Namespace("http://www.w3.org/2000/01/rdf-schema#")
SCHEMA = Namespace("https://schema.org/")
SKOS = Namespace("http://www.w3.org/2004/02/skos/core#")
UNIT = Namespace("http://qudt.org/vocab/unit/")
VOID = Namespace("http://rdfs.org/ns/void#")
XSD = Namespace("http://www.w3.org/2001/XMLSchema#")

#: Prefixes of every file that the project writes, by name. A file carries only those it uses.
PREFIXES = MappingProxyType(
    {
        "dcterms": DCTERMS.iri,
        "foaf": FOAF.iri,
        "oa": OA.iri,
        "org": ORG.iri,
        "owl": OWL.iri,
        "prov": PROV.iri,
        "qudt": QUDT.iri,
        "rdf": RDF.iri,
        "rdfs": RDFS.iri,
        "schema": SCHEMA.iri,
        "sh": "http://www.w3.org/ns/shacl#",
        "shape": SHAPE.iri,
        "skos": SKOS.iri,
        "stp": STP.iri,
        "unit": UNIT.iri,
        "vann": "http://purl.org/vocab/vann/",
        "void": VOID.iri,
        "xsd": XSD.iri,
    }
)


def mint(kind: str, *parts: str) -> NamedNode:
    """Name a thing under `BASE` from its kind and the parts that identify it.

    Args:
        kind: what it is, singular and hyphenated: "claim", "speech-act".
        parts: letters, digits, `-`, `.`, `_`, `~`; none for a scheme, which bears its kind's name.

    Raises:
        UsageError: when a part is empty or holds another character.

    Example:
        >>> mint("claim", "2018-03-05-gazette-trust", "120-207").value
        'https://w3id.org/stpgraph/id/claim/2018-03-05-gazette-trust/120-207'
    """
    for part in (kind, *parts):
        if not _PART.fullmatch(part):
            raise UsageError(f"{part!r} cannot be part of an IRI; expected letters, digits and hyphens as slug() gives")
    return NamedNode(BASE + "/".join((kind, *parts)))


def slug(text: str, limit: int | None = None) -> str:
    """Turn a name into the part of an IRI: ASCII, lower case, one hyphen between words.

    Args:
        text: any text with at least one letter or digit that ASCII can hold.
        limit: most characters to keep; the cut falls between words, and within the first only where that is longer.

    Raises:
        UsageError: when nothing is left.

    Example:
        >>> slug("Guy's and St Thomas’ NHS Foundation Trust", limit=30)
        'guys-and-st-thomas-nhs'
        >>> slug("Évry–Melun 2016–17")
        'evry-melun-2016-17'
    """
    parts = unicodedata.normalize("NFKD", text.replace("’", "").replace("'", ""))
    plain = "".join(c for c in parts if c.isascii() or not (c.isalnum() or unicodedata.combining(c)))
    words = re.findall(r"[a-z0-9]+", plain.lower())
    if not words:
        raise UsageError(f"{text!r} holds no letter or digit to name a thing by; give it a name in Latin letters")
    kept = "-".join(words)
    if limit is None or len(kept) <= limit:
        return kept
    cut = kept[: limit + 1].rpartition("-")[0]
    return cut or kept[:limit]


def local_name(node: NamedNode) -> str:
    """Return what distinguishes an IRI: its path below `BASE`, or what follows its last `#` or `/`.

    Example:
        >>> local_name(mint("stance", "critical")), local_name(STP.claimant)
        ('stance/critical', 'claimant')
    """
    if node.value.startswith(BASE):
        return node.value[len(BASE) :]
    return re.split(r"[#/]", node.value.rstrip("#/"))[-1]
