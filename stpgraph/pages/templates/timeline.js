// Time: how many items there are in each period, a slider with two handles, and a button that plays it.

const PACE = { moving: 900, calm: 1600 }; // milliseconds from step to step
const BAR_HEIGHT = 28;

const timeline = byId("timeline");
const handles = { from: byId("from"), to: byId("to") };
const playButton = byId("play");
let bars = [];
let playing = null;

// A bar stands above the place of its period on the slider.
function drawBars() {
  const width = Math.min(Math.max(300 / periods.names.length, 2), 20);
  bars = periods.names.map((_, at) => {
    const x = (100 * at) / Math.max(lastPeriod, 1);
    return mark("line", { x1: x, x2: x, y1: BAR_HEIGHT, y2: BAR_HEIGHT, "stroke-width": width, "vector-effect": "non-scaling-stroke" });
  });
  byId("histogram").replaceChildren(...bars);
}

function sizeBars() {
  const counts = countPeriods();
  const most = counts.reduce((greatest, count) => Math.max(greatest, count), 1);
  bars.forEach((bar, at) => {
    const height = counts[at] ? Math.max((counts[at] / most) * BAR_HEIGHT, 1.5) : 0;
    bar.setAttribute("y2", BAR_HEIGHT - height);
    bar.classList.toggle("none", !height);
  });
}

function updateTimeline() {
  if (timeline.hidden) return;
  const period = periodOf(state);
  sizeBars();
  bars.forEach((bar, at) => bar.classList.toggle("in", at >= period.from && at <= period.to));
  handles.from.value = period.from;
  handles.to.value = period.to;
  for (const [name, handle] of Object.entries(handles)) handle.setAttribute("aria-valuetext", inWords(periods.names[period[name]]));
  handles.from.style.zIndex = period.from > lastPeriod / 2 ? "2" : "1"; // so that the left one is never stuck under the right
  byId("handles").style.setProperty("--from", String(period.from / Math.max(lastPeriod, 1)));
  byId("handles").style.setProperty("--to", String(period.to / Math.max(lastPeriod, 1)));
  byId("period").textContent = isWhole(period) ? "the whole time" : periodInWords(period);
  byId("undated").checked = state.undated;
}

function setPeriod({ from, to }, how) {
  const whole = isWhole({ from, to });
  change({ since: whole ? "" : periods.names[from], until: whole ? "" : periods.names[to] }, how);
}

function slide(moved) {
  stopPlaying();
  let [from, to] = [Number(handles.from.value), Number(handles.to.value)];
  if (from > to) [from, to] = moved === "from" ? [to, to] : [from, from];
  setPeriod({ from, to }, { isStep: false });
}

function stopPlaying() {
  clearInterval(playing);
  playing = null;
  playButton.textContent = "▶ Play";
}

// Move a window as wide as what is chosen, or go on from the start up to each period; stop at the end.
function play() {
  const isWindow = byId("play-window").checked;
  const chosen = periodOf(state);
  const isAnew = isWhole(chosen) || chosen.to >= lastPeriod;
  const span = isWhole(chosen) ? Math.max(Math.round(periods.names.length / 6) - 1, 0) : chosen.to - chosen.from;
  let next = isAnew ? { from: 0, to: isWindow ? span : 0 } : { from: isWindow ? chosen.from : 0, to: chosen.to };
  const show = () => {
    setPeriod(next, { isStep: false });
    if (next.to >= lastPeriod) return stopPlaying();
    next = { from: next.from + (isWindow ? 1 : 0), to: next.to + 1 };
  };
  playButton.textContent = "❚❚ Stop";
  playing = setInterval(show, isCalm() ? PACE.calm : PACE.moving);
  show();
}

function startTimeline() {
  timeline.hidden = periods.names.length < 2 || periods.isOneDay;
  byId("undated-choice").hidden = !undatedCount;
  byId("undated-words").textContent = `with ${number(undatedCount)} of unknown date`;
  byId("filtering").hidden = !facets.length && timeline.hidden;
  if (timeline.hidden) return;
  for (const handle of Object.values(handles)) handle.max = lastPeriod;
  byId("first-period").textContent = inWords(periods.names[0]);
  byId("last-period").textContent = inWords(periods.names[lastPeriod]);
  drawBars();
  handles.from.addEventListener("input", () => slide("from"));
  handles.to.addEventListener("input", () => slide("to"));
  playButton.addEventListener("click", () => (playing ? stopPlaying() : play()));
  byId("undated").addEventListener("change", () => change({ undated: byId("undated").checked }));
}
