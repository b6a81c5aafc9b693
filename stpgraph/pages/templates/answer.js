// The page of one table: it sorts.

for (const table of document.querySelectorAll("table")) sortable(table);
