/* Words → what Pagefind finds, off the page's own thread and away from its language: told that a
   page is Chinese, Pagefind would cut words by a dictionary that the index was not made with.

   The same file stands in for the worker that Material starts: there it says that it is ready,
   finds nothing, and leaves the list of results to search.js. */
"use strict";

const FOLDER = new URL("../../../pagefind/", self.location);
const UNSPACED =
  /[\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u{20000}-\u{3ffff}]+/gu;
const PART = "\u241e";
const TAG = "\u241f";
const TEASER = 240;
const READY = { type: 1 };

let opened;
let asked = "";
let hits = new Map();
let latest = 0;

const load = async () => {
  const answer = await fetch(new URL("records.json", FOLDER), { cache: "no-cache" });
  const [engine, known] = await Promise.all([import(`${FOLDER}pagefind.js`), answer.json()]);
  await engine.init();
  known.numbers = new Map(known.names.split(" ").map((name, number) => [name, number]));
  return { engine, known };
};

/* Once, unless it fails. */
const open = () => {
  opened ??= load().catch((error) => {
    opened = undefined;
    throw error;
  });
  return opened;
};

/* Neighbours in pairs, as the index has them. */
const cut = (text) =>
  text.replace(UNSPACED, (run) => {
    const signs = [...run];
    const pairs = signs.slice(1).map((sign, i) => signs[i] + sign);
    return ` ${(pairs.length ? pairs : signs).join(" ")} `;
  });

const holds = (facet, number, value) => [facet.of[number]].flat().includes(value);

/* How many results each value of a facet has, as far as the other facets let them through. */
const count = (facets, chosen, found) =>
  facets.map((facet, here) => {
    const counts = facet.values.map(() => 0);
    for (const { number } of found) {
      if (chosen.every((v, i) => i === here || v < 0 || holds(facets[i], number, v)))
        for (const value of [facet.of[number]].flat()) counts[value] += 1;
    }
    return counts;
  });

const group = (found, pages) => {
  const groups = new Map();
  for (const { number } of found) {
    const page = pages[number] ?? number;
    groups.set(page, [...(groups.get(page) ?? []), number]);
  }
  return [...groups];
};

const find = async (text, chosen) => {
  latest += 1;
  const mine = latest;
  const { engine, known } = await open();
  const words = cut(text).trim();
  const { results } = await engine.search(words || null);
  const found = results
    .map((result) => ({ result, number: known.numbers.get(result.id.replace(/^.*?_/, "")) }))
    .filter(({ number }) => number !== undefined);
  for (const hit of found) {
    const boost = known.boosts[hit.number];
    hit.last = boost < 1;
    hit.score = (hit.result.score || 1) * boost;
  }
  found.sort((a, b) => a.last - b.last || b.score - a.score || a.number - b.number);
  const through = found.filter(({ number }) =>
    chosen.every((value, i) => value < 0 || holds(known.facets[i], number, value))
  );
  if (mine === latest) {
    hits = new Map(through.map((hit) => [hit.number, hit]));
    asked = text;
  }
  return {
    facets: known.facets.map(({ label, values }) => ({ label, values })),
    counts: count(known.facets, chosen, found),
    groups: words || chosen.some((value) => value >= 0) ? group(through, known.pages) : [],
  };
};

const quote = (text) => text.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");

/* What to mark: the words at the places that Pagefind names, and what was asked in one piece. */
const marker = (content, locations) => {
  const words = content.split(" ");
  const edges = /^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu;
  const found = new Set(locations.map((place) => (words[place] ?? "").replace(edges, "")));
  const runs = asked.match(UNSPACED) ?? [];
  const parts = [];
  for (const word of [...runs, ...found].sort((a, b) => b.length - a.length)) {
    if (!word) continue;
    const unspaced = [...word.matchAll(UNSPACED)].length;
    if (!unspaced) parts.push(`(?<![\\p{L}\\p{N}])${quote(word)}(?![\\p{L}\\p{N}])`);
    else if (word.replace(UNSPACED, "") === "" && runs.some((run) => run.includes(word)))
      parts.push(quote(word));
  }
  return parts.length ? new RegExp(`(${parts.join("|")})`, "giu") : null;
};

/* A text in pieces, every second of which is marked. */
const mark = (text, marks) => (marks && text ? text.split(marks) : [text]);

const excerpt = (text, marks) => {
  if (text.length <= TEASER) return text;
  const first = Math.max(marks ? text.search(marks) : 0, 0);
  const sentence = text.lastIndexOf(". ", first);
  const start = first < TEASER / 2 ? 0 : Math.max(sentence + 2, first - TEASER / 3);
  const from = start && text[start - 1] !== " " ? text.indexOf(" ", start) + 1 || start : start;
  const end = text.lastIndexOf(" ", from + TEASER);
  const to = end > from ? end : from + TEASER;
  return `${from ? "… " : ""}${text.slice(from, to)}${to < text.length ? " …" : ""}`;
};

const describe = (numbers) =>
  Promise.all(
    numbers.map(async (number) => {
      const data = await hits.get(number)?.result.data();
      if (!data) return null;
      const marks = marker(data.content, data.locations);
      const [title, text, tags, page] = data.content.split(PART).map((part) => part.trim());
      return {
        location: data.raw_url,
        title: mark(title, marks),
        text: mark(excerpt(text, marks), marks),
        tags: tags.split(TAG).flatMap((tag) => (tag.trim() ? [mark(tag.trim(), marks)] : [])),
        page,
      };
    })
  );

self.addEventListener("message", async ({ data: { type, id, call, given } }) => {
  if (type === 0) return self.postMessage(READY);
  if (!call) return undefined;
  try {
    return self.postMessage({ id, value: await { find, describe }[call](...given) });
  } catch (error) {
    return self.postMessage({ id, error: String(error) });
  }
});
