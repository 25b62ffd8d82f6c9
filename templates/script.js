// Tables are sorted by a click on the head of a column. Everything else works without this file.
(() => {
  const number = (text) => {
    const plain = text.replace(/[\u202f\u00a0 ]/g, "").replace("−", "-");
    const power = plain.match(/^(-?[\d.]+)×10([⁻⁰¹²³⁴-⁹]+)/);
    if (power) {
      const digits = [...power[2]].map((c) => "⁻⁰¹²³⁴⁵⁶⁷⁸⁹".indexOf(c)).map((i) => (i === 0 ? "-" : i - 1)).join("");
      return Number(power[1]) * 10 ** Number(digits);
    }
    return parseFloat(plain.replace(/^(atmost|atleast|exactly)/, ""));
  };
  const compare = (a, b) => {
    const [x, y] = [number(a), number(b)];
    return Number.isNaN(x) || Number.isNaN(y) ? a.localeCompare(b) : x - y;
  };
  for (const table of document.querySelectorAll("table")) {
    const body = table.tBodies[0];
    if (!body || body.rows.length < 2) continue;
    [...table.tHead.rows[0].cells].forEach((head, column) => {
      const button = document.createElement("button");
      button.type = "button";
      button.append(...head.childNodes);
      head.append(button);
      button.addEventListener("click", () => {
        const down = head.getAttribute("aria-sort") === "ascending";
        for (const other of head.parentNode.cells) other.removeAttribute("aria-sort");
        head.setAttribute("aria-sort", down ? "descending" : "ascending");
        const text = (row) => row.cells[column].textContent.trim();
        const rows = [...body.rows].sort((a, b) => (down ? -1 : 1) * compare(text(a), text(b)));
        body.append(...rows);
      });
    });
  }
})();
