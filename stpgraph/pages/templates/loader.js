// What stands in the page compressed is unpacked here, and run where it is a script; the page's policy names each.

async function unpack(id) {
  const packed = atob(document.getElementById(id).textContent.trim());
  const bytes = new Uint8Array(packed.length);
  for (let at = 0; at < packed.length; at += 1) bytes[at] = packed.charCodeAt(at);
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"))).text();
}

async function run(id) {
  const script = document.createElement("script");
  script.textContent = await unpack(id);
  document.body.append(script);
}

run("program").catch((fault) => {
  document.getElementById("too-old").hidden = false;
  throw fault; // the console tells what it was
});
