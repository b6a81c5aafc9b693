// The picture as a file: a recorder that takes the calls of a canvas and writes SVG, and a sheet with title and legend.

const sheets = (() => {
  const MARGIN = 16;
  const MOST_PIXELS = 16000; // of a side of a PNG, which browsers can draw

  const escaped = (text) =>
    String(text)
      .replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, "") // what XML does not allow
      .replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
  const short = (number) => String(Math.round(number * 100) / 100);

  // Takes the calls of a canvas that the drawing makes.
  class Recorder {
    constructor(width, height, pencil) {
      Object.assign(this, { width, height, pencil, parts: [], path: "", dash: [], saved: [], open: 0, clips: 0, rim: null });
      Object.assign(this, { globalAlpha: 1, fillStyle: "#000", strokeStyle: "#000", lineWidth: 1, lineJoin: "miter", lineCap: "butt" });
      Object.assign(this, { font: "10px sans-serif", textAlign: "left", textBaseline: "alphabetic", dx: 0, dy: 0 });
    }

    save() {
      const { globalAlpha, fillStyle, strokeStyle, lineWidth, lineJoin, lineCap, font, textAlign, textBaseline, dash, dx, dy, open } = this;
      this.saved.push({ globalAlpha, fillStyle, strokeStyle, lineWidth, lineJoin, lineCap, font, textAlign, textBaseline, dash, dx, dy, open });
    }

    restore() {
      const { open, ...state } = this.saved.pop();
      for (; this.open > open; this.open -= 1) this.parts.push("</g>");
      Object.assign(this, state);
    }

    translate(dx, dy) {
      this.dx += dx;
      this.dy += dy;
    }

    at(x, y) {
      return `${short(x + this.dx)} ${short(y + this.dy)}`;
    }

    beginPath() {
      this.path = "";
    }

    moveTo(x, y) {
      this.path += `M${this.at(x, y)}`;
    }

    lineTo(x, y) {
      this.path += `L${this.at(x, y)}`;
    }

    bezierCurveTo(x1, y1, x2, y2, x3, y3) {
      this.path += `C${this.at(x1, y1)} ${this.at(x2, y2)} ${this.at(x3, y3)}`;
    }

    closePath() {
      this.path += "Z";
    }

    rect(x, y, width, height) {
      this.path += `M${this.at(x, y)}h${short(width)}v${short(height)}h${short(-width)}Z`;
    }

    // Whole circles alone, for the drawing makes no others.
    arc(x, y, r) {
      const turn = `${short(r)} ${short(r)} 0 1 1`;
      this.path += `M${this.at(x + r, y)}A${turn} ${this.at(x - r, y)}A${turn} ${this.at(x + r, y)}`;
    }

    setLineDash(dash) {
      this.dash = dash;
    }

    alpha() {
      return this.globalAlpha < 1 ? ` opacity="${short(this.globalAlpha)}"` : "";
    }

    stroke() {
      if (!this.path) return;
      const dash = this.dash.length ? ` stroke-dasharray="${this.dash.map(short).join(" ")}"` : "";
      const join = this.lineJoin === "miter" ? "" : ` stroke-linejoin="${this.lineJoin}"`;
      const line = `fill="none" stroke="${this.strokeStyle}" stroke-width="${short(this.lineWidth)}"`;
      this.parts.push(`<path d="${this.path}" ${line}${dash}${join}${this.alpha()}/>`);
    }

    fill() {
      if (this.path) this.parts.push(`<path d="${this.path}" fill="${this.fillStyle}"${this.alpha()}/>`);
    }

    fillRect(x, y, width, height) {
      this.parts.push(
        `<rect x="${short(x + this.dx)}" y="${short(y + this.dy)}" width="${short(width)}" height="${short(height)}" fill="${this.fillStyle}"${this.alpha()}/>`,
      );
    }

    clip() {
      this.clips += 1;
      this.open += 1;
      this.parts.push(`<clipPath id="view-${this.clips}"><path d="${this.path}"/></clipPath><g clip-path="url(#view-${this.clips})">`);
    }

    measureText(text) {
      this.pencil.font = this.font;
      return this.pencil.measureText(text);
    }

    // The rim of a text is kept for the text that follows, and written with it.
    strokeText() {
      this.rim = ` stroke="${this.strokeStyle}" stroke-width="${short(this.lineWidth)}" stroke-linejoin="round" paint-order="stroke"`;
    }

    fillText(text, x, y, room) {
      const [, weight, size] = this.font.match(/^(?:(\d+) )?([\d.]+)px /);
      const anchor = { right: "end", center: "middle" }[this.textAlign];
      const lower = this.textBaseline === "middle" ? size * 0.35 : 0;
      const fit = room !== undefined && this.measureText(text).width > room ? ` textLength="${short(room)}" lengthAdjust="spacingAndGlyphs"` : "";
      this.parts.push(
        `<text x="${short(x + this.dx)}" y="${short(y + this.dy + lower)}" font-size="${short(Number(size))}"` +
          `${weight ? ` font-weight="${weight}"` : ""}${anchor ? ` text-anchor="${anchor}"` : ""}${fit}` +
          ` fill="${this.fillStyle}"${this.alpha()}${this.rim ?? ""}>${escaped(text)}</text>`,
      );
      this.rim = null;
    }

    // What is drawn within has a name, which readers of SVG tell.
    tell(name, draw) {
      this.parts.push(`<g><title>${escaped(name)}</title>`);
      draw();
      this.parts.push("</g>");
    }

    toString() {
      const { width, height } = this;
      const family = this.family.replace(/"/g, "'");
      return (
        `<svg xmlns="http://www.w3.org/2000/svg" width="${short(width)}" height="${short(height)}" viewBox="0 0 ${short(width)} ${short(height)}"` +
        ` font-family="${escaped(family)}" xml:space="preserve" role="img"><title>${escaped(this.title)}</title>${this.parts.join("\n")}</svg>`
      );
    }
  }

  const pencil = document.createElement("canvas").getContext("2d");

  // Text broken at spaces into lines of a width; a word that is too long for a line is broken where it must be.
  function broken(text, font, width) {
    pencil.font = font;
    const fits = (line) => pencil.measureText(line).width <= width;
    const lines = [""];
    for (const word of text.split(/\s+/).filter(Boolean)) {
      const longer = `${lines.at(-1)} ${word}`.trim();
      if (fits(longer)) {
        lines[lines.length - 1] = longer;
        continue;
      }
      if (lines.at(-1)) lines.push("");
      for (const letter of word) {
        if (lines.at(-1) && !fits(lines.at(-1) + letter)) lines.push("");
        lines[lines.length - 1] += letter;
      }
    }
    return lines;
  }

  // What the legend says: rows of a head and entries { text, kind } or { text, style, width }.
  function legendOf(stage) {
    const shown = edges.filter(({ index }) => drawing.seesEdge(stage, index));
    const rows = [];
    if (scene.colour === "stance") {
      const counts = new Map();
      for (const item of new Set(shown.flatMap(({ items }) => items))) {
        if (scene.items.kind?.[item] || (stage.visible?.items && !stage.visible.items.has(item))) continue; // claims, which come first, have stances
        const stance = drawing.STANCES[scene.items.stance[item]] ?? "";
        counts.set(stance, (counts.get(stance) ?? 0) + 1);
      }
      const there = [...drawing.STANCES.slice(1), ""].filter((stance) => counts.has(stance));
      const entries = there.map((style) => ({ style, width: 4, text: `${style || "not known"} ${drawing.counted(counts.get(style))}` }));
      rows.push({ head: `Colour, stance of the ${scene.things[1]}:`, entries });
    } else if (scene.colour === "sign") {
      const styles = new Set(shown.flatMap(({ index }) => drawing.strandsOf(stage, index).map(drawing.styleOf)));
      const entries = ["supportive", "critical", "neutral"].map((style, at) => [style, (scene.signs ?? ["disagreement", "neither", "agreement"])[[2, 0, 1][at]]]).filter(([style]) => styles.has(style));
      rows.push({ head: "Colour:", entries: entries.map(([style, text]) => ({ style, width: 4, text })) });
    }
    rows.push({ head: `Width, ${scene.widthMeans} (length says nothing):`, entries: widthsOf(stage, shown) });
    const kinds = new Set(nodes.filter(({ index }) => drawing.seesNode(stage, index)).map(({ index }) => drawing.kindOf(index)));
    rows.push({ head: "Shape:", entries: scene.kinds.filter(([kind]) => kinds.has(kind)).map(([kind, text]) => ({ kind, text })) });
    return rows.filter(({ entries }) => entries.length);
  }

  // The widths of the thinnest, the middle and the widest line that there is, with what they weigh.
  function widthsOf(stage, shown) {
    const weightOf = ({ index, weight }) => Math.abs(stage.visible?.edges?.get(index)?.weight ?? weight);
    const sorted = [...shown].sort((one, other) => weightOf(one) - weightOf(other));
    const some = [sorted[0], sorted[sorted.length >> 1], sorted.at(-1)].filter(Boolean);
    const widths = new Map(some.map((edge) => [weightOf(edge), drawing.strandsOf(stage, edge.index).reduce((sum, { width }) => sum + width, 0)]));
    return [...widths].map(([weight, width]) => ({ style: "neutral", width, text: drawing.counted(Math.round(weight * 100) / 100) }));
  }

  // Puts the legend's entries side by side, in as many lines as they need; returns its height, and draws it where asked.
  function legend(ctx, stage, rows, width, isDrawn) {
    const font = `12.5px ${stage.family}`;
    let y = 14;
    ctx.textBaseline = "middle";
    ctx.textAlign = "left";
    for (const { head, entries } of rows) {
      let x = 0;
      for (const entry of [{ text: head, isHead: true }, ...entries]) {
        pencil.font = font;
        const icon = entry.isHead ? 0 : entry.kind ? 22 : 34;
        const taken = icon + pencil.measureText(entry.text).width;
        if (x && x + taken > width) {
          x = 0;
          y += 20;
        }
        if (isDrawn) entryAt(ctx, stage, entry, x, y, icon, Math.max(width - icon, 10));
        x += taken + 16;
      }
      y += 22;
    }
    return y - 8;
  }

  function entryAt(ctx, stage, entry, x, y, icon, room) {
    if (entry.kind) drawing.drawShapes(ctx, entry.kind, [[x + 9, y, 6.5]], stage.colours);
    else if (icon) {
      ctx.beginPath();
      ctx.moveTo(x, y);
      ctx.lineTo(x + 28, y);
      ctx.strokeStyle = stage.colours[entry.style || "neutral"];
      ctx.lineWidth = Math.min(entry.width, 16);
      ctx.setLineDash(drawing.DASHES[entry.style] ?? []);
      ctx.stroke();
      ctx.setLineDash([]);
    }
    ctx.font = `12.5px ${stage.family}`;
    ctx.fillStyle = entry.isHead ? stage.colours.quiet : stage.colours.ink;
    ctx.fillText(entry.text, x + icon, y, room);
  }

  // The parts of a sheet and their heights: the title, the picture in the stage's view, the legend below it.
  function measure(stage, { legend: hasLegend = true, subtitle = "" }) {
    const { view } = stage;
    const width = Math.max(view.width + 2 * MARGIN, 320);
    const font = `700 18px ${stage.family}`;
    const lines = broken(scene.title, font, width - 2 * MARGIN);
    const small = `14px ${stage.family}`;
    const belowTitle = subtitle ? broken(subtitle, small, width - 2 * MARGIN) : [];
    const top = MARGIN + lines.length * 24 + belowTitle.length * 20 + 8;
    const rows = hasLegend ? legendOf(stage) : [];
    const below = rows.length ? legend(pencil, stage, rows, width - 2 * MARGIN, false) + 12 : 0;
    return { width, height: Math.ceil(top + view.height + below + MARGIN), lines, font, small, belowTitle, top, rows };
  }

  function draw(ctx, stage, { width, height, lines, font, small, belowTitle, top, rows }) {
    const { view, colours } = stage;
    ctx.fillStyle = colours.paper;
    ctx.fillRect(0, 0, width, height);
    ctx.font = font;
    ctx.fillStyle = colours.ink;
    ctx.textBaseline = "middle";
    ctx.textAlign = "left";
    lines.forEach((line, at) => ctx.fillText(line, MARGIN, MARGIN + 12 + at * 24));
    ctx.font = small;
    ctx.fillStyle = colours.quiet;
    belowTitle.forEach((line, at) => ctx.fillText(line, MARGIN, MARGIN + lines.length * 24 + 10 + at * 20));
    ctx.save();
    ctx.translate((width - view.width) / 2, top);
    ctx.beginPath();
    ctx.rect(0, 0, view.width, view.height);
    ctx.clip();
    drawing.drawAll(ctx, stage);
    ctx.restore();
    if (!rows.length) return;
    ctx.save();
    ctx.translate(MARGIN, top + view.height + 12);
    ctx.fillStyle = colours.rule;
    ctx.fillRect(0, 0, width - 2 * MARGIN, 1);
    legend(ctx, stage, rows, width - 2 * MARGIN, true);
    ctx.restore();
  }

  function toSvg(stage, options = {}) {
    const parts = measure(stage, options);
    const recorder = new Recorder(parts.width, parts.height, pencil);
    recorder.family = stage.family;
    recorder.title = scene.title;
    draw(recorder, stage, parts);
    return recorder.toString();
  }

  async function toPng(stage, options = {}) {
    const parts = measure(stage, options);
    const ratio = Math.min(options.scale ?? 2, MOST_PIXELS / Math.max(parts.width, parts.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(parts.width * ratio);
    canvas.height = Math.round(parts.height * ratio);
    const ctx = canvas.getContext("2d");
    ctx.scale(ratio, ratio);
    draw(ctx, stage, parts);
    const [, written] = canvas.toDataURL("image/png").split(","); // at once, where toBlob may wait for seconds until a page is idle
    if (!written) throw new Error("the browser could not write the picture");
    return new Blob([Uint8Array.from(atob(written), (letter) => letter.charCodeAt(0))], { type: "image/png" });
  }

  return { legendOf, toPng, toSvg };
})();
