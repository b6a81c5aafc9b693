"""The ontology: its terms, its lists of codes, its shapes, and the examples that keep to them or do not."""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest
from owlrl import DeductiveClosure
from owlrl.Namespaces import ERRNS
from owlrl.OWLRL import OWLRL_Semantics
from pyshacl import validate
from rdflib import BNode, Graph, Literal, URIRef
from rdflib import namespace as vocabularies
from rdflib.namespace import DCTERMS, FOAF, ORG, OWL, PROV, RDF, RDFS, SH, SKOS, VANN, XSD, Namespace

from stpgraph.resources import folder
from stpgraph.vocabulary import BASE, OA, PREFIXES, QUDT, SHAPE, UNIT, slug
from stpgraph.vocabulary import ONTOLOGY as ONTOLOGY_NODE
from stpgraph.vocabulary import STP as STP_TERMS

FOLDER = folder("ontology")
TERMS = FOLDER / "stp.ttl"
LISTS = FOLDER / "relationships.ttl"
SHAPES = FOLDER / "shapes.ttl"
VALID = sorted((FOLDER / "examples/valid").glob("*.ttl"))
INVALID = sorted((FOLDER / "examples/invalid").glob("*.ttl"))
CHANGES = FOLDER / "examples/invalid/changes.txt"
TURTLE = [TERMS, LISTS, SHAPES, *VALID, *INVALID]

STP = Namespace(STP_TERMS.iri)
ID = Namespace(BASE)
ONTOLOGY = URIRef(ONTOLOGY_NODE.value)

#: What precedes a snippet of Turtle that is written with the prefixes and the base of the project.
PROLOGUE = f"@base <{BASE}> .\n" + "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in PREFIXES.items())

#: Namespaces that rdflib knows all terms of.
CLOSED = [
    getattr(vocabularies, name)
    for name in ("DCTERMS", "FOAF", "ORG", "OWL", "PROV", "RDF", "RDFS", "SDO", "SH", "SKOS", "VANN", "VOID", "XSD")
]

#: Terms of the vocabularies that rdflib does not know, as far as they are used.
#: OA: https://www.w3.org/TR/annotation-vocab/ (W3C Recommendation of 23 February 2017), sections 3.1 and 3.2.
#: QUDT: https://www.qudt.org/doc/DOC_SCHEMA-QUDT.html and https://www.qudt.org/doc/DOC_VOCAB-UNITS.html, version 3.
LISTED = {
    OA.iri: {
        "SpecificResource", "TextPositionSelector", "TextQuoteSelector",
        "end", "exact", "hasSelector", "hasSource", "prefix", "start", "suffix",
    },
    QUDT.iri: {"hasUnit"},
    UNIT.iri: {"CCY_GBP", "NUM", "PERCENT"},
}  # fmt: skip

#: In what order a term is described.
ORDER = [
    "a", "rdfs:label", "skos:definition", "skos:example", "skos:scopeNote", "rdfs:domain", "rdfs:range",
    "rdfs:subClassOf", "rdfs:subPropertyOf", "owl:disjointWith", "owl:propertyDisjointWith", "rdfs:isDefinedBy",
]  # fmt: skip

#: What OWL 2 RL lets a file like ours say: annotations, and axioms between names.
ANNOTATIONS = {
    RDFS.label, RDFS.isDefinedBy, SKOS.definition, SKOS.example, SKOS.scopeNote, SKOS.prefLabel,
    DCTERMS.title, DCTERMS.description, DCTERMS.creator, DCTERMS.license, DCTERMS.created, DCTERMS.modified,
    VANN.preferredNamespacePrefix, VANN.preferredNamespaceUri, OWL.versionIRI,
}  # fmt: skip
CLASS_AXIOMS = {RDFS.subClassOf, OWL.disjointWith}
PROPERTY_AXIOMS = {RDFS.domain, RDFS.range, RDFS.subPropertyOf, OWL.propertyDisjointWith}

#: Datatypes of OWL 2 RL, from https://www.w3.org/TR/owl2-profiles/#Entities_3 (section 4.2.1), as far as we may want
#: them. xsd:date and rdf:langString are not among them.
RL_DATATYPES = {
    RDF.PlainLiteral, RDFS.Literal, XSD.decimal, XSD.integer, XSD.string, XSD.boolean, XSD.anyURI, XSD.dateTime,
    XSD.dateTimeStamp, XSD.double, XSD.float,
}  # fmt: skip

