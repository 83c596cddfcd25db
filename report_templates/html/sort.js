"use strict";
(() => {
  const sortValue = (cell, kind) => {
    const raw = cell.dataset.sort;
    if (raw === undefined) return null;
    return kind === "number" ? Number(raw) : raw;
  };

  // Cells without a value stay at the end in both directions.
  const compare = (kind, turn) => (one, other) => {
    const [a, b] = [one.value, other.value];
    if (a === null || b === null) return (a === null) - (b === null);
    const order = kind === "number" ? a - b : a.localeCompare(b, document.documentElement.lang, { numeric: true });
    return order * turn;
  };

  const sortTable = (button) => {
    const heading = button.closest("th");
    const table = heading.closest("table");
    const place = heading.cellIndex;
    const kind = button.dataset.kind;
    const before = heading.getAttribute("aria-sort");
    const first = kind === "number" ? "descending" : "ascending";
    const second = first === "descending" ? "ascending" : "descending";
    const direction = before === first ? second : first;
    const rows = [...table.tBodies[0].rows].map((row) => ({ row, value: sortValue(row.cells[place], kind) }));
    rows.sort(compare(kind, direction === "ascending" ? 1 : -1));
    table.tBodies[0].append(...rows.map((item) => item.row));
    table.querySelectorAll("th[aria-sort]").forEach((other) => other.removeAttribute("aria-sort"));
    heading.setAttribute("aria-sort", direction);
  };

  document.addEventListener("click", (event) => {
    const button = event.target.closest("th button[data-kind]");
    if (button) sortTable(button);
  });
})();
