// The evidence panel: the claims behind what is selected, one card each. All text goes in as text.

function element(tag, { text, ...attributes } = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  if (text !== undefined) made.textContent = text;
  made.append(...children);
  return made;
}

const auto = (tag, text, attributes = {}) => element(tag, { text, dir: "auto", ...attributes });
const link = (node, text) => auto("a", text, { href: fragment("node", node) });
const spread = (parts, between) => parts.flatMap((part, index) => (index ? [between, part] : [part]));

function speakerLine(card) {
  const line = element("p", { class: "who" });
  card.speakers.forEach((speaker, index) => {
    if (index) line.append(" and ");
    const name = element("strong", {}, link(speaker.node, speaker.label));
    line.append(name);
    if (speaker.role) line.append(", ", auto("span", `${speaker.role} then`));
    if (speaker.body) line.append(" · ", auto("span", speaker.body));
    if (speaker.kind === "person" && !speaker.role && !speaker.body) line.append(", post not known");
  });
  line.append(" · ", element("time", { datetime: card.stated_on, text: card.day || "day not known" }));
  return line;
}

function tags(card) {
  const list = element("ul", { class: "tags", "aria-label": "What kind of claim" });
  list.append(element("li", { class: "stance", "data-stance": card.stance, text: card.stance || "stance not known" }));
  for (const word of [card.speech_act, card.attribution]) if (word) list.append(element("li", { text: word }));
  if (card.status && card.status !== "accepted") list.append(element("li", { class: "status", text: card.status }));
  return list;
}

function facts(card) {
  const list = element("dl", { class: "facts" });
  const add = (name, ...content) => list.append(element("dt", { text: name }), element("dd", { dir: "auto" }, ...content));
  add("Figures", ...(card.figures.length ? spread(card.figures.map((figure) => auto("q", figure)), ", ") : ["none"]));
  add("About", ...spread(card.topics.map((topic) => link(topic.node, topic.label)), "; "));
  const source = [auto("cite", card.document || "a document without a title"), card.outlet || "outlet not known", card.issued, card.place];
  add("In", ...spread(source.filter(Boolean), ", "));
  if (card.via) add("From", card.via);
  return list;
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

function copyButton(card) {
  const button = element("button", { type: "button", class: "copy", text: "Copy citation" });
  button.addEventListener("click", async () => {
    button.textContent = (await copy(card.citation)) ? "Copied" : "Copying is not allowed here";
    button.focus();
    setTimeout(() => { button.textContent = "Copy citation"; }, 2000);
  });
  return button;
}

const cardView = (card) =>
  element(
    "article",
    { class: "card", "data-claim": card.claim, "data-stance": card.stance },
    speakerLine(card),
    auto("p", card.summary, { class: "summary" }),
    tags(card),
    facts(card),
    copyButton(card),
  );

function stanceCount(shown) {
  const counts = new Map();
  for (const card of shown) counts.set(card.stance, (counts.get(card.stance) ?? 0) + 1);
  return [...counts].sort((one, other) => other[1] - one[1]).map(([stance, count]) => `${count} ${stance || "not known"}`).join(", ");
}

const panel = {
  title: document.getElementById("panel-title"),
  about: document.getElementById("panel-about"),
  cards: document.getElementById("cards"),
};

function showCards(title, claims, about) {
  const shown = claims.map((claim) => cards.get(claim));
  panel.title.textContent = title;
  panel.about.textContent = about ?? `${counted(shown.length, "claim")}: ${stanceCount(shown)}`;
  panel.cards.replaceChildren(...shown.map(cardView));
  document.getElementById("panel").scrollTop = 0;
}

function showGuide() {
  panel.title.textContent = "Choose a name or a line";
  panel.about.textContent =
    "Each line stands for claims: who made them is on the left, what they are about on the right. Choose either, or the " +
    "line between, and the claims behind it stand here, with who said them in which post, when, and where to find the words.";
  const hints = [
    "Search finds names, subjects and words of all claims.",
    "Esc lets go of what is chosen.",
    "The table below has the same claims, and works by keyboard.",
  ];
  panel.cards.replaceChildren(element("ul", { class: "hints" }, ...hints.map((text) => element("li", { text }))));
}

function showSelection({ kind, id }) {
  if (kind === "claim") return showCards("One claim", [id]);
  if (kind === "node") return showCards(nodes.get(id).name, nodes.get(id).claims);
  const edge = edges.get(id);
  return showCards(`${nodes.get(edge.from).name} on ${nodes.get(edge.to).name}`, edge.claims);
}