#: Axioms of the vocabularies that we build on which can contradict what we say.
#: PROV-O: http://www.w3.org/ns/prov-o.ttl; ORG: http://www.w3.org/ns/org.ttl; FOAF: http://xmlns.com/foaf/spec/index.rdf;
#: OA: https://www.w3.org/ns/oa.ttl; SKOS: https://www.w3.org/TR/skos-reference/ (S9, S37, S19-S21, S27).
AXIOMS = """
prov:Activity owl:disjointWith prov:Entity, prov:InstantaneousEvent .
prov:Agent owl:disjointWith prov:InstantaneousEvent .
prov:Entity owl:disjointWith prov:InstantaneousEvent .
prov:SoftwareAgent rdfs:subClassOf prov:Agent .
prov:wasGeneratedBy rdfs:domain prov:Entity ; rdfs:range prov:Activity ; rdfs:subPropertyOf prov:wasInfluencedBy .
prov:wasAssociatedWith rdfs:domain prov:Activity ; rdfs:range prov:Agent ; rdfs:subPropertyOf prov:wasInfluencedBy .
prov:wasAttributedTo rdfs:domain prov:Entity ; rdfs:range prov:Agent ; rdfs:subPropertyOf prov:wasInfluencedBy .
prov:used rdfs:domain prov:Activity ; rdfs:range prov:Entity ; rdfs:subPropertyOf prov:wasInfluencedBy .
prov:wasRevisionOf rdfs:subPropertyOf prov:wasDerivedFrom .
prov:wasDerivedFrom rdfs:domain prov:Entity ; rdfs:range prov:Entity ; rdfs:subPropertyOf prov:wasInfluencedBy .
prov:endedAtTime rdfs:domain prov:Activity .

org:Organization rdfs:subClassOf foaf:Agent ; owl:equivalentClass foaf:Organization .
org:OrganizationalCollaboration rdfs:subClassOf org:Organization .
org:Role rdfs:subClassOf skos:Concept .
org:member rdfs:domain org:Membership ; rdfs:range foaf:Agent .
org:organization rdfs:domain org:Membership ; rdfs:range org:Organization .
org:role rdfs:range org:Role .
org:classification rdfs:domain org:Organization ; rdfs:range skos:Concept .

foaf:Person rdfs:subClassOf foaf:Agent ; owl:disjointWith foaf:Organization, foaf:Project, foaf:Document .
foaf:Organization rdfs:subClassOf foaf:Agent ; owl:disjointWith foaf:Document .

oa:SpecificResource rdfs:subClassOf oa:ResourceSelection .
oa:TextPositionSelector rdfs:subClassOf oa:Selector .
oa:TextQuoteSelector rdfs:subClassOf oa:Selector .
oa:hasSource rdfs:domain oa:ResourceSelection .
oa:hasSelector rdfs:domain oa:ResourceSelection ; rdfs:range oa:Selector .

skos:Concept owl:disjointWith skos:ConceptScheme, skos:Collection .
skos:Collection owl:disjointWith skos:ConceptScheme .
skos:inScheme rdfs:range skos:ConceptScheme .
skos:topConceptOf rdfs:subPropertyOf skos:inScheme ; rdfs:domain skos:Concept ; rdfs:range skos:ConceptScheme .
skos:semanticRelation rdfs:domain skos:Concept ; rdfs:range skos:Concept .
skos:broaderTransitive rdfs:subPropertyOf skos:semanticRelation ; a owl:TransitiveProperty .
skos:broader rdfs:subPropertyOf skos:broaderTransitive .
skos:related rdfs:subPropertyOf skos:semanticRelation ; a owl:SymmetricProperty ;
    owl:propertyDisjointWith skos:broaderTransitive .
"""

#: The lists whose members others rely on, by scheme.
CODES = {
    "aspect": "joint-working trust leadership funding savings prevention capital risk service-redesign engagement"
    " demand",
    "party": "stp partners nhs local-government social-care wider-services public-health housing leisure policing"
    " care-market national-bodies public",
    "speech-act": "assertion finding recommendation warning prediction criticism commitment question",
    "stance": "supportive critical mixed neutral",
    "attribution": "direct indirect mixed own-voice",
    "modality": "possible likely conditional",
    "review-status": "proposed accepted edited",
    "comparator": "exactly about nearly at-least more-than at-most fewer-than between",
    "measure-kind": "opinion count planned announced requested forecast actual fact",
    "document-kind": "news-article opinion-article interview letter press-release report plan transcript meeting-paper",
    "report-kind": "report survey-report briefing committee-report independent-review announcement press-release budget"
    " plan position-statement article",
    "study-kind": "survey poll freedom-of-information review plan-review ratings analysis investigation inquiry"
    " roundtable",
    "organisation-kind": "professional-body membership-body trade-union royal-college think-tank charity campaign-group"
    " consultancy polling-company university nhs-body local-authority government-department executive-agency"
    " arms-length-body regulator audit-body legislature parliamentary-committee political-party trade-press newspaper"
    " broadcaster journal news-agency",
    "role": "",
    "region": "",
    "source": "",
}

