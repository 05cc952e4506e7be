/* The map of the cascade: zoom, drag, walk along its lines, and trace what a node hangs together
   with. Without it the map is a picture that scrolls, whose nodes are links. */
(() => {
  "use strict";

  const LEAST = 0.2;
  const MOST = 2.5;
  const STEP = 1.25;
  const SLACK = 4; // how far a pointer may slip before it drags

  const drawn = (path) => {
    const icon = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    icon.setAttribute("viewBox", "0 0 16 16");
    icon.setAttribute("aria-hidden", "true");
    const line = document.createElementNS("http://www.w3.org/2000/svg", "path");
    line.setAttribute("d", path);
    icon.append(line);
    return icon;
  };

  class CascadeMap {
    constructor(figure) {
      this.figure = figure;
      this.view = figure.querySelector(".okr-map-view");
      this.svg = figure.querySelector(".okr-map");
      this.nodes = [...this.svg.querySelectorAll(".okr-map__nodes > *")];
      this.lines = [...this.svg.querySelectorAll("[data-ends]")].map((path) => ({
        path,
        ends: path.dataset.ends.split(" ").map(Number),
        aside: Boolean(path.closest(".okr-map__asides")),
      }));
      this.natural = this.svg.width.baseVal.value;
      this.places = this.nodes.map((node) => {
        const { e, f } = node.transform.baseVal.consolidate().matrix;
        return { x: e, y: f };
      });
      this.current = Math.max(this.nodes.findIndex((node) => node.matches("a")), 0);
      this.pointers = new Map();
      this.addTools();
      this.listen();
      this.rove(this.current);
    }

    /* Zoom: the picture's width changes, the view scrolls. */

    get scale() {
      return this.svg.getBoundingClientRect().width / this.natural;
    }

    get fitting() {
      const { width, height } = this.svg.viewBox.baseVal;
      return Math.min(this.view.clientWidth / width, this.view.clientHeight / height, 1);
    }

    zoom(scale, x = this.view.clientWidth / 2, y = this.view.clientHeight / 2) {
      const before = this.svg.getBoundingClientRect();
      const box = this.view.getBoundingClientRect();
      const right = (box.left + x - before.left) / before.width;
      const down = (box.top + y - before.top) / before.height;
      const wanted = Math.min(Math.max(scale, Math.min(LEAST, this.fitting)), MOST);
      this.svg.style.maxWidth = "none";
      this.svg.style.width = `${this.natural * wanted}px`;
      const after = this.svg.getBoundingClientRect();
      this.view.scrollLeft += after.left + right * after.width - (box.left + x);
      this.view.scrollTop += after.top + down * after.height - (box.top + y);
    }

    reset() {
      this.svg.style.maxWidth = "";
      this.svg.style.width = "";
    }

    addTools() {
      const { zoomIn, zoomOut, fit, reset, full } = this.figure.dataset;
      const tools = document.createElement("div");
      tools.className = "okr-map-tools";
      const add = (icon, label, act) => {
        const made = document.createElement("button");
        made.type = "button";
        made.className = "okr-button";
        made.append(drawn(icon));
        made.title = label;
        made.setAttribute("aria-label", label);
        made.addEventListener("click", act);
        tools.append(made);
      };
      add("M3 8h10M8 3v10", zoomIn, () => this.zoom(this.scale * STEP));
      add("M3 8h10", zoomOut, () => this.zoom(this.scale / STEP));
      add("M2 6V2h4M10 2h4v4M14 10v4h-4M6 14H2v-4M6 6h4v4H6z", fit, () => this.zoom(this.fitting));
      add("M2 8h12M5 5L2 8l3 3M11 5l3 3-3 3", reset, () => this.reset());
      if (document.fullscreenEnabled) {
        add("M9 7l5-5M10 2h4v4M7 9l-5 5M6 14H2v-4", full, () =>
          document.fullscreenElement ? document.exitFullscreen() : this.figure.requestFullscreen(),
        );
      }
      this.figure.prepend(tools);
    }

    /* Trace: everything that a node works towards, and everything that works towards it. */

    trace(start) {
      const lit = new Set([start]);
      const lines = new Set();
      const follow = (from, to) => {
        const waiting = [start];
        while (waiting.length) {
          const here = waiting.pop();
          for (const line of this.lines) {
            if (line.aside || line.ends.length < 2 || line.ends[from] !== here) continue;
            lines.add(line);
            if (!lit.has(line.ends[to])) {
              lit.add(line.ends[to]);
              waiting.push(line.ends[to]);
            }
          }
        }
      };
      follow(0, 1);
      const above = new Set(lit);
      lit.clear();
      lit.add(start);
      follow(1, 0);
      above.forEach((node) => lit.add(node));
      for (const line of this.lines) {
        if (line.aside && line.ends.length > 1 && line.ends.includes(start)) {
          lines.add(line);
          line.ends.forEach((node) => lit.add(node));
        }
      }
      const reached = new Set([...lines].map((line) => `${line.aside} ${line.ends[1]}`));
      for (const line of this.lines) {
        const on = lines.has(line) || (line.ends.length < 2 && reached.has(`${line.aside} ${line.ends[0]}`));
        line.path.classList.toggle("okr-map--lit", on);
      }
      this.nodes.forEach((node, place) => node.classList.toggle("okr-map--lit", lit.has(place)));
      this.svg.classList.add("okr-map--traced");
    }

    forget() {
      const focused = this.nodes.indexOf(document.activeElement);
      if (focused >= 0) this.trace(focused);
      else this.svg.classList.remove("okr-map--traced");
    }

    /* Walk: one node takes part in the order of Tab, arrow keys go on from there. */

    rove(place) {
      this.current = place;
      this.svg.querySelectorAll("a").forEach((link) => link.setAttribute("tabindex", "-1"));
      this.nodes[place].setAttribute("tabindex", "0");
    }

    go(place) {
      if (place === undefined || place < 0) return;
      this.rove(place);
      this.nodes[place].focus({ preventScroll: true });
      this.show(place);
    }

    show(place) {
      this.nodes[place].scrollIntoView({ block: "nearest", inline: "nearest" });
    }

    nearest(places) {
      const here = this.places[this.current];
      const far = ({ x, y }) => Math.abs(y - here.y) + Math.abs(x - here.x) / 4;
      return places
        .filter((place) => place !== this.current && this.nodes[place].matches("a"))
        .sort((one, other) => far(this.places[one]) - far(this.places[other]))[0];
    }

    along(from, to) {
      const ends = this.lines
        .filter((line) => line.ends.length > 1 && line.ends[from] === this.current)
        .sort((one, other) => one.aside - other.aside);
      const kind = ends.length && ends[0].aside;
      return this.nearest(ends.filter((line) => line.aside === kind).map((line) => line.ends[to]));
    }

    beside(wanted) {
      const here = this.places[this.current];
      const all = [...this.nodes.keys()];
      return this.nearest(all.filter((place) => wanted(this.places[place], here)));
    }

    step(key) {
      const same = (there, here) => Math.abs(there.x - here.x) < 60;
      if (key === "ArrowLeft") {
        return this.along(0, 1) ?? this.beside((there, here) => there.x < here.x - 60);
      }
      if (key === "ArrowRight") {
        return this.along(1, 0) ?? this.beside((there, here) => there.x > here.x + 60);
      }
      if (key === "ArrowUp") return this.beside((there, here) => same(there, here) && there.y < here.y);
      if (key === "ArrowDown") return this.beside((there, here) => same(there, here) && there.y > here.y);
      if (key === "Home") return this.nodes.findIndex((node) => node.matches("a"));
      if (key === "End") return this.nodes.findLastIndex((node) => node.matches("a"));
      return undefined;
    }

    onKey(event) {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      const acts = {
        "+": () => this.zoom(this.scale * STEP),
        "=": () => this.zoom(this.scale * STEP),
        "-": () => this.zoom(this.scale / STEP),
        0: () => this.reset(),
        f: () => this.zoom(this.fitting),
      };
      if (acts[event.key]) {
        acts[event.key]();
        if (this.nodes.includes(document.activeElement)) this.show(this.current);
      } else if (/^(Arrow|Home$|End$)/.test(event.key) && this.nodes.includes(event.target)) {
        this.go(this.step(event.key));
      } else return;
      event.preventDefault();
      event.stopPropagation();
    }

    listen() {
      const { svg, view } = this;
      this.figure.addEventListener("keydown", (event) => this.onKey(event));
      this.nodes.forEach((node, place) => {
        node.addEventListener("pointerenter", (event) => {
          if (event.pointerType === "mouse") this.trace(place);
        });
        node.addEventListener("pointerleave", () => this.forget());
        node.addEventListener("focus", () => {
          this.rove(place);
          this.trace(place);
        });
        node.addEventListener("blur", () => this.forget());
      });
      view.addEventListener(
        "wheel",
        (event) => {
          if (!event.ctrlKey && !event.metaKey) return;
          event.preventDefault();
          const box = view.getBoundingClientRect();
          const scale = this.scale * Math.exp(-event.deltaY / 300);
          this.zoom(scale, event.clientX - box.left, event.clientY - box.top);
        },
        { passive: false },
      );
      view.addEventListener("pointerdown", (event) => this.press(event));
      view.addEventListener("pointermove", (event) => this.move(event));
      for (const end of ["pointerup", "pointercancel"]) {
        addEventListener(end, (event) => this.pointers.delete(event.pointerId));
      }
      svg.addEventListener("dragstart", (event) => event.preventDefault());
      svg.addEventListener("click", (event) => {
        if (this.dragged) event.preventDefault();
        this.dragged = false;
      });
    }

    /* Drag with a mouse, pinch with two fingers; one finger scrolls by itself. */

    press(event) {
      if (event.button) return;
      this.dragged = false;
      this.pointers.set(event.pointerId, { x: event.clientX, y: event.clientY });
    }

    move(event) {
      const last = this.pointers.get(event.pointerId);
      if (!last) return;
      const here = { x: event.clientX, y: event.clientY };
      if (this.pointers.size === 2) {
        const [other] = [...this.pointers].filter(([id]) => id !== event.pointerId).map(([, p]) => p);
        const apart = (one) => Math.hypot(one.x - other.x, one.y - other.y);
        const box = this.view.getBoundingClientRect();
        const middle = [(here.x + other.x) / 2 - box.left, (here.y + other.y) / 2 - box.top];
        this.zoom((this.scale * apart(here)) / Math.max(apart(last), 1), ...middle);
      } else if (event.pointerType === "mouse") {
        if (!this.dragged && Math.hypot(here.x - last.x, here.y - last.y) < SLACK) return;
        this.dragged = true;
        this.view.scrollLeft -= here.x - last.x;
        this.view.scrollTop -= here.y - last.y;
      } else return;
      this.pointers.set(event.pointerId, here);
    }

    /* A link to a node of the tree shows it in the map, too. */

    open(href) {
      const place = this.nodes.findIndex((node) => node.href?.baseVal === href);
      if (place < 0) return;
      this.rove(place);
      this.trace(place);
      const { x, y } = this.places[place];
      this.view.scrollLeft = x * this.scale - this.view.clientWidth / 3;
      this.view.scrollTop = y * this.scale - this.view.clientHeight / 2;
    }
  }

  const maps = new WeakMap();

  const reveal = () => {
    const id = decodeURIComponent(location.hash.slice(1));
    const link = id && document.getElementById(id)?.querySelector(".okr-title a");
    for (const figure of link ? document.querySelectorAll(".okr-map-figure") : []) {
      maps.get(figure)?.open(link.getAttribute("href"));
    }
  };

  const start = () => {
    for (const figure of document.querySelectorAll(".okr-map-figure")) {
      if (!maps.has(figure)) maps.set(figure, new CascadeMap(figure));
    }
    reveal();
  };

  /* Material's instant navigation replaces the page without loading it anew. */
  if (typeof document$ !== "undefined") document$.subscribe(start);
  else if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
  addEventListener("hashchange", reveal);
})();
