// The picture: what is seen of it, what stands under the pointer, how it moves. An engine keeps the canvas up to date.

const WIDE_FROM = 600; // pixels of width from which the picture for a desk is used

// Redraws a picture when the view has changed, at most once a frame. A machine that cannot redraw fast enough to follow a
// movement moves what is drawn already, as a map does, until the movement rests.
function createMover(elements, stage, draw) {
  const FAST = 45; // milliseconds until the second frame from a drawing on
  const FAR = { shift: 0.7, wait: 800 }; // how far what is drawn is moved before it is drawn anew, now and then
  let drawn = null;
  let drawnAt = 0;
  let isFast = false;
  let isMoving = false;
  let asked = 0;

  function transform() {
    const { scale, left, top, width, height } = stage.view;
    const ratio = scale / drawn.scale;
    const [right, down] = [left - drawn.left * ratio, top - drawn.top * ratio];
    const isFar = Math.abs(right) > width * FAR.shift * ratio || Math.abs(down) > height * FAR.shift * ratio;
    if (isFar && performance.now() - drawnAt > FAR.wait) return false;
    for (const { style } of elements) style.transform = `translate(${right}px, ${down}px) scale(${ratio})`;
    return true;
  }

  function paint() {
    asked = 0;
    if (isMoving && !isFast && drawn && transform()) return;
    const began = performance.now();
    for (const { style } of elements) style.transform = "";
    draw();
    drawn = { ...stage.view };
    drawnAt = performance.now();
    if (isMoving) return;
    requestAnimationFrame(() => requestAnimationFrame((now) => (isFast = now - began < FAST)));
  }

  return {
    move(moving) {
      isMoving = moving;
      asked ||= requestAnimationFrame(paint);
    },
    paint() {
      isMoving = false;
      asked ||= requestAnimationFrame(paint);
    },
  };
}

// A canvas above the picture.
function createSheet(container, stage) {
  const canvas = document.createElement("canvas");
  canvas.style.cssText = "position:absolute;inset:0;width:100%;height:100%;pointer-events:none;transform-origin:0 0";
  container.append(canvas);
  const ctx = canvas.getContext("2d");
  const ratio = () => devicePixelRatio || 1;
  return {
    canvas,
    clear() {
      ctx.setTransform(1, 0, 0, 1, 0, 0);
      ctx.clearRect(0, 0, canvas.width, canvas.height);
    },
    draw(what) {
      this.clear();
      ctx.setTransform(ratio(), 0, 0, ratio(), 0, 0);
      what(ctx);
    },
    resize() {
      canvas.width = Math.round(stage.view.width * ratio());
      canvas.height = Math.round(stage.view.height * ratio());
    },
  };
}