#: The closed list of relationships: aspect, parties, and the relationship above.
RELATIONSHIPS = {
    "joint-working": ("joint-working", "partners", None),
    "joint-working-local-government-nhs": ("joint-working", "local-government nhs", "joint-working"),
    "joint-working-nhs-social-care": ("joint-working", "nhs social-care", "joint-working-local-government-nhs"),
    "joint-working-nhs-wider-services": ("joint-working", "nhs wider-services", "joint-working"),
    "trust": ("trust", "partners", None),
    "leadership-local-government-nhs": ("leadership", "local-government nhs", None),
    "funding-national-bodies-stp": ("funding", "national-bodies stp", None),
    "funding-care-market-local-government": (
        "funding",
        "care-market local-government",
        "funding-national-bodies-stp",
    ),
    "savings-national-bodies-stp": ("savings", "national-bodies stp", None),
    "capital-local-government-nhs": ("capital", "local-government nhs", None),
    "risk-national-bodies-stp": ("risk", "national-bodies stp", None),
    "prevention-public-stp": ("prevention", "public stp", None),
    "prevention-national-bodies-stp": ("prevention", "national-bodies stp", "prevention-public-stp"),
    "service-redesign-public-stp": ("service-redesign", "public stp", None),
    "service-redesign-local-government-nhs": (
        "service-redesign",
        "local-government nhs",
        "service-redesign-public-stp",
    ),
    "engagement-public-stp": ("engagement", "public stp", None),
    "demand-public-stp": ("demand", "public stp", None),
}


def _read(*paths: Path) -> Graph:
    graph = Graph()
    for path in paths:
        graph.parse(path, format="turtle")
    return graph


def _iris(graph: Graph) -> Iterator[URIRef]:
    for triple in graph:
        for term in triple:
            if isinstance(term, URIRef):
                yield term
            elif isinstance(term, Literal) and term.datatype is not None:
                yield term.datatype


def _local(node: object) -> str:
    return re.split("[#/]", str(node))[-1]


def _name(path: Path) -> str:
    return path.relative_to(FOLDER).as_posix()


@pytest.fixture(scope="module")
def terms() -> Graph:
    """Return stp.ttl."""
    return _read(TERMS)


@pytest.fixture(scope="module")
def lists() -> Graph:
    """Return relationships.ttl."""
    return _read(LISTS)


@pytest.fixture(scope="module")
def shapes() -> Graph:
    """Return shapes.ttl."""
    return _read(SHAPES)


@pytest.fixture(scope="module")
def worked(terms: Graph, lists: Graph) -> Graph:
    """Return the worked example, with the terms and lists, as an invalid example is read together with it.

    Concepts that nothing names are left out: each costs its time a hundred times over.
    """
    graph = terms + lists + _read(FOLDER / "examples/valid/base.ttl")
    named = set((graph + _read(*INVALID)).objects())
    for concept in lists.subjects(SKOS.inScheme):
        if concept not in named:
            graph.remove((concept, None, None))
    return graph


class TestFiles:
    """What holds of every file."""

    @pytest.mark.parametrize("path", TURTLE, ids=_name)
    def test_prefixes_are_ours_and_used(self, path: Path) -> None:
        """A file declares the prefixes that it uses, no others, and as the project does."""
        text = path.read_text(encoding="utf-8")
        declared = dict(re.findall(r"^@prefix (\w+): <(.+)> \.$", text, re.M))
        assert declared == {name: PREFIXES[name] for name in declared}
        body = re.sub(r"^(@prefix|#).*$|<[^>\n]*>|\"(\\.|[^\"\\\n])*\"|'[^'\n]*'", " ", text, flags=re.M)
        assert set(re.findall(r"(?<![\w:])(\w+):(?=\w)", body)) == set(declared)

    @pytest.mark.parametrize("path", TURTLE, ids=_name)
    def test_terms_exist(self, path: Path, terms: Graph, shapes: Graph) -> None:
        """Every term that a file uses is one of its vocabulary: nothing is misspelt or made up."""
        own = {STP: set(terms.subjects(RDFS.isDefinedBy)), Namespace(SHAPE.iri): set(shapes.subjects(RDF.type))}
        for iri in set(_iris(_read(path))):
            namespace = next((n for n in [*own, *CLOSED, *LISTED] if str(iri).startswith(str(n))), None)
            if namespace is None:
                assert str(iri).startswith((BASE, "https://w3id.org/stpgraph/", "https://www.example.org/")) or (
                    str(iri) == "https://creativecommons.org/licenses/by/4.0/"
                ), iri
            elif namespace in own:
                assert iri in own[Namespace(namespace)], iri
            else:
                assert _local(iri) in LISTED.get(str(namespace), namespace), iri

    @pytest.mark.parametrize("path", [TERMS, LISTS, *VALID], ids=_name)
    def test_everything_has_an_iri(self, path: Path) -> None:
        """Nothing that is published is a blank node."""
        assert not [triple for triple in _read(path) if any(isinstance(term, BNode) for term in triple)]

    def test_shapes_have_iris(self, shapes: Graph) -> None:
        """In the shapes, blank nodes are list cells and paths, where SHACL has it so."""
        for node in {term for triple in shapes for term in triple if isinstance(term, BNode)}:
            is_cell = (node, RDF.first, None) in shapes
            is_path = (node, SH.alternativePath, None) in shapes or (node, SH.inversePath, None) in shapes
            assert is_cell or is_path

    @pytest.mark.parametrize("path", TURTLE, ids=_name)
    def test_nothing_is_left_to_do(self, path: Path) -> None:
        """No file tells what is still to be done."""
        assert not re.search("TODO|FIXME|XXX|to be (added|done)", path.read_text(encoding="utf-8"))

    @pytest.mark.parametrize(("path", "title"), [(TERMS, "STP claims ontology"), (SHAPES, "STP claims shapes")])
    def test_header(self, path: Path, title: str, terms: Graph) -> None:
        """A header has one value of each kind, a labelled creator, and a version that ends in the day of change."""
        graph = _read(path)
        (node,) = graph.subjects(RDF.type, OWL.Ontology)
        values = {p: str(o) for p, o in graph.predicate_objects(node) if isinstance(p, URIRef)}
        assert len(values) == len(list(graph.predicate_objects(node)))
        assert values[DCTERMS.title] == title
        assert values[OWL.versionIRI] == f"{node}/{values[DCTERMS.modified]}"
        assert values[DCTERMS.created] <= values[DCTERMS.modified]
        assert values[DCTERMS.license] == "https://creativecommons.org/licenses/by/4.0/"
        assert terms.value(URIRef(values[DCTERMS.creator]), SKOS.prefLabel) == Literal("stpgraph project", lang="en")


