/* What worker.js finds → Material's own list of results, with facets above it. Linked only where
   a site is too large for Material's search; nothing is loaded before somebody opens it. */
(() => {
  "use strict";

  const AT_ONCE = 10;
  const config = JSON.parse(document.getElementById("__config").textContent);
  const box = document.querySelector("[data-md-component=search]");
  if (!box || !config.search.endsWith("okrsite/search/worker.js")) return;

  // Taken now, since these lead elsewhere once instant navigation has changed the address.
  const base = new URL(config.base, location.href);
  const program = new URL(config.search, location.href);
  const query = box.querySelector("[data-md-component=search-query]");
  const result = box.querySelector("[data-md-component=search-result]");
  const scroll = result.parentElement;
  const [meta, list] = [result.firstElementChild, result.lastElementChild];

  const make = (name, classes = "", ...parts) => {
    const made = document.createElement(name);
    if (classes) made.className = classes;
    made.append(...parts);
    return made;
  };

  const say = (key, number) => {
    const short = number > 999 ? `${(number / 1000).toFixed(number < 9950 ? 1 : 0)}k` : number;
    return config.translations[`search.result.${key}`].replace("#", short);
  };

  // Questions to the worker, which starts with the first.
  let worker;
  let last = 0;
  const waiting = new Map();
  const start = () => {
    worker = new Worker(program);
    worker.addEventListener("message", ({ data: { id, value, error } }) => {
      const { resolve, reject } = waiting.get(id);
      waiting.delete(id);
      if (error) reject(new Error(error));
      else resolve(value);
    });
  };
  const ask = (call, ...given) =>
    new Promise((resolve, reject) => {
      if (!worker) start();
      last += 1;
      waiting.set(last, { resolve, reject });
      worker.postMessage({ id: last, call, given });
    });

  const pieces = (texts) => texts.map((text, i) => (i % 2 ? make("mark", "", text) : text));

  const address = (where) => {
    const url = new URL(where, base);
    if (config.features.includes("search.highlight") && query.value.trim())
      url.searchParams.set("h", query.value.trim());
    return url.href;
  };

  /* One found page or part, with the same marks as Material's own. */
  const entry = (found, score, { parent = false, teaser = true } = {}) => {
    const article = make("article", "md-search-result__article md-typeset");
    article.dataset.mdScore = score;
    if (parent) article.append(make("div", "md-search-result__icon md-icon"));
    article.append(make(parent ? "h1" : "h2", "", ...pieces(found.title)));
    if (teaser && found.text.join("")) article.append(make("p", "", ...pieces(found.text)));
    if (found.tags.length) {
      const tags = found.tags.map((tag) => make("span", "md-tag", ...pieces(tag)));
      article.append(make("div", "md-tags", ...tags));
    }
    const link = make("a", "md-search-result__link", article);
    link.href = address(found.location);
    link.tabIndex = -1;
    return link;
  };

  /* The parts of a page that answer less well, loaded when somebody asks for them. */
  const more = (numbers, score) => {
    const label = numbers.length === 1 ? say("more.one") : say("more.other", numbers.length);
    const summary = make("summary", "", make("div", "", label));
    summary.tabIndex = -1;
    const details = make("details", "md-search-result__more", summary);
    const load = async () => {
      const parts = await ask("describe", numbers);
      details.append(...parts.filter(Boolean).map((part) => entry(part, score)));
    };
    details.addEventListener("toggle", load, { once: true });
    return details;
  };

  const item = ([page, numbers], described, score) => {
    const first = described.get(numbers[0]);
    const own = described.get(page);
    const parts = numbers.filter((number) => number !== page);
    const best = numbers[0] === page ? [] : parts.slice(0, 1);
    const rest = parts.slice(best.length);
    const above = own ?? {
      location: first.location.split("#")[0],
      title: [first.page],
      text: [],
      tags: [],
    };
    const made = make("li", "md-search-result__item");
    made.append(entry(above, score, { parent: true, teaser: !best.length }));
    made.append(...best.map((number) => entry(described.get(number), score)));
    if (rest.length) made.append(more(rest, score));
    return made;
  };

  // The list, of which as much is made as somebody scrolls to.
  let round = 0;
  const watcher = new IntersectionObserver(
    (seen) => {
      for (const { isIntersecting, target } of seen) {
        if (!isIntersecting) continue;
        watcher.unobserve(target);
        target.dispatchEvent(new Event("okr:seen"));
      }
    },
    { root: scroll, rootMargin: "200px" }
  );

  const show = async (groups, from, mine) => {
    const some = groups.slice(from, from + AT_ONCE);
    const numbers = some.flatMap(([page, [first]]) => [...new Set([page, first])]);
    const found = await ask("describe", numbers);
    if (mine !== round) return;
    const described = new Map(numbers.map((number, i) => [number, found[i] ?? undefined]));
    const items = some
      .filter(([, [first]]) => described.get(first))
      .map((one, i) => item(one, described, groups.length - from - i));
    if (from) list.append(...items);
    else list.replaceChildren(...items);
    if (!from) scroll.scrollTop = 0;
    const end = items.at(-1);
    if (!end || from + AT_ONCE >= groups.length) return;
    end.addEventListener("okr:seen", () => show(groups, from + AT_ONCE, mine), { once: true });
    watcher.observe(end);
  };

  // What a search is narrowed down to: a list for each facet, once they are known.
  const facets = make("div", "okr-facets");
  const order = new Intl.Collator(document.documentElement.lang || undefined, { numeric: true });
  let selects = [];
  const choose = () => selects.map((select) => Number(select.value || -1));

  const build = (known) => {
    selects = known.map(({ label }) => {
      const select = make("select", "okr-facet");
      select.setAttribute("aria-label", label);
      select.addEventListener("change", update);
      return select;
    });
    facets.append(...selects);
    scroll.prepend(facets);
  };

  const fill = (known, counts) => {
    known.forEach(({ label, values }, i) => {
      const select = selects[i];
      const kept = select.value;
      const offered = values
        .map((value, number) => [value, String(number), counts[i][number]])
        .filter(([, number, count]) => count || number === kept)
        // The newest cycle first; all else by name.
        .sort(([a], [b]) => (i ? order.compare(a, b) : order.compare(b, a)));
      const options = offered.map(([value, number, n]) => new Option(`${value} (${n})`, number));
      select.replaceChildren(new Option(label, ""), ...options);
      select.value = kept;
      select.hidden = !values.length;
      select.classList.toggle("okr-facet--chosen", Boolean(kept));
    });
  };

  const update = async () => {
    round += 1;
    const mine = round;
    const text = query.value.trim();
    const { facets: known, counts, groups } = await ask("find", text, choose());
    if (mine !== round) return;
    if (!selects.length) build(known);
    fill(known, counts);
    const asked = text || choose().some((value) => value >= 0);
    if (!asked) meta.textContent = say("placeholder");
    else if (!groups.length) meta.textContent = say("none");
    else meta.textContent = groups.length > 1 ? say("other", groups.length) : say("one");
    await show(groups, 0, mine);
  };

  let before;
  const listen = () => {
    if (query.value.trim() === before) return;
    before = query.value.trim();
    update();
  };
  for (const event of ["focus", "input", "keyup"]) query.addEventListener(event, listen);
  query.form.addEventListener("reset", () => {
    for (const select of selects) select.value = "";
    before = undefined;
    setTimeout(listen);
  });
  meta.setAttribute("role", "status");
  // Material opens it by itself where an address brings words to search for.
  if (document.activeElement === query) listen();

  // Keys in the facets are theirs; Material would move the focus away. Tab goes through them.
  query.addEventListener("keydown", (event) => {
    const next = selects.find((select) => !select.hidden);
    if (event.key !== "Tab" || event.shiftKey || !next) return;
    event.preventDefault();
    event.stopPropagation();
    next.focus();
  });
  facets.addEventListener("keydown", (event) => {
    if (event.key === "Escape") return;
    const shown = [query, ...selects.filter((select) => !select.hidden)];
    const result = list.querySelector("a");
    const stops = result ? [...shown, result] : shown;
    if (event.key === "Tab") {
      const next = stops[stops.indexOf(event.target) + (event.shiftKey ? -1 : 1)];
      if (!next) return;
      event.preventDefault();
      next.focus();
    }
    event.stopPropagation();
  });
})();
