// What can be taken away: the picture as PNG or SVG, what is shown as CSV, the triples behind it as Turtle.

const FORMULA = /^[=+\-@\t\r]/; // what opens a formula in a spreadsheet
const BYTE_ORDER_MARK = "\ufeff"; // by which spreadsheets know UTF-8

function save(blob, name) {
  const address = URL.createObjectURL(blob);
  const anchor = element("a", { href: address, download: name });
  document.body.append(anchor);
  anchor.click();
  anchor.remove();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

const CSV_COLUMNS = {
  id: (card) => card.id,
  kind: (card) => card.kind,
  since: (card) => card.since,
  until: (card) => card.until,
  who: (card) => card.speakers.map(({ label }) => label),
  role: (card) => card.speakers.map(({ role }) => role),
  body: (card) => card.speakers.map(({ body }) => body),
  summary: (card) => card.summary,
  words: (card) => card.words,
  about: (card) => card.topics.map(({ label }) => label),
  parties: (card) => scene.items.topics[card.index].flatMap((topic) => scene.topics[topic][2].map((party) => scene.parties[party])),
  stance: (card) => card.stance,
  speech_act: (card) => card.act,
  attribution: (card) => card.attribution,
  status: (card) => card.status,
  confidence: (card) => card.confidence,
  figures: (card) => card.figures.map(({ said }) => said),
  document: (card) => card.title,
  outlet: (card) => card.outlet,
  issued: (card) => card.issued,
  place: (card) => card.place,
  via: (card) => card.via,
  source: (card) => card.source,
};

function csvCell(value) {
  if (typeof value === "number") return String(value);
  const text = Array.isArray(value) ? value.filter(Boolean).join("; ") : (value ?? "");
  const harmless = FORMULA.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

// The items that the filters leave, in order of reading (RFC 4180).
function toCsv() {
  const rows = scene.items.id.flatMap((_, at) => (shows(at) ? [item(at)] : []));
  const lines = [Object.keys(CSV_COLUMNS), ...rows.map((card) => Object.values(CSV_COLUMNS).map((read) => csvCell(read(card))))];
  return `${BYTE_ORDER_MARK}${lines.map((line) => line.join(",")).join("\r\n")}\r\n`;
}

const asFile = (content, type) => new Blob([content], { type: `${type};charset=utf-8` });
const fileName = scene.view.replace(/[^\w-]+/g, "-").replace(/^-+|-+$/g, "") || "network";

const DOWNLOADS = {
  png: async () => picture.toPng({ legend: true, scale: 2, subtitle: shownInWords() }),
  svg: async () => asFile(await picture.toSvg({ legend: true, subtitle: shownInWords() }), "image/svg+xml"),
  csv: async () => asFile(toCsv(), "text/csv"),
  ttl: async () => asFile(scene.turtle, "text/turtle"),
};

// Make a file and save it. A large picture takes seconds, in which the button says so; what fails is told beside the search.
async function write(kind, button) {
  const name = `${fileName}.${kind}`;
  const words = button.textContent;
  button.ariaBusy = "true";
  button.textContent = "Writing…";
  byId("told").textContent = `Writing ${name}…`;
  await new Promise((shown) => setTimeout(shown, 30)); // the words are painted before the work begins
  try {
    save(await DOWNLOADS[kind](), name);
    byId("told").textContent = `${name} is saved.`;
    return true;
  } catch (error) {
    byId("found").textContent = `${name} could not be made: ${error.message}`;
    return false;
  } finally {
    button.textContent = words;
    button.ariaBusy = null;
  }
}

function startDownloads() {
  for (const button of document.querySelectorAll("[data-download]")) {
    const kind = button.dataset.download;
    button.addEventListener("click", async () => {
      if (button.ariaBusy === "true") return;
      if (await write(kind, button)) {
        byId("downloads").open = false;
        byId("downloads").querySelector("summary").focus({ preventScroll: true });
      }
    });
  }
  if (!scene.turtle) {
    const button = document.querySelector('[data-download="ttl"]');
    button.disabled = true;
    byId("turtle-note").textContent = scene.turtleNote || "The triples are not in this file.";
  }
}