class TestTerms:
    """What holds of stp.ttl."""

    def test_preferred_prefix(self, terms: Graph) -> None:
        """The header tells the prefix and namespace that the project uses."""
        assert terms.value(ONTOLOGY, VANN.preferredNamespacePrefix) == Literal("stp")
        assert terms.value(ONTOLOGY, VANN.preferredNamespaceUri) == Literal(str(STP))

    def test_every_term_is_described(self, terms: Graph) -> None:
        """A term has one label in words, one definition in a sentence, one example, and names this ontology."""
        described = {s for s in terms.subjects() if str(s).startswith(str(STP))}
        assert len(described) == 19 + 44
        for term in described:
            (label,) = terms.objects(term, RDFS.label)
            (definition,) = terms.objects(term, SKOS.definition)
            assert len(list(terms.objects(term, SKOS.example))) == 1, term
            assert list(terms.objects(term, RDFS.isDefinedBy)) == [ONTOLOGY]
            assert isinstance(label, Literal)
            assert isinstance(definition, Literal)
            assert {label.language, definition.language} == {"en"}
            assert str(label) == re.sub("(?<=[a-z])(?=[A-Z])", " ", _local(term)).lower()
            assert re.fullmatch(r"[A-Z].+\.", definition), term

    def test_blocks_have_one_shape(self) -> None:
        """A term is described in one block, always in the same order, what defines it last."""
        blocks = re.findall(r"^stp:(\w+)\n((?: .*\n)+)", TERMS.read_text(encoding="utf-8"), re.M)
        assert len(blocks) == len({name for name, _ in blocks}) == 19 + 44
        for name, block in blocks:
            predicates = re.findall(r"^    (\S+) ", block, re.M)
            assert predicates == sorted(predicates, key=ORDER.index), name
            assert predicates[-1] == "rdfs:isDefinedBy", name

    def test_examples_are_true(self, terms: Graph, lists: Graph) -> None:
        """The example of a term parses, uses the term or one below it, and stands in the valid examples."""
        known = _read(*VALID) + lists
        for term, text in terms.subject_objects(SKOS.example):
            example = Graph().parse(data=PROLOGUE + str(text), format="turtle")
            assert not [triple for triple in example if triple not in known], term
            below = set(terms.transitive_subjects(RDFS.subClassOf, term))
            assert below & set(_iris(example)), term

    def test_rl(self, terms: Graph) -> None:
        """The ontology keeps to OWL 2 RL."""
        assert _outside_rl(terms) == []

    @pytest.mark.parametrize(
        "addition",
        [
            "stp:statedOn rdfs:range xsd:date .",
            "stp:about rdfs:domain [ owl:unionOf ( stp:Claim stp:Measure ) ] .",
            "stp:Claim rdfs:subClassOf [ a owl:Restriction ; owl:onProperty stp:claimant ; owl:minCardinality 1 ] .",
            "[] a owl:AllDisjointClasses ; owl:members ( stp:Claim stp:Study ) .",
            "stp:Claim rdfs:subClassOf owl:Thing .",
            "stp:value a owl:ObjectProperty .",
            "stp:about a owl:ReflexiveProperty .",
            "stp:about rdfs:subPropertyOf stp:summary .",
            "stp:about rdfs:range xsd:string .",
            "stp:Claim stp:about stp:Study .",
        ],
    )
    def test_rl_is_tested(self, terms: Graph, addition: str) -> None:
        """What OWL 2 RL does not allow is noticed."""
        assert _outside_rl(terms + Graph().parse(data=PROLOGUE + addition, format="turtle"))

    @pytest.mark.parametrize("predicate", [RDFS.subClassOf, RDFS.subPropertyOf])
    def test_no_cycle(self, terms: Graph, predicate: URIRef) -> None:
        """No term is above itself."""
        for term in terms.subjects(predicate):
            for above in terms.objects(term, predicate):
                assert term not in terms.transitive_objects(above, predicate)


