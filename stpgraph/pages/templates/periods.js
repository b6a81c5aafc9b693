// When things were said or held: the months (the years, where they are many) that the slider counts by.

const MOST_MONTHS = 60;
const DATED = /^\d{4}/;

const isLasting = (at) => scene.items.kind[at] === 1 || scene.items.kind[at] === 3; // a post or a fact holds on
const isUndated = (at) => !DATED.test(scene.items.since[at]) && !(isLasting(at) && DATED.test(scene.items.until[at]));

const monthNumber = (day, end) => Number(day.slice(0, 4)) * 12 + (day.length > 4 ? Number(day.slice(5, 7)) - 1 : end);

function makePeriods() {
  const days = [...scene.items.since, ...scene.items.until].filter((day) => DATED.test(day));
  const numbers = days.flatMap((day) => [monthNumber(day, 0), monthNumber(day, 11)]);
  let first = Infinity;
  let last = -Infinity;
  for (const one of numbers) {
    first = Math.min(first, one);
    last = Math.max(last, one);
  }
  const isByYear = last - first >= MOST_MONTHS;
  const unit = (month) => (isByYear ? Math.floor(month / 12) : month);
  const name = (at) => (isByYear ? String(at) : `${String(Math.floor(at / 12)).padStart(4, "0")}-${String((at % 12) + 1).padStart(2, "0")}`);
  const names = [];
  for (let at = unit(first); days.length && at <= unit(last); at += 1) names.push(name(at));
  return { names, isByYear, unit, offset: days.length ? unit(first) : 0, isOneDay: new Set(days).size < 2 };
}

const periods = makePeriods();
const lastPeriod = periods.names.length - 1;

// The first and the last period in which each item lies; -1 for one without a day.
const starts = new Int32Array(itemCount).fill(-1);
const ends = new Int32Array(itemCount).fill(-1);
for (let at = 0; at < itemCount; at += 1) {
  if (isUndated(at)) continue;
  const since = scene.items.since[at];
  const until = isLasting(at) ? scene.items.until[at] : since;
  starts[at] = DATED.test(since) ? periods.unit(monthNumber(since, 0)) - periods.offset : 0;
  ends[at] = DATED.test(until) ? periods.unit(monthNumber(until, 11)) - periods.offset : lastPeriod;
}
const undatedCount = starts.reduce((count, start) => count + (start < 0), 0);

// What the address says as numbers of periods; the whole where it says nothing.
function periodOf({ since, until }) {
  const at = (day, end, none) =>
    day ? Math.min(Math.max(periods.unit(monthNumber(day, end)) - periods.offset, 0), Math.max(lastPeriod, 0)) : none;
  const from = at(since, 0, 0);
  return { from, to: Math.max(at(until, 11, lastPeriod), from) };
}

const isWhole = ({ from, to }) => from <= 0 && to >= lastPeriod;

function periodInWords({ from, to }) {
  const [first, last] = [periods.names[from], periods.names[to]].map(inWords);
  return first === last ? first : `${first} to ${last}`;
}
