"use strict";

// The page of SPARQL: the editor (YASQE) in place of the plain field, answers below it, names beside IRIs. It asks
// this server alone; without it the form sends the query and the server answers with a file.

const settings = JSON.parse(document.getElementById("settings").textContent);
const field = document.getElementById("query");
const results = document.getElementById("results");
const stop = document.getElementById("stop");

/** Rows shown at a time, and IRIs named by one query. */
const ROWS = 200;
const NAMED = 200;
/** Addresses longer than this are not kept, for servers refuse them. */
const LONGEST = 6000;

const TABLES = { CSV: "text/csv", TSV: "text/tab-separated-values", JSON: "application/sparql-results+json", XML: "application/sparql-results+xml" };
const GRAPHS = { Turtle: "text/turtle", "N-Triples": "application/n-triples", "JSON-LD": "application/ld+json" };
const ENDINGS = { CSV: "csv", TSV: "tsv", JSON: "json", XML: "xml", Turtle: "ttl", "N-Triples": "nt", "JSON-LD": "jsonld" };

const named = new Map();
let editor = null;
let running = null;

/** Makes an element with attributes and what is in it; texts stay texts. */
function make(name, attributes = {}, ...content) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== null) made.setAttribute(key, value);
  }
  made.append(...content);
  return made;
}

function asked() {
  return editor ? editor.getValue() : field.value;
}

/** Writes a number with thin spaces between its thousands. */
function number(value) {
  return String(value).replace(/\B(?=(\d{3})+$)/g, "\u202f");
}

function counted(count, one, many) {
  return `${number(count)} ${count === 1 ? one : many}`;
}

/** Returns where a thing's page is, as stpgraph/site/addresses.py has it. */
function addressOf(iri) {
  const kept = (text) => encodeURIComponent(text).replace(/%(2F|3A|40|21|24|26|27|28|29|2A|2B|2C|3B|3D)/g, decodeURIComponent);
  if (iri.startsWith(settings.base) && iri.length > settings.base.length) return "/id/" + kept(iri.slice(settings.base.length));
  if (iri === settings.ontology) return "/ontology";
  if (iri.startsWith(settings.terms_in)) return "/ontology#" + kept(iri.slice(settings.terms_in.length));
  return "/about?iri=" + encodeURIComponent(iri);
}

/** Returns what tells an IRI from others: its path below the base, or a prefixed name. */
function short(iri, prefixes) {
  if (iri.startsWith(settings.base)) return iri.slice(settings.base.length);
  for (const [prefix, start] of Object.entries(prefixes)) {
    if (iri.startsWith(start)) return `${prefix}:${iri.slice(start.length)}`;
  }
  return iri;
}

/** Sends a query. */
function send(query, accept, signal) {
  const body = new URLSearchParams({ query });
  return fetch(settings.endpoint, { method: "POST", body, headers: { accept }, signal });
}

/** Returns what a refusal says. */
async function refusalOf(reply) {
  const text = await reply.text();
  try {
    return JSON.parse(text).detail || text;
  } catch {
    return text || `The server refused with status ${reply.status}.`;
  }
}

function sorry(message) {
  results.replaceChildren(make("div", { class: "fault", role: "alert" }, make("p", {}, message)));
}

/** Asks what is in the editor, and shows what comes back. */
async function run(isKept = true) {
  const query = asked().trim();
  if (!query) return;
  running?.abort();
  const mine = (running = new AbortController());
  if (isKept) keep(query);
  stop.hidden = false;
  results.setAttribute("aria-busy", "true");
  results.replaceChildren(make("p", { class: "quiet" }, "Asking …"));
  const began = performance.now();
  try {
    const reply = await send(query, `${TABLES.JSON}, text/turtle;q=0.9`, mine.signal);
    if (!reply.ok) return sorry(await refusalOf(reply));
    const isGraph = !(reply.headers.get("content-type") || "").includes("json");
    const told = isGraph ? await reply.text() : await reply.json();
    const took = `in ${number(Math.max(1, Math.round(performance.now() - began)))} ms`;
    if (isGraph) showGraph(query, told, took);
    else if (typeof told.boolean === "boolean") results.replaceChildren(make("p", { class: "told" }, `${told.boolean ? "Yes" : "No"}, ${took}.`));
    else await showTable(query, told, took);
  } catch (fault) {
    if (mine === running) sorry(fault.name === "AbortError" ? "Stopped." : `The server cannot be reached: ${fault.message}`);
  } finally {
    if (mine === running) {
      stop.hidden = true;
      results.removeAttribute("aria-busy");
    }
  }
}

/** Keeps the query in the address. */
function keep(query) {
  const address = `/query?query=${encodeURIComponent(query)}`;
  if (address.length > LONGEST) history.replaceState(null, "", "/query");
  else if (address !== location.pathname + location.search) history.pushState(null, "", address);
}

