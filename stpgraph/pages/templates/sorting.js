// Tables sorted by a press on a head; a second press turns the order round. What is not known stands last either way.

function sortable(table) {
  const body = table.tBodies[0];
  const heads = [...table.tHead.rows[0].cells];
  const text = (row, column) => row.cells[column].dataset.sort ?? row.cells[column].textContent.trim();

  function compare(one, other, turn) {
    if (one === "" || other === "") return (one === "") - (other === "");
    const difference = Number(one) - Number(other);
    return turn * (Number.isNaN(difference) ? one.localeCompare(other, "en", { numeric: true }) : difference);
  }

  heads.forEach((head, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = head.textContent;
    button.addEventListener("click", () => {
      const turn = head.getAttribute("aria-sort") === "ascending" ? -1 : 1;
      heads.forEach((other) => other.removeAttribute("aria-sort"));
      head.setAttribute("aria-sort", turn === 1 ? "ascending" : "descending");
      body.append(...[...body.rows].sort((one, other) => compare(text(one, column), text(other, column), turn)));
    });
    head.replaceChildren(button);
  });
}
