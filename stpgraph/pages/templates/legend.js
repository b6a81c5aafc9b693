// The legend: what shape, colour and width say, of what is to be seen now.

const GLYPH = { size: 18, radius: 6.5, sharpness: 2 };

// A shape as the picture draws it.
function glyph(kind, { colours }) {
  const { size, radius, sharpness } = GLYPH;
  const view = element("canvas", { class: "glyph", width: size * sharpness, height: size * sharpness, "aria-hidden": "true" });
  const ctx = view.getContext("2d");
  ctx.scale(sharpness, sharpness);
  drawing.drawShapes(ctx, kind, [[size / 2, size / 2, radius]], colours);
  return view;
}

// A piece of line as the picture draws it.
function swatch({ stance, sign, width = 4 }) {
  const line = mark("line", { class: "line", x1: 1, y1: 8, x2: 25, y2: 8, "stroke-width": width });
  if (stance !== undefined) line.setAttribute("data-stance", stance);
  if (sign !== undefined) line.setAttribute("data-sign", sign);
  return mark("svg", { class: "swatch", viewBox: "0 0 26 16", "aria-hidden": "true" }, line);
}

const shownEdges = () => (visible.edges ? [...visible.edges].map(([index, { weight }]) => ({ index, weight })) : edges);

function colourEntries() {
  if (scene.colour === "stance") {
    const counts = [0, 0, 0, 0, 0];
    for (const at of new Set(shownEdges().flatMap(({ index }) => edges[index].items))) if (isClaim(at) && shows(at)) counts[scene.items.stance[at]] += 1;
    return [1, 2, 3, 4, 0].filter((stance) => counts[stance]).map((stance) => [swatch({ stance: STANCES[stance] }), STANCES[stance] || "not known", counts[stance]]);
  }
  if (scene.colour !== "sign") return [];
  const counts = new Map();
  for (const { index, weight } of shownEdges()) {
    const sign = signOf(weight, scene.edges.sign[index]);
    counts.set(sign, (counts.get(sign) ?? 0) + 1);
  }
  return [1, -1, 0].filter((sign) => counts.has(sign)).map((sign) => [swatch({ sign }), scene.signs[sign + 1], counts.get(sign)]);
}

// The least, the greatest and a middle weight.
function widthEntries() {
  const weights = [...new Set(shownEdges().map(({ weight }) => Math.round(Math.abs(weight) * 100) / 100))].sort((one, other) => one - other);
  const picked = [...new Set([weights[0], weights[weights.length >> 1], weights.at(-1)])].filter((weight) => weight !== undefined);
  return picked.map((weight) => [swatch({ width: Math.round(lineWidth(weight) * 100) / 100 }), rounded(weight)]);
}

function shapeEntries() {
  const counts = new Map();
  for (const node of nodes) if (!visible.nodes || visible.nodes.has(node.index)) counts.set(node.kind, (counts.get(node.kind) ?? 0) + 1);
  const look = drawing.readColours();
  return scene.kinds.filter(([kind]) => counts.has(kind)).map(([kind, words]) => [glyph(kind, look), words, counts.get(kind)]);
}

function legendRow(title, entries) {
  const told = entries.map(([drawn, words, count]) =>
    element("dd", {}, drawn, words, ...(count === undefined ? [] : [element("span", { class: "count", text: number(count) })])),
  );
  return element("div", {}, element("dt", { text: title }), ...told);
}

const ABOUT_COLOUR = { stance: `Colour, stance of the ${THINGS}:`, sign: "Colour:" };

function showLegend() {
  const rows = [
    [ABOUT_COLOUR[scene.colour] ?? "", colourEntries()],
    [`Width, ${scene.widthMeans} (length says nothing):`, widthEntries()],
    ["Shape:", shapeEntries()],
  ];
  byId("legend").replaceChildren(...rows.filter(([, entries]) => entries.length).map((row) => legendRow(...row)));
}