/** Offers the answer as files; each is asked for when it is wanted. */
function files(query, kinds) {
  const line = make("p", { class: "files" }, "Take it away:");
  for (const [name, media] of Object.entries(kinds)) {
    const button = make("button", { type: "button" }, name);
    button.addEventListener("click", async () => {
      const reply = await send(query, media);
      if (!reply.ok) return sorry(await refusalOf(reply));
      const link = make("a", { href: URL.createObjectURL(await reply.blob()), download: `answer.${ENDINGS[name]}` });
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 1000);
    });
    line.append(button);
  }
  return line;
}

function showGraph(query, turtle, took) {
  results.replaceChildren(make("p", { class: "told" }, `A graph, ${took}.`), files(query, GRAPHS), make("pre", { tabindex: "0" }, turtle));
}

/** Shows rows, some at a time; a heading sorts them all. */
async function showTable(query, answer, took) {
  const names = answer.head.vars;
  const rows = answer.results.bindings;
  const body = make("tbody");
  const heads = names.map((name) => make("th", { scope: "col" }, make("button", { type: "button" }, name)));
  const table = make("table", {}, make("thead", {}, make("tr", {}, ...heads)), body);
  const more = make("button", { type: "button" }, "Further rows");
  const numeric = names.map((name) => rows.some((row) => row[name]) && rows.every((row) => !row[name] || isNumber(row[name])));
  heads.forEach((head, at) => { if (numeric[at]) head.className = "number"; });
  let shown = 0;

  async function grow() {
    const next = rows.slice(shown, shown + ROWS);
    shown += next.length;
    more.hidden = shown >= rows.length;
    const cells = [];
    body.append(...next.map((row) => make("tr", {}, ...names.map((name, at) => cellOf(row[name], numeric[at], cells)))));
    await addNames(cells);
  }

  heads.forEach((head, at) => {
    head.firstChild.addEventListener("click", () => {
      const way = head.getAttribute("aria-sort") === "ascending" ? "descending" : "ascending";
      heads.forEach((other) => other.removeAttribute("aria-sort"));
      head.setAttribute("aria-sort", way);
      sort(rows, names[at], numeric[at], way === "descending");
      shown = 0;
      body.replaceChildren();
      grow();
    });
  });
  more.addEventListener("click", grow);
  const told = rows.length ? `${counted(rows.length, "row", "rows")}, ${took}.` : `Nothing answers this, ${took}.`;
  results.replaceChildren(make("p", { class: "told" }, told), files(query, TABLES));
  if (rows.length) {
    results.append(make("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": "Rows of the answer" }, table), more);
    await grow();
  }
}

function isNumber(term) {
  return term.type !== "uri" && /#(integer|decimal|double|float|int|long|nonNegativeInteger)$/.test(term.datatype || "");
}

/** Sorts rows in place by a column, the empty ones last. */
function sort(rows, name, isNumeric, isDown) {
  const words = new Intl.Collator("en", { numeric: true });
  rows.sort((one, other) => {
    if (!one[name] || !other[name]) return (one[name] ? 0 : 1) - (other[name] ? 0 : 1);
    const [a, b] = [one[name], other[name]].map((term) => named.get(term.value) || term.value);
    const order = isNumeric ? Number(a) - Number(b) : words.compare(a, b);
    return isDown ? -order : order;
  });
}

/** Makes a cell; those that hold an IRI are noted, to be named. */
function cellOf(term, isNumeric, cells) {
  if (!term) return make("td");
  if (term.type === "uri") {
    const link = make("a", { href: addressOf(term.value), title: term.value }, short(term.value, terms.prefixes));
    const cell = make("td", {}, link);
    cells.push([term.value, link, cell]);
    return cell;
  }
  const text = term.type === "triple" ? JSON.stringify(term.value) : term.type === "bnode" ? `_:${term.value}` : term.value;
  return make("td", { class: isNumeric ? "number" : text.length > 60 ? "long" : null, dir: isNumeric ? null : "auto", lang: term["xml:lang"] || null }, text);
}

