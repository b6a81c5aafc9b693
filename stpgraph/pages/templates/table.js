// The table: the same content as the picture, sorted by its heads, narrowed with the filters and the search.

const ROWS_AT_ONCE = 100;

const post = (text) => auto("span", text, { class: "post" });
const unknown = (text) => element("span", { class: "post", text });
const openLink = (card) => auto("a", card.summary || "no summary", { class: "open", href: fragment("item", card.index) });
const perLine = (parts) => parts.flatMap((part, at) => (at ? [element("br"), part] : [part]));
const day = (text, none = "day unknown") => [text ? element("time", { datetime: text, text: inWords(text) }) : unknown(none)];

function speakersCell(card, withPost) {
  if (!card.speakers.length) return [unknown(card.kind === "claim" ? "unknown claimant" : "not said")];
  return perLine(
    card.speakers.map(({ node, label, role, body }) => {
      const rest = [role, body].filter(Boolean).join(", ");
      return element("span", {}, link(node, label), ...(withPost && rest ? [" ", post(rest)] : []));
    }),
  );
}

const sourceCell = (card) => {
  const place = [card.title, card.outlet, card.place].filter(Boolean).join(", ");
  const via = card.via.length ? [" ", post(`from ${card.via.join("; ")}`)] : [];
  const page = card.source ? [place ? " " : "", sourceView(card.source)] : [];
  return place || card.source ? [place, ...via, ...page] : [unknown("unknown"), ...via];
};

// What each column is called, holds, and is sorted by.
const COLUMNS = {
  day: { head: "Day", cell: (card) => day(card.since), sort: (card) => card.since },
  from: { head: "From", cell: (card) => day(card.since, "not known"), sort: (card) => card.since },
  to: { head: "To", cell: (card) => day(card.until, "not known"), sort: (card) => card.until },
  who: { head: "Who", cell: (card) => speakersCell(card, true), sort: (card) => card.speakers.map(({ label }) => label).join(" ") },
  name: { head: "Who", cell: (card) => speakersCell(card, false), sort: (card) => card.speakers.map(({ label }) => label).join(" ") },
  role: {
    head: "Role",
    cell: (card) => [auto("a", card.speakers[0]?.role || card.summary || "role not known", { class: "open", href: fragment("item", card.index) })],
    sort: (card) => card.speakers[0]?.role || card.summary,
  },
  body: { head: "Body", cell: (card) => perLine(card.speakers.map(({ body, bodyNode }) => (body ? link(bodyNode, body) : unknown("not known")))), sort: (card) => card.speakers[0]?.body ?? "" },
  said: { head: "Said what", cell: (card) => [openLink(card)], sort: (card) => card.summary },
  what: { head: "What", cell: (card) => [openLink(card)], sort: (card) => card.summary },
  about: {
    head: "About",
    cell: (card) => (card.topics.length ? perLine(card.topics.map(({ node, label }) => link(node, label))) : [unknown("unknown")]),
    sort: (card) => card.topics.map(({ label }) => label).join(" "),
  },
  stance: {
    head: "Stance",
    cell: (card) => [element("span", { class: "stance", "data-stance": card.stance, text: card.stance || "not known" }), " ", post(card.act)],
    sort: (card) => card.stance,
  },
  figures: {
    head: "Figures",
    cell: (card) => (card.figures.length ? spread(card.figures.map(({ said }) => auto("q", said)), ", ") : [unknown("none")]),
    sort: (card) => card.figures[0]?.said ?? "",
  },
  where: { head: "Where", cell: sourceCell, sort: (card) => [card.title, card.outlet].join(" ") },
  source: { head: "Source", cell: sourceCell, sort: (card) => card.source || card.title },
};
const COLUMNS_OF = {
  claim: ["day", "who", "said", "about", "stance", "figures", "where"],
  post: ["name", "role", "body", "from", "to", "source"],
  figure: ["day", "what", "figures", "about", "where"],
  fact: ["what", "from", "to", "source"],
  mixed: ["from", "to", "who", "what", "figures", "source"],
};

