// The controls of the filters: a list with counts for each facet, and what is chosen as chips that can be taken away.

const TYPED_FROM = 12; // values above which a list can be searched
const MOST_VALUES = 200; // that a list shows at once

function facetControl(facet) {
  const chosenCount = element("span", { class: "badge" });
  const summary = element("summary", {}, facet.title, chosenCount);
  const list = element("ul", { class: "values" });
  const rest = element("p", { class: "rest" });
  const menu = element("div", { class: "menu" });
  const view = element("details", { class: "facet", "data-facet": facet.name, name: "facet" }, summary, menu);
  let counters = new Map();
  let typed = "";

  if (facet.keys.length > TYPED_FROM) {
    const field = element("input", { type: "search", autocomplete: "off", spellcheck: "false", "aria-label": `Search in ${facet.title.toLowerCase()}` });
    field.placeholder = `Search ${number(facet.keys.length)} names`;
    field.addEventListener("input", () => {
      typed = field.value;
      fill();
    });
    menu.append(field);
  }
  menu.append(list, rest);

  function row(value, count) {
    const box = element("input", { type: "checkbox" });
    box.checked = facet.wanted?.has(value) ?? false;
    box.addEventListener("change", () => {
      const values = new Set(state.filters.get(facet.name) ?? []);
      if (box.checked) values.add(facet.keys[value]);
      else values.delete(facet.keys[value]);
      filterBy(facet.name, values);
    });
    const counter = element("span", { class: "count", text: number(count) });
    const label = element("label", {}, box, auto("span", facet.labels[value], { class: "name" }), counter);
    if (facet.name === "stance") label.prepend(swatch({ stance: STANCES.includes(facet.keys[value]) ? facet.keys[value] : "" }));
    counters.set(value, { box, counter, label });
    label.classList.toggle("none", !count);
    return element("li", {}, label);
  }

  // Write the list anew: what is chosen first, then by count and name.
  function fill() {
    const counts = countValues(facet);
    const { wanted } = facet;
    const words = wordsOf(typed);
    const found = facet.keys.flatMap((_, value) => (!words.length || holds(plain(facet.labels[value]), words) ? [value] : []));
    const rank = (value) => (wanted?.has(value) ? 1 : 0);
    found.sort((one, other) => rank(other) - rank(one) || counts[other] - counts[one] || (facet.labels[one] < facet.labels[other] ? -1 : 1));
    counters = new Map();
    list.replaceChildren(...found.slice(0, MOST_VALUES).map((value) => row(value, counts[value])));
    rest.textContent = found.length > MOST_VALUES ? `${number(found.length - MOST_VALUES)} more: search for them by name.` : found.length ? "" : "No such name.";
  }

  // Follow the other filters, with every value where it stands.
  function update() {
    const { wanted } = facet;
    chosenCount.textContent = wanted ? String(wanted.size) : "";
    view.classList.toggle("active", Boolean(wanted));
    if (!view.open) return;
    const counts = countValues(facet);
    for (const [value, { box, counter, label }] of counters) {
      box.checked = wanted?.has(value) ?? false;
      counter.textContent = number(counts[value]);
      label.classList.toggle("none", !counts[value]);
    }
  }

  view.addEventListener("toggle", () => { if (view.open) fill(); });
  return { view, update };
}

const facetControls = facets.map(facetControl);
byId("facets").append(...facetControls.map((control) => control.view));

// Where there is room the filters always stand open.
const hasRoom = matchMedia("(min-width: 48.01rem)");
byId("filtering").open = hasRoom.matches;
hasRoom.addEventListener("change", () => { byId("filtering").open = hasRoom.matches; });
const toFilters = () => [...byId("filtering").querySelectorAll("summary, input")].find((one) => one.checkVisibility())?.focus({ preventScroll: true });

const openMenu = () => document.querySelector(".facet[open], #downloads[open]");

// A press elsewhere closes an open list.
document.addEventListener("pointerdown", (event) => {
  const open = openMenu();
  if (open && !open.contains(event.target)) open.open = false;
});

function chip(title, value, takeAway) {
  const button = element("button", { type: "button", class: "chip", "aria-label": `Remove filter ${title}: ${value}` });
  button.append(element("span", { class: "of", text: title }), auto("span", value, { class: "name" }), element("span", { class: "cross", "aria-hidden": "true", text: "×" }));
  button.addEventListener("click", () => {
    takeAway();
    const next = byId("chips").querySelector("button");
    if (next) next.focus({ preventScroll: true });
    else toFilters();
  });
  return element("li", {}, button);
}

function clearFilters() {
  stopPlaying();
  change({ filters: new Map(), since: "", until: "", undated: true });
}

function wholeTime() {
  stopPlaying();
  change({ since: "", until: "" });
}

// What is shown, for a picture that leaves the page: how much of all, and by which filters; "" where nothing is filtered.
function shownInWords() {
  if (!isFiltered()) return "";
  const chosen = facets.flatMap((facet) => [...(facet.wanted ?? [])].map((value) => `${facet.title}: ${facet.labels[value]}`));
  if (state.since || state.until) chosen.push(periodInWords(periodOf(state)));
  if (!state.undated) chosen.push("only what has a day");
  const how = chosen.length ? ` (${chosen.join("; ")})` : "";
  return `Shown here: ${number(visible.items.size)} of ${counted(itemCount, THING, THINGS)}${how}.`;
}

function showChips() {
  const chips = facets.flatMap((facet) =>
    [...(facet.wanted ?? [])].map((value) =>
      chip(facet.title, facet.labels[value], () => {
        const values = new Set(state.filters.get(facet.name));
        values.delete(facet.keys[value]);
        filterBy(facet.name, values);
      }),
    ),
  );
  if (state.since || state.until) chips.push(chip("Time", periodInWords(periodOf(state)), wholeTime));
  if (!state.undated) chips.push(chip("Time", "only what has a day", () => change({ undated: true })));
  if (chips.length) {
    const clear = element("button", { type: "button", id: "clear", class: "quiet", text: "Clear all" });
    clear.addEventListener("click", () => {
      clearFilters();
      toFilters();
    });
    chips.push(element("li", {}, clear));
  }
  byId("chips").replaceChildren(...chips);
  byId("shown").textContent = isFiltered() ? `${number(visible.items.size)} of ${counted(itemCount, THING, THINGS)} shown.` : "";
}

function updateFilters() {
  for (const control of facetControls) control.update();
  showChips();
}
