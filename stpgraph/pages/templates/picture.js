// The picture: the library moves it and takes clicks; lines, shapes and names are drawn here where Python put them.

const WIDE_FROM = 600; // pixels of width from which the picture for a desk is used
const LARGEST = { wide: 1.15, narrow: 1.2 };
const ZOOMS = { least: 0.4, most: 4 };
const DIMMED = { label: 0.32, line: 0.12 };
const DASHES = { mixed: [7, 4], "": [1.5, 4] };

const container = document.getElementById("picture");
let layout = evidence.layouts.wide;
let lit = null; // what stands out; null for everything
let chosen = new Set(); // what is selected
let pointed = null; // what the mouse is on
let colours = {};
let family = "sans-serif";

const isLit = (kind, id) => !lit || lit[kind].has(id);

function readColours() {
  const style = getComputedStyle(document.documentElement);
  const read = (name) => style.getPropertyValue(`--${name}`).trim();
  colours = Object.fromEntries(["ink", "quiet", "paper", "supportive", "critical", "mixed", "neutral"].map((name) => [name, read(name)]));
  family = getComputedStyle(document.body).fontFamily;
}

const SHAPES = {
  body: (ctx, r) => ctx.rect(-r * 0.86, -r * 0.86, r * 1.72, r * 1.72),
  person: (ctx, r) => ctx.arc(0, 0, r, 0, 2 * Math.PI),
  collective: (ctx, r) => polygon(ctx, [[0, -r * 1.1], [r * 1.15, r * 0.9], [-r * 1.15, r * 0.9]]),
  partnership: (ctx, r) => ctx.rect(-r * 0.8, -r * 0.8, r * 1.6, r * 1.6),
  relationship: (ctx, r) => polygon(ctx, [[0, -r * 1.15], [r * 1.15, 0], [0, r * 1.15], [-r * 1.15, 0]]),
};

function polygon(ctx, points) {
  points.forEach(([x, y], index) => (index ? ctx.lineTo(x, y) : ctx.moveTo(x, y)));
  ctx.closePath();
}

function drawShape(ctx, id, { x, y }) {
  const { kind } = nodes.get(id);
  ctx.save();
  ctx.translate(x, y);
  ctx.beginPath();
  (SHAPES[kind] ?? SHAPES.body)(ctx, 7);
  ctx.lineJoin = "round";
  ctx.strokeStyle = ctx.fillStyle = colours.paper; // keeps lines off the shape
  ctx.lineWidth = 4;
  ctx.stroke();
  ctx.fill();
  ctx.globalAlpha = isLit("nodes", id) ? 1 : DIMMED.label;
  ctx.fillStyle = kind === "partnership" ? colours.paper : colours.ink;
  ctx.fill();
  if (kind === "partnership") {
    ctx.strokeStyle = colours.ink;
    ctx.lineWidth = 3;
    ctx.stroke();
  }
  if (chosen.has(id)) {
    ctx.beginPath();
    ctx.arc(0, 0, 12.5, 0, 2 * Math.PI);
    ctx.strokeStyle = colours.ink;
    ctx.lineWidth = 2;
    ctx.stroke();
  }
  ctx.restore();
}

// Names as Python broke them; a line that a font makes wider than its box is condensed, so none can overlap.
function drawLabel(ctx, id, place) {
  const rows = place.note ? [...place.lines, place.note] : place.lines;
  const widest = place.box.right - place.box.left;
  const right = place.align === "right";
  ctx.save();
  ctx.globalAlpha = isLit("nodes", id) ? 1 : DIMMED.label;
  ctx.textBaseline = "middle";
  ctx.textAlign = place.align;
  rows.forEach((row, index) => {
    const y = place.y + (index - (rows.length - 1) / 2) * layout.leading;
    const isNote = index === place.lines.length;
    const small = `${layout.small}px ${family}`;
    let x = place.text_x;
    let room = widest;
    const name = isNote ? small : `${chosen.has(id) || pointed === id ? "600 " : ""}${layout.size}px ${family}`;
    if (place.count && index === place.lines.length - 1) {
      ctx.font = small;
      const taken = ctx.measureText(place.count).width + 6;
      room -= taken;
      ctx.font = name;
      const length = Math.min(ctx.measureText(row).width, room);
      ctx.font = small;
      ctx.fillStyle = colours.quiet;
      ctx.fillText(place.count, right ? x : x + length + 6, y);
      if (right) x -= taken;
    }
    ctx.font = name;
    ctx.fillStyle = isNote ? colours.quiet : colours.ink;
    ctx.fillText(row, x, y, room);
  });
  ctx.restore();
}

function drawNode({ ctx, id }) {
  const place = layout.places[id];
  return {
    drawNode: () => drawShape(ctx, id, place),
    drawExternalLabel: () => drawLabel(ctx, id, place),
    nodeDimensions: { width: 26, height: 24 },
  };
}