def _outside_rl(graph: Graph) -> list[str]:
    """Return what a graph of terms says that our part of OWL 2 RL has no room for."""
    kinds: dict[object, set[object]] = defaultdict(set)
    for subject, stated in graph.subject_objects(RDF.type):
        kinds[subject].add(stated)
    allowed = {OWL.Ontology, OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, FOAF.Organization}
    faults = [f"{node} is {sorted(map(str, k))}" for node, k in kinds.items() if len(k) != 1 or not k <= allowed]
    for subject, predicate, value in graph:
        if predicate == RDF.type or (predicate in ANNOTATIONS and not isinstance(value, BNode)):
            continue
        kind = min(kinds[subject], key=str, default=None)
        of_value = kinds.get(value) or {None}
        if predicate in CLASS_AXIOMS:
            fits = kind == OWL.Class and of_value <= {OWL.Class, None} and value != OWL.Thing
        elif predicate == RDFS.range and kind == OWL.DatatypeProperty:
            fits = value in RL_DATATYPES
        elif predicate in {RDFS.domain, RDFS.range}:
            fits = kind in {OWL.ObjectProperty, OWL.DatatypeProperty} and of_value <= {OWL.Class, None}
            fits = fits and not str(value).startswith(str(XSD))
        else:
            fits = predicate in PROPERTY_AXIOMS and of_value <= {kind, None}
        if not fits or not isinstance(value, URIRef) or not isinstance(subject, URIRef):
            faults.append(f"{subject} {predicate} {value}")
    return faults


class TestLists:
    """What holds of relationships.ttl."""

    def test_members(self, lists: Graph) -> None:
        """The lists hold the codes that others rely on, and no others."""
        schemes = lists.subjects(RDF.type, SKOS.ConceptScheme)
        found: dict[str, set[str]] = {str(scheme).removeprefix(BASE): set() for scheme in schemes}
        for concept, scheme in lists.subject_objects(SKOS.inScheme):
            found[str(scheme).removeprefix(BASE)].add(_local(concept))
        assert found.pop("relationship") == set(RELATIONSHIPS)
        assert found == {scheme: set(codes.split()) for scheme, codes in CODES.items()}

    def test_every_concept_is_described(self, lists: Graph) -> None:
        """A list or concept has one label and one definition in a sentence; a concept is named below its list."""
        for node in set(lists.subjects()):
            (label,) = lists.objects(node, SKOS.prefLabel)
            (definition,) = lists.objects(node, SKOS.definition)
            assert re.fullmatch(r"[A-Z].+\.", str(definition)), node
            assert str(label) == str(label).strip() != ""
            if (node, RDF.type, SKOS.ConceptScheme) not in lists:
                (scheme,) = lists.objects(node, SKOS.inScheme)
                assert str(node).startswith(f"{scheme}/")

    def test_texts_are_english(self, lists: Graph) -> None:
        """Every text of the lists is tagged as English."""
        assert {o.language for o in lists.objects() if isinstance(o, Literal)} == {"en"}

    @pytest.mark.parametrize("scheme", [scheme for scheme in CODES if scheme.endswith("-kind")])
    def test_codes_are_slugs_of_labels(self, lists: Graph, scheme: str) -> None:
        """The code of a kind is the slug of its label, so that a table may hold the label."""
        for concept in lists.subjects(SKOS.inScheme, ID[scheme]):
            assert _local(concept) == slug(str(lists.value(concept, SKOS.prefLabel)))

    @pytest.mark.parametrize("scheme", [*CODES, "relationship"])
    def test_words_point_to_one_concept(self, lists: Graph, scheme: str) -> None:
        """No two concepts of a list share a label, whatever its case, and none repeats its own."""
        seen: dict[str, object] = {}
        for concept in lists.subjects(SKOS.inScheme, ID[scheme]):
            for label in [*lists.objects(concept, SKOS.prefLabel), *lists.objects(concept, SKOS.altLabel)]:
                assert seen.setdefault(str(label).casefold(), (concept, label)) == (concept, label)

    def test_codes_have_other_words(self, lists: Graph) -> None:
        """Every concept has at least one further label that a text may use; a relationship has ten."""
        for concept, scheme in lists.subject_objects(SKOS.inScheme):
            least = 10 if scheme == ID.relationship else 1
            assert len(list(lists.objects(concept, SKOS.altLabel))) >= least, concept

    def test_trees(self, lists: Graph) -> None:
        """What is above a concept is on the same list; where a list is a tree, its tops are marked, and no others."""
        for concept, above in lists.subject_objects(SKOS.broader):
            assert lists.value(concept, SKOS.inScheme) == lists.value(above, SKOS.inScheme)
        trees = {lists.value(concept, SKOS.inScheme) for concept in lists.subjects(SKOS.broader)}
        assert trees == {ID.party, ID.relationship, ID["study-kind"]}
        for concept, scheme in lists.subject_objects(SKOS.inScheme):
            is_top = scheme in trees and (concept, SKOS.broader, None) not in lists
            assert ((concept, SKOS.topConceptOf, scheme) in lists) == is_top, concept

    def test_parties(self, lists: Graph) -> None:
        """The parties are the tree that questions walk."""
        tree = {_local(s): _local(o) for s, o in lists.subject_objects(SKOS.broader) if "/party/" in str(s)}
        assert tree == {
            "nhs": "partners",
            "local-government": "partners",
            "social-care": "local-government",
            "wider-services": "partners",
            "public-health": "wider-services",
            "housing": "wider-services",
            "leisure": "wider-services",
            "policing": "wider-services",
            "care-market": "partners",
        }

    @pytest.mark.parametrize("name", RELATIONSHIPS)
    def test_relationships(self, lists: Graph, name: str) -> None:
        """A relationship has its aspect, its parties and its place, and is named after aspect and parties."""
        aspect, parties, above = RELATIONSHIPS[name]
        node = ID[f"relationship/{name}"]
        assert list(lists.objects(node, STP.aspect)) == [ID[f"aspect/{aspect}"]]
        assert set(lists.objects(node, STP.party)) == {ID[f"party/{party}"] for party in parties.split()}
        assert list(lists.objects(node, SKOS.broader)) == ([ID[f"relationship/{above}"]] if above else [])
        assert name == (aspect if parties == "partners" else "-".join([aspect, *sorted(parties.split())]))

    def test_one_general_relationship_an_aspect(self, lists: Graph) -> None:
        """Each aspect has one relationship that stands for all of it, above the others of that aspect."""
        general = [aspect for aspect, _, above in RELATIONSHIPS.values() if above is None]
        assert sorted(general) == sorted(CODES["aspect"].split())
        for aspect, _, above in RELATIONSHIPS.values():
            assert above is None or RELATIONSHIPS[above][0] == aspect


