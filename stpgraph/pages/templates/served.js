// What a page has beside where the site serves it: ways from names and evidence to their own pages.

const KINDS_WITH_PAGES = new Set(["claim", "figure", "post"]);
const placeOf = (id) => (/^[A-Za-z][A-Za-z0-9+.-]*:/.test(id) ? `/about?iri=${encodeURIComponent(id)}` : `/id/${id.split("/").map(encodeURIComponent).join("/")}`);
const wayTo = (id, text) => element("a", { class: "to-page", href: placeOf(id), text });

const plainCardView = cardView;
cardView = (at) => {
  const view = plainCardView(at);
  const card = item(at);
  if (KINDS_WITH_PAGES.has(card.kind)) view.append(" ", wayTo(card.id, `The ${card.kind}’s page`));
  return view;
};

const plainShowLines = showLines;
showLines = (node, most) => {
  plainShowLines(node, most);
  if (!panel.about.querySelector("a.to-page")) panel.about.append(" · ", wayTo(nodes[node].id, "its page"));
};

document.querySelector("header").prepend(element("p", { class: "standfirst" }, element("a", { href: "/views", text: "← Networks" })));
