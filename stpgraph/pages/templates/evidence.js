// What the page was given: claims, nodes, edges and where they stand. Read once, changed never.

const given = (id) => JSON.parse(document.getElementById(id).textContent);

const evidence = given("evidence");
const drawn = given("network");
const cards = new Map(evidence.cards.map((card) => [card.claim, card]));
const nodes = new Map(drawn.nodes.map((node) => [node.id, node]));
const edges = new Map(drawn.edges.map((edge) => [edge.id, edge]));

const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

// What a search looks through, by claim and by node.
const wordsOfCard = (card) =>
  plain(
    [
      card.summary, card.stance, card.speech_act, card.attribution, card.day, card.document, card.outlet, card.via,
      ...card.figures,
      ...card.topics.map((topic) => topic.label),
      ...card.speakers.flatMap((speaker) => [speaker.label, nodes.get(speaker.node).label, speaker.role, speaker.body]),
    ].join(" "),
  );
const wordsOfNode = (node) => plain([node.label, node.name, node.body].join(" "));
const cardWords = new Map(evidence.cards.map((card) => [card.claim, wordsOfCard(card)]));
const nodeWords = new Map(drawn.nodes.map((node) => [node.id, wordsOfNode(node)]));

const matches = (words, text) => words.every((word) => text.includes(word));

// Claims and nodes that hold all the words; null for no words at all.
function find(query) {
  const words = plain(query).split(/\s+/).filter(Boolean);
  if (!words.length) return null;
  return {
    claims: [...cards.keys()].filter((claim) => matches(words, cardWords.get(claim))),
    nodes: [...nodes.keys()].filter((node) => matches(words, nodeWords.get(node))),
  };
}

// Nodes and edges that some claims, and some further nodes, light up.
function litBy(claims, more = []) {
  const wanted = new Set(claims);
  const lit = { nodes: new Set(more), edges: new Set() };
  for (const claim of claims) {
    for (const end of [...cards.get(claim).speakers, ...cards.get(claim).topics]) lit.nodes.add(end.node);
  }
  for (const edge of edges.values()) if (edge.claims.some((claim) => wanted.has(claim))) lit.edges.add(edge.id);
  return lit;
}

const counted = (count, one) => `${count} ${one}${count === 1 ? "" : "s"}`;