class TestReasoning:
    """What follows from the ontology together with the vocabularies it builds on."""

    def test_no_contradiction(self, terms: Graph, lists: Graph) -> None:
        """The closure of ontology, lists and all valid examples under OWL 2 RL finds no contradiction."""
        assert _contradictions(terms + lists + _read(*VALID)) == []

    @pytest.mark.parametrize(
        ("addition", "told"),
        [
            ("<claim/2018-03-05-gazette-trust/120-207> a stp:Study .", "Disjoint classes"),
            ("<organisation/gazette> a stp:Person .", "Disjoint classes"),
            ("<report/x> prov:wasGeneratedBy <report/anyshire> . <report/anyshire> a stp:Report .", "Disjoint classes"),
            ("<x> stp:affirms <y> ; stp:denies <y> .", "disjoint"),
        ],
    )
    def test_contradictions_are_found(self, terms: Graph, addition: str, told: str) -> None:
        """What cannot be is found: a claim that is a study, a report written by a report, yes and no at once."""
        graph = terms + _read(FOLDER / "examples/valid/base.ttl")
        found = _contradictions(graph + Graph().parse(data=PROLOGUE + addition, format="turtle"))
        assert any(told in message for message in found), found

    def test_super_types_follow(self, terms: Graph) -> None:
        """What is stated most narrowly follows widely: a claim is an entity attributed to an agent."""
        graph = terms + _read(FOLDER / "examples/valid/base.ttl")
        _contradictions(graph)
        claim = ID["claim/2018-03-05-gazette-trust/120-207"]
        assert (claim, RDF.type, PROV.Entity) in graph
        assert (claim, PROV.wasAttributedTo, ID["person/jo-doe"]) in graph
        assert (ID["study/anyshire-2018"], RDF.type, PROV.Activity) in graph
        assert (ID["partnership/anyshire"], RDF.type, ORG.Organization) in graph


def _contradictions(graph: Graph) -> list[str]:
    """Close a graph under OWL 2 RL, in place, and return the contradictions found.

    Not with owlrl's own datatypes: they change how rdflib reads dates for good, and so what shapes make of them later.
    """
    graph.parse(data=PROLOGUE + AXIOMS, format="turtle")
    closure = DeductiveClosure(OWLRL_Semantics, improved_datatypes=False)  # type: ignore[no-untyped-call]
    closure.expand(graph)
    return sorted(str(message) for message in graph.objects(None, ERRNS.error))


