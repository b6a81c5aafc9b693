// How things look. All of it is drawn by the calls of a canvas, so that screen, PNG and SVG show the same picture.
// A stage says what to draw: { free, look, layout, view, visible, lit, chosen, pointed, focus, labels, colours, family }.
// Places of a layout are in its own pixels; a view { scale, left, top, width, height } puts them on the screen.

const drawing = (() => {
  const STANCES = ["", "supportive", "critical", "mixed", "neutral"]; // by their number in the scene
  const DASHES = { mixed: [7, 4], "": [1.5, 4] };
  const DIMMED = { node: 0.3, line: 0.1 };
  const CROWD = 0.62; // of nodes too small to tell apart
  const THROUGH = 0.35; // of lines that only pass through what is in sight
  const RADIUS = 7; // of a node, in pixels at scale 1
  const NAMES = ["ink", "quiet", "paper", "supportive", "critical", "mixed", "neutral", "rule"];
  const BATCH = 48; // lines of one look that are drawn in one stroke

  // Shapes

  const corners = (ctx, points) => {
    points.forEach(([x, y], index) => (index ? ctx.lineTo(x, y) : ctx.moveTo(x, y)));
    ctx.closePath();
  };
  const box = (ctx, x, y, across, down) =>
    corners(ctx, [[x - across, y - down], [x + across, y - down], [x + across, y + down], [x - across, y + down]]);
  const disc = (ctx, x, y, r) => {
    ctx.moveTo(x + r, y);
    ctx.arc(x, y, r, 0, 2 * Math.PI);
    ctx.closePath();
  };
  const hexagon = (ctx, x, y, r) =>
    corners(ctx, [0, 1, 2, 3, 4, 5].map((turn) => [x + r * 1.08 * Math.sin((turn * Math.PI) / 3), y - r * 1.08 * Math.cos((turn * Math.PI) / 3)]));
  const diamond = (ctx, x, y, r) => corners(ctx, [[x, y - r * 1.15], [x + r * 1.15, y], [x, y + r * 1.15], [x - r * 1.15, y]]);
  const sheet = (ctx, x, y, r) => box(ctx, x, y, r * 0.74, r);
  const folded = (ctx, x, y, r) =>
    corners(ctx, [[x - r * 0.74, y - r], [x + r * 0.24, y - r], [x + r * 0.74, y - r * 0.5], [x + r * 0.74, y + r], [x - r * 0.74, y + r]]);
  const rule = (ctx, x, y, from, to, height) => {
    ctx.moveTo(x + from, y + height);
    ctx.lineTo(x + to, y + height);
  };

  // For each kind its outline, whether only the outline is inked, and marks in the colour of the paper.
  const SHAPES = {
    body: { outline: (ctx, x, y, r) => box(ctx, x, y, r * 0.86, r * 0.86) },
    person: { outline: disc },
    collective: { outline: (ctx, x, y, r) => corners(ctx, [[x, y - r * 1.1], [x + r * 1.15, y + r * 0.9], [x - r * 1.15, y + r * 0.9]]) },
    partnership: { outline: (ctx, x, y, r) => box(ctx, x, y, r * 0.74, r * 0.74), hollow: true },
    successor: {
      outline: (ctx, x, y, r) => box(ctx, x, y, r * 0.86, r * 0.86),
      marks: (ctx, x, y, r) => box(ctx, x, y, r * 0.3, r * 0.3),
    },
    relationship: { outline: diamond },
    proposition: { outline: diamond, hollow: true },
    party: { outline: (ctx, x, y, r) => disc(ctx, x, y, r * 0.86), hollow: true },
    study: { outline: hexagon },
    document: {
      outline: folded,
      marks: (ctx, x, y, r) => corners(ctx, [[x + r * 0.24, y - r], [x + r * 0.24, y - r * 0.5], [x + r * 0.74, y - r * 0.5]]),
    },
    report: {
      outline: sheet,
      marks: (ctx, x, y, r) => [-0.5, -0.05, 0.4].forEach((at) => rule(ctx, x, y, -r * 0.42, r * 0.42, r * at)),
    },
    outlet: {
      outline: (ctx, x, y, r) => box(ctx, x, y, r * 1.15, r * 0.8),
      marks: (ctx, x, y, r) => {
        rule(ctx, x, y, -r * 0.85, r * 0.85, -r * 0.36);
        rule(ctx, x, y, -r * 0.85, -r * 0.1, r * 0.08);
        rule(ctx, x, y, -r * 0.85, -r * 0.1, r * 0.42);
        rule(ctx, x, y, r * 0.2, r * 0.85, r * 0.08);
        rule(ctx, x, y, r * 0.2, r * 0.85, r * 0.42);
      },
    },
    measure: { outline: (ctx, x, y, r) => box(ctx, x, y, r * 1.15, r * 0.38) },
    place: {
      outline: (ctx, x, y, r) => {
        ctx.moveTo(x, y + r * 1.2);
        ctx.bezierCurveTo(x - r * 1.6, y - r * 0.3, x - r * 0.9, y - r * 1.15, x, y - r * 1.15);
        ctx.bezierCurveTo(x + r * 0.9, y - r * 1.15, x + r * 1.6, y - r * 0.3, x, y + r * 1.2);
        ctx.closePath();
      },
      marks: (ctx, x, y, r) => disc(ctx, x, y - r * 0.35, r * 0.24),
    },
    claim: { outline: (ctx, x, y, r) => disc(ctx, x, y, r * 0.5) },
  };
  const OTHER = { outline: (ctx, x, y, r) => disc(ctx, x, y, r * 0.7), hollow: true }; // a kind of no shape of its own

  const shapeOf = (kind) => SHAPES[kind] ?? OTHER;

  // Kinds by name, whether the page keeps their names or their numbers.
  const kindOf = (index) => {
    const { kind } = nodes[index];
    return typeof kind === "number" ? scene.kinds[kind][0] : kind;
  };
  const edgeKindOf = (index) => {
    const { kind } = edges[index];
    return typeof kind === "number" ? scene.edgeKinds[kind] : kind;
  };

  // The shapes of one kind at some points [[x, y, radius], …], kept apart from lines below them by a rim of paper.
  function drawShapes(ctx, kind, points, colours, alpha = 1) {
    const { outline, hollow, marks } = shapeOf(kind);
    const r = points.reduce((most, point) => Math.max(most, point[2]), 0);
    const path = (draw) => {
      ctx.beginPath();
      for (const [x, y, radius] of points) draw(ctx, x, y, radius);
    };
    ctx.lineJoin = "round";
    ctx.setLineDash([]);
    path(outline);
    ctx.globalAlpha = 1;
    ctx.fillStyle = ctx.strokeStyle = colours.paper;
    if (r > 2.5) {
      ctx.lineWidth = r * 0.55;
      ctx.stroke();
    }
    if (hollow || (alpha < 1 && r > 2.5)) ctx.fill();
    ctx.globalAlpha = alpha;
    if (hollow) {
      ctx.strokeStyle = colours.ink;
      ctx.lineWidth = Math.max(r * 0.4, 0.75);
      ctx.stroke();
    } else {
      ctx.fillStyle = colours.ink;
      ctx.fill();
    }
    if (marks && r > 3.5) {
      path(marks);
      ctx.fillStyle = ctx.strokeStyle = colours.paper;
      ctx.lineWidth = r * 0.17;
      ctx.stroke();
      ctx.fill();
    }
    ctx.globalAlpha = 1;
  }

  // Measures

  const toX = (stage, x) => x * stage.view.scale + stage.view.left;
  const toY = (stage, y) => y * stage.view.scale + stage.view.top;

  // How much larger than at scale 1 shapes and lines are: in columns as the picture is; else neither tiny nor huge,
  // though the more there are, the smaller they may be.
  const LEAST = Math.min(Math.max(0.5 * Math.sqrt(300 / Math.max(nodes.length, 1)), 0.1), 0.5);
  const magnify = (stage) => (stage.free ? Math.min(Math.max(stage.view.scale, LEAST), 1.4) : stage.view.scale);

  const radiusOf = (stage, index) => {
    const r = RADIUS * magnify(stage);
    return stage.free && stage.labels?.has(index) ? Math.max(r, 4) : r; // what has a name on it is large enough to see its kind
  };

  const seesNode = ({ visible }, index) => !visible?.nodes || visible.nodes.has(index);
  const seesEdge = ({ visible }, index) => !visible?.edges || visible.edges.has(index);
  const litNode = ({ lit }, index) => !lit || lit.nodes.has(index);
  const litEdge = ({ lit }, index) => !lit || lit.edges.has(index);
  const isAt = (hit, kind, index) => hit !== null && hit.kind === kind && hit.index === index;

  // Lines

  // What is the same for all paints: strands as given, and which of several edges between the same two nodes each is.
  function makeLook() {
    const pairs = new Map();
    const fan = new Float32Array(edges.length);
    const between = ({ from, to }) => (from < to ? from * nodes.length + to : to * nodes.length + from);
    for (const edge of edges) {
      const key = between(edge);
      const others = pairs.get(key);
      if (others === undefined) pairs.set(key, edge.index);
      else if (typeof others === "number") pairs.set(key, [others, edge.index]);
      else others.push(edge.index);
    }
    for (const group of pairs.values()) {
      if (typeof group === "number") continue;
      group.forEach((index, at) => {
        const { from, to } = edges[index];
        fan[index] = (at - (group.length - 1) / 2) * (from <= to ? 1 : -1);
      });
    }
    const most = edges.reduce((least, { weight }) => Math.max(least, Math.abs(weight)), 0) || 1;
    const mostItems = edges.reduce((least, { items }) => Math.max(least, items.length), 0) || 1;
    return { fan, most, mostItems, strands: new Array(edges.length) };
  }

  // The strands of an edge where nothing was filtered: by stance as wide as its claims are many, or one by its weight.
  function givenStrands({ look }, edge) {
    if (scene.colour === "stance" && edge.items.length) {
      const counts = new Map();
      for (const item of edge.items) {
        const stance = STANCES[scene.items.stance[item]] ?? "";
        counts.set(stance, (counts.get(stance) ?? 0) + 1);
      }
      const ordered = [...STANCES.slice(1), ""].filter((stance) => counts.has(stance));
      return ordered.map((stance) => ({ stance, width: lineWidth(counts.get(stance), look.mostItems) }));
    }
    const width = lineWidth(Math.abs(edge.weight), look.most);
    return [scene.colour === "sign" ? { sign: scene.edges?.sign?.[edge.index] ?? Math.sign(edge.weight), width } : { width }];
  }

  function strandsOf(stage, index) {
    const now = stage.visible?.edges?.get(index)?.strands;
    if (now) return now;
    return (stage.look.strands[index] ??= givenStrands(stage, edges[index]));
  }

  // The name of a strand's colour, and its dashes: those of a stance, of a sign, or of neither.
  function styleOf(strand) {
    if (strand.sign !== undefined) return ["critical", "neutral", "supportive"][Math.sign(strand.sign) + 1];
    const stance = typeof strand.stance === "number" ? STANCES[strand.stance] : strand.stance;
    return stance === undefined || !STANCES.includes(stance) ? "neutral" : stance;
  }

  // An edge as the eight numbers of a Bézier curve on the screen: start, two handles, end.
  function curveOf(stage, index) {
    const { from, to } = edges[index];
    const { x, y } = stage.layout;
    const unit = magnify(stage);
    const x0 = toX(stage, x[from]);
    const y0 = toY(stage, y[from]);
    const x1 = toX(stage, x[to]);
    const y1 = toY(stage, y[to]);
    const fan = stage.look.fan[index];
    if (from === to) {
      const reach = Math.max(34 + 16 * fan, 18) * unit; // loops stand within each other
      return [x0, y0, x0 - reach * 0.8, y0 - reach, x0 + reach * 0.8, y0 - reach, x0, y0];
    }
    if (stage.layout.places && scene.arrangement === "layers") return betweenLayers(stage, index, [x0, y0, x1, y1]);
    if (!stage.free) {
      const lift = fan * 16 * unit;
      if (Math.abs(x1 - x0) < 1) {
        const reach = 24 * unit + Math.abs(y1 - y0) * 0.25;
        return [x0, y0, x0 + reach, y0 + lift, x1 + reach, y1 + lift, x1, y1];
      }
      const middle = (x0 + x1) / 2;
      return [x0, y0, middle, y0 + lift, middle, y1 + lift, x1, y1];
    }
    const far = Math.hypot(x1 - x0, y1 - y0) || 1;
    const bend = (Math.sign(fan) * Math.min(Math.abs(fan) * 18 * unit, far * 0.6)) / far; // of a parallel edge
    const across = (y0 - y1) * bend * 1.33;
    const down = (x1 - x0) * bend * 1.33;
    return [
      x0, y0, x0 + (x1 - x0) / 3 + across, y0 + (y1 - y0) / 3 + down, x1 - (x1 - x0) / 3 + across, y1 - (y1 - y0) / 3 + down, x1, y1,
    ];
  }

  // In layers a line leaves where the name of its start ends, so that it runs through no name of its own; one that leads
  // back arrives there. Where layers stand below each other, lines run down beside the names like the branches of a tree.
  function betweenLayers(stage, index, [x0, y0, x1, y1]) {
    const { from, to } = edges[index];
    const start = stage.layout.places[from].box;
    const end = stage.layout.places[to].box;
    const lift = stage.look.fan[index] * 8 * magnify(stage);
    if (start.left === end.left) return [x0, y0, x0, y0 + (y1 - y0) * 0.7, x0 + (x1 - x0) * 0.2 - Math.abs(lift), y1, x1, y1];
    const beside = (box) => toX(stage, box.right + 5);
    const [left, right] = x0 < x1 ? [beside(start), x1] : [x0, beside(end)];
    const middle = (left + right) / 2;
    return [left, y0, middle, y0 + lift, middle, y1 + lift, right, y1];
  }

  const isStraight = (stage, index) => stage.free && !stage.look.fan[index] && edges[index].from !== edges[index].to;

  // A point of a curve, from 0 at its start to 1 at its end.
  function pointOf([x0, y0, x1, y1, x2, y2, x3, y3], part) {
    const rest = 1 - part;
    const [a, b, c, d] = [rest ** 3, 3 * rest * rest * part, 3 * rest * part * part, part ** 3];
    return [a * x0 + b * x1 + c * x2 + d * x3, a * y0 + b * y1 + c * y2 + d * y3];
  }

  // Whether an edge can be seen in the view at all; a curve stays within the box of its ends and handles.
  function inView(stage, index) {
    const { from, to } = edges[index];
    const { x, y } = stage.layout;
    const { view } = stage;
    const room = stage.look.fan[index] || from === to ? 60 * magnify(stage) : 12;
    const [x0, y0, x1, y1] = [toX(stage, x[from]), toY(stage, y[from]), toX(stage, x[to]), toY(stage, y[to])];
    return (
      Math.max(x0, x1) >= -room && Math.min(x0, x1) <= view.width + room && Math.max(y0, y1) >= -room && Math.min(y0, y1) <= view.height + room
    );
  }

  const hasArrows = (stage) => scene.directed && scene.arrangement !== "columns" && magnify(stage) >= 0.45;

  // The point of an arrow, at the rim of the node that it leads to; the curve is shortened to end in it.
  function arrowOf(stage, index, curve, width) {
    const unit = magnify(stage);
    let dx = curve[6] - curve[4];
    let dy = curve[7] - curve[5];
    const far = Math.hypot(dx, dy) || 1;
    dx /= far;
    dy /= far;
    const rim = radiusOf(stage, edges[index].to) * 1.25;
    const tip = [curve[6] - dx * rim, curve[7] - dy * rim];
    const long = 7 * unit + Math.min(width * 0.5, 5 * unit);
    const wide = Math.max(2.8 * unit, width / 2 + 2 * unit);
    const foot = [tip[0] - dx * long, tip[1] - dy * long];
    curve[6] = tip[0] - dx * long * 0.8;
    curve[7] = tip[1] - dy * long * 0.8;
    return [tip, [foot[0] - dy * wide, foot[1] + dx * wide], [foot[0] + dy * wide, foot[1] - dx * wide]];
  }

  // How strong lines are: the more there are, the fainter each, so that nodes and names stay on top for the eye.
  const strengthOf = (count) => Math.min(Math.max(0.8 - 0.28 * Math.log10(Math.max(count, 150) / 150), 0.16), 0.8);

  function drawEdge(ctx, stage, index, batches, alpha) {
    const unit = magnify(stage);
    const strands = strandsOf(stage, index);
    const total = strands.reduce((sum, { width }) => sum + width * unit, 0);
    const curve = curveOf(stage, index);
    const straight = isStraight(stage, index);
    const arrow = hasArrows(stage) ? arrowOf(stage, index, curve, total) : null;
    const far = stage.free ? Math.hypot(curve[6] - curve[0], curve[7] - curve[1]) || 1 : 1;
    const [across, down] = stage.free && far > 1 ? [(curve[1] - curve[7]) / far, (curve[6] - curve[0]) / far] : [0, 1];
    let offset = -total / 2;
    let widest = strands[0];
    for (const strand of strands) {
      const width = strand.width * unit;
      const aside = offset + width / 2;
      offset += width;
      if (strand.width > widest.width) widest = strand;
      const style = styleOf(strand);
      const drawn = Math.max(Math.round(width * 4) / 4, 0.5);
      const key = `${style} ${drawn} ${alpha}`;
      let batch = batches.get(key);
      if (!batch) batches.set(key, (batch = { style, width: drawn, alpha, curves: [] }));
      const [dx, dy] = [across * aside, down * aside];
      const shifted = aside ? curve.map((at, part) => at + (part % 2 ? dy : dx)) : curve;
      const moved = straight ? clipped(shifted, stage.view, DASHES[style] ? 11 * dashUnit(unit) : 1) : shifted;
      if (!moved) continue;
      batch.curves.push(straight, moved);
      if (batch.curves.length >= 2 * BATCH) flush(ctx, stage, batch);
    }
    if (arrow) {
      for (const batch of batches.values()) flush(ctx, stage, batch);
      ctx.globalAlpha = alpha;
      ctx.fillStyle = stage.colours[styleOf(widest) || "neutral"];
      ctx.beginPath();
      corners(ctx, arrow);
      ctx.fill();
    }
  }

  const dashUnit = (unit) => Math.max(unit, 0.5);

  // The part of a straight line that is in view: dashes of a line that is mostly out of sight take long to draw. It
  // begins a whole number of dashes from where the line begins, so that they stand still when the picture moves.
  function clipped(line, { width, height }, period) {
    const [x0, y0, , , , , x1, y1] = line;
    const room = 40;
    if (Math.min(x0, x1) > -room && Math.min(y0, y1) > -room && Math.max(x0, x1) < width + room && Math.max(y0, y1) < height + room) return line;
    const [dx, dy] = [x1 - x0, y1 - y0];
    let [first, last] = [0, 1];
    for (const [by, to] of [[-dx, x0 + room], [dx, width + room - x0], [-dy, y0 + room], [dy, height + room - y0]]) {
      if (!by && to < 0) return null;
      if (by < 0) first = Math.max(first, to / by);
      if (by > 0) last = Math.min(last, to / by);
    }
    if (first >= last) return null;
    const far = Math.hypot(dx, dy);
    first = (Math.floor((first * far) / period) * period) / far;
    return [x0 + dx * first, y0 + dy * first, 0, 0, 0, 0, x0 + dx * last, y0 + dy * last];
  }

  function flush(ctx, stage, batch) {
    if (!batch.curves.length) return;
    ctx.beginPath();
    for (let at = 0; at < batch.curves.length; at += 2) {
      const [x0, y0, x1, y1, x2, y2, x3, y3] = batch.curves[at + 1];
      ctx.moveTo(x0, y0);
      if (batch.curves[at]) ctx.lineTo(x3, y3);
      else ctx.bezierCurveTo(x1, y1, x2, y2, x3, y3);
    }
    const unit = magnify(stage);
    ctx.globalAlpha = batch.alpha;
    ctx.strokeStyle = stage.colours[batch.style || "neutral"];
    ctx.lineWidth = batch.width;
    ctx.setLineDash((DASHES[batch.style] ?? []).map((length) => length * dashUnit(unit)));
    ctx.stroke();
    batch.curves.length = 0;
  }

  // Whether an edge has neither end in sight: it passes through, and says nothing about what is seen.
  function passesThrough(stage, index) {
    if (!stage.free) return false;
    const { from, to } = edges[index];
    const { x, y } = stage.layout;
    const { view } = stage;
    const isOut = (node) => {
      const [px, py] = [toX(stage, x[node]), toY(stage, y[node])];
      return px < 0 || py < 0 || px > view.width || py > view.height;
    };
    return isOut(from) && isOut(to);
  }

  // Lines of some edges: dimmed ones first, then those that pass through, what is lit or pointed at last.
  // What is wanted: a test, or null for all. A stage's crowd: how many lines are in sight beyond those wanted.
  function drawLines(ctx, stage, wanted = null) {
    const layers = [[], [], [], []];
    for (let index = 0; index < edges.length; index += 1) {
      if (!seesEdge(stage, index) || (wanted && !wanted(index)) || !inView(stage, index)) continue;
      const isTop = isAt(stage.pointed, "edge", index) || stage.chosen.edges.has(index);
      layers[isTop ? 3 : !litEdge(stage, index) ? 0 : !stage.lit && passesThrough(stage, index) ? 1 : 2].push(index);
    }
    const count = layers[1].length + layers[2].length;
    const strength = stage.lit && count < 400 ? 1 : strengthOf(Math.max(count, stage.crowd ?? 0));
    const alphas = [DIMMED.line, strength * THROUGH, strength, 1];
    ctx.lineCap = "butt";
    layers.forEach((some, rank) => {
      const batches = new Map();
      for (const index of some) {
        if (!ctx.tell) drawEdge(ctx, stage, index, batches, alphas[rank]);
        else {
          ctx.tell(edgeTitle(index), () => {
            const own = new Map();
            drawEdge(ctx, stage, index, own, alphas[rank]);
            for (const batch of own.values()) flush(ctx, stage, batch);
          });
        }
      }
      for (const batch of batches.values()) flush(ctx, stage, batch);
    });
    ctx.setLineDash([]);
    ctx.globalAlpha = 1;
  }

  const edgeTitle = (index) => {
    const { from, to } = edges[index];
    return `${nodes[from].name} – ${nodes[to].name}`;
  };

  // Nodes

  function drawNodes(ctx, stage, wanted = null, least = 0) {
    const { x, y } = stage.layout;
    const { view } = stage;
    const groups = new Map();
    for (let index = 0; index < nodes.length; index += 1) {
      if (!seesNode(stage, index) || (wanted && !wanted(index))) continue;
      const [px, py] = [toX(stage, x[index]), toY(stage, y[index])];
      if (px < -20 || py < -20 || px > view.width + 20 || py > view.height + 20) continue;
      const is = litNode(stage, index) || stage.chosen.nodes.has(index) || isAt(stage.pointed, "node", index);
      const kind = kindOf(index);
      const r = Math.max(radiusOf(stage, index), least);
      const small = r < 3 && !stage.lit;
      const key = `${is ? 1 : 0}${small ? 0 : 1}${kind}`;
      if (!groups.has(key)) groups.set(key, { is, small, kind, points: [], indexes: [] });
      groups.get(key).points.push([px, py, r]);
      groups.get(key).indexes.push(index);
    }
    const rank = ({ is, small }) => is * 2 - small;
    for (const { is, small, kind, points, indexes } of [...groups.values()].sort((one, other) => rank(one) - rank(other))) {
      const alpha = is ? (small ? CROWD : 1) : DIMMED.node;
      if (!ctx.tell) drawShapes(ctx, kind, points, stage.colours, alpha);
      else points.forEach((point, at) => ctx.tell(nodes[indexes[at]].name, () => drawShapes(ctx, kind, [point], stage.colours, alpha)));
    }
  }

  function drawRings(ctx, stage) {
    const { x, y } = stage.layout;
    const ring = (index, r, width, dash) => {
      if (!seesNode(stage, index)) return;
      ctx.beginPath();
      ctx.arc(toX(stage, x[index]), toY(stage, y[index]), r, 0, 2 * Math.PI);
      ctx.strokeStyle = stage.colours.ink;
      ctx.lineWidth = width;
      ctx.setLineDash(dash);
      ctx.stroke();
    };
    const r = Math.max(RADIUS * magnify(stage), 4);
    for (const index of stage.chosen.nodes) ring(index, r * 1.3 + 3.5, 2, []);
    if (stage.focus !== null) ring(stage.focus, r * 1.3 + 7, 1.5, [3, 2]);
    ctx.setLineDash([]);
  }

  // Labels

  const isStrong = (stage, index) => stage.chosen.nodes.has(index) || stage.focus === index || isAt(stage.pointed, "node", index);

  const counted = (number) => String(number).replace(/\B(?=(\d{3})+$)/g, "\u202f");

  // How many items are behind a node: as given, or among those that are shown.
  function countOf({ visible }, index, given) {
    if (!given || !visible?.items) return given;
    return counted(nodes[index].items.reduce((sum, item) => sum + (visible.items.has(item) ? 1 : 0), 0));
  }

  // A name as Python broke it; a line that a font makes wider than its box is condensed, so that none can overlap.
  function drawPlaced(ctx, stage, index) {
    const { layout, family, colours } = stage;
    const { scale } = stage.view;
    const place = layout.places[index];
    const rows = place.note ? [...place.lines, place.note] : place.lines;
    const right = place.align === "right";
    const count = countOf(stage, index, place.count);
    ctx.globalAlpha = litNode(stage, index) || isStrong(stage, index) ? 1 : DIMMED.node;
    ctx.textAlign = place.align;
    rows.forEach((row, at) => {
      const y = toY(stage, place.y + (at - (rows.length - 1) / 2) * layout.leading);
      const isNote = at === place.lines.length;
      const small = `${layout.small * scale}px ${family}`;
      const name = isNote ? small : `${isStrong(stage, index) ? "600 " : ""}${layout.size * scale}px ${family}`;
      let x = toX(stage, place.text_x);
      let room = (place.box.right - place.box.left) * scale;
      if (count && at === place.lines.length - 1) {
        ctx.font = small;
        const taken = ctx.measureText(count).width + 6 * scale;
        room -= taken;
        ctx.font = name;
        const length = Math.min(ctx.measureText(row).width, room);
        ctx.font = small;
        ctx.fillStyle = colours.quiet;
        write(ctx, stage, count, right ? x : x + length + 6 * scale, y);
        if (right) x -= taken;
      }
      ctx.font = name;
      ctx.fillStyle = isNote ? colours.quiet : colours.ink;
      write(ctx, stage, row, x, y, room);
    });
  }

  // Text on a rim of paper where lines may run below it.
  function write(ctx, stage, text, x, y, room) {
    if (scene.arrangement !== "columns") {
      ctx.strokeStyle = stage.colours.paper;
      ctx.lineWidth = 3.5;
      ctx.lineJoin = "round";
      ctx.strokeText(text, x, y, room);
    }
    ctx.fillText(text, x, y, room);
  }

  function drawLabels(ctx, stage) {
    ctx.textBaseline = "middle";
    ctx.setLineDash([]);
    if (!stage.free) {
      for (let index = 0; index < nodes.length; index += 1) {
        const { box: room } = stage.layout.places[index];
        const off = toY(stage, room.bottom) < 0 || toY(stage, room.top) > stage.view.height;
        if (seesNode(stage, index) && !off) drawPlaced(ctx, stage, index);
      }
    } else {
      for (const label of stage.labels.values()) {
        ctx.font = labelling.fontOf(stage, label.index);
        ctx.textAlign = label.align;
        ctx.fillStyle = stage.colours.ink;
        ctx.globalAlpha = litNode(stage, label.index) || isStrong(stage, label.index) ? 1 : DIMMED.node;
        write(ctx, stage, label.text, toX(stage, stage.layout.x[label.index]) + label.dx, toY(stage, stage.layout.y[label.index]) + label.dy);
      }
    }
    ctx.globalAlpha = 1;
  }

  // The names of columns or layers, above them.
  function drawHeads(ctx, stage) {
    const { heads } = stage.layout;
    if (!heads.length) return;
    ctx.globalAlpha = 1;
    ctx.textBaseline = "middle";
    ctx.font = `700 ${stage.layout.size * stage.view.scale}px ${stage.family}`;
    ctx.fillStyle = stage.colours.ink;
    for (const { text, x, align, room } of heads) {
      ctx.textAlign = align;
      ctx.fillText(text, toX(stage, x), toY(stage, -12), room * stage.view.scale);
    }
  }

  function drawAll(ctx, stage) {
    ctx.save();
    drawLines(ctx, stage);
    drawNodes(ctx, stage);
    drawRings(ctx, stage);
    drawLabels(ctx, stage);
    drawHeads(ctx, stage);
    ctx.restore();
  }

  function readColours() {
    const style = getComputedStyle(document.documentElement);
    const colours = Object.fromEntries(NAMES.map((name) => [name, style.getPropertyValue(`--${name}`).trim() || "#767676"]));
    return { colours, family: getComputedStyle(document.body).fontFamily };
  }

  return {
    CROWD, DASHES, DIMMED, RADIUS, STANCES, counted, curveOf, drawAll, edgeKindOf, kindOf, drawHeads, drawLabels, drawLines, drawNodes, drawRings, drawShapes,
    inView, isStraight, isStrong, litEdge, litNode, magnify, makeLook, passesThrough, pointOf, radiusOf, readColours, seesEdge, seesNode, strandsOf,
    strengthOf, styleOf, toX, toY,
  };
})();
