"use strict";

// What a page does beyond links and forms; every page is whole without it.

/** Puts a text on the clipboard when its button is pressed, and says so. */
function copies() {
  for (const button of document.querySelectorAll("button[data-copy]")) {
    const name = button.textContent;
    button.addEventListener("click", async () => {
      const text = document.getElementById(button.dataset.copy).textContent.trim();
      try {
        await navigator.clipboard.writeText(text);
        button.textContent = "Copied";
      } catch {
        button.textContent = "Select and copy by hand";
      }
      setTimeout(() => { button.textContent = name; }, 2000);
    });
  }
}

/** Shows names that begin as what is being typed, each a link; arrow keys go through them. */
function suggests() {
  const input = document.querySelector("input[data-suggest]");
  if (!input) return;
  const list = document.createElement("ul");
  list.className = "suggestions";
  list.hidden = true;
  input.form.append(list);
  let asked = 0;
  const close = () => { list.hidden = true; };
  input.addEventListener("input", async () => {
    const turn = ++asked;
    const words = input.value.trim();
    if (words.length < 2) return close();
    let things;
    try {
      const reply = await fetch(`${input.dataset.suggest}?q=${encodeURIComponent(words)}`);
      things = reply.ok ? await reply.json() : [];
    } catch {
      things = []; // the form works without
    }
    if (turn !== asked) return;
    list.replaceChildren(...things.map((thing) => {
      const item = document.createElement("li");
      const link = document.createElement("a");
      link.href = thing.address;
      link.textContent = `${thing.label} `;
      const note = document.createElement("small");
      note.textContent = [thing.kind, thing.note].filter(Boolean).join(", ");
      link.append(note);
      item.append(link);
      return item;
    }));
    list.hidden = !things.length;
  });
  input.form.addEventListener("keydown", (event) => {
    const links = [...list.querySelectorAll("a")];
    if (list.hidden || !links.length) return;
    const at = links.indexOf(document.activeElement);
    if (event.key === "Escape") { close(); input.focus(); }
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    event.preventDefault();
    const next = at + (event.key === "ArrowDown" ? 1 : -1);
    (links[next] ?? input).focus();
  });
  input.form.addEventListener("focusout", (event) => {
    if (!input.form.contains(event.relatedTarget)) close();
  });
}

copies();
suggests();
