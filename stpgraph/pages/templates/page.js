// The page: what is chosen, searched and filtered decides what is drawn, lit, listed and marked.

const field = byId("words");
const board = byId("board");
let cameFrom = null; // where the focus goes back to when a choice is let go
let drawnFor = null; // the filters that the picture shows
let searchedFor = null; // the search that `found` answers, and its answer
let found = null;

const isStacked = () => matchMedia("(max-width: 60rem)").matches;

// Theme

const darkRule = [...document.styleSheets].flatMap((sheet) => [...sheet.cssRules]).find((rule) => rule.media?.mediaText.includes("prefers-color-scheme"));
const DARK = { "": "screen and (prefers-color-scheme: dark)", light: "not all", dark: "screen" };

function showTheme() {
  byId("theme").value = state.theme;
  if (darkRule.media.mediaText === DARK[state.theme]) return;
  darkRule.media.mediaText = DARK[state.theme];
  document.documentElement.style.colorScheme = state.theme || "light dark";
  recolour();
}

function recolour() {
  picture?.recolour();
  showLegend();
}

// What stands out

function litByItems(list, more = []) {
  const wanted = new Set(list);
  const lit = { nodes: new Set(more), edges: new Set() };
  for (const { index, from, to, items: behind } of edges) {
    if ((visible.edges && !visible.edges.has(index)) || !behind.some((at) => wanted.has(at))) continue;
    lit.edges.add(index);
    lit.nodes.add(from).add(to);
  }
  return lit;
}

// A node lights its own lines alone, though an item of two speakers has others.
function litAround(index) {
  const own = nodes[index].edges.filter((edge) => !visible.edges || visible.edges.has(edge));
  return { nodes: new Set([index, ...own.flatMap((edge) => [edges[edge].from, edges[edge].to])]), edges: new Set(own) };
}

function litFor({ kind, index }) {
  if (kind === "node") return litAround(index);
  if (kind === "item") return litByItems([index]);
  return { nodes: new Set([edges[index].from, edges[index].to]), edges: new Set([index]) };
}

// A few names that are found are marked; of many it is enough that they are lit.
const MOST_MARKED = 20;
const markedNames = (list) => (list.length > MOST_MARKED ? [] : list.map((index) => ({ kind: "node", index })));

let isLit = false;
function light(lit, chosen) {
  if (lit || isLit) picture.light(lit, chosen);
  isLit = lit !== null;
}

// What is found

function search() {
  if (searchedFor !== state.query) {
    searchedFor = state.query;
    found = find(state.query);
  }
  if (!found || !isFiltered()) return found;
  return { items: found.items.filter(shows), nodes: found.nodes.filter((index) => visible.nodes.has(index)) };
}

function showSearch(result) {
  if (document.activeElement !== field || field.value.trim() !== state.query) field.value = state.query;
  byId("found").textContent = "";
  if (!result) return;
  const name = result.nodes.length ? ` Enter opens ${nodes[result.nodes[0]].label}.` : "";
  byId("found").textContent = `${counted(result.items.length, THING, THINGS)} and ${counted(result.nodes.length, "name")} found.${name}`;
}

// The rows of the table: what the filters leave and the search finds; null for all.
function wantedRows() {
  const result = search();
  if (result) return new Set(result.items);
  return visible.items;
}

// Everything

function showFilters() {
  const now = JSON.stringify([[...state.filters].map(([name, values]) => [name, ...values]), state.since, state.until, state.undated]);
  if (now === drawnFor) return;
  drawnFor = now;
  applyFilters();
  picture?.show(visible);
  showLegend();
  updateFilters();
  updateTimeline();
}

let tableFor = null;
function showTable() {
  const now = `${drawnFor} ${state.query}`;
  if (now === tableFor || !tableBody) return;
  tableFor = now;
  fillTable(wantedRows());
}

function showPanel(result) {
  if (state.choice) {
    showChoice(state.choice);
    byId("told").textContent = `${panel.title.textContent}: ${panel.about.textContent}`;
    return;
  }
  if (result) {
    const none = result.items.length ? undefined : `No ${THING} holds these words.`;
    showCards([`Search: ${state.query}`], result.items, none);
  } else if (isFiltered()) {
    const left = [...visible.items];
    showCards(["What the filters leave"], left, left.length ? undefined : `No ${THINGS} are left. Take a filter away.`);
  } else showGuide();
}

function update() {
  keepKnown();
  showTheme();
  showFilters();
  const result = search();
  showSearch(result);
  showTable();
  const { choice } = state;
  byId("back").hidden = !choice;
  showPanel(result);
  markRows(choice ? itemsOf(choice) : []);
  if (choice) light(litFor(choice), choice.kind === "item" ? [] : [choice]);
  else if (result) light(litByItems(result.items, result.nodes), markedNames(result.nodes));
  else light(null, []);
}

function toPanel() {
  panel.title.focus({ preventScroll: true });
  panel.view.scrollIntoView({ block: isStacked() ? "start" : "nearest", behavior: isCalm() ? "auto" : "smooth" });
}

function letGo() {
  choose(null);
  if (cameFrom?.isConnected) cameFrom.focus();
  cameFrom = null;
}

// The picture

