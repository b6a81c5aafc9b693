"""Sources: whose word it is, found from the cue."""

from __future__ import annotations

from typing import TYPE_CHECKING

from stpgraph.extraction.attribution.trees import find_child, name_words

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = ["find_subject", "is_actor", "is_work", "source_words"]

#: Words for a text or a study: what it says is said by those who answer for it.
_WORKS = frozenset(
    """
    survey poll study review report research analysis investigation inquiry enquiry audit data figure figures
    statistics findings results document documents paper briefing letter statement email memo plan plans guidance
    evidence census questionnaire consultation submission publication article book brief index tracker barometer
    snapshot check modelling answer answers reply replies response responses feedback testimony minutes charter
    motion resolution strategy agenda draft bulletin leaflet blueprint dashboard scorecard tally count estimate
    projection forecast filing lawsuit complaint transcript post tweet message note release
    """.split()  # noqa: SIM905 (a list a line would be a page)
)

#: Relations of a clause that has its subject from the clause it hangs on.
_CLAUSES = frozenset(["advcl", "xcomp", "pcomp", "ccomp", "conj", "acl", "relcl", "dep", "parataxis"])

#: How many clauses up a subject is looked for.
_DEPTH = 5


def find_subject(verb: Token) -> Token | None:
    """Find who does what a verb says: its own subject, the agent of a passive, or that of the clause it hangs on.

    Who is told, asked or accused is no source: the subject of a passive counts only for what hangs on it.
    """
    own = _agent(verb) or find_child(verb, "nsubj")
    if own is not None or find_child(verb, "nsubjpass") is not None:
        return own
    if verb.tag_ == "VBN" and find_child(verb, "aux", "auxpass") is None and verb.dep_ != "conj":
        return None
    return _inherited(verb, 0)


def _agent(verb: Token) -> Token | None:
    by = find_child(verb, "agent")
    return find_child(by, "pobj") if by is not None else None


def _inherited(verb: Token, depth: int) -> Token | None:
    """Find the subject of a clause without one: through conj, advcl, xcomp and acl to the clause or noun above."""
    if depth > 0:
        own = _agent(verb) or find_child(verb, "nsubj", "nsubjpass")
        if own is not None:
            return own
    if depth > _DEPTH or verb.dep_ not in _CLAUSES or verb.head.i == verb.i:
        return None
    head: Token = verb.head
    if verb.dep_ in {"acl", "relcl"} and head.pos_ in {"NOUN", "PROPN", "PRON", "NUM"}:
        return head
    held = find_child(head, "dobj") if verb.dep_ == "xcomp" else None
    if held is not None and held.i < verb.i and head.lemma_ not in {"use", "take", "make", "hold", "issue"}:
        return held
    while head.dep_ in {"prep", "pobj", "dobj", "attr", "acomp", "oprd"} and head.head.i != head.i:
        head = head.head
    return _inherited(head, depth + 1)


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
    whom = next((word for word in subject.subtree if word.tag_ == "WP" and word.head.lower_ == "of"), None)
    if whom is not None and subject.head.dep_ == "relcl":
        return name_words(subject.head.head, stop=without | {subject.head.i}) - without, whom.i
    return name_words(subject, stop=without) - without, None


#: Nouns for people and bodies that act; others are known by their endings.
_ACTORS = frozenset(
    """
    partnership partnerships stp stps footprint footprints authorities authority voices members member county borough
    district city town village neighbourhood forum guild people person man men woman women group body bodies council
    councils board government administration party committee campaign team staff company companies firm union unions
    charity trust trusts nhs department ministry agency association institute federation society alliance coalition
    network panel court commission regulator opposition cabinet public crowd majority minority half third quarter
    percent cent % many most some few others both everyone everybody nobody none all each critics aides allies experts
    officials police family families parents patients residents voters nurses doctors gps clinicians professionals
    leaders chiefs bosses mps peers lords tank watchdog house senate parliament congress assembly church community
    communities media press newspaper bbc website democrats republicans conservatives liberals labour tories activists
    advocates analysts bishops chief chair head deputy boss peer mp source sources rival rivals friend friends
    colleague colleagues spokesman spokeswoman spokesperson spokespeople president secretary respondents those who
    """.split()  # noqa: SIM905 (likewise)
)
#: Endings of nouns for those who do something.
_ACTING = (
    *("er", "ers", "or", "ors", "ist", "ists", "ian", "ians", "ant", "ants", "ent", "ents"),
    *("man", "men", "woman", "ee", "ees"),
)
#: Pronouns for things.
_THINGS = frozenset(["it", "this", "that", "these", "what", "there", "something", "nothing", "which"])


def is_actor(subject: Token) -> bool:
    """Say whether a subject can mean somebody: a name, a number, a pronoun for people, a noun for people or bodies."""
    if subject.pos_ in {"PROPN", "NUM"}:
        return True
    if subject.pos_ == "PRON":
        is_relative = subject.dep_.startswith("nsubj") and subject.tag_ in {"WDT", "WP"}
        return is_relative or subject.lower_ not in _THINGS
    word = subject.lower_
    return word in _ACTORS or subject.lemma_.lower() in _ACTORS or word.endswith(_ACTING)


def is_work(noun: Token) -> bool:
    """Say whether a word means a study or a text, for whose word somebody answers: survey, report, figures."""
    return noun.lemma_.lower() in _WORKS or noun.lower_ in _WORKS
