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

  // A link to something inside a folded part opens it.
  const openTarget = () => {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    for (let box = target; box; box = box.parentElement) if (box.tagName === "DETAILS") box.open = true;
  };
  window.addEventListener("hashchange", openTarget);
  openTarget();

  // The contents stand open beside the text, and fold away above it on a narrow screen.
  const contents = document.querySelector(".contents details");
  const narrow = window.matchMedia("(max-width: 64rem)");
  const fold = () => { contents.open = !narrow.matches; };
  narrow.addEventListener("change", fold);
  fold();
  contents.addEventListener("click", (event) => {
    if (event.target.closest("a") && narrow.matches) contents.open = false;
  });

  const links = new Map([...contents.querySelectorAll("a")].map((link) => [link.hash.slice(1), link]));
  const watcher = new IntersectionObserver((entries) => {
    for (const entry of entries) {
      const link = links.get(entry.target.id);
      if (!link || !entry.isIntersecting) continue;
      links.forEach((other) => other.removeAttribute("aria-current"));
      link.setAttribute("aria-current", "true");
    }
  }, { rootMargin: "-20% 0px -70% 0px" });
  document.querySelectorAll(".part").forEach((part) => watcher.observe(part));

  // Paper can't be unfolded.
  let folded = [];
  window.addEventListener("beforeprint", () => {
    folded = [...document.querySelectorAll("details:not([open])")];
    folded.forEach((box) => { box.open = true; });
  });
  window.addEventListener("afterprint", () => folded.forEach((box) => { box.open = false; }));
})();
