// What a line weighs once only a part of the evidence is shown: the number of its items, or agreement and
// disagreement made again of the statements that remain, in products of counts.

const mostWeight =
  edges.reduce((most, { weight, items: behind }) => Math.max(most, scene.colour === "stance" ? behind.length : Math.abs(weight)), 0) || 1;
const THICKEST_AGREEMENT = 8;

// Pixels of width of a line, or of a strand of it.
function lineWidth(weight, most = mostWeight) {
  if (scene.weighing) return Math.max((Math.abs(weight) * THICKEST_AGREEMENT) / most, 1);
  return Math.max(Math.abs(weight) * Math.min(2.2, 16 / most), 1);
}

// What the colour of a line says where it is no stance: as given, or of its weight made again.
function signOf(weight, given) {
  if (!scene.weighing) return given;
  return scene.weighing.weight === "conflict" ? -Math.sign(weight) : Math.sign(weight);
}

// The strands of a line: one for each stance of its items, as wide as they are many, or one for its sign.
function strandsOf(shown, weight, most = mostWeight, given = 0) {
  if (scene.colour === "sign") return [{ sign: signOf(weight, given), width: lineWidth(weight, most) }];
  if (scene.colour !== "stance") return [{ width: lineWidth(weight, most) }];
  const counts = [0, 0, 0, 0, 0];
  for (const at of shown) counts[scene.items.stance[at]] += 1;
  return [1, 2, 3, 4, 0].filter((stance) => counts[stance]).map((stance) => ({ stance: STANCES[stance], width: lineWidth(counts[stance], most) }));
}

// Who or what makes the statements of an item, and on what: numbers of nodes, or names where they are not drawn.
// Persons count as the bodies they speak for where the picture has only these, or where the scene says so.
function statementsOf(at) {
  const isOfClaimants = scene.weighing.mode !== "relationships";
  const said = scene.items.speakers[at].map((one) => {
    const { node, label, body, bodyNode } = speakerAt(one);
    const isRolledUp = isOfClaimants ? node < 0 && bodyNode >= 0 : scene.weighing.roll_up && body;
    if (isRolledUp) return bodyNode >= 0 ? bodyNode : body;
    return node >= 0 ? node : label;
  });
  const about = scene.items.topics[at].map((one) => (scene.topics[one][0] >= 0 ? scene.topics[one][0] : scene.topics[one][1]));
  return (isOfClaimants ? [said, about] : [about, said]).map((some) => [...new Set(some)]);
}

// The level of each stance by its number in the scene; null for one that is left out: where there are two levels, mixed
// and neutral are neither for nor against.
const LEVELS = scene.weighing?.levels === "three" ? [null, 1, -1, 0, 0] : [null, 1, 0, null, null];
const levelsThere = scene.items.stance.map((stance) => LEVELS[stance]).filter((level) => level !== null);
const reach = levelsThere.reduce((most, level) => Math.max(most, level), -1) - levelsThere.reduce((least, level) => Math.min(least, level), 1);
const likeness = (one, other) => (reach > 0 ? 1 - Math.abs(one - other) / reach : 1);

// Statements that are said again and do not count, whatever is shown.
const nameOf = (end) => (typeof end === "number" ? nodes[end].id : end);
const isDropped = new Set((scene.weighing?.dropped ?? []).map(([at, who, what]) => JSON.stringify([at, ...(scene.weighing.mode === "relationships" ? [what, who] : [who, what])])));

// For each node, on each subject, how many statements there are of each level.
function countStatements(isCounted) {
  const counts = new Map();
  for (let at = 0; at < itemCount; at += 1) {
    const level = LEVELS[scene.items.stance[at]];
    if (level === null || !isCounted(at)) continue;
    const [actors, subjects] = statementsOf(at);
    for (const actor of actors) {
      if (!counts.has(actor)) counts.set(actor, new Map());
      for (const subject of subjects) {
        if (isDropped.has(JSON.stringify([at, nameOf(actor), nameOf(subject)]))) continue;
        if (!counts.get(actor).has(subject)) counts.get(actor).set(subject, new Map());
        const cell = counts.get(actor).get(subject);
        cell.set(level, (cell.get(level) ?? 0) + 1);
      }
    }
  }
  return counts;
}