function createPicture(container, { onChoose = () => {}, onPoint = () => {} } = {}) {
  const LARGEST = { wide: 1.15, narrow: 1.2, free: 1.4 };
  const ZOOMS = { least: 0.4, most: 4, mostOfAll: 5 }; // of columns: of what fits; of the rest: of the layout's pixels
  const HEADROOM = 30; // for the names of columns
  const REST = 130; // milliseconds without movement after which names are placed anew
  const NEAR = { node: 11, line: 5, drag: 4 };
  const FREE_HEIGHT = { share: 0.7, rem: 46, least: 360 };
  const NO_WEBGL = "This browser cannot draw so many nodes; the table below has all of it.";

  const free = scene.arrangement === "free";
  const isCalm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

  // Layouts

  const layouts = new Map();
  function layoutOf(name) {
    if (!layouts.has(name)) layouts.set(name, readLayout(scene.layouts[name]));
    return layouts.get(name);
  }

  function readLayout(given) {
    if (free) return { ...given, x: Float32Array.from(given.x), y: Float32Array.from(given.y), heads: [] };
    const places = given.places;
    const layout = { ...given, x: Float32Array.from(places, ({ x }) => x), y: Float32Array.from(places, ({ y }) => y) };
    return { ...layout, heads: headsOf(layout) };
  }

  // Names of columns stand where the names of their nodes do; there are none where a column is empty.
  function headsOf({ places, width }) {
    const columns = new Map(places.map(({ x, align }) => [x, align]));
    const across = [...columns.keys()].sort((one, other) => one - other);
    if (across.length !== scene.heads.length) return [];
    const labelsAt = new Set(places.map(({ text_x }) => text_x));
    if (labelsAt.size < across.length) return []; // layers that stand below each other
    return across.map((x, at) => {
      const align = columns.get(x);
      const room = align === "right" ? x - (across[at - 1] ?? 0) : (across[at + 1] ?? width) - x - 6;
      return { text: scene.heads[at], x: align === "right" ? x + 7 : x - 7, align, room };
    });
  }

  const nameOfLayout = () => (free ? "free" : container.clientWidth >= WIDE_FROM ? "wide" : "narrow");
  const headroom = (layout) => (layout.heads.length ? HEADROOM : 0);

  // The view in which a whole layout fits a width and, where forces arranged, a height.
  function fitted(name, layout, width, height) {
    if (!free) {
      const scale = Math.min(width / layout.width, LARGEST[name]);
      const top = headroom(layout) * scale;
      return { scale, left: (width - layout.width * scale) / 2, top, width, height: Math.ceil(layout.height * scale + top) };
    }
    const scale = Math.min((width - 32) / Math.max(layout.width, 1), (height - 24) / Math.max(layout.height, 1), LARGEST.free);
    return { scale, left: (width - layout.width * scale) / 2, top: (height - layout.height * scale) / 2, width, height };
  }

  function freeHeight(layout, width) {
    const whole = document.fullscreenElement;
    if (whole?.contains(container)) {
      const above = container.getBoundingClientRect().top - whole.getBoundingClientRect().top;
      return Math.max(whole.clientHeight - above - 8, FREE_HEIGHT.least);
    }
    const rem = parseFloat(getComputedStyle(document.documentElement).fontSize) || 16;
    const enough = layout.height * Math.min((width - 32) / Math.max(layout.width, 1), LARGEST.free) + 60;
    return Math.max(Math.min(innerHeight * FREE_HEIGHT.share, FREE_HEIGHT.rem * rem, enough), FREE_HEIGHT.least);
  }

  // The stage that is drawn

  if (getComputedStyle(container).position === "static") container.style.position = "relative";
  container.style.overflow = "hidden";
  container.style.touchAction = free ? "none" : "pan-y";
  container.style.userSelect = "none";
  container.tabIndex = 0;
  container.setAttribute("role", "application");

  const stage = {
    free,
    look: drawing.makeLook(),
    layout: layoutOf(nameOfLayout()),
    view: { scale: 1, left: 0, top: 0, width: 1, height: 1 },
    visible: null,
    lit: null,
    chosen: { nodes: new Set(), edges: new Set() },
    pointed: null,
    focus: null,
    labels: new Map(),
    ...drawing.readColours(),
  };
  let isFitted = true;
  let goal = null; // the view to which the picture glides
  let glide = 0;
  let rest = 0;

  const limits = () => {
    const fit = fitted(nameOfLayout(), stage.layout, stage.view.width, stage.view.height).scale;
    return free ? [Math.min(fit * 0.6, 1), ZOOMS.mostOfAll] : [fit * ZOOMS.least, fit * ZOOMS.most];
  };

  const tip = document.createElement("div");
  tip.className = "tip";
  tip.hidden = true;
  const engine = hasEngine() ? createEngine(container, stage) : withoutEngine();
  container.append(tip);

  function hasEngine() {
    if (scene.renderer !== "sigma") return true;
    const probe = document.createElement("canvas");
    const gl = typeof Sigma === "undefined" ? null : (probe.getContext("webgl2") ?? probe.getContext("webgl"));
    gl?.getExtension("WEBGL_lose_context")?.loseContext(); // browsers allow but a few at a time
    return gl !== null;
  }

  function withoutEngine() {
    const message = document.createElement("p");
    message.className = "empty";
    message.textContent = NO_WEBGL;
    container.append(message);
    const nothing = () => {};
    return { name: "none", move: nothing, resize: nothing, changed: nothing, lit: nothing, pointed: nothing };
  }

  const placeNames = () => {
    if (free) stage.labels = labelling.place(stage);
  };

  // The view is changed in place, for engines hold the stage. Names keep their sides while it moves, and settle after.
  function setView(view, { moving = false } = {}) {
    Object.assign(stage.view, view);
    clearTimeout(rest);
    if (free) {
      if (moving) stage.labels = labelling.keep(stage);
      else placeNames();
    }
    if (moving) rest = setTimeout(() => setView({}), REST);
    tip.hidden = tip.hidden || moving;
    engine.move(moving);
  }

  function stop() {
    cancelAnimationFrame(glide);
    glide = 0;
    goal = null;
  }

  // Moves to a view at once, or in a few frames where the reader does not mind motion.
  function moveTo(view) {
    stop();
    const from = { ...stage.view };
    if (isCalm() || !isShown) return setView(view);
    goal = { ...from, ...view };
    const began = performance.now();
    const step = () => {
      const part = Math.min((performance.now() - began) / 170, 1);
      const eased = part * (2 - part);
      const scale = from.scale * (goal.scale / from.scale) ** eased;
      // The point that stays where it is decides how far the picture has to be moved at each scale.
      const share = goal.scale === from.scale ? eased : (scale - from.scale) / (goal.scale - from.scale);
      const left = from.left + (goal.left - from.left) * share;
      const top = from.top + (goal.top - from.top) * share;
      if (part < 1) {
        glide = requestAnimationFrame(step);
        setView({ scale, left, top }, { moving: true });
      } else {
        const last = goal;
        stop();
        setView(last);
      }
    };
    glide = requestAnimationFrame(step);
  }

  // Size

  let isShown = false;

  function layOut() {
    const width = container.clientWidth;
    if (!width) return; // not shown yet
    const name = nameOfLayout();
    const layout = layoutOf(name);
    if (layout !== stage.layout) {
      stage.layout = layout;
      isFitted = true;
    }
    const fit = fitted(name, layout, width, free ? freeHeight(layout, width) : 0);
    const { view } = stage;
    const isSame = isShown && view.width === fit.width && view.height === fit.height;
    stop();
    if (isSame && isFitted) return setView(fit);
    container.style.height = `${fit.height}px`;
    const [right, down] = [(fit.width - view.width) / 2, (fit.height - view.height) / 2]; // the middle stays in the middle
    const kept = { left: view.left + right, top: view.top + down, width: fit.width, height: fit.height };
    Object.assign(view, isFitted ? fit : kept);
    if (!isSame) engine.resize();
    isShown = true;
    setView({});
  }

  function fit() {
    isFitted = true;
    if (!isShown) return layOut();
    moveTo(fitted(nameOfLayout(), stage.layout, stage.view.width, stage.view.height));
  }

  function zoomAt(factor, x, y, { moving = false } = {}) {
    const { scale, left, top } = goal ?? stage.view;
    const [least, most] = limits();
    const wanted = Math.min(Math.max(scale * factor, least), most);
    const ratio = wanted / scale;
    isFitted = false;
    const view = { scale: wanted, left: x - (x - left) * ratio, top: y - (y - top) * ratio };
    if (!moving) return moveTo(view);
    stop();
    setView(view, { moving });
  }

  const zoom = (factor) => zoomAt(factor, stage.view.width / 2, stage.view.height / 2);

  function pan(dx, dy, { moving = false } = {}) {
    const { left, top } = goal ?? stage.view;
    isFitted = false;
    if (!moving) return moveTo({ left: left + dx, top: top + dy });
    stop();
    setView({ left: left + dx, top: top + dy }, { moving });
  }

  // Brings a node into sight: within the picture, and the picture's part of the page into the window.
  function reveal(index) {
    const { view } = stage;
    const [x, y] = placeOf(index);
    const edge = Math.min(48, view.width / 6);
    const isIn = (at, most) => at >= edge && at <= most - edge;
    if (!isFitted && !(isIn(x, view.width) && isIn(y, view.height))) pan(view.width / 2 - x, view.height / 2 - y);
    const top = container.getBoundingClientRect().top + (isFitted ? y : view.height / 2);
    if (isFitted && (top < 40 || top > innerHeight - 40)) scrollBy({ top: top - innerHeight / 2, behavior: isCalm() ? "auto" : "smooth" });
  }

  // What stands where

  const placeOf = (index) => [drawing.toX(stage, stage.layout.x[index]), drawing.toY(stage, stage.layout.y[index])];

  const boxOf = ({ box }) => {
    const [left, right] = [box.left, box.right].map((x) => drawing.toX(stage, x));
    const [top, bottom] = [box.top, box.bottom].map((y) => drawing.toY(stage, y));
    return { left, top, right, bottom };
  };

  // The names that stand on the picture, with their boxes in its pixels.
  function labels() {
    if (engine.name === "none") return [];
    if (free) return [...stage.labels.values()].map(({ index, text, box: { left, top, right, bottom } }) => ({ index, text, box: { left, top, right, bottom } }));
    const seen = nodes.filter(({ index }) => drawing.seesNode(stage, index));
    return seen.map(({ index }) => ({ index, text: stage.layout.places[index].lines.join(" "), box: boxOf(stage.layout.places[index]) }));
  }

  function nodeAt(x, y) {
    let best = null;
    let least = Math.max(NEAR.node, drawing.RADIUS * drawing.magnify(stage) * 1.3) ** 2;
    const { x: across, y: down } = stage.layout;
    const { scale, left, top } = stage.view;
    for (let index = 0; index < across.length; index += 1) {
      const far = (across[index] * scale + left - x) ** 2 + (down[index] * scale + top - y) ** 2;
      if (far < least && drawing.seesNode(stage, index)) [best, least] = [index, far];
    }
    return best;
  }

  function distance(x, y, x0, y0, x1, y1) {
    const [dx, dy] = [x1 - x0, y1 - y0];
    const part = Math.min(Math.max(((x - x0) * dx + (y - y0) * dy) / (dx * dx + dy * dy || 1), 0), 1);
    return Math.hypot(x - x0 - part * dx, y - y0 - part * dy);
  }

  function farFromEdge(index, x, y) {
    const curve = drawing.curveOf(stage, index);
    if (drawing.isStraight(stage, index)) return distance(x, y, curve[0], curve[1], curve[6], curve[7]);
    let least = Infinity;
    let [fromX, fromY] = [curve[0], curve[1]];
    for (let step = 1; step <= 18; step += 1) {
      const [toX, toY] = drawing.pointOf(curve, step / 18);
      least = Math.min(least, distance(x, y, fromX, fromY, toX, toY));
      [fromX, fromY] = [toX, toY];
    }
    return least;
  }

  // The line nearest to a point: counted from its rim, so that a thick line is as easy to hit as it looks.
  function edgeAt(x, y) {
    let best = null;
    let least = NEAR.line;
    const { x: across, y: down } = stage.layout;
    const { scale, left, top } = stage.view;
    const [px, py] = [(x - left) / scale, (y - top) / scale];
    const unit = drawing.magnify(stage);
    const room = (70 * unit) / scale;
    for (let index = 0; index < edges.length; index += 1) {
      const { from, to } = edges[index];
      const slack = free ? room : room + Math.abs(down[to] - down[from]) * 0.3;
      const [x0, x1, y0, y1] = [across[from], across[to], down[from], down[to]];
      if (px < Math.min(x0, x1) - slack || px > Math.max(x0, x1) + slack || py < Math.min(y0, y1) - slack || py > Math.max(y0, y1) + slack) continue;
      if (!drawing.seesEdge(stage, index)) continue;
      const half = (drawing.strandsOf(stage, index).reduce((sum, { width }) => sum + width, 0) * unit) / 2;
      const far = Math.max(farFromEdge(index, x, y) - half, 0);
      if (far < least) [best, least] = [index, far];
      if (!least) break;
    }
    return best;
  }

  // What stands at a point of the picture: a shape, a name, or a line.
  function at(x, y) {
    if (engine.name === "none") return null;
    const node = nodeAt(x, y) ?? labels().find(({ box }) => x >= box.left && x <= box.right && y >= box.top && y <= box.bottom)?.index;
    if (node !== undefined) return { kind: "node", index: node };
    const edge = edgeAt(x, y);
    return edge === null ? null : { kind: "edge", index: edge };
  }

  // Pointing

  const counted = (number) => `${drawing.counted(number)} ${scene.things[number === 1 ? 0 : 1]}`;
  const shownOf = (items) => (stage.visible?.items ? items.filter((item) => stage.visible.items.has(item)) : items);

  function tipOf({ kind, index }) {
    if (kind === "node") {
      const { name, note, items } = nodes[index];
      return `${note ? `${name}, ${note}` : name}: ${counted(shownOf(items).length)}`;
    }
    const { from, to, items, weight } = edges[index];
    const words = drawing.edgeKindOf(index);
    const shown = shownOf(items);
    const counts = new Map();
    for (const item of shown) counts.set(scene.items.stance[item], (counts.get(scene.items.stance[item]) ?? 0) + 1);
    const ranked = [...counts].sort((one, other) => other[1] - one[1]).map(([stance, count]) => `${drawing.counted(count)} ${drawing.STANCES[stance] || "not known"}`);
    const now = stage.visible?.edges?.get(index)?.weight ?? weight;
    const what = [counted(shown.length)];
    if (scene.colour === "stance" && ranked.length) what.push(ranked.join(", "));
    if (scene.weighing) what.push(`weight ${String(Math.round(now * 100) / 100).replace("-", "−")}`);
    return `${nodes[from].name}${words ? ` – ${words} – ` : " – "}${nodes[to].name}: ${what.join(": ")}`;
  }

  const same = (one, other) => one?.kind === other?.kind && one?.index === other?.index;

  function showTip(hit, x, y) {
    tip.hidden = !hit;
    if (!hit) return;
    const text = tipOf(hit);
    tip.textContent = text.length > 300 ? `${text.slice(0, 299)}…` : text;
    const { width, height } = stage.view;
    tip.style.left = `${Math.max(Math.min(x + 14, width - tip.offsetWidth - 4), 0)}px`;
    tip.style.top = `${y + 18 + tip.offsetHeight > height ? Math.max(y - tip.offsetHeight - 12, 0) : y + 18}px`;
  }

  function pointAt(hit, x, y) {
    showTip(hit, x, y);
    if (same(hit, stage.pointed)) return;
    stage.pointed = hit;
    container.style.cursor = hit ? "pointer" : free ? "grab" : "";
    engine.pointed();
    onPoint(hit);
  }

  // Pointer, wheel and fingers

  const fingers = new Map();
  let drag = null;
  let hover = 0;
  const spot = (event) => {
    const box = container.getBoundingClientRect();
    return [event.clientX - box.left - container.clientLeft, event.clientY - box.top - container.clientTop];
  };
  const span = () => {
    const [[x0, y0], [x1, y1]] = [...fingers.values()];
    return { far: Math.hypot(x1 - x0, y1 - y0) || 1, x: (x0 + x1) / 2, y: (y0 + y1) / 2 };
  };

  container.addEventListener("pointerdown", (event) => {
    if (event.button > 0) return;
    fingers.set(event.pointerId, spot(event));
    drag = { began: spot(event), moved: fingers.size > 1, pinch: fingers.size === 2 ? span() : null };
  });

  container.addEventListener("pointermove", (event) => {
    const [x, y] = spot(event);
    if (!fingers.has(event.pointerId)) {
      if (event.pointerType !== "mouse" || event.buttons) return;
      cancelAnimationFrame(hover);
      hover = requestAnimationFrame(() => pointAt(at(x, y), x, y));
      return;
    }
    const [lastX, lastY] = fingers.get(event.pointerId);
    if (!drag.moved && Math.hypot(x - drag.began[0], y - drag.began[1]) < NEAR.drag) return;
    fingers.set(event.pointerId, [x, y]);
    if (!drag.moved) container.setPointerCapture(event.pointerId);
    drag.moved = true;
    if (fingers.size === 1) {
      container.style.cursor = "grabbing";
      pan(x - lastX, y - lastY, { moving: true });
    } else if (drag.pinch) {
      const now = span();
      pan(now.x - drag.pinch.x, now.y - drag.pinch.y, { moving: true });
      zoomAt(now.far / drag.pinch.far, now.x, now.y, { moving: true });
      drag.pinch = now;
    }
  });

  const lift = (event, isClick) => {
    if (!fingers.delete(event.pointerId)) return;
    if (fingers.size) {
      drag = { began: [...fingers.values()][0], moved: true, pinch: null };
      return;
    }
    container.style.cursor = "";
    if (isClick && !drag.moved) {
      const [x, y] = spot(event);
      const hit = at(x, y);
      setFocus(null);
      onChoose(hit);
    }
    drag = null;
  };
  container.addEventListener("pointerup", (event) => lift(event, true));
  container.addEventListener("pointercancel", (event) => lift(event, false));
  container.addEventListener("pointerleave", () => {
    cancelAnimationFrame(hover);
    if (!fingers.size) pointAt(null, 0, 0);
  });
  container.addEventListener("dblclick", (event) => {
    event.preventDefault();
    zoomAt(1.7, ...spot(event));
  });
  container.addEventListener(
    "wheel",
    (event) => {
      const isMeant = event.ctrlKey || event.metaKey || (free && document.activeElement === container);
      if (!isMeant) return; // a plain wheel scrolls the page
      event.preventDefault();
      const lines = event.deltaMode === 1 ? 30 : 1;
      zoomAt(Math.min(Math.max(Math.exp(-event.deltaY * lines * 0.0018), 0.75), 1.34), ...spot(event), { moving: true });
    },
    { passive: false },
  );

  // Keyboard

  const WAYS = { left: [-1, 0], right: [1, 0], up: [0, -1], down: [0, 1] };

  function setFocus(index) {
    if (stage.focus === index) return;
    stage.focus = index;
    stage.pointed = index === null ? null : { kind: "node", index };
    placeNames();
    engine.lit();
    if (index === null) return showTip(null);
    showTip(stage.pointed, ...placeOf(index));
    onPoint(stage.pointed);
  }

  // Goes to the nearest node in a direction, more along it than aside; the first step goes to what is chosen or matters most.
  function step(direction) {
    const way = WAYS[direction];
    if (!way) return null;
    const start = stage.focus ?? [...stage.chosen.nodes][0];
    let best = null;
    if (start === undefined || !drawing.seesNode(stage, start)) {
      const seen = labelling.byImportance().filter((index) => drawing.seesNode(stage, index));
      const { width, height } = stage.view;
      best = seen.find((index) => placeOf(index)[0] >= 0 && placeOf(index)[0] <= width && placeOf(index)[1] >= 0 && placeOf(index)[1] <= height) ?? seen[0] ?? null;
    } else best = neighbour(start, way);
    if (best === null) return stage.focus;
    reveal(best);
    setFocus(best);
    return best;
  }

  function neighbour(start, [right, down]) {
    const { x, y } = stage.layout;
    let best = null;
    let least = Infinity;
    for (let index = 0; index < x.length; index += 1) {
      if (index === start || !drawing.seesNode(stage, index)) continue;
      const along = (x[index] - x[start]) * right + (y[index] - y[start]) * down;
      const aside = Math.abs((x[index] - x[start]) * down) + Math.abs((y[index] - y[start]) * right);
      const cost = along + 2 * aside + (aside > 1.7 * along ? 1e6 : 0);
      if (along > 0.5 && cost < least) [best, least] = [index, cost];
    }
    return best;
  }

  container.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const direction = { ArrowLeft: "left", ArrowRight: "right", ArrowUp: "up", ArrowDown: "down" }[event.key];
    if (direction && event.shiftKey) pan(-WAYS[direction][0] * 80, -WAYS[direction][1] * 80);
    else if (direction) step(direction);
    else if (event.key === "Enter" && stage.focus !== null) onChoose({ kind: "node", index: stage.focus });
    else if (event.key === "+" || event.key === "=") zoom(1.25);
    else if (event.key === "-" || event.key === "−") zoom(0.8);
    else if (event.key === "0") fit();
    else return;
    event.preventDefault();
  });
  container.addEventListener("blur", () => setFocus(null));

  // The picture on paper: the part that is in sight, or all of it at a size of its own.

  function staged() {
    const made = { ...stage, view: { ...stage.view }, pointed: null, focus: null };
    if (!isFitted) return made;
    const name = free ? "free" : "wide";
    made.layout = layoutOf(name);
    const { width, height } = made.layout;
    const across = free ? Math.min(Math.max(width * LARGEST.free + 200, 500), 1200) : width; // with room for names
    made.view = fitted(name, made.layout, across, Math.min(Math.max(((across - 200) * height) / Math.max(width, 1) + 60, 240), 1400));
    if (free) made.labels = labelling.place(made);
    return made;
  }

  const picture = {
    get camera() {
      if (isFitted) return null;
      const { scale, left, top, width, height } = { ...stage.view, ...goal };
      return { x: (width / 2 - left) / scale, y: (height / 2 - top) / scale, scale };
    },
    setCamera(camera) {
      if (!camera) return fit();
      if (!isShown) layOut();
      if (![camera.x, camera.y, camera.scale].every(Number.isFinite)) return;
      const [least, most] = limits();
      const scale = Math.min(Math.max(camera.scale, least), most);
      isFitted = false;
      stop();
      setView({ scale, left: stage.view.width / 2 - camera.x * scale, top: stage.view.height / 2 - camera.y * scale });
    },
    show(visible) {
      stage.visible = visible;
      if (stage.focus !== null && !drawing.seesNode(stage, stage.focus)) stage.focus = null;
      stage.pointed = null;
      tip.hidden = true;
      placeNames();
      engine.changed();
    },
    light(lit, chosen = []) {
      stage.lit = lit;
      const of = (kind) => new Set((chosen ?? []).filter((one) => one.kind === kind).map(({ index }) => index));
      stage.chosen = { nodes: of("node"), edges: of("edge") };
      placeNames();
      engine.lit();
    },
    recolour() {
      Object.assign(stage, drawing.readColours());
      labelling.forget();
      placeNames();
      engine.changed();
    },
    toSvg: (options) => sheets.toSvg(staged(), options),
    toPng: (options) => sheets.toPng(staged(), options),
    // Where things stand on the screen, for whoever wants to know.
    engine: engine.name,
    labels,
    at,
    place: placeOf,
    middle: (index) => drawing.pointOf(drawing.curveOf(stage, index), 0.5),
    fit, pan, resize: layOut, reveal, step, zoom,
  };
  container.picture = picture;

  let lastWidth = -1;
  new ResizeObserver(() => {
    if (container.clientWidth === lastWidth) return; // its height is set here
    lastWidth = container.clientWidth;
    layOut();
  }).observe(container);
  lastWidth = container.clientWidth;
  layOut();
  return picture;
}
