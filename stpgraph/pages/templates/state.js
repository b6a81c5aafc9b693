// What is chosen, all of it kept in the address: #node=…&stance=critical,mixed&since=2016-11&q=trust&theme=dark.
// What the address says that is not known here counts as not said.

const FACETS = ["claimant", "body", "about", "party", "stance", "act", "status", "document"];
const THEMES = ["light", "dark"];
const CHOICES = new Map([
  ["node", { kind: "node", index: nodeIndex }],
  ["edge", { kind: "edge", index: edgeIndex }],
  ["item", { kind: "item", index: itemIndex }],
  ["claim", { kind: "item", index: itemIndex }], // as addresses had it before
]);
const PERIOD = /^\d{4}(-(0[1-9]|1[0-2])(-\d\d)?)?$/;

const untouched = () => ({
  choice: null, // { kind: "node" | "edge" | "item", index }
  filters: new Map(), // name of a facet → set of values
  since: "",
  until: "",
  undated: true,
  query: "",
  theme: "",
  camera: "",
});

function unescaped(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return ""; // a broken escape in an address written by hand
  }
}

const READERS = new Map([
  ...[...CHOICES].map(([name, { kind, index }]) => [
    name,
    (told, text) => {
      const at = index.get(unescaped(text));
      if (at !== undefined) told.choice = { kind, index: at };
    },
  ]),
  ...FACETS.map((name) => [
    name,
    (told, text) => told.filters.set(name, new Set(text.split(",").map(unescaped).filter(Boolean))),
  ]),
  ["since", (told, text) => { if (PERIOD.test(text)) told.since = text; }],
  ["until", (told, text) => { if (PERIOD.test(text)) told.until = text; }],
  ["undated", (told, text) => { told.undated = text !== "no"; }],
  ["q", (told, text) => { told.query = unescaped(text); }],
  ["theme", (told, text) => { if (THEMES.includes(text)) told.theme = text; }],
  ["at", (told, text) => { if (/^-?[\d.]+(,-?[\d.]+){2}$/.test(text)) told.camera = text; }],
]);

function readAddress() {
  const told = untouched();
  for (const part of location.hash.slice(1).split("&")) {
    const cut = part.indexOf("=");
    if (cut > 0) READERS.get(part.slice(0, cut))?.(told, part.slice(cut + 1));
  }
  return told;
}

// As it stands behind the #: slashes, colons and plus signs are left readable.
const escaped = (text) =>
  encodeURIComponent(text).replace(/%(2F|2B|3A)/g, (sign) => decodeURIComponent(sign));

const idOf = ({ kind, index }) => ({ node: nodes, edge: edges })[kind]?.[index].id ?? scene.items.id[index];
const fragment = (kind, index) => `#${kind}=${escaped(idOf({ kind, index }))}`;

function writeAddress(told) {
  const parts = [];
  if (told.choice) parts.push(fragment(told.choice.kind, told.choice.index).slice(1));
  for (const name of FACETS) {
    const values = told.filters.get(name);
    if (values?.size) parts.push(`${name}=${[...values].map(escaped).join(",")}`);
  }
  if (told.since) parts.push(`since=${told.since}`);
  if (told.until) parts.push(`until=${told.until}`);
  if (!told.undated) parts.push("undated=no");
  if (told.query) parts.push(`q=${escaped(told.query)}`);
  if (told.theme) parts.push(`theme=${told.theme}`);
  if (told.camera) parts.push(`at=${told.camera}`);
  return parts.length ? `#${parts.join("&")}` : "";
}

let state = readAddress();

// Called after every change of what is chosen.
let onChange = () => {};

// Change what is chosen: as a step that Back undoes, or (isStep: false) in passing.
function change(changes, { isStep = true } = {}) {
  state = { ...state, ...changes };
  const address = writeAddress(state);
  if (address !== location.hash) {
    history[isStep ? "pushState" : "replaceState"](null, "", location.href.split("#")[0] + address);
  }
  onChange();
}

function choose(kind, index) {
  change({ choice: kind ? { kind, index } : null });
}

function filterBy(name, values) {
  const filters = new Map(state.filters);
  if (values.size) filters.set(name, values);
  else filters.delete(name);
  change({ filters });
}

function reread() {
  if (location.hash === writeAddress(state)) return;
  state = readAddress();
  onChange();
}
addEventListener("hashchange", reread);
addEventListener("popstate", reread);
