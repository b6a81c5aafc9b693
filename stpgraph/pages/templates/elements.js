// Elements and words. Data goes into the page as text alone: by textContent, never as markup.

const SVG = "http://www.w3.org/2000/svg";
const MONTHS = "January February March April May June July August September October November December".split(" ");
const THIN_SPACE = "\u202f";

function element(tag, { text, ...attributes } = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  if (text !== undefined) made.textContent = text;
  made.append(...children);
  return made;
}

// The same for what is drawn.
function mark(tag, attributes = {}, ...children) {
  const made = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

const byId = (id) => document.getElementById(id);

// Text of the data: it may run from right to left.
const auto = (tag, text, attributes = {}) => element(tag, { text, dir: "auto", ...attributes });
const spread = (parts, between) => parts.flatMap((part, at) => (at ? [between, part] : [part]));

const number = (value) => {
  const [whole, rest] = String(value).split(".");
  const parted = whole.replace(/\B(?=(\d{3})+$)/g, THIN_SPACE);
  return rest ? `${parted}.${rest}` : parted;
};
const rounded = (value) => `${value < 0 ? "−" : ""}${number(Math.round(Math.abs(value) * 100) / 100)}`;
const counted = (count, one, several = `${one}s`) => `${number(count)} ${count === 1 ? one : several}`;
const joined = (parts) => (parts.length > 1 ? `${parts.slice(0, -1).join(", ")} and ${parts.at(-1)}` : (parts[0] ?? ""));

// A date as readers write it, as precisely as it is known; what is no date, as it is.
function inWords(day) {
  const [, year, month, date] = /^(\d{4})(?:-(0[1-9]|1[0-2])(?:-(\d\d))?)?$/.exec(day) ?? [];
  if (!year) return day;
  return [date && Number(date), month && MONTHS[Number(month) - 1], year].filter(Boolean).join(" ");
}

function lasting(since, until) {
  if (since) return `from ${inWords(since)}${until ? ` to ${inWords(until)}` : ""}`;
  return until ? `until ${inWords(until)}` : "dates not known";
}

const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
const wordsOf = (query) => plain(query).split(/\s+/).filter(Boolean);
const holds = (text, words) => words.every((word) => text.includes(word));

const isCalm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;
