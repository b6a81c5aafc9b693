// The table: sorted by its heads (see sorting.js), narrowed by the search. Without this script it stands whole and in order of day.

const table = document.getElementById("claims");
const body = table.tBodies[0];
sortable(table);

// Show only some claims' rows; all where there is no search.
function narrowTable(claims) {
  const wanted = claims && new Set(claims);
  for (const row of body.rows) row.hidden = Boolean(wanted) && !wanted.has(row.dataset.claim);
}

// Mark the rows of the claims that the panel shows.
function markRows(claims) {
  const marked = new Set(claims);
  for (const row of body.rows) row.classList.toggle("marked", marked.has(row.dataset.claim));
}

// A click anywhere in a row but on a link opens the row's claim.
body.addEventListener("click", (event) => {
  if (event.target.closest("a") || !getSelection().isCollapsed) return;
  const row = event.target.closest("tr");
  if (row) row.querySelector("a.open").click();
});