const cellsOf = (counts) => [...counts].flatMap(([subject, levels]) => [...levels].map(([level, count]) => ({ subject, level, count })));
const total = (counts) => cellsOf(counts).reduce((sum, { count }) => sum + count, 0);

// How many statements of one there are in cells in which the other has none.
function only(one, other) {
  return cellsOf(one).reduce((sum, { subject, level, count }) => sum + (other.get(subject)?.get(level) ? 0 : count), 0);
}

// How often two nodes agree and differ, and what the weight is divided by.
function compare(one = new Map(), other = new Map()) {
  let [agree, differ, both] = [0, 0, 0];
  for (const { subject, level, count } of cellsOf(one)) {
    for (const [otherLevel, otherCount] of other.get(subject) ?? []) {
      const alike = likeness(level, otherLevel);
      agree += count * otherCount * alike;
      differ += count * otherCount * (1 - alike);
      if (level === otherLevel) both += count * otherCount;
    }
  }
  const divisors = {
    none: () => 1,
    average: () => (total(one) + total(other)) / 2,
    jaccard: () => only(one, other) + only(other, one) + both,
    cosine: () => total(one) * total(other),
  };
  return { agree, differ, by: divisors[scene.weighing.normalisation]() };
}

function agreement({ agree, differ, by }) {
  const weight = { congruence: agree, conflict: differ, subtract: agree - differ, ignore: agree + differ }[scene.weighing.weight];
  return by ? weight / by : 0;
}

// What a claimant's statements on a relationship weigh: for less against, or all, divided as the scene says.
function cellWeight(counts, { from, to }) {
  const { weight, normalisation, levels } = scene.weighing;
  const valueOf = (level) => (weight !== "subtract" ? 1 : levels === "three" ? level : level ? 1 : -1);
  const sum = (cell, value) => [...(cell ?? [])].reduce((all, [level, count]) => all + value(level) * count, 0);
  const own = counts.get(from) ?? new Map();
  const divisors = {
    none: () => 1,
    activity: () => total(own),
    prominence: () => [...counts.values()].reduce((all, of) => all + sum(of.get(to), () => 1), 0),
  };
  const by = divisors[normalisation]();
  return by ? sum(own.get(to), valueOf) / by : 0;
}

// Weigh every edge anew by the items that `shows`; edges that stand for nothing any more are left out.
function weigh(shows) {
  const counts = scene.weighing && countStatements(shows);
  const weighed = new Map();
  let most = mostWeight;
  for (const edge of edges) {
    const shown = edge.items.filter(shows);
    if (!shown.length) continue;
    let weight = shown.length;
    if (counts && scene.weighing.mode === "two-mode") {
      weight = cellWeight(counts, edge);
      most = Math.max(most, Math.abs(weight));
    } else if (counts) {
      const compared = compare(counts.get(edge.from), counts.get(edge.to));
      if (!compared.agree && !compared.differ) continue;
      weight = agreement(compared);
      if (!weight && scene.weighing.weight !== "subtract") continue;
      most = Math.max(most, Math.abs(weight));
    }
    weighed.set(edge.index, { weight, shown });
  }
  for (const [index, { weight, shown }] of weighed) weighed.set(index, { weight, strands: strandsOf(shown, weight, most, scene.edges.sign[index]) });
  return weighed;
}

const DIVISORS = {
  average: "the average number of their statements",
  jaccard: "their statements, shared or not (Jaccard)",
  cosine: "the product of their numbers of statements",
};
const WEIGHTS = { congruence: "agreement", conflict: "disagreement", subtract: "agreement less disagreement", ignore: "common subjects" };

// How the weight of an edge of agreement is made, in words.
function weightInWords(edge, shows) {
  if (scene.weighing.mode === "two-mode") return `Weight ${rounded(visible.edges?.get(edge.index)?.weight ?? edge.weight)}: ${scene.widthMeans}.`;
  const counts = countStatements(shows);
  const compared = compare(counts.get(edge.from), counts.get(edge.to));
  const weight = visible.edges ? (visible.edges.get(edge.index)?.weight ?? 0) : edge.weight;
  const divided = DIVISORS[scene.weighing.normalisation];
  const told = `Weight ${rounded(weight)}, ${WEIGHTS[scene.weighing.weight]}: agree on ${rounded(compared.agree)}, differ on ${rounded(compared.differ)}`;
  return `${told}${divided ? `, divided by ${rounded(compared.by)}, ${divided}` : ""}.`;
}