const kindsThere = new Set(scene.items.kind);
const tableKind = kindsThere.size === 1 ? ITEM_KINDS[[...kindsThere][0]] : "mixed";
const columnsOf = COLUMNS_OF[tableKind].map((name) => ({ name, ...COLUMNS[name] })).filter(isOfUse);

// Claims and posts have all their columns; elsewhere one that would be empty in every row is left out.
function isOfUse(column) {
  return ["claim", "post"].includes(tableKind) || scene.items.id.some((_, at) => column.sort(item(at)));
}

let tableBody = null;
let tableOrder = scene.items.id.map((_, at) => at);
let tableRows = [];
let marked = new Set();

function rowView(at) {
  const card = item(at);
  const cells = columnsOf.map((column) =>
    element("td", { role: "cell", "data-head": column.head, "data-sort": column.sort(card) }, ...column.cell(card)),
  );
  const row = element("tr", { role: "row", "data-item": card.id, ...(card.kind === "claim" && { "data-stance": card.stance }) }, ...cells);
  row.classList.toggle("marked", marked.has(at));
  return row;
}

function showMoreRows() {
  const from = tableBody.rows.length;
  tableBody.append(...tableRows.slice(from, from + ROWS_AT_ONCE).map(rowView));
  const rest = tableRows.length - tableBody.rows.length;
  byId("more-rows").hidden = rest === 0;
  byId("more-rows").textContent = `Show ${number(Math.min(ROWS_AT_ONCE, rest))} more`;
  byId("rows-shown").textContent = rest ? `${number(tableBody.rows.length)} of ${counted(tableRows.length, "row")} shown.` : "";
  return tableBody.rows[from];
}

function fillTable(wanted) {
  if (!tableBody) return;
  tableRows = wanted ? tableOrder.filter((at) => wanted.has(at)) : tableOrder;
  const isPart = tableRows.length < itemCount;
  byId("items-title").textContent = isPart
    ? `The same as a table: ${number(tableRows.length)} of ${counted(itemCount, THING, THINGS)}`
    : `The same as a table: ${counted(itemCount, THING, THINGS)}`;
  tableBody.replaceChildren();
  showMoreRows();
}

function markRows(list) {
  marked = new Set(list);
  if (tableBody) [...tableBody.rows].forEach((row, at) => row.classList.toggle("marked", marked.has(tableRows[at])));
}

// Put all rows, not only those that are shown, in the order that a head asks for; what is not known stands last.
function orderBy(column, turn) {
  const keys = scene.items.id.map((_, at) => columnsOf[column].sort(item(at)));
  const { compare: compareText } = new Intl.Collator("en", { numeric: true });
  tableOrder = [...tableOrder].sort((one, other) => {
    const [left, right] = [keys[one], keys[other]];
    return left && right ? turn * compareText(left, right) || one - other : !left - !right;
  });
}

function buildTable() {
  const heads = columnsOf.map(({ name, head }) => element("th", { role: "columnheader", scope: "col", class: `is-${name}`, text: head }));
  const inOrder = columnsOf.findIndex(({ head }) => head === "Day");
  if (inOrder === 0) heads[0].setAttribute("aria-sort", "ascending");
  const body = element("tbody", { role: "rowgroup" });
  const head = element("thead", { role: "rowgroup" }, element("tr", { role: "row" }, ...heads));
  const table = element("table", { id: "claims", role: "table", "aria-labelledby": "items-title", class: `of-${columnsOf.length}` }, head, body);
  byId("table-place").replaceChildren(table);
  tableBody = body;
  sortable(table);
  heads.forEach((cell, column) =>
    cell.firstChild.addEventListener("click", () => {
      orderBy(column, cell.getAttribute("aria-sort") === "descending" ? -1 : 1);
      fillTable(wantedRows());
    }),
  );
  byId("more-rows").addEventListener("click", () => showMoreRows().querySelector("a")?.focus({ preventScroll: true }));
  // A click anywhere in a row but on a link opens the row's item.
  body.addEventListener("click", (event) => {
    if (event.target.closest("a") || !getSelection().isCollapsed) return;
    event.target.closest("tr")?.querySelector("a.open").click();
  });
}
