"""What a parameter can name: the graph pattern of its kind of thing, and the kind in words."""

from __future__ import annotations

import re

from pyoxigraph import NamedNode

from stpgraph.questions.stated import Parameter
from stpgraph.questions.words import in_turn
from stpgraph.vocabulary import BASE, PREFIXES

__all__ = ["is_of_kind", "kind_in_words", "with_article", "words_of"]


def is_of_kind(parameter: Parameter, node: str = "?node") -> str:
    """Return the graph pattern of a thing's being of a parameter's kind.

    Example:
        >>> is_of_kind(Parameter(name="stance", type="iri", of_scheme="stance"))
        '?node skos:inScheme <https://w3id.org/stpgraph/id/stance> .'
    """
    if parameter.of_scheme:
        return f"{node} skos:inScheme {NamedNode(BASE + parameter.of_scheme)} ."
    if not parameter.of_class:
        return f"{node} a ?class ."
    prefixed = (name.partition(":") for name in parameter.of_class)
    classes = " ".join(str(NamedNode(PREFIXES[prefix] + local)) for prefix, _, local in prefixed)
    return f"VALUES ?class {{ {classes} }} {node} a ?class ."


def kind_in_words(parameter: Parameter) -> str:
    """Say what a parameter names: "person, organisation or partnership".

    Example:
        >>> kind_in_words(Parameter(name="on", type="iri", of_class=("stp:Person", "stp:SpeechAct")))
        'person or speech act'
    """
    if parameter.of_scheme:
        return parameter.of_scheme.replace("-", " ")
    return in_turn([words_of(name.partition(":")[2]) for name in parameter.of_class] or ["thing"])


def words_of(name: str) -> str:
    """Return the name of a class as people write it.

    Example:
        >>> words_of("SpeechAct"), words_of("Claim")
        ('speech act', 'claim')
    """
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name).lower()


def with_article(words: str) -> str:
    """Put "a" or "an" before words.

    Example:
        >>> with_article("organisation"), with_article("claim")
        ('an organisation', 'a claim')
    """
    return f"{'an' if words[:1] in 'aeiou' else 'a'} {words}"
