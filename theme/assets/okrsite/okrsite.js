/* Niceties for okrsite's pages: buttons that open or close a tree, and links that open it at a node;
   and the scripts that few pages need. Everything is there without it. */
(() => {
  "use strict";

  const PAGES = new URL("pages/", document.currentScript.src);
  const needed = new Map([[".okr-map-figure", "map.js"], [".okr-deck", "review.js"]]);

  /* Nobody waits for a script that the page has no use for. */
  const load = () => {
    for (const [what, name] of needed) {
      if (!document.querySelector(what)) continue;
      needed.delete(what);
      const script = document.createElement("script");
      script.src = new URL(name, PAGES);
      document.head.append(script);
    }
  };

  const button = (label, act) => {
    const made = document.createElement("button");
    made.type = "button";
    made.className = "okr-button";
    made.textContent = label;
    made.addEventListener("click", act);
    return made;
  };

  const bar = (box, ...parts) => {
    const made = document.createElement("div");
    made.className = "okr-filter";
    made.append(...parts);
    const heading = box.querySelector(":scope > h2");
    if (heading) heading.after(made);
    else box.prepend(made);
  };

  const addExpand = (box) => {
    if (box.querySelector(".okr-filter")) return;
    const turn = (open) => () => {
      for (const fold of box.querySelectorAll("details")) fold.open = open;
    };
    bar(
      box,
      button(box.dataset.okrExpand, turn(true)),
      button(box.dataset.okrCollapse, turn(false)),
    );
  };

  /* A link to a node opens everything above it. */
  const reveal = () => {
    const id = decodeURIComponent(location.hash.slice(1));
    const target = id && document.getElementById(id);
    if (!target || !target.closest(".okr")) return;
    for (let fold = target.closest("details"); fold; fold = fold.parentElement.closest("details")) {
      fold.open = true;
    }
    const own = target.parentElement.querySelector(":scope > details");
    if (own) own.open = true;
    target.scrollIntoView({ block: "center" });
  };

  const start = () => {
    load();
    document.querySelectorAll("[data-okr-expand]").forEach(addExpand);
    reveal();
  };

  /* Material's instant navigation replaces the page without loading it anew. */
  if (typeof document$ !== "undefined") document$.subscribe(start);
  else if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
  addEventListener("hashchange", reveal);
})();
