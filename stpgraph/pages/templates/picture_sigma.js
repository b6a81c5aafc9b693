// The picture on sigma and graphology, for large graphs: WebGL draws all lines, thin, and a disc for each node.
// A sheet above it, drawn by drawing.js, has the names, the lines that are wider than thin, what is lit or chosen and,
// once few enough are in sight, all with their shapes and strands.

function createEngine(container, stage) {
  const DETAILED = { nodes: 700, edges: 1600 }; // most in sight that are drawn with their shapes and strands
  const FADED = 0.14;
  const WIDE = { from: 1.6, most: 400 }; // pixels
  const MOST_LIT = 4000; // lines that stand out one by one

  const layer = document.createElement("div");
  layer.style.cssText = "position:absolute;inset:0;transform-origin:0 0";
  const surface = document.createElement("div");
  surface.style.cssText = "position:absolute;inset:0";
  layer.append(surface);
  container.append(layer);
  const sheet = createSheet(container, stage);

  const shade = (style) => stage.colours[style || "neutral"];
  const mainStrand = (strands) => strands.reduce((most, strand) => (strand.width > most.width ? strand : most));

  // Colours are mixed with the paper, for sigma draws line over line and the sum would be a blot.
  function faint(colour, share) {
    const parts = (text) => [1, 3, 5].map((at) => parseInt(text.slice(at, at + 2), 16));
    const [one, other] = [parts(colour), parts(stage.colours.paper)];
    return `#${one.map((part, at) => Math.round(part * share + other[at] * (1 - share)).toString(16).padStart(2, "0")).join("")}`;
  }

  const graph = new graphology.MultiDirectedGraph();
  function fill() {
    const { x, y } = stage.layout;
    for (let index = 0; index < nodes.length; index += 1) graph.addNode(index, { x: x[index], y: -y[index] }); // its y grows upwards
    for (const { index, from, to } of edges) graph.addDirectedEdgeWithKey(index, from, to);
  }

  let shades = new Map();
  let nodeShade = faint(stage.colours.ink, drawing.CROWD);
  function edgeShade(style) {
    if (!shades.has(style)) shades.set(style, faint(shade(style), Math.min(drawing.strengthOf(edges.length) * 1.25, 0.8)));
    return shades.get(style);
  }

  function nodeLook(key) {
    const index = Number(key);
    const { x, y } = stage.layout;
    return { x: x[index], y: -y[index], size: drawing.RADIUS * 0.95, color: nodeShade, hidden: !drawing.seesNode(stage, index) };
  }

  function edgeLook(key) {
    const index = Number(key);
    if (!drawing.seesEdge(stage, index)) return { hidden: true, color: "#000", size: 0 };
    const strands = drawing.strandsOf(stage, index);
    const size = strands.reduce((sum, { width }) => sum + width, 0);
    return { color: edgeShade(drawing.styleOf(mainStrand(strands))), size };
  }

  // Sigma measures in the span of all places, from their middle.
  const extent = (values) => values.reduce(([least, most], value) => [Math.min(least, value), Math.max(most, value)], [Infinity, -Infinity]);
  const [left, right] = extent(stage.layout.x);
  const [top, bottom] = extent(stage.layout.y);
  const span = Math.max(right - left, bottom - top) || 1;
  let reach = 1; // pixels that the span takes at the camera's ratio 1
  let sigma = null;

  function start() {
    fill();
    const { SigmaClass, rendering } = { SigmaClass: Sigma.Sigma ?? Sigma, rendering: Sigma.rendering };
    sigma = new SigmaClass(graph, surface, {
      allowInvalidContainer: true,
      autoRescale: true,
      enableCameraRotation: false,
      enableEdgeEvents: false,
      defaultEdgeType: "line",
      edgeProgramClasses: { line: rendering.EdgeLineProgram },
      edgeReducer: edgeLook,
      nodeProgramClasses: { circle: rendering.NodePointProgram },
      nodeReducer: nodeLook,
      renderLabels: false,
      stagePadding: 0,
      zIndex: false,
      zoomToSizeRatioFunction: (ratio) => stage.view.scale && 1 / drawing.magnify({ free: true, view: { scale: reach / span / ratio } }),
    });
    for (const captor of [sigma.getMouseCaptor(), sigma.getTouchCaptor()]) captor.kill(); // what is pointed at, picture.js finds
    for (const [name, canvas] of Object.entries(sigma.getCanvases())) if (name !== "edges" && name !== "nodes") canvas.style.display = "none";
  }

  function toCamera() {
    const { view } = stage;
    const at = (x, y) => ({ x: 0.5 + (x - (left + right) / 2) / span, y: 0.5 - (y - (top + bottom) / 2) / span });
    const middle = at((view.width / 2 - view.left) / view.scale, (view.height / 2 - view.top) / view.scale);
    return { ...middle, angle: 0, ratio: reach / (view.scale * span) };
  }

  // Whether few enough nodes are in sight to draw their shapes one by one.
  function hasFewNodes() {
    const { x, y } = stage.layout;
    const { view } = stage;
    const [west, east] = [-view.left / view.scale, (view.width - view.left) / view.scale];
    const [north, south] = [-view.top / view.scale, (view.height - view.top) / view.scale];
    let count = 0;
    for (let index = 0; index < x.length; index += 1)
      if (x[index] >= west && x[index] <= east && y[index] >= north && y[index] <= south && drawing.seesNode(stage, index)) count += 1;
    return count <= DETAILED.nodes;
  }

  function hasFewLines() {
    let count = 0;
    for (let index = 0; index < edges.length && count <= DETAILED.edges; index += 1)
      if (drawing.seesEdge(stage, index) && drawing.inView(stage, index)) count += 1;
    return count <= DETAILED.edges;
  }

  let shaped = false; // whether all nodes in sight are drawn with their shapes
  let detailed = false;
  let wide = new Set();

  // Lines whose width can be seen, which those of WebGL have not; the widest of them where there are many.
  function wideLines() {
    const unit = drawing.magnify(stage);
    const widthOf = (index) => drawing.strandsOf(stage, index).reduce((sum, { width }) => sum + width, 0) * unit;
    const wide = [];
    stage.crowd = 0;
    for (let index = 0; index < edges.length; index += 1) {
      if (!drawing.seesEdge(stage, index) || !drawing.inView(stage, index)) continue;
      stage.crowd += 1;
      if (drawing.passesThrough(stage, index)) continue;
      const width = widthOf(index);
      if (width >= WIDE.from) wide.push([width, index]);
    }
    return new Set(wide.sort((one, other) => other[0] - one[0] || one[1] - other[1]).slice(0, WIDE.most).map(([, index]) => index));
  }

  function drawSheet(ctx) {
    if (detailed) return drawing.drawAll(ctx, stage);
    const { lit, pointed, chosen, focus, labels } = stage;
    const stands = ({ nodes: some, edges: few }) => [(index) => some.has(index), (index) => few.has(index)];
    if (lit && lit.edges.size <= MOST_LIT) drawing.drawLines(ctx, stage, stands(lit)[1]);
    else if (!lit) drawing.drawLines(ctx, stage, (index) => wide.has(index) || (pointed?.kind === "edge" && index === pointed.index));
    const ends = pointed?.kind === "edge" ? [edges[pointed.index].from, edges[pointed.index].to] : [pointed?.index];
    const named = (index) => labels.has(index) || chosen.nodes.has(index) || focus === index || ends.includes(index);
    if (shaped) drawing.drawNodes(ctx, stage);
    else drawing.drawNodes(ctx, stage, (index) => named(index) || (lit?.nodes.has(index) ?? false), 3);
    drawing.drawRings(ctx, stage);
    drawing.drawLabels(ctx, stage);
  }

  const mover = createMover([layer, sheet.canvas], stage, () => {
    shaped = hasFewNodes();
    detailed = shaped && hasFewLines();
    sigma.getCanvases().nodes.style.visibility = shaped ? "hidden" : "";
    layer.style.visibility = detailed ? "hidden" : "";
    layer.style.opacity = stage.lit ? FADED : "";
    if (!detailed) {
      sigma.getCamera().setState(toCamera());
      sigma.render();
    }
    stage.crowd = 0;
    wide = detailed || stage.lit ? new Set() : wideLines();
    sheet.draw(drawSheet);
  });

  start();
  return {
    name: "sigma",
    move: mover.move,
    resize() {
      sheet.resize();
      sigma.resize(true);
      const camera = { cameraState: { x: 0.5, y: 0.5, angle: 0, ratio: 1 } };
      const [here, there] = [0, span].map((x) => sigma.graphToViewport({ x, y: 0 }, camera));
      reach = there.x - here.x;
    },
    changed() {
      shades = new Map();
      nodeShade = faint(stage.colours.ink, drawing.CROWD);
      sigma.refresh({ schedule: true });
      mover.paint();
    },
    lit: mover.paint,
    pointed: () => sheet.draw(drawSheet),
  };
}
