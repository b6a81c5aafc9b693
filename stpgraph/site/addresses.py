"""Where things stand on the site: `<organisation/cipfa>` at `/id/organisation/cipfa`, others at `/about?iri=…`."""

from __future__ import annotations

from urllib.parse import quote

from stpgraph.vocabulary import BASE, ONTOLOGY, STP

__all__ = ["SUFFIXES", "address_of", "claims_address", "iri_of", "question_address"]

#: Media types of a thing's data, by the suffix of its path.
SUFFIXES = {
    "ttl": "text/turtle",
    "jsonld": "application/ld+json",
    "nt": "application/n-triples",
    "html": "text/html",
}

_SAFE = "/~-._:@!$&'()*+,;="


def address_of(iri: str, suffix: str = "") -> str:
    """Return the path of a thing's page, or with a suffix that of its data.

    Example:
        >>> address_of("https://w3id.org/stpgraph/id/organisation/cipfa", "ttl")
        '/id/organisation/cipfa.ttl'
        >>> address_of("https://example.org/report?x=1")
        '/about?iri=https%3A%2F%2Fexample.org%2Freport%3Fx%3D1'
    """
    if iri.startswith(BASE) and len(iri) > len(BASE):
        return "/id/" + quote(iri[len(BASE) :], safe=_SAFE) + (f".{suffix}" if suffix else "")
    if iri == ONTOLOGY.value:
        return "/ontology" + (f".{suffix}" if suffix else "")
    if iri.startswith(STP.iri) and not suffix:
        return "/ontology#" + quote(iri[len(STP.iri) :], safe=_SAFE)
    return f"/about?iri={quote(iri, safe='')}" + (f"&format={suffix}" if suffix else "")


def iri_of(path: str) -> str:
    """Return the IRI that a path below `/id/` stands for.

    Example:
        >>> iri_of("/id/organisation/cipfa")
        'https://w3id.org/stpgraph/id/organisation/cipfa'
    """
    return BASE + path.removeprefix("/id/")


def claims_address(facet: str, value: str) -> str:
    """Return the address of the claims that have a value of a facet: `/?claimant=…`.

    Example:
        >>> claims_address("stance", "critical")
        '/?stance=critical'
    """
    return f"/?{facet}={quote(value, safe='')}"


def question_address(name: str, **given: str) -> str:
    """Return the address of a question's answer.

    Example:
        >>> question_address("who-said-what", about="trust")
        '/questions/who-said-what?about=trust'
    """
    told = "&".join(f"{key}={quote(value, safe='')}" for key, value in given.items() if value)
    return f"/questions/{quote(name)}" + (f"?{told}" if told else "")
