// Filters: which values each facet has, what is left of the evidence, and how many items each value would leave.

const UNKNOWN = "unknown";
const isClaim = (at) => scene.items.kind[at] === 0;
const hasClaims = scene.items.kind.includes(0);

// A facet's title, and for an item the values it has: [key for the address, name for readers].
const FACET_RULES = {
  claimant: {
    title: hasClaims ? "Claimant" : "Who",
    none: hasClaims ? "unknown claimant" : "",
    values: (at) =>
      scene.items.speakers[at].map((one) => {
        const { node, label } = speakerAt(one);
        return [node >= 0 ? nodes[node].id : label, label];
      }),
  },
  body: {
    title: "Body",
    none: "no body",
    values: (at) =>
      scene.items.speakers[at].flatMap((one) => {
        const { label, kind, body } = speakerAt(one);
        return body ? [[body, body]] : kind === "body" ? [[label, label]] : [];
      }),
  },
  about: {
    title: "Relationship",
    none: hasClaims ? "unknown relationship" : "",
    values: (at) => scene.items.topics[at].map((one) => [topicAt(one).node >= 0 ? nodes[topicAt(one).node].id : topicAt(one).label, topicAt(one).label]),
  },
  party: {
    title: "Party",
    none: "no party",
    values: (at) => scene.items.topics[at].flatMap((one) => scene.topics[one][2].map((party) => [scene.parties[party], scene.parties[party]])),
  },
  stance: {
    title: "Stance",
    values: (at) => (isClaim(at) ? [[STANCES[scene.items.stance[at]] || UNKNOWN, STANCES[scene.items.stance[at]] || "not known"]] : []),
  },
  act: {
    title: "Speech act",
    values: (at) => (isClaim(at) ? [[scene.acts[scene.items.act[at]] || UNKNOWN, scene.acts[scene.items.act[at]] || "not known"]] : []),
  },
  status: {
    title: "Review",
    values: (at) => [[scene.statuses[scene.items.status[at]] || UNKNOWN, scene.statuses[scene.items.status[at]] || "not known"]],
  },
  document: {
    title: "Document",
    none: "no document",
    values: (at) => {
      const [title, outlet] = scene.documents[scene.items.document[at]] ?? [];
      if (title === undefined) return [];
      const name = title || "a document without a title";
      return [[outlet ? `${name} (${outlet})` : name, outlet ? `${name} (${outlet})` : name]];
    },
  },
};

// A facet: its values by number, and the numbers of each item.
class Facet {
  constructor(name, bit) {
    this.name = name;
    this.bit = bit;
    this.title = FACET_RULES[name].title;
    this.keys = [];
    this.labels = [];
    this.numbers = new Map();
    const { values, none } = FACET_RULES[name];
    this.of = scene.items.id.map((_, at) => {
      const found = values(at);
      if (!found.length && none && (isClaim(at) || !hasClaims)) found.push([UNKNOWN, none]); // a figure among claims has no claimant to be unknown
      return found.length === 1 ? [this.number(...found[0])] : [...new Set(found.map((one) => this.number(...one)))];
    });
  }

  number(key, label) {
    if (!this.numbers.has(key)) {
      this.numbers.set(key, this.keys.length);
      this.keys.push(key);
      this.labels.push(label);
    }
    return this.numbers.get(key);
  }

  // The numbers that the address asks for; null for all.
  get wanted() {
    const keys = [...(state.filters.get(this.name) ?? [])].filter((key) => this.numbers.has(key));
    return keys.length ? new Set(keys.map((key) => this.numbers.get(key))) : null;
  }
}

const facets = FACETS.map((name, at) => new Facet(name, 1 << at)).filter((facet) => facet.keys.length > 1);
const facetNamed = new Map(facets.map((facet) => [facet.name, facet]));
const IN_TIME = 1 << FACETS.length;

// Which criteria each item fails, a bit for each: 0 is shown.
const fails = new Uint16Array(itemCount);
const shows = (at) => fails[at] === 0;

// What the picture shows; null for everything as it was given.
const visible = { items: null, nodes: null, edges: null };

// Forget what the address asks for that does not exist.
function keepKnown() {
  const known = [...state.filters].map(([name, values]) => {
    const facet = facetNamed.get(name);
    return [name, new Set([...values].filter((value) => facet?.numbers.has(value)))];
  });
  state.filters = new Map(known.filter(([, values]) => values.size));
  if (isWhole(periodOf(state))) state.since = state.until = "";
  if (!undatedCount) state.undated = true;
}

function applyFilters() {
  fails.fill(0);
  for (const facet of facets) {
    const { wanted } = facet;
    if (!wanted) continue;
    facet.of.forEach((values, at) => { if (!values.some((value) => wanted.has(value))) fails[at] |= facet.bit; });
  }
  const period = periodOf(state);
  if (!isWhole(period) || !state.undated) {
    for (let at = 0; at < itemCount; at += 1) {
      const isIn = starts[at] < 0 ? state.undated : starts[at] <= period.to && ends[at] >= period.from;
      if (!isIn) fails[at] |= IN_TIME;
    }
  }
  showPart();
}

const isFiltered = () => Boolean(state.filters.size || state.since || state.until || !state.undated);

function showPart() {
  if (!isFiltered()) {
    Object.assign(visible, { items: null, nodes: null, edges: null });
    return;
  }
  const shown = new Set();
  for (let at = 0; at < itemCount; at += 1) if (shows(at)) shown.add(at);
  const weighed = weigh(shows);
  const ends_ = [...weighed.keys()].flatMap((index) => [edges[index].from, edges[index].to]);
  Object.assign(visible, { items: shown, edges: weighed, nodes: new Set(ends_) });
}

// How many items each value of a facet would leave, given the other filters.
function countValues(facet) {
  const counts = new Uint32Array(facet.keys.length);
  for (let at = 0; at < itemCount; at += 1) {
    if (fails[at] & ~facet.bit) continue;
    for (const value of facet.of[at]) counts[value] += 1;
  }
  return counts;
}

// How many items lie in each period, given the other filters.
function countPeriods() {
  const counts = new Uint32Array(periods.names.length);
  for (let at = 0; at < itemCount; at += 1) {
    if (starts[at] < 0 || fails[at] & ~IN_TIME) continue;
    for (let period = starts[at]; period <= ends[at]; period += 1) counts[period] += 1;
  }
  return counts;
}
