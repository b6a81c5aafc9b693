// Which names stand on a picture that forces arranged: the more important first, none over another, as many as are calm.

const labelling = (() => {
  const SIZE = 13; // pixels of type, at any zoom
  const HEIGHT = 17;
  const WIDEST = { plain: nodes.length <= 60 ? 260 : 170, strong: 320 };
  const GAP = 4; // between a shape and its name
  const AREA = { few: 5000, many: 13000 }; // pixels of picture for each name, so that a full picture stays calm
  const SHAPE = 5; // pixels around a named node that other names leave free
  const HUBS = 10; // names of what matters most may hide shapes of what matters less
  const TRIES = 2500; // names that are tried before it is enough
  const CELL = 64;

  // Rectangles, found again by the cells of a grid that they touch.
  class Boxes {
    cells = new Map();

    *cellsOf({ left, top, right, bottom }) {
      for (let row = Math.floor(top / CELL); row <= Math.floor(bottom / CELL); row += 1)
        for (let column = Math.floor(left / CELL); column <= Math.floor(right / CELL); column += 1) yield row * 8192 + column;
    }

    isFree(box, owner) {
      for (const cell of this.cellsOf(box))
        for (const other of this.cells.get(cell) ?? [])
          if (other.owner !== owner && other.left < box.right && box.left < other.right && other.top < box.bottom && box.top < other.bottom)
            return false;
      return true;
    }

    add(box) {
      for (const cell of this.cellsOf(box)) {
        const there = this.cells.get(cell);
        if (there) there.push(box);
        else this.cells.set(cell, [box]);
      }
    }
  }

  const fontOf = (stage, index) => `${drawing.isStrong(stage, index) ? "600 " : ""}${SIZE}px ${stage.family}`;

  const pencil = document.createElement("canvas").getContext("2d");
  const known = new Map(); // texts and widths, by font and node

  // A name, cut where it is too long for a picture, and its width.
  function measured(stage, index) {
    const strong = drawing.isStrong(stage, index);
    const key = strong ? -1 - index : index;
    const found = known.get(key);
    if (found) return found;
    pencil.font = fontOf(stage, index);
    const most = strong ? WIDEST.strong : WIDEST.plain;
    let text = nodes[index].label.replace(/\s+/g, " ").trim().slice(0, 120);
    let width = pencil.measureText(text).width;
    if (width > most || text.length === 120) {
      let letters = [...text];
      letters = letters.slice(0, Math.ceil((letters.length * most) / width));
      do {
        letters.pop();
        text = `${letters.join("").trimEnd()}…`;
        width = pencil.measureText(text).width;
      } while (letters.length && width > most);
    }
    const made = { text, width };
    known.set(key, made);
    return made;
  }

  // The nodes by how many items are behind them, then by the number of their edges, then as they stand in the scene.
  let order = null;
  function byImportance() {
    order ??= nodes
      .map(({ index }) => index)
      .sort((one, other) => nodes[other].items.length - nodes[one].items.length || nodes[other].edges.length - nodes[one].edges.length || one - other);
    return order;
  }

  // Where a name may stand beside its node: right, left, above, below, and a little higher or lower at the sides.
  function slots(stage, index, width) {
    const r = Math.max(drawing.RADIUS * drawing.magnify(stage), 4) * 1.15 + GAP;
    return [
      { align: "left", dx: r, dy: 0, left: r },
      { align: "right", dx: -r, dy: 0, left: -r - width },
      { align: "center", dx: 0, dy: -r - HEIGHT / 2 + 2, left: -width / 2 },
      { align: "center", dx: 0, dy: r + HEIGHT / 2 - 2, left: -width / 2 },
      { align: "left", dx: r - 2, dy: -HEIGHT / 2, left: r - 2 },
      { align: "left", dx: r - 2, dy: HEIGHT / 2, left: r - 2 },
      { align: "right", dx: 2 - r, dy: -HEIGHT / 2, left: 2 - r - width },
      { align: "right", dx: 2 - r, dy: HEIGHT / 2, left: 2 - r - width },
    ];
  }

  function boxOf(stage, index, slot, width) {
    const x = drawing.toX(stage, stage.layout.x[index]) + slot.left;
    const y = drawing.toY(stage, stage.layout.y[index]) + slot.dy;
    return { owner: index, left: x - 2, right: x + width + 2, top: y - HEIGHT / 2, bottom: y + HEIGHT / 2 };
  }

  const within = ({ left, right, top, bottom }, view) => left >= 0 && top >= 0 && right <= view.width && bottom <= view.height;

  function inSight(stage, index) {
    const [x, y] = [drawing.toX(stage, stage.layout.x[index]), drawing.toY(stage, stage.layout.y[index])];
    return x >= 0 && y >= 0 && x <= stage.view.width && y <= stage.view.height;
  }

  // Shapes that are large enough to be hidden by a name count as taken room.
  function takenByShapes(stage) {
    const boxes = new Boxes();
    const r = drawing.RADIUS * drawing.magnify(stage);
    if (r < 4) return boxes;
    for (let index = 0; index < nodes.length; index += 1) {
      if (!drawing.seesNode(stage, index) || !inSight(stage, index)) continue;
      const [x, y] = [drawing.toX(stage, stage.layout.x[index]), drawing.toY(stage, stage.layout.y[index])];
      boxes.add({ owner: index, left: x - r, right: x + r, top: y - r, bottom: y + r });
    }
    return boxes;
  }

  function* candidates(stage) {
    const { chosen, focus, pointed, lit } = stage;
    const first = new Set([...chosen.nodes, ...(focus === null ? [] : [focus]), ...(pointed?.kind === "node" ? [pointed.index] : [])]);
    yield* first;
    for (const index of byImportance()) if (!first.has(index) && (!lit || lit.nodes.has(index))) yield index;
    if (lit) for (const index of byImportance()) if (!first.has(index) && !lit.nodes.has(index)) yield index;
  }

  // Fewer names where more nodes are in sight.
  function mostNames(stage) {
    let count = 0;
    for (let index = 0; index < nodes.length; index += 1) if (inSight(stage, index) && drawing.seesNode(stage, index)) count += 1;
    const share = Math.min(Math.max(Math.log10(Math.max(count, 1) / 200), 0), 1);
    return Math.max(Math.floor((stage.view.width * stage.view.height) / (AREA.few + (AREA.many - AREA.few) * share)), 12);
  }

  // Names to show, as Map(node → { index, text, align, dx, dy, width, box }).
  function place(stage) {
    const placed = new Map();
    const boxes = new Boxes();
    const shapes = takenByShapes(stage);
    const lines = pointsOfLines(stage);
    const most = mostNames(stage);
    let tries = 0;
    for (const index of candidates(stage)) {
      if (placed.size >= most || tries >= TRIES) break;
      if (!drawing.seesNode(stage, index) || !inSight(stage, index)) continue;
      tries += 1;
      put(stage, { boxes, shapes, lines }, placed, index);
    }
    return placed;
  }

  // Points along the lines of a small picture, so that names can stand where they hide the least of them.
  const LINES = { nodes: 60, edges: 250, points: 24 };
  function pointsOfLines(stage) {
    if (nodes.length > LINES.nodes || edges.length > LINES.edges) return [];
    const seen = edges.filter(({ index }) => drawing.seesEdge(stage, index));
    return seen.flatMap(({ index }) => {
      const curve = drawing.curveOf(stage, index);
      return Array.from({ length: LINES.points }, (_, at) => drawing.pointOf(curve, (at + 0.5) / LINES.points));
    });
  }

  const hidden = ({ left, right, top, bottom }, points) =>
    points.reduce((count, [x, y]) => count + (x > left && x < right && y > top && y < bottom ? 1 : 0), 0);

  const NARROWEST = 24; // a name that has no room for so much is not measured

  function put(stage, { boxes, shapes, lines }, placed, index) {
    const fits = (width) => (slot) => {
      const room = boxOf(stage, index, slot, width);
      return within(room, stage.view) && boxes.isFree(room, index);
    };
    const strong = drawing.isStrong(stage, index);
    const [x, y] = [drawing.toX(stage, stage.layout.x[index]), drawing.toY(stage, stage.layout.y[index])];
    const own = { owner: index, left: x - SHAPE, right: x + SHAPE, top: y - SHAPE, bottom: y + SHAPE };
    if (!boxes.isFree(own, index)) return; // another's name stands on it
    if (!strong && !slots(stage, index, NARROWEST).some(fits(NARROWEST))) return;
    const { text, width } = measured(stage, index);
    if (!text) return;
    const free = slots(stage, index, width).filter(fits(width));
    const isBold = strong || placed.size < HUBS;
    const clear = free.filter((choice) => shapes.isFree(boxOf(stage, index, choice, width), index));
    const hides = new Map(clear.map((choice) => [choice, hidden(boxOf(stage, index, choice, width), lines)]));
    clear.sort((one, other) => hides.get(one) - hides.get(other)); // those that hide as much keep their order
    const slot = clear[0] ?? (isBold ? free[0] : undefined);
    if (!slot) return;
    const box = boxOf(stage, index, slot, width);
    boxes.add(box);
    boxes.add(own);
    placed.set(index, { index, text, align: slot.align, dx: slot.dx, dy: slot.dy, width, box });
  }

  // While the picture moves: the names that stand there keep their side, and those that would meet go.
  function keep(stage) {
    const boxes = new Boxes();
    const kept = new Map();
    for (const label of stage.labels.values()) {
      if (!drawing.seesNode(stage, label.index)) continue;
      const slot = { ...label, left: label.align === "left" ? label.dx : label.align === "right" ? label.dx - label.width : -label.width / 2 };
      const box = boxOf(stage, label.index, slot, label.width);
      if (!boxes.isFree(box, -1)) continue;
      boxes.add(box);
      kept.set(label.index, { ...label, box });
    }
    return kept;
  }

  return { byImportance, fontOf, forget: () => known.clear(), keep, place };
})();
