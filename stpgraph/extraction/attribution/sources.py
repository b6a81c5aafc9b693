"""Sources: whose word it is, found from the cue."""

from __future__ import annotations

from typing import TYPE_CHECKING

from stpgraph.extraction.attribution.trees import find_child, name_words

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = ["WORKS", "find_subject", "source_words"]

#: Words for a text or a study: what it says is said by those who answer for it.
WORKS = frozenset(
    """survey poll study review report research analysis investigation inquiry enquiry audit data figure figures
    statistics findings results document documents paper briefing letter statement email memo plan plans guidance
    evidence census questionnaire consultation submission publication article book brief index tracker barometer
    snapshot check barometer modelling answer answers reply replies response responses feedback testimony minutes charter
    motion resolution strategy agenda draft bulletin leaflet blueprint dashboard scorecard tally count estimate projection
    forecast filing lawsuit complaint transcript post tweet message note release""".split()
)

_CLAUSES = {"advcl", "xcomp", "pcomp", "ccomp", "conj", "acl", "relcl", "dep", "parataxis"}


def find_subject(verb: Token, depth: int = 0) -> Token | None:
    """Find who does what a verb says: its own subject, the agent of a passive, or that of the clause it hangs on.

    Source:
        Rule 1 of the attribution rules: inherited through conj, advcl, xcomp, acl; relative pronouns are linked to
        their head noun by rule 8.
    """
    if depth > 5:
        return None
    passive = find_child(verb, "nsubjpass")
    agent = find_child(verb, "agent")
    if agent is not None and (by := find_child(agent, "pobj")) is not None:
        return by
    subject = find_child(verb, "nsubj")
    if subject is not None:
        return subject
    if passive is not None:
        return passive if depth else None  # who is told, asked or accused is no source
    if verb.tag_ == "VBN" and not depth and find_child(verb, "aux", "auxpass") is None and verb.dep_ != "conj":
        return None
    if verb.dep_ == "acl" or (verb.dep_ == "relcl" and subject is None):
        return verb.head if verb.head.pos_ in {"NOUN", "PROPN", "PRON", "NUM"} else find_subject(verb.head, depth + 1)
    if verb.dep_ == "xcomp":
        held = find_child(verb.head, "dobj")
        if held is not None and held.i < verb.i and verb.head.lemma_ not in {"use", "take", "make", "hold", "issue"}:
            return held
    if verb.dep_ in _CLAUSES and verb.head.i != verb.i:
        head = verb.head
        while head.dep_ in {"prep", "pobj", "dobj", "attr", "acomp", "oprd"} and head.head.i != head.i:
            head = head.head
        return find_subject(head, depth + 1)
    return None


def source_words(subject: Token, without: set[int]) -> tuple[set[int], int | None]:
    """Return the words that name a source, and the place of the relative pronoun that stands for it, if one does."""
    if subject.tag_ in {"WP", "WDT", "WP$"} or (subject.lower_ == "that" and subject.dep_.startswith("nsubj")):
        verb = subject.head
        while verb.dep_ in {"conj", "xcomp", "ccomp", "advcl"} and verb.head.i != verb.i and verb.dep_ != "relcl":
            verb = verb.head
        if verb.dep_ == "relcl":
            head = verb.head
            return name_words(head, stop=without | {verb.i}) - without, subject.i
        return {subject.i}, None
    return name_words(subject, stop=without) - without, None


#: Nouns for people and bodies that act; others are known by their endings.
_ACTORS = frozenset(
    """partnership partnerships stp stps footprint footprints local-authority authorities authority voices members member
    county borough district city town village neighbourhood forum guild
    people person man men woman women group body bodies council councils board government administration party
    committee campaign team staff company companies firm union unions charity trust trusts nhs department ministry
    agency association institute federation society alliance coalition network panel court commission regulator
    opposition cabinet public crowd majority minority half third quarter percent cent % many most some few others both
    everyone everybody nobody none all each critics aides allies experts officials police family families parents
    patients residents voters nurses doctors gps clinicians professionals leaders chiefs bosses mps peers lords think-tank
    tank watchdog house senate parliament congress assembly church community communities media press newspaper
    bbc website democrats republicans conservatives liberals labour tories activists advocates analysts bishops
    chief chair head deputy boss peer mp source sources rival rivals friend friends colleague colleagues spokesman
    spokeswoman spokesperson spokespeople president secretary respondents those who""".split()
)
_ACTING = ("er", "ers", "or", "ors", "ist", "ists", "ian", "ians", "ant", "ants", "ent", "ents", "man", "men", "woman", "ee", "ees")


def is_actor(subject: Token) -> bool:
    """Say whether a subject can mean somebody: a name, a pronoun for people, a noun for people or bodies."""
    if subject.pos_ == "PROPN" or subject.ent_type_ in {"PERSON", "ORG", "NORP"}:
        return True
    if subject.pos_ == "PRON":
        return subject.lower_ not in {"it", "this", "that", "these", "what", "there", "something", "nothing", "which"} or (
            subject.dep_.startswith("nsubj") and subject.tag_ in {"WDT", "WP"}
        )
    word = subject.lower_
    if subject.pos_ == "NUM":
        return True
    return word in _ACTORS or subject.lemma_.lower() in _ACTORS or word.endswith(_ACTING)