// A line from a claimant to a relationship: a strand for each stance, side by side, as wide as its claims are many.
function drawLine(ctx, edge) {
  const from = layout.places[edge.from];
  const to = layout.places[edge.to];
  const middle = (from.x + to.x) / 2;
  const total = edge.strands.reduce((sum, strand) => sum + strand.width, 0);
  let offset = -total / 2;
  ctx.globalAlpha = !isLit("edges", edge.id) ? DIMMED.line : lit || pointed === edge.id ? 1 : 0.8;
  for (const { stance, width } of edge.strands) {
    const y = offset + width / 2;
    ctx.beginPath();
    ctx.moveTo(from.x, from.y + y);
    ctx.bezierCurveTo(middle, from.y + y, middle, to.y + y, to.x, to.y + y);
    ctx.strokeStyle = colours[stance] ?? colours.neutral;
    ctx.lineWidth = width;
    ctx.setLineDash(DASHES[stance] ?? []);
    ctx.stroke();
    offset += width;
  }
}

function drawLines(ctx) {
  const rank = (edge) => (pointed === edge.id ? 2 : lit && isLit("edges", edge.id) ? 1 : 0); // what matters lies on top
  ctx.save();
  for (const edge of [...drawn.edges].sort((one, other) => rank(one) - rank(other))) drawLine(ctx, edge);
  ctx.restore();
}

readColours();
const shownNodes = new vis.DataSet(drawn.nodes.map(({ id, x, y }) => ({ id, x, y })));
const shownEdges = new vis.DataSet(drawn.edges.map(({ id, from, to, width, arrows }) => ({ id, from, to, width, arrows })));
const network = new vis.Network(
  container,
  { nodes: shownNodes, edges: shownEdges },
  { ...drawn.options, nodes: { ...drawn.options.nodes, ctxRenderer: drawNode } },
);
network.on("beforeDrawing", drawLines);
container.firstElementChild.tabIndex = -1; // the table, not the canvas, is the way by keyboard

function fit() {
  const width = container.clientWidth;
  if (!width) return; // not shown yet
  const name = width >= WIDE_FROM ? "wide" : "narrow";
  if (layout !== evidence.layouts[name] || !fit.done) {
    layout = evidence.layouts[name];
    shownNodes.update(Object.entries(layout.places).map(([id, { x, y }]) => ({ id, x, y })));
    fit.done = true;
  }
  const scale = Math.min(width / layout.width, LARGEST[name]);
  const height = Math.ceil(layout.height * scale);
  container.style.height = `${height}px`;
  network.setSize(`${width}px`, `${height}px`);
  network.redraw();
  network.moveTo({ position: { x: layout.width / 2, y: layout.height / 2 }, scale });
  const offset = (width - layout.width * scale) / 2;
  document.getElementById("head-left").style.width = `${offset + layout.left * scale}px`;
  document.getElementById("head-right").style.marginLeft = `${(layout.right - layout.left) * scale}px`;
}

function zoom(factor) {
  const scale = Math.min(Math.max(network.getScale() * factor, ZOOMS.least), ZOOMS.most);
  network.moveTo({ scale });
}

// Let some nodes and edges stand out: all of them where there is no difference to make.
function light(wanted, marked = []) {
  lit = wanted;
  chosen = new Set(marked);
  network.redraw();
}

// What stands at a point of the container: a shape, its label, or a line.
function at(point) {
  const node = network.getNodeAt(point);
  if (node !== undefined) return { kind: "node", id: node };
  const { x, y } = network.DOMtoCanvas(point);
  const labelled = Object.entries(layout.places).find(
    ([, { box }]) => x >= box.left && x <= box.right && y >= box.top && y <= box.bottom,
  );
  if (labelled) return { kind: "node", id: labelled[0] };
  const edge = network.getEdgeAt(point);
  return edge === undefined ? null : { kind: "edge", id: edge };
}

const tip = document.createElement("div");
tip.className = "tip";
tip.hidden = true;
container.append(tip);

function point(event) {
  const box = container.getBoundingClientRect();
  const place = { x: event.clientX - box.left, y: event.clientY - box.top };
  const found = at(place);
  const id = found?.id ?? null;
  tip.hidden = !found;
  if (found) {
    tip.style.left = `${Math.min(place.x + 14, Math.max(box.width - 250, 0))}px`;
    tip.style.top = `${place.y + 16}px`;
  }
  if (id === pointed) return;
  pointed = id;
  container.style.cursor = found ? "pointer" : "";
  tip.textContent = found ? (found.kind === "node" ? nodes : edges).get(id).tip : "";
  network.redraw();
}

container.addEventListener("mousemove", point);
container.addEventListener("mouseleave", () => {
  tip.hidden = true;
  pointed = null;
  network.redraw();
});
container.addEventListener(
  "wheel",
  (event) => {
    if (!event.ctrlKey && !event.metaKey) return; // a plain wheel scrolls the page
    event.preventDefault();
    zoom(event.deltaY < 0 ? 1.1 : 1 / 1.1);
  },
  { passive: false },
);
