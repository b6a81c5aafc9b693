// The page: what is searched and selected decides what is lit, listed and marked.

const field = document.getElementById("words");
const found = document.getElementById("found");
const back = document.getElementById("back");
let cameFrom = null; // where the focus goes back to when a selection is let go

const isStacked = () => matchMedia("(max-width: 60rem)").matches;

function claimsOf({ kind, id }) {
  if (kind === "claim") return [id];
  return (kind === "node" ? nodes : edges).get(id).claims;
}

function litFor(choice) {
  if (choice.kind !== "edge") return litBy(claimsOf(choice));
  const { from, to } = edges.get(choice.id);
  return { nodes: new Set([from, to]), edges: new Set([choice.id]) };
}

// A node lights its own lines alone, though a claim of two claimants has others.
function litAround(id) {
  const own = [...edges.values()].filter(({ from, to }) => from === id || to === id);
  return { nodes: new Set([id, ...own.flatMap(({ from, to }) => [from, to])]), edges: new Set(own.map((edge) => edge.id)) };
}

function showSearch(result) {
  found.textContent = "";
  if (!result) return;
  const names = result.nodes.map((id) => nodes.get(id).label);
  found.textContent = `${counted(result.claims.length, "claim")} and ${counted(result.nodes.length, "name")} found.` + (names.length ? ` Enter opens ${names[0]}.` : "");
}

function update() {
  const choice = selected();
  const result = find(field.value);
  showSearch(result);
  narrowTable(result?.claims ?? null);
  back.hidden = !choice;
  if (choice) {
    light(choice.kind === "node" ? litAround(choice.id) : litFor(choice), [choice.id]);
    showSelection(choice);
    markRows(claimsOf(choice));
    return;
  }
  markRows([]);
  if (result) {
    light(litBy(result.claims, result.nodes), result.nodes);
    const none = result.claims.length ? undefined : "No claim holds these words.";
    showCards(`Search: ${field.value.trim()}`, result.claims, none);
  } else {
    light(null);
    showGuide();
  }
}

function toPanel() {
  panel.title.focus({ preventScroll: true });
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  document.getElementById("panel").scrollIntoView({ block: isStacked() ? "start" : "nearest", behavior: calm ? "auto" : "smooth" });
}

function letGo() {
  clearSelection();
  if (cameFrom?.isConnected) cameFrom.focus();
  cameFrom = null;
}

onSelection = update;

network.on("click", ({ pointer }) => {
  const hit = at(pointer.DOM);
  cameFrom = null;
  if (!hit) return void clearSelection();
  select(hit.kind, hit.id);
  if (isStacked()) toPanel();
});

// Links to names and claims, in the table and on the cards, open in the panel.
document.addEventListener("click", (event) => {
  const target = event.target.closest?.('a[href^="#"]');
  if (!target) return;
  event.preventDefault();
  if (table.contains(target)) cameFrom = target;
  const [, kind, id] = target.getAttribute("href").match(/^#(\w+)=(.+)$/);
  select(kind, decodeURIComponent(id));
  toPanel();
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  if (selected()) letGo();
  else if (field.value) {
    field.value = "";
    update();
  }
});

field.addEventListener("input", () => {
  if (selected()) history.replaceState(null, "", location.href.split("#")[0]);
  update();
});
document.getElementById("search").addEventListener("submit", (event) => {
  event.preventDefault();
  const first = find(field.value)?.nodes[0];
  if (!first) return;
  cameFrom = field;
  select("node", first);
  toPanel();
});

document.getElementById("fit").addEventListener("click", fit);
document.getElementById("zoom-in").addEventListener("click", () => zoom(1.25));
document.getElementById("zoom-out").addEventListener("click", () => zoom(0.8));
back.addEventListener("click", () => {
  container.scrollIntoView({ block: "start" });
  field.focus({ preventScroll: true });
});

let width = 0;
new ResizeObserver(() => {
  if (container.clientWidth === width) return; // its height is set by fit
  width = container.clientWidth;
  fit();
}).observe(container);
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
  readColours();
  update();
});

fit();
update();
document.documentElement.dataset.drawn = "yes";