function pointedAt(hit) {
  if (document.activeElement === null || !byId("picture").contains(document.activeElement)) return; // a mouse needs no words
  if (!hit) return;
  const list = itemsOf(hit);
  const name = hit.kind === "node" ? nodes[hit.index].name : `${nodes[edges[hit.index].from].name} – ${nodes[edges[hit.index].to].name}`;
  byId("told").textContent = `${name}: ${counted(list.length, THING, THINGS)}`;
}

const CAMERA = ["x", "y", "scale"];
const cameraToText = (camera) => (camera ? CAMERA.map((name) => Math.round(camera[name] * 1000) / 1000).join(",") : "");
const textToCamera = (told) => (told ? Object.fromEntries(told.split(",").map((value, at) => [CAMERA[at], Number(value)])) : null);

let cameraTimer = null;
function noteCamera() {
  clearTimeout(cameraTimer);
  cameraTimer = setTimeout(() => {
    const camera = cameraToText(picture.camera);
    if (camera !== state.camera) change({ camera }, { isStep: false });
  }, 300);
}

let picture = null;
keepKnown();
startTimeline();
showTheme();
showFilters();
picture = await createPicture(byId("picture"), {
  onChoose: (hit) => {
    cameFrom = null;
    choose(hit?.kind, hit?.index);
    if (hit && isStacked()) toPanel();
  },
  onPoint: pointedAt,
});
if (visible.items) picture.show(visible);
if (state.camera) picture.setCamera(textToCamera(state.camera));
onChange = update;
update();
await new Promise((painted) => requestAnimationFrame(() => requestAnimationFrame(painted)));
performance.mark("drawn");
buildTable();
showTable();
markRows(state.choice ? itemsOf(state.choice) : []);
startDownloads();
document.documentElement.dataset.drawn = "yes";

// Controls

// Links to names and items, in the table and on the cards, open in the panel.
document.addEventListener("click", (event) => {
  const anchor = event.target.closest?.('a[href^="#"]');
  if (!anchor || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  if (anchor.id === "skip") {
    byId("items-title").focus();
    return;
  }
  const [, kind, id] = anchor.getAttribute("href").match(/^#(\w+)=(.+)$/);
  if (byId("items").contains(anchor)) cameFrom = anchor;
  choose(kind, CHOICES.get(kind).index.get(unescaped(id)));
  toPanel();
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || event.defaultPrevented) return;
  const open = openMenu();
  if (open) {
    open.open = false;
    open.querySelector("summary").focus();
  } else if (state.choice) letGo();
  else if (state.query || field.value) {
    field.value = "";
    change({ query: "" });
  }
});

field.addEventListener("input", () => change({ query: field.value.trim(), choice: null }, { isStep: false }));
byId("search").addEventListener("submit", (event) => {
  event.preventDefault();
  const first = search()?.nodes[0];
  if (first === undefined) return;
  cameFrom = field;
  choose("node", first);
  picture.reveal(first);
  toPanel();
});

const camera = (button, move) => byId(button).addEventListener("click", () => {
  move();
  noteCamera();
});
camera("fit", () => picture.fit());
camera("zoom-in", () => picture.zoom(1.25));
camera("zoom-out", () => picture.zoom(0.8));
for (const moved of ["pointerup", "wheel", "keyup"]) byId("picture").addEventListener(moved, noteCamera, { passive: true });

byId("back").addEventListener("click", () => {
  byId("picture").scrollIntoView({ block: "start" });
  field.focus({ preventScroll: true });
});

byId("theme").addEventListener("change", () => change({ theme: byId("theme").value }));
copies(byId("copy-link"), () => {
  const now = cameraToText(picture.camera);
  if (now !== state.camera) change({ camera: now }, { isStep: false });
  return location.href;
});
copies(byId("copy-query"), () => scene.sparql);

const fullScreen = byId("full-screen");
fullScreen.hidden = !document.fullscreenEnabled;
fullScreen.addEventListener("click", () => (document.fullscreenElement ? document.exitFullscreen() : board.requestFullscreen()));
document.addEventListener("fullscreenchange", () => {
  fullScreen.textContent = document.fullscreenElement ? "Leave full screen" : "Full screen";
  picture.resize();
});

matchMedia("(prefers-color-scheme: dark)").addEventListener("change", recolour);

// On paper the picture stands as SVG in light colours, for a canvas may be blank there: the part of the sheet that it
// takes up, for the page has title and legend of its own.
let paperTheme = null;
addEventListener("beforeprint", () => {
  paperTheme ??= darkRule.media.mediaText;
  darkRule.media.mediaText = DARK.light;
  recolour();
  const sheet = new DOMParser().parseFromString(picture.toSvg({ legend: false }), "image/svg+xml").documentElement;
  byId("paper").replaceChildren(document.importNode(sheet, true));
  const drawn = byId("paper").firstChild;
  const { x, y, width, height } = drawn.querySelector("clipPath path").getBBox();
  drawn.setAttribute("viewBox", `${x} ${y} ${width} ${height}`);
  drawn.setAttribute("width", width);
  drawn.setAttribute("height", height);
});
addEventListener("afterprint", () => {
  darkRule.media.mediaText = paperTheme;
  paperTheme = null;
  recolour();
  byId("paper").replaceChildren();
});
