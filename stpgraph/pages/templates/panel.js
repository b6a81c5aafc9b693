// The evidence panel: what stands behind what is chosen, one card each.

const CARDS_AT_ONCE = 50;
const ACCEPTED = "accepted";

const link = (index, text) => (index >= 0 ? auto("a", text, { href: fragment("node", index) }) : auto("span", text));
const isWebAddress = (text) => /^https?:\/\/[^\s]+$/i.test(text);

// Addresses of the web become links; whatever else stands as a source is text. Several are parted by "; ".
function sourceView(text) {
  const views = text.split("; ").map((part) =>
    isWebAddress(part)
      ? element("a", { href: part, rel: "noreferrer noopener", target: "_blank", dir: "ltr", text: part.replace(/^https?:\/\//i, "") })
      : auto("span", part),
  );
  return element("span", {}, ...spread(views, "; "));
}

// A day, or a time; a post has its own lines for that.
function whenOf({ kind, since, until }) {
  if (kind === "claim") return inWords(since) || "day not known";
  if (kind === "fact") return since || until ? lasting(since, until) : "";
  return kind === "figure" ? inWords(since) : "";
}

function speakerLine(card) {
  const line = element("p", { class: "who" });
  if (!card.speakers.length && card.kind === "claim") line.append(element("strong", { text: "unknown claimant" }));
  card.speakers.forEach((speaker, at) => {
    if (at) line.append(" and ");
    line.append(element("strong", {}, link(speaker.node, speaker.label)));
    if (speaker.role) line.append(", ", auto("span", card.kind === "claim" ? `${speaker.role} then` : speaker.role));
    if (speaker.body) line.append(" · ", speaker.bodyNode >= 0 ? link(speaker.bodyNode, speaker.body) : auto("span", speaker.body));
    if (card.kind === "claim" && speaker.kind === "person" && !speaker.role && !speaker.body) line.append(", post not known");
  });
  const when = whenOf(card);
  if (when) line.append(line.hasChildNodes() ? " · " : "", element("time", { ...(card.since && { datetime: card.since }), text: when }));
  return line;
}

function tags(card) {
  const list = element("ul", { class: "tags", "aria-label": `What kind of ${card.kind}` });
  const add = (text, attributes = {}) => list.append(element("li", { text, ...attributes }));
  if (card.kind === "claim") {
    add(card.stance || "stance not known", { class: "stance", "data-stance": card.stance });
    for (const word of [card.act, card.attribution]) if (word) add(word);
  }
  if (card.status && card.status !== ACCEPTED) add(card.status, { class: "status" });
  if (card.confidence !== null && card.confidence !== undefined) add(`confidence ${rounded(card.confidence)}`);
  return list;
}

function documentParts(card) {
  const title = auto("cite", card.title || "a document without a title");
  return [title, card.outlet || "outlet not known", inWords(card.issued), card.place].filter(Boolean);
}

function facts(card) {
  const list = element("dl", { class: "facts" });
  const add = (name, ...content) => list.append(element("dt", { text: name }), element("dd", { dir: "auto" }, ...content));
  if (card.figures.length) {
    add("Figures", figuresView(card.figures));
    list.lastChild.classList.add("wide");
  } else if (card.kind === "claim" || card.kind === "figure") add("Figures", "none");
  if (card.kind === "post") {
    add("From", inWords(card.since) || "not known");
    add("To", inWords(card.until) || "not known");
  }
  if (card.topics.length) add("About", ...spread(card.topics.map(({ node, label }) => link(node, label)), "; "));
  else if (card.kind === "claim") add("About", "unknown relationship");
  if (card.hasDocument) add("In", ...spread(documentParts(card), ", "));
  else if (card.kind === "claim" || card.kind === "figure") add("In", "unknown document");
  if (card.via.length) add("From", card.via.join("; "));
  if (card.source) add("Source", sourceView(card.source));
  else if (card.kind === "post" || card.kind === "fact") if (!card.hasDocument) add("Source", "not known");
  return list;
}

// Who said it, when, what (in other words than theirs), and where that stands: one line to paste.
function citation(card) {
  const names = card.speakers.map(({ label, role, body }) => {
    const post = [role, body].filter(Boolean).join(", ");
    return post ? `${label} (${post})` : label;
  });
  const from = card.via.length ? `, from ${card.via.join("; ")}` : "";
  const title = card.title && `“${card.title}”`;
  const place = [title, card.outlet, inWords(card.issued), card.place, card.source].filter(Boolean).join(", ");
  const words = card.words.length ? `: “${card.words.join(" … ")}”` : "";
  if (card.kind !== "claim") return `${card.summary} Source: ${place || "unknown"}${words}${from}.`;
  const said = [joined(names) || "unknown claimant", inWords(card.since)].filter(Boolean).join(", ");
  return `${said}. Paraphrase: ${card.summary} Source: ${place || "unknown"}${words}${from}.`;
}

async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const field = element("textarea", { class: "offstage", "aria-hidden": "true" });
    field.value = text;
    document.body.append(field);
    field.select();
    const done = document.execCommand("copy"); // the way where the clipboard is closed to files
    field.remove();
    return done;
  }
}

// Let a button copy text, and say for a moment that it did.
function copies(button, text) {
  const words = button.textContent;
  button.addEventListener("click", async () => {
    button.textContent = (await copy(text())) ? "Copied" : "Copying is not allowed here";
    button.focus();
    setTimeout(() => { button.textContent = words; }, 2000);
  });
  return button;
}

// The words, and what stands around them in the text, greyed.
function quoted(card) {
  if (!card.words.length) return [];
  const around = (text) => (text ? [auto("span", text, { class: "post" })] : []);
  const contexts = scene.items.contexts[card.index];
  const views = card.words.map((words, at) => {
    const [before, after] = contexts[at] ?? ["", ""];
    return element("span", {}, ...around(before && `…${before}`), auto("q", words), ...around(after && `${after}…`));
  });
  return [element("blockquote", { class: "words" }, ...spread(views, contexts.length ? " " : " … "))];
}

function cardView(at) {
  const card = item(at);
  const attributes = { class: "card", "data-item": card.id, "data-kind": card.kind };
  if (card.kind === "claim") attributes["data-stance"] = card.stance;
  const marks = tags(card);
  const who = speakerLine(card);
  return element(
    "article",
    attributes,
    ...(who.hasChildNodes() ? [who] : []),
    auto("p", card.summary || "no summary", { class: "summary" }),
    ...quoted(card),
    ...(marks.hasChildNodes() ? [marks] : []),
    facts(card),
    copies(element("button", { type: "button", class: "copy", text: "Copy citation" }), () => citation(card)),
  );
}

function stanceCount(shown) {
  const counts = new Map();
  for (const at of shown) if (isClaim(at)) counts.set(STANCES[scene.items.stance[at]], (counts.get(STANCES[scene.items.stance[at]]) ?? 0) + 1);
  const ordered = [...counts].sort(([one, many], [other, more]) => more - many || ((one === "") - (other === "")));
  return ordered.map(([stance, count]) => `${number(count)} ${stance || "not known"}`).join(", ");
}

const panel = { view: byId("panel"), title: byId("panel-title"), about: byId("panel-about"), cards: byId("cards"), more: byId("more-cards"), lines: element("p", { id: "lines", class: "measures" }) };
panel.about.after(panel.lines);
let listed = [];

function countInWords(shown) {
  const stances = stanceCount(shown);
  return counted(shown.length, THING, THINGS) + (stances ? `: ${stances}` : "");
}

const isFor = (at) => STANCES[scene.items.stance[at]] === "supportive";
const isAgainst = (at) => STANCES[scene.items.stance[at]] === "critical";

// Claims, how many made them, and those that are supportive less those that are critical.
function balanceInWords(shown) {
  const claims = shown.filter(isClaim);
  if (!claims.length) return counted(shown.length, THING, THINGS);
  const who = new Set(claims.flatMap((at) => FACET_RULES.claimant.values(at).map(([key]) => key)));
  const balance = claims.reduce((sum, at) => sum + (isFor(at) ? 1 : isAgainst(at) ? -1 : 0), 0);
  return `${counted(shown.length, THING, THINGS)} by ${who.size ? counted(who.size, "claimant") : "an unknown claimant"}, balance ${balance > 0 ? "+" : ""}${rounded(balance)}`;
}

// The lines of a name, as links: what a pointer reaches in the picture, a keyboard reaches here.

const LINES_AT_ONCE = 30;
const isNamedByKind = hasClaims && !scene.directed && !scene.weighing && scene.edgeKinds.length > 1;

function lineView({ index, from, to, kind, weight, items: behind }, node) {
  const other = bdi(nodes[from === node ? to : from].label);
  const shown = isFiltered() ? behind.filter(shows) : behind;
  const opens = (...text) => element("a", { href: fragment("edge", index) }, ...text);
  if (isNamedByKind) return element("span", {}, opens(bdi(kind || "not named"), from === to ? ", among " : ", with ", other), `: ${balanceInWords(shown)}`);
  const weighed = scene.weighing ? `weight ${rounded(visible.edges?.get(index)?.weight ?? weight)}` : counted(shown.length, THING, THINGS);
  return element("span", {}, opens(other, ...(scene.edgeKinds.length > 1 && kind ? [`, ${kind}`] : [])), ` ${weighed}`);
}

function showLines(node, most = LINES_AT_ONCE) {
  const weightOf = (edge) => Math.abs(visible.edges?.get(edge.index)?.weight ?? edge.weight);
  const drawn = nodes[node].edges.flatMap((at) => (!visible.edges || visible.edges.has(at) ? [edges[at]] : []));
  drawn.sort((one, other) => weightOf(other) - weightOf(one) || one.index - other.index);
  const views = drawn.slice(0, most).map((edge) => lineView(edge, node));
  panel.lines.hidden = !views.length;
  panel.lines.replaceChildren("Lines: ", ...spread(views, " · "));
  if (drawn.length <= most) return;
  const all = element("button", { type: "button", class: "copy", text: `Show all ${number(drawn.length)}` });
  all.addEventListener("click", () => {
    showLines(node, drawn.length);
    panel.lines.querySelectorAll("a")[most].focus({ preventScroll: true });
  });
  panel.lines.append(" ", all);
}

function showMoreCards() {
  const from = panel.cards.children.length;
  panel.cards.append(...listed.slice(from, from + CARDS_AT_ONCE).map(cardView));
  const rest = listed.length - Math.min(from + CARDS_AT_ONCE, listed.length);
  panel.more.hidden = rest === 0;
  panel.more.textContent = `Show ${number(Math.min(CARDS_AT_ONCE, rest))} more of ${number(rest)}`;
  return panel.cards.children[from];
}

function showCards(title, list, about) {
  listed = list;
  panel.lines.hidden = true;
  panel.title.replaceChildren(...title);
  panel.about.textContent = about ?? countInWords(list);
  panel.cards.replaceChildren();
  showMoreCards();
  panel.view.scrollTop = 0;
}

panel.more.addEventListener("click", () => {
  const next = showMoreCards();
  next.tabIndex = -1;
  next.focus({ preventScroll: true });
});

function showGuide() {
  const isSaid = THING === "claim" && scene.arrangement === "columns";
  const columns = isSaid ? ": who made them is on the left, what they are about on the right" : "";
  listed = [];
  panel.lines.hidden = true;
  panel.title.replaceChildren("Choose a name or a line");
  panel.about.textContent =
    `Each line stands for ${THINGS}${columns}. Choose a name, or the line between two, and the ${THINGS} behind it stand here, ` +
    "with who, when, and where to find them.";
  const hints = [
    `Search finds names, subjects and words of all ${THINGS}.`,
    "In the picture the arrow keys go from name to name, Enter chooses, + and − change the size.",
    "Esc lets go of what is chosen.",
    `The table below has the same ${THINGS}.`,
  ];
  panel.cards.replaceChildren(element("ul", { class: "hints" }, ...hints.map((text) => element("li", { text }))));
  panel.more.hidden = true;
}

const bdi = (text) => element("bdi", { text });

function edgeTitle({ from, to }) {
  const isSaid = hasClaims && scene.arrangement === "columns" && !scene.weighing;
  return [bdi(nodes[from].name), isSaid ? " on " : " – ", bdi(nodes[to].name)];
}

// What is behind a choice, of what the filters leave.
function itemsOf({ kind, index }) {
  if (kind === "item") return [index];
  const behind = (kind === "node" ? nodes : edges)[index].items;
  return isFiltered() ? behind.filter(shows) : behind;
}

function showChoice(choice) {
  const list = itemsOf(choice);
  if (choice.kind === "item") return showCards([`One ${item(choice.index).kind}`], list);
  const whole = (choice.kind === "node" ? nodes : edges)[choice.index];
  const isLine = choice.kind === "edge" && !scene.weighing;
  const stances = stanceCount(list);
  const counts = isLine ? `${balanceInWords(list)}${stances ? `: ${stances}` : ""}` : countInWords(list);
  const about = [list.length ? `${counts}${whole.items.length > list.length ? "." : ""}` : ""];
  if (choice.kind === "edge" && scene.weighing) about.unshift(weightInWords(whole, shows));
  else if (isLine && whole.kind) about.unshift(`${whole.kind} ·`);
  const hidden = whole.items.length - list.length;
  if (hidden) about.push(`${number(hidden)} more ${hidden === 1 ? "is" : "are"} filtered out.`);
  if (!list.length && !hidden) about.push(`No ${THINGS}.`);
  showCards(choice.kind === "node" ? [bdi(whole.name)] : edgeTitle(whole), list, about.filter(Boolean).join(" "));
  return choice.kind === "node" ? showLines(choice.index) : undefined;
}