class TestShapes:
    """What holds of shapes.ttl, and what it makes of the examples."""

    def test_rules_say_what_to_do(self, shapes: Graph) -> None:
        """A rule has a message in English that says the rule and how to mend it, and a severity; a helper has none."""
        rules = _rules(shapes)
        for shape in _all_shapes(shapes):
            messages = list(shapes.objects(shape, SH.message))
            severities = list(shapes.objects(shape, SH.severity))
            if shape in rules:
                (message,) = messages
                assert isinstance(message, Literal)
                assert message.language == "en"
                assert re.fullmatch(r"[A-Z<].+\. .+\.", message), shape
                assert severities in ([SH.Violation], [SH.Warning])
            else:
                assert messages == severities == []

    def test_rules_are_part_of_a_shape(self, shapes: Graph) -> None:
        """A rule on a property is part of shapes with a target."""
        targeted = set(_targeted(shapes))
        for rule in _rules(shapes):
            if (rule, RDF.type, SH.PropertyShape) in shapes:
                owners = set(shapes.subjects(SH.property, rule))
                assert owners, rule
                assert owners <= targeted, rule

    def test_helpers_are_used(self, shapes: Graph) -> None:
        """A shape has a target or is part of another; a helper, told by its name, has none."""
        links = {SH.property, SH.node, SH["not"], SH.qualifiedValueShape, RDF.first}
        used = {value for _, predicate, value in shapes if predicate in links}
        targeted = set(_targeted(shapes))
        for shape in _all_shapes(shapes):
            assert (shape in targeted) != (shape in used), shape
            assert not (shape in targeted and _is_helper(shape)), shape

    def test_every_class_has_a_shape(self, terms: Graph, shapes: Graph) -> None:
        """Each class that things are named by is the target of a shape that bears its name."""
        for term in terms.subjects(RDF.type, OWL.Class):
            if term in {STP.Source, STP.Statement}:
                continue
            assert (URIRef(SHAPE.iri + _local(term)), SH.targetClass, term) in shapes, term

    def test_wordings_are_complete(self, shapes: Graph) -> None:
        """Every comparator is two-sided, open above, open below, or between: none escapes the rules of figures."""
        found = ["between"]
        for name in ("is-two-sided", "is-open-above", "is-open-below"):
            (members,) = shapes.objects(URIRef(SHAPE.iri + name), SH["in"])
            found += map(_local, shapes.items(members))
        assert sorted(found) == sorted(CODES["comparator"].split())

    @pytest.mark.parametrize("path", VALID, ids=_name)
    def test_valid_examples_conform(self, path: Path, terms: Graph, lists: Graph, shapes: Graph) -> None:
        """A valid example breaks no rule, not even one that warns, and is complete as it stands."""
        assert _broken(terms + lists + _read(path), shapes) == []

    def test_valid_examples_conform_together(self, terms: Graph, lists: Graph, shapes: Graph) -> None:
        """All valid examples in one graph break no rule."""
        assert _broken(terms + lists + _read(*VALID), shapes) == []

    @pytest.mark.parametrize("path", INVALID, ids=_name)
    def test_invalid_examples_fail(self, path: Path, worked: Graph, shapes: Graph) -> None:
        """An invalid example breaks the rule that its first line names, and no other."""
        rule, fragment = _promise(path)
        added = [triple for triple in _read(path) if triple not in worked]
        for triple in added:
            worked.add(triple)
        try:
            broken = _broken(worked, shapes)
        finally:
            for triple in added:
                worked.remove(triple)
        assert {shape for shape, _ in broken} == {rule}
        assert all(fragment in message for _, message in broken), broken

    def test_every_rule_has_an_invalid_example(self, shapes: Graph) -> None:
        """No rule is without an example that breaks it."""
        assert {_local(rule) for rule in _rules(shapes)} == {_promise(path)[0] for path in INVALID}

    def test_every_change_breaks_its_rule(self, terms: Graph, lists: Graph, shapes: Graph) -> None:
        """Each of the changes breaks the rules it names, and no others, at the node that was changed."""
        data = terms + lists + _read(*VALID)
        data.parse(data=PROLOGUE + "<post/of-jo-doe> org:member <person/jo-doe> .", format="turtle")
        expected: dict[object, tuple[set[str], str]] = {}
        for number, line in enumerate(CHANGES.read_text(encoding="utf-8").splitlines()):
            if not line.startswith("#"):
                rules, node, change = line.split(" ", 2)
                copy = ID[f"{node[1:-1]}/{number}"]
                data += _changed(data, ID[node[1:-1]], copy, change)
                expected[copy] = (set(rules.split("+")), line)
        found: dict[object, set[str]] = defaultdict(set)
        for broken, rule, _ in _results(data, shapes):
            found[broken].add(rule)
        assert [line for copy, (rules, line) in expected.items() if found[copy] != rules] == []
        assert set(found) == set(expected)

    @pytest.mark.parametrize("path", INVALID, ids=_name)
    def test_invalid_examples_are_named_after_their_rule(self, path: Path) -> None:
        """A file of an invalid example bears its rule's name, and its second line says what to read it with."""
        assert path.stem == _promise(path)[0] or path.stem.startswith(_promise(path)[0] + "-")
        assert path.read_text(encoding="utf-8").splitlines()[1] == "# Read together with ../valid/base.ttl."


