// A list of places in the order of one of its columns: highest first, lowest first, and as it was.
const FIRST = new WeakMap();
const NAMES = new Intl.Collator("sv");
const NEXT = {none: "descending", descending: "ascending", ascending: "none"};
const NEXT_OF_NAMES = {none: "ascending", ascending: "descending", descending: "none"};

document.addEventListener("click", (event) => {
  const button = event.target instanceof Element && event.target.closest("button.sort");
  if (!button) return;
  const head = button.closest("th");
  const body = head.closest("table").tBodies[0];
  if (!FIRST.has(body)) FIRST.set(body, [...body.rows]);
  const next = head.classList.contains("number") ? NEXT : NEXT_OF_NAMES;
  const way = next[head.getAttribute("aria-sort") || "none"];
  for (const one of head.parentElement.cells) one.removeAttribute("aria-sort");
  if (way !== "none") head.setAttribute("aria-sort", way);
  body.append(...ordered(FIRST.get(body), head.cellIndex, way));
});

function ordered(rows, at, way) {
  if (way === "none") return rows;
  const sign = way === "ascending" ? 1 : -1;
  return [...rows].sort((one, other) => compared(value(one, at), value(other, at), sign));
}

// What has no value stands last, whichever way.
function compared(one, other, sign) {
  if (Number.isNaN(one) || Number.isNaN(other)) return Number.isNaN(one) - Number.isNaN(other);
  return sign * (typeof one === "number" ? one - other : NAMES.compare(one, other));
}

function value(row, at) {
  const cell = row.cells[at];
  const text = cell.textContent.trim();
  if (!cell.classList.contains("number")) return text;
  const number = /[\u2212-]?\d[\d\u00a0]*(,\d+)?/.exec(text);
  if (!number) return Number.NaN;
  return Number(number[0].replace(/\u00a0/g, "").replace("\u2212", "-").replace(",", "."));
}
