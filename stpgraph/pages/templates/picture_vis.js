// The picture on vis-network, which holds the nodes, the camera and the canvas; what is seen is drawn by drawing.js.

function createEngine(container, stage) {
  const MANY = 600; // lines
  const nothing = { drawNode() {}, nodeDimensions: { width: 1, height: 1 } };
  const given = scene.vis.options;
  const options = {
    ...given,
    autoResize: false,
    physics: { enabled: false },
    interaction: { ...given.interaction, dragNodes: false, dragView: false, hover: false, keyboard: false, selectable: false, zoomView: false },
    layout: { ...given.layout, improvedLayout: false },
    nodes: { ...given.nodes, chosen: false, fixed: true, shape: "custom", ctxRenderer: () => nothing },
  };
  const { x, y } = stage.layout;
  const held = nodes.map(({ index }) => ({ id: index, x: x[index], y: y[index] }));
  const frame = document.createElement("div");
  frame.style.cssText = "position:absolute;inset:0";
  container.append(frame);
  const network = new vis.Network(frame, { nodes: held, edges: [] }, options);
  for (const element of frame.querySelectorAll("[tabindex]")) element.removeAttribute("tabindex"); // the container takes the focus
  for (const element of frame.querySelectorAll("*")) element.style.touchAction = "auto"; // the container says what a finger does
  const { body, canvas } = network;
  let isReady = false;
  network.on("afterDrawing", (ctx) => {
    if (!isReady) return;
    ctx.save();
    ctx.setTransform(canvas.pixelRatio, 0, 0, canvas.pixelRatio, 0, 0);
    drawing.drawAll(ctx, stage);
    ctx.restore();
  });

  // What is pointed at in a picture of many lines is drawn on a sheet of its own, so that nothing else is drawn anew.
  const sheet = edges.length > MANY ? createSheet(container, stage) : null;

  const mover = createMover([frame], stage, () => {
    isReady = true;
    body.view.scale = stage.view.scale;
    body.view.translation = { x: stage.view.left, y: stage.view.top };
    body.emitter.emit("_redraw"); // at once, and not in the next frame, so that canvas and movement stay together
    sheet?.clear();
  });

  return {
    name: "vis",
    // The stage's view has changed.
    move: mover.move,
    resize() {
      network.setSize(`${stage.view.width}px`, `${stage.view.height}px`);
      sheet?.resize();
    },
    // Other nodes or edges are shown, or in other colours; or others are lit or chosen; or pointed at.
    changed: mover.paint,
    lit: mover.paint,
    pointed() {
      if (!sheet) return mover.paint();
      const { pointed } = stage;
      sheet.draw((ctx) => {
        if (!pointed) return;
        const ends = pointed.kind === "node" ? [pointed.index] : [edges[pointed.index].from, edges[pointed.index].to];
        if (pointed.kind === "edge") drawing.drawLines(ctx, stage, (index) => index === pointed.index);
        drawing.drawNodes(ctx, stage, (index) => ends.includes(index), 4);
      });
    },
  };
}
