// A figure on a card: as it was said, as a number, of how many, and where it lies between 0 and 100.

const BAR = { width: 240, left: 8, right: 232, y: 11 };

const isPercent = (figure) => /^(percent|per cent|%|percentage)$/i.test(figure.unit ?? "");
const isKnown = (value) => value !== undefined && value !== null;
const onBar = (value) => BAR.left + ((BAR.right - BAR.left) * Math.min(Math.max(value, 0), 100)) / 100;
const isCount = (figure) => figure.unit === "count";
const unitOf = (figure) => (isPercent(figure) ? "%" : figure.unit && !isCount(figure) ? ` ${figure.unit}` : "");

// The number, and what it lies between, as far as they are known.
function boundsOf(figure) {
  const { value, lowest, highest } = figure;
  const unit = unitOf(figure);
  const isOpen = !isKnown(lowest) || !isKnown(highest);
  if (isKnown(value)) {
    const between = !isOpen && lowest !== highest ? [`between ${rounded(lowest)} and ${rounded(highest)}${unit}`] : [];
    return [`${rounded(value)}${unit}`, ...between];
  }
  if (!isOpen) return [lowest === highest ? `${rounded(lowest)}${unit}` : `${rounded(lowest)} to ${rounded(highest)}${unit}`];
  if (isKnown(lowest)) return [`at least ${rounded(lowest)}${unit}`];
  return isKnown(highest) ? [`at most ${rounded(highest)}${unit}`] : [];
}

const boundsInWords = (figure) => boundsOf(figure).join(", ");

// The shares of a whole number that lie next to one that no whole number gives; [] where it is possible.
function nearestPossible({ value, denominator, base, doubts = [], ...figure }) {
  const asked = denominator ?? base;
  if (!doubts.length || !isKnown(value) || !asked || !isPercent(figure)) return [];
  const digits = (String(value).split(".")[1] ?? "").length;
  const below = Math.floor((value * asked) / 100);
  const near = [below, below + 1].filter((count) => count >= 0 && count <= asked);
  const shares = near.map((count) => ({ count, share: (count * 100) / asked }));
  return shares.some(({ share }) => Number(share.toFixed(digits)) === value) ? [] : shares;
}

const arrow = (x, direction) => mark("path", { class: "arrow", d: `M${x - 5 * direction} ${BAR.y - 4}L${x} ${BAR.y}L${x - 5 * direction} ${BAR.y + 4}` });

function intervalBar(figure) {
  const { value, lowest, highest, doubts = [] } = figure;
  const view = mark("svg", { class: `interval${doubts.length ? " doubtful" : ""}`, viewBox: `0 0 ${BAR.width} 32`, role: "img" });
  view.setAttribute("aria-label", `${boundsInWords(figure)} on a line from 0 to 100`);
  view.append(mark("line", { class: "axis", x1: BAR.left, x2: BAR.right, y1: BAR.y, y2: BAR.y }));
  for (const at of [0, 50, 100]) {
    view.append(mark("line", { class: "axis", x1: onBar(at), x2: onBar(at), y1: BAR.y - 4, y2: BAR.y + 4 }));
    const label = mark("text", { x: onBar(at), y: 29, "text-anchor": at === 0 ? "start" : at === 100 ? "end" : "middle" });
    label.textContent = at === 100 ? "100%" : String(at);
    view.append(label);
  }
  const [from, to] = [onBar(lowest ?? 0), onBar(highest ?? 100)];
  if ((isKnown(lowest) || isKnown(highest)) && from !== to) {
    view.append(mark("line", { class: "reach", x1: from, x2: to, y1: BAR.y, y2: BAR.y }));
    if (!isKnown(lowest)) view.append(arrow(BAR.left, -1));
    if (!isKnown(highest)) view.append(arrow(BAR.right, 1));
  }
  for (const { share } of nearestPossible(figure)) view.append(mark("line", { class: "near", x1: onBar(share), x2: onBar(share), y1: 1, y2: 21 }));
  const dot = value ?? (isKnown(lowest) && lowest === highest ? lowest : null);
  if (isKnown(dot)) view.append(mark("circle", { class: "dot", cx: onBar(dot), cy: BAR.y, r: 5 }));
  return view;
}

function ofHowMany({ numerator, denominator, base }) {
  if (!isKnown(denominator) && isKnown(numerator)) return `${number(numerator)} of a number not said`;
  if (!isKnown(denominator)) return isKnown(base) ? `of ${number(base)} asked` : "";
  return isKnown(numerator) ? `${number(numerator)} of ${number(denominator)}` : `of ${number(denominator)}`;
}

const spelt = (text) => plain(text).replace(/per ?cent\b/g, "%").replace(/\b(out )?of( the)?\b/g, "of").replace(/(\d)[,\s](?=\d{3})/g, "$1").replace(/\s/g, "");

// Whether words say a number already, in whatever spelling: "84 per cent" says 84%, "1,400 trusts" says 1 400.
function says(words, told) {
  const [said, sought] = [spelt(words), spelt(told)];
  for (let at = said.indexOf(sought); at >= 0; at = said.indexOf(sought, at + 1)) {
    if (!/[\d.]$/.test(said.slice(0, at)) && !/^([\d%]|\.\d)/.test(said.slice(at + sought.length))) return true;
  }
  return false;
}

function figureView(figure) {
  const view = element("li", { class: "figure" });
  const first = element("p", {}, auto("q", figure.said || "no words"));
  const words = figure.said ?? "";
  const inNumbers = boundsOf(figure).filter((told) => !says(words, told)).join(", ");
  if (inNumbers) first.append(" · ", element("span", { class: "as-number", text: inNumbers }));
  const of = ofHowMany(figure);
  if (of && !says(words, of)) first.append(", ", element("span", { class: "of-many", text: of }));
  view.append(first);
  const about = [figure.measure, figure.population].filter(Boolean);
  if (about.length) view.append(auto("p", about.join(" · "), { class: "measures" }));
  if (isPercent(figure) && boundsInWords(figure)) view.append(intervalBar(figure));
  for (const doubt of figure.doubts ?? []) view.append(auto("p", doubt, { class: "doubt" }));
  const near = nearestPossible(figure).map(({ count, share }) => `${rounded(share)}% (${number(count)})`);
  if (near.length) view.append(element("p", { class: "measures", text: `Nearest that are possible: ${joined(near)}.` }));
  return view;
}

const figuresView = (figures) => element("ul", { class: "figures", "aria-label": "Figures" }, ...figures.map(figureView));