def _targeted(shapes: Graph) -> Iterator[object]:
    for predicate in (SH.targetClass, SH.targetSubjectsOf):
        yield from shapes.subjects(predicate)


def _all_shapes(shapes: Graph) -> list[URIRef]:
    kinds = (SH.NodeShape, SH.PropertyShape)
    return [URIRef(str(node)) for kind in kinds for node in shapes.subjects(RDF.type, kind)]


def _is_helper(shape: URIRef) -> bool:
    return re.match("(is|has|in)-", _local(shape)) is not None


def _rules(shapes: Graph) -> set[URIRef]:
    """Return the shapes that report: not the helpers, nor those that only gather rules for a target."""
    gathering = {RDF.type, SH.targetClass, SH.targetSubjectsOf, SH.property}
    return {s for s in _all_shapes(shapes) if not _is_helper(s) and not set(shapes.predicates(s)) <= gathering}


def _promise(path: Path) -> tuple[str, str]:
    """Return the rule and the part of its message that the first line of an invalid example names."""
    first = path.read_text(encoding="utf-8").splitlines()[0]
    match = re.fullmatch(r"# fails: shape:([\w-]+) — (.+)", first)
    assert match, first
    return match[1], match[2]


def _broken(data: Graph, shapes: Graph) -> list[tuple[str, str]]:
    """Return the rules that a graph breaks, each with its message."""
    return sorted((rule, message) for _, rule, message in _results(data, shapes))


def _results(data: Graph, shapes: Graph) -> Iterator[tuple[object, str, str]]:
    """Validate a graph; yield the node, the rule and the message of each result."""
    _, report, _ = validate(data, shacl_graph=shapes, inference="none", inplace=True)
    assert isinstance(report, Graph)
    for result in report.objects(None, SH.result):
        shape, message = report.value(result, SH.sourceShape), report.value(result, SH.resultMessage)
        yield report.value(result, SH.focusNode), _local(shape), str(message)


def _changed(data: Graph, node: URIRef, copy: URIRef, change: str) -> Graph:
    """Return a copy of a node, under a name of its own, that differs in some properties."""
    spelt = change.replace("HASH", f'"{"a" * 64}"').replace("OTHER", f'"{"b" * 64}"')
    parts = spelt.split(" ; ")
    stated = " ; ".join(part for part in parts if not part.startswith("-"))
    dropped = ", ".join(part[1:] for part in parts if part.startswith("-"))
    text = (f"<{copy}> {stated} . " if stated else "") + (f"<dropped> <dropped> {dropped} ." if dropped else "")
    new = Graph().parse(data=PROLOGUE + text, format="turtle")
    replaced = {*new.predicates(copy), *new.objects(ID.dropped)}
    new.remove((ID.dropped, None, None))
    for predicate, value in data.predicate_objects(node):
        if predicate not in replaced:
            new.add((copy, predicate, value))
    return new


class TestTexts:
    """What holds of the invented texts that the examples were read from."""

    @pytest.mark.parametrize("path", sorted((FOLDER / "examples/texts").glob("*.txt")), ids=_name)
    def test_anchors_match(self, path: Path) -> None:
        """The hash and length of an example's document, and the hash of every span of it, are those of its text."""
        text = path.read_bytes().decode("utf-8")
        graph = _read(*VALID)
        document = ID[f"document/{path.stem}"]
        assert graph.value(document, STP.textHash) == Literal(hashlib.sha256(text.encode()).hexdigest())
        assert graph.value(document, STP.textLength) == Literal(len(text))
        spans = list(graph.subjects(URIRef(OA.hasSource.value), document))
        assert spans
        for span in spans:
            start, end = map(int, _local(span).split("-"))
            selector = ID[f"selector/{path.stem}/{start}-{end}"]
            assert graph.value(selector, URIRef(OA.start.value)) == Literal(start)
            assert graph.value(selector, URIRef(OA.end.value)) == Literal(end)
            assert graph.value(span, STP.textHash) == Literal(hashlib.sha256(text[start:end].encode()).hexdigest())

    @pytest.mark.parametrize("path", VALID, ids=_name)
    def test_figures_stand_as_said(self, path: Path) -> None:
        """The number words of a statistic are those of its span."""
        graph = _read(path)
        for statistic, document in graph.subject_objects(STP.reportedIn):
            said = graph.value(statistic, STP.asSaid)
            if said is None or "/report/" in str(document):
                continue
            text = (FOLDER / f"examples/texts/{_local(document)}.txt").read_bytes().decode("utf-8")
            start, end = map(int, _local(graph.value(statistic, STP.evidence)).split("-"))
            assert text[start:end] == str(said)
