// What is selected, kept in the address: #node=…, #edge=…, #claim=…; nothing where the address says nothing known.

const KNOWN = { node: nodes, edge: edges, claim: cards };

// The same form as the links of the table have.
const fragment = (kind, id) =>
  `#${kind}=${encodeURIComponent(id).replace(/%(2F|2B|3A)/g, (escaped) => decodeURIComponent(escaped))}`;

function selected() {
  const [, kind, rest] = location.hash.match(/^#(node|edge|claim)=(.+)$/) ?? [];
  if (!kind) return null;
  try {
    const id = decodeURIComponent(rest);
    return KNOWN[kind].has(id) ? { kind, id } : null;
  } catch {
    return null; // a broken escape in a hand-written address
  }
}

// Called after every change of what is selected.
let onSelection = () => {};

function select(kind, id) {
  const hash = fragment(kind, id);
  if (location.hash === hash) onSelection();
  else location.hash = hash; // and hashchange calls on
}

function clearSelection() {
  if (location.hash) history.pushState(null, "", location.href.split("#")[0]);
  onSelection();
}

addEventListener("hashchange", () => onSelection());
addEventListener("popstate", () => onSelection());