/** Puts names beside the IRIs of cells, found by a query for as many as go into one. */
async function addNames(cells) {
  const wanted = [...new Set(cells.map(([iri]) => iri))].filter((iri) => !named.has(iri) && !/[<>"{}|^`\\\s]/.test(iri));
  for (let at = 0; at < wanted.length; at += NAMED) {
    const iris = wanted.slice(at, at + NAMED);
    const query = `PREFIX dcterms: <${terms.prefixes.dcterms}> PREFIX rdfs: <${terms.prefixes.rdfs}> PREFIX skos: <${terms.prefixes.skos}> PREFIX stp: <${terms.prefixes.stp}>
SELECT ?iri (MIN(STR(?label)) AS ?name) WHERE { VALUES ?iri { ${iris.map((iri) => `<${iri}>`).join(" ")} }
  ?iri skos:prefLabel|dcterms:title|stp:summary|stp:asSaid|rdfs:label ?label } GROUP BY ?iri`;
    const reply = await send(query, TABLES.JSON);
    if (!reply.ok) break; // the IRIs stand without names
    const answer = await reply.json();
    iris.forEach((iri) => named.set(iri, ""));
    answer.results.bindings.forEach((row) => { if (row.iri) named.set(row.iri.value, row.name.value); });
  }
  for (const [iri, link, cell] of cells) {
    const name = named.get(iri);
    if (!name) continue;
    link.before(make("a", { href: link.getAttribute("href"), title: iri, dir: "auto" }, name));
    link.replaceWith(make("span", { class: "iri" }, link.textContent));
    if (name.length > 60) cell.className = "long";
  }
}

let terms = { prefixes: {}, classes: [], properties: [] };

/** Returns the word before the cursor as far as it may be a term's name. */
function wordBefore(yasqe) {
  const cursor = yasqe.getDoc().getCursor();
  const before = yasqe.getDoc().getLine(cursor.line).slice(0, cursor.ch);
  return /(?:^|[\s({[^/|;,.!*+])([A-Za-z][\w-]*:?[\w-]*)$/.exec(before)?.[1] || "";
}

/** Completes classes and properties by their names, or by what they are called. */
const completer = {
  name: "terms",
  bulk: false,
  autoShow: true,
  persistenceId: null,
  isValidCompletionPosition: (yasqe) => wordBefore(yasqe).includes(":") || wordBefore(yasqe).length > 2,
  preProcessToken: (yasqe, token) => {
    const word = wordBefore(yasqe);
    const { ch } = yasqe.getDoc().getCursor();
    return { ...token, string: word, autocompletionString: word, from: { ch: ch - word.length }, to: { ch } };
  },
  get: (yasqe, token) => {
    const word = (token?.string || "").toLowerCase();
    const all = [...terms.classes, ...terms.properties];
    const first = all.filter((term) => term.name.toLowerCase().startsWith(word));
    const rest = word.includes(":") ? [] : all.filter((term) => !first.includes(term) && (term.name.split(":")[1].toLowerCase().startsWith(word) || term.label.toLowerCase().includes(word)));
    return [...first, ...rest].slice(0, 50).map((term) => term.name);
  },
  postprocessHints: (yasqe, hints) => hints.map((hint) => ({ ...hint, render: (row) => {
    const term = [...terms.classes, ...terms.properties].find((one) => one.name === hint.text);
    row.append(hint.text, make("small", {}, term ? term.label : ""));
  } })),
};

/** Declares a prefix of ours as soon as it is used. */
function declare(yasqe) {
  const [prefix] = wordBefore(yasqe).split(":");
  if (!wordBefore(yasqe).includes(":") || !(prefix in terms.prefixes)) return;
  const line = yasqe.getDoc().getLine(yasqe.getDoc().getCursor().line);
  if (/^\s*prefix\s/i.test(line) || yasqe.getPrefixesFromQuery()[prefix] !== undefined) return;
  yasqe.addPrefixes({ [prefix]: terms.prefixes[prefix] });
}

/** Puts the editor in place of the plain field. */
function begin() {
  const place = document.getElementById("editor");
  place.hidden = false;
  document.getElementById("sparql").classList.add("scripting");
  Yasqe.defaults.prefixCcApi = "";
  Yasqe.defaults.autocompleters = ["variables"];
  Yasqe.registerAutocompleter(completer);
  const ask = () => { run(); };
  editor = new Yasqe(place, {
    value: field.value,
    persistenceId: null,
    consumeShareLink: null,
    createShareableLink: null,
    showQueryButton: false,
    editorHeight: "22rem",
    extraKeys: { "Ctrl-Enter": ask, "Cmd-Enter": ask, "Ctrl-S": false, Tab: false, "Shift-Tab": false },
  });
  editor.getInputField().setAttribute("aria-label", "Query");
  editor.on("inputRead", () => declare(editor));
}

document.getElementById("sparql").addEventListener("submit", (event) => {
  event.preventDefault();
  run();
});
stop.addEventListener("click", () => running?.abort());
addEventListener("popstate", () => {
  const query = new URLSearchParams(location.search).get("query");
  if (!query) return;
  if (editor) editor.setValue(query);
  field.value = query;
  run(false);
});

begin();
fetch(settings.terms).then((reply) => reply.json()).then((found) => { terms = found; }, () => sorry("The server gives no terms; completion and names are missing.")).then(() => {
  if (new URLSearchParams(location.search).get("query")) run(false);
});
