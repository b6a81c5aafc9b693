// What the page was given: nodes, edges and their evidence. Read once, changed never.

const STANCES = ["", "supportive", "critical", "mixed", "neutral"];
const ITEM_KINDS = ["claim", "post", "figure", "fact"];

const [unpacked] = await Promise.all([unpack("scene"), run("library")]);
const scene = JSON.parse(unpacked);
const [THING, THINGS] = scene.things;

class DrawnNode {
  #items = null;

  constructor(index) {
    this.index = index;
    this.id = scene.nodes.id[index];
    this.kind = scene.kinds[scene.nodes.kind[index]][0];
    this.label = scene.nodes.label[index];
    this.name = scene.nodes.name[index];
    this.note = scene.nodes.note[index];
    this.edges = [];
  }

  // The evidence of all its edges, in order of reading.
  get items() {
    this.#items ??= [...new Set(this.edges.flatMap((edge) => edges[edge].items))].sort((one, other) => one - other);
    return this.#items;
  }
}

function readEdges() {
  const { from, to, kind, weight, items } = scene.edges;
  const pair = (at) => `${scene.nodes.id[from[at]]}+${scene.nodes.id[to[at]]}`;
  const met = new Map();
  for (let at = 0; at < from.length; at += 1) met.set(pair(at), (met.get(pair(at)) ?? 0) + 1);
  return from.map((_, at) => ({
    index: at,
    id: met.get(pair(at)) > 1 ? `${pair(at)}+${scene.edgeKinds[kind[at]]}` : pair(at),
    from: from[at],
    to: to[at],
    kind: scene.edgeKinds[kind[at]] ?? "",
    weight: weight[at],
    items: items[at],
  }));
}

const nodes = scene.nodes.id.map((_, at) => new DrawnNode(at));
const edges = readEdges();
for (const edge of edges) {
  nodes[edge.from].edges.push(edge.index);
  if (edge.to !== edge.from) nodes[edge.to].edges.push(edge.index);
}

const itemCount = scene.items.id.length;
const numbered = (ids) => new Map(ids.map((id, at) => [id, at]));
const nodeIndex = numbered(scene.nodes.id);
const edgeIndex = numbered(edges.map((edge) => edge.id));
const itemIndex = numbered(scene.items.id);

const speakerAt = (at) => {
  const [node, label, kind, role, body, bodyNode = -1] = scene.speakers[at];
  return { node, label: label || "no name", kind, role, body, bodyNode };
};
const topicAt = (at) => ({ node: scene.topics[at][0], label: scene.topics[at][1] || "no name" });

const items = new Map();

// One claim, post, figure or fact, as a card shows it; "", [] and null stand for what is not known.
function item(at) {
  if (!items.has(at)) items.set(at, readItem(at));
  return items.get(at);
}

function readItem(at) {
  const given = scene.items;
  const [title, outlet, issued] = scene.documents[given.document[at]] ?? ["", "", ""];
  return {
    index: at,
    id: given.id[at],
    kind: ITEM_KINDS[given.kind[at]],
    summary: given.summary[at],
    since: given.since[at],
    until: given.until[at],
    speakers: given.speakers[at].map(speakerAt),
    topics: given.topics[at].map(topicAt),
    stance: STANCES[given.stance[at]],
    act: scene.acts[given.act[at]],
    attribution: scene.attributions[given.attribution[at]],
    status: scene.statuses[given.status[at]],
    confidence: given.confidence[at],
    hasDocument: given.document[at] >= 0,
    title,
    outlet,
    issued,
    place: given.place[at],
    words: given.words[at],
    via: given.via[at],
    source: given.source[at],
    figures: given.figures[at].map((figure) => scene.figures[figure]),
  };
}

// What a search looks through. Made when first asked for, for there may be many.
let itemTexts = null;
let nodeTexts = null;

function textOfItem(at) {
  const card = item(at);
  const names = card.speakers.flatMap(({ node, label, role, body }) => [label, nodes[node]?.label ?? "", role, body]);
  const topics = scene.items.topics[at].flatMap((topic) => [topicAt(topic).label, ...scene.topics[topic][2].map((party) => scene.parties[party])]);
  const figures = card.figures.flatMap(({ said, population = "", measure = "" }) => [said, population, measure]);
  const rest = [card.summary, card.stance, card.act, card.attribution, card.status, card.title, card.outlet, card.place];
  const days = [card.since, card.until].map(inWords);
  return plain([...rest, ...days, ...names, ...topics, ...figures, ...card.words, ...card.via, card.source].join(" "));
}

// Items and nodes that hold all the words, names that are or begin with them first; null for no words at all.
function find(query) {
  const words = wordsOf(query);
  if (!words.length) return null;
  itemTexts ??= scene.items.id.map((_, at) => textOfItem(at));
  nodeTexts ??= nodes.map((node) => plain([node.label, node.name, node.note].join(" ")));
  const among = (texts) => texts.flatMap((text, at) => (holds(text, words) ? [at] : []));
  const asked = plain(query.trim());
  const farFrom = (name) => (name === asked ? 0 : name.startsWith(asked) ? 1 : 2);
  const far = new Map(among(nodeTexts).map((at) => [at, Math.min(...[nodes[at].label, nodes[at].name].map((name) => farFrom(plain(name))))]));
  return { items: among(itemTexts), nodes: [...far.keys()].sort((one, other) => far.get(one) - far.get(other)) };
}
