/* Lists that can be narrowed down and sorted; what somebody chose stands in the address, so that it
   can be sent on. Without this script the lists are plain tables, whole and in their own order.

   A box says `data-okr-filter` (the label of its field for words); a column whose head says
   `data-okr-facet="team"` gets a choice of the values in its cells: the texts of what says `data-v`,
   or its value where the address shall name something else than the text. A table that says
   `data-okr-sort` is sorted by its columns, by `data-sort` of a cell, else by its text. */
(() => {
  "use strict";

  const FEWEST = 8;

  const make = (tag, attributes, ...children) => {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
    made.append(...children);
    return made;
  };

  const asked = () => new URLSearchParams(location.search);
  const remember = (name, value) => {
    const words = asked();
    if (value) words.set(name, value);
    else words.delete(name);
    const query = words.toString();
    history.replaceState(history.state, "", `${location.pathname}${query && `?${query}`}${location.hash}`);
  };

  /* The values of a cell by what the address calls them. */
  const valuesOf = (cell) => {
    const said = cell ? [...cell.querySelectorAll("[data-v]")] : [];
    if (cell && cell.matches("[data-v]")) said.push(cell);
    return new Map(
      said.map((each) => [each.dataset.v || each.textContent.trim(), each.textContent.trim()]),
    );
  };

  const facetsOf = (box, rows) =>
    [...box.querySelectorAll("th[data-okr-facet]")].map((head) => {
      const found = new Map();
      for (const row of rows) {
        if (row.closest("table") !== head.closest("table")) continue;
        for (const [value, text] of valuesOf(row.cells[head.cellIndex])) found.set(value, text);
      }
      return { name: head.dataset.okrFacet, label: head.textContent.trim(), column: head.cellIndex, found };
    });

  const selectOf = (facet, any) => {
    const select = make("select", { name: facet.name }, make("option", { value: "" }, any));
    const sorted = [...facet.found].sort(([, a], [, b]) => a.localeCompare(b, undefined, { numeric: true }));
    for (const [value, text] of sorted) select.append(make("option", { value }, text));
    return select;
  };

  const addFilter = (box, isFirst) => {
    const rows = [...box.querySelectorAll("[data-okr-row]")];
    if (rows.length < FEWEST || box.querySelector(":scope > .okr-filter")) return;
    const facets = facetsOf(box, rows).filter((facet) => facet.found.size > 1);
    const field = make("input", {
      type: "search",
      name: "text",
      "aria-label": box.dataset.okrFilter,
      placeholder: box.dataset.okrFilter,
    });
    const selects = facets.map((facet) => selectOf(facet, box.dataset.okrAny || "–"));
    const told = make("output", { class: "okr-muted okr-small", "aria-live": "polite" });
    const texts = rows.map((row) => row.textContent.toLocaleLowerCase());

    const apply = () => {
      const words = field.value.toLocaleLowerCase().split(/\s+/);
      let shown = 0;
      rows.forEach((row, place) => {
        const fits =
          words.every((word) => texts[place].includes(word)) &&
          facets.every(({ column }, index) => {
            const wanted = selects[index].value;
            return !wanted || valuesOf(row.cells[column]).has(wanted);
          });
        row.hidden = !fits;
        shown += fits;
      });
      told.textContent = shown < rows.length ? `${shown} / ${rows.length}` : "";
    };

    const controls = [field, ...selects];
    for (const control of controls) {
      if (isFirst) {
        const wanted = asked().get(control.name) || "";
        control.value = wanted;
        if (control.value !== wanted) control.value = "";
      }
      control.addEventListener("input", () => {
        if (isFirst) remember(control.name, control.value);
        apply();
      });
    }
    const labelled = facets.map((facet, index) =>
      make("label", { class: "okr-facet" }, make("span", {}, facet.label), selects[index]),
    );
    const bar = make("div", { class: "okr-filter", role: "search" }, field, ...labelled, told);
    const heading = box.querySelector(":scope > h2");
    if (heading) heading.after(bar);
    else box.prepend(bar);
    apply();
  };

  /* What a row is sorted by in a column: a number where it is one, nothing where it says nothing. */
  const keyOf = (row, column) => {
    const cell = row.cells[column];
    const said = cell ? (cell.dataset.sort ?? cell.textContent).trim() : "";
    if (said === "" || said === "–") return null; // a dash stands for what is not known
    const plain = said.replace("−", "-").replace(",", ".").replace(/\s*%$/, "");
    return /^-?[\d.]+$/.test(plain) ? Number(plain) : said;
  };

  const compare = (a, b) => {
    if (typeof a === "number" && typeof b === "number") return a - b;
    return String(a).localeCompare(String(b), undefined, { numeric: true });
  };

  const sortBy = (table, column, way) => {
    const body = table.tBodies[0];
    const original = (table.okrRows ??= [...body.rows]);
    const keyed = original.map((row) => [keyOf(row, column), row]);
    if (way) {
      keyed.sort(([a], [b]) => {
        if (a === null || b === null) return (a === null) - (b === null);
        return way * compare(a, b);
      });
    }
    body.append(...keyed.map(([, row]) => row));
    table.classList.toggle("okr-table--sorted", way !== 0);
    for (const head of table.tHead.rows[0].cells) {
      head.removeAttribute("aria-sort");
      if (way && head.cellIndex === column) {
        head.setAttribute("aria-sort", way > 0 ? "ascending" : "descending");
      }
    }
  };

  const addSort = (table, isFirst) => {
    if (!table.tHead || table.querySelector(".okr-sort") || table.tBodies[0].rows.length < 2) return;
    const heads = [...table.tHead.rows[0].cells];
    for (const head of heads) {
      if ("okrStill" in head.dataset || !head.textContent.trim()) continue;
      const button = make("button", { type: "button", class: "okr-sort" }, ...head.childNodes);
      button.addEventListener("click", () => {
        const now = head.getAttribute("aria-sort");
        const way = now === "ascending" ? -1 : now === "descending" ? 0 : 1;
        sortBy(table, head.cellIndex, way);
        if (isFirst) remember("sort", way ? `${way < 0 ? "-" : ""}${head.cellIndex + 1}` : "");
      });
      head.append(button);
    }
    const wanted = isFirst ? Number(asked().get("sort")) : 0;
    if (wanted && heads[Math.abs(wanted) - 1]) sortBy(table, Math.abs(wanted) - 1, Math.sign(wanted));
  };

  const start = () => {
    document.querySelectorAll("[data-okr-filter]").forEach((box, index) => addFilter(box, !index));
    document.querySelectorAll("table[data-okr-sort]").forEach((table, index) => addSort(table, !index));
  };

  /* Material's instant navigation replaces the page without loading it anew. */
  if (typeof document$ !== "undefined") document$.subscribe(start);
  else if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
