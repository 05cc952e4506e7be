/* A review in a room: one screen at a time, by keys, clicker, finger or the buttons below, with a
   clock that shares the time among the teams. Without this script all screens stand on one page.

   Which screen shows stands in the address; the clock and the minutes to share are kept for as long
   as the tab is open. Where a page's screens end, the review goes on to the page that is next. */
(() => {
  "use strict";

  const PRESENTING = "okr-presenting";
  const SECOND = 1000;
  const MINUTE = 60 * SECOND;
  const SMALLEST = 0.6;
  const NARROW = 720;
  const CLOCK = "okr-clock:";
  const MINUTES = "okr-minutes:";

  /* Time ------------------------------------------------------------------------------------- */

  const stored = (key) => JSON.parse(sessionStorage.getItem(key) || "null");
  const store = (key, value) => sessionStorage.setItem(key, JSON.stringify(value));

  const written = (ms) => {
    const seconds = Math.floor(ms / SECOND);
    return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
  };

  /* Whole minutes for each by weight; they add up to the minutes that all of them have. */
  const shares = (weights, minutes) => {
    const total = weights.reduce((sum, weight) => sum + weight, 0) || 1;
    const exact = weights.map((weight) => (weight * minutes) / total);
    const whole = exact.map(Math.floor);
    const left = minutes - whole.reduce((sum, share) => sum + share, 0);
    const first = exact.map((share, place) => [share - whole[place], place]);
    first.sort((one, other) => other[0] - one[0] || one[1] - other[1]);
    for (const [, place] of first.slice(0, left)) whole[place] += 1;
    return whole;
  };

  /* What each turn has spent; of the running one, also what went by since it was last noted. */
  const makeClock = (page) => {
    const state = stored(CLOCK + page) || { running: false, since: 0, turn: "", spent: {} };
    const keep = () => store(CLOCK + page, state);
    const note = () => {
      const now = Date.now();
      if (state.running) state.spent[state.turn] = spent(state.turn);
      state.since = now;
    };
    const spent = (turn) => {
      const running = state.running && turn === state.turn ? Date.now() - state.since : 0;
      return (state.spent[turn] || 0) + Math.max(running, 0);
    };
    return {
      spent,
      all: () =>
        [...new Set([...Object.keys(state.spent), state.turn])].reduce((sum, t) => sum + spent(t), 0),
      running: () => state.running,
      turnTo(turn) {
        if (turn === state.turn) return;
        note();
        state.turn = turn;
        keep();
      },
      toggle() {
        note();
        state.running = !state.running;
        keep();
      },
      reset() {
        Object.assign(state, { running: false, since: 0, spent: {} });
        keep();
      },
    };
  };

  /* Screens ---------------------------------------------------------------------------------- */

  const makeDeck = (box) => {
    const root = document.documentElement;
    const find = (name) => document.querySelector(`[data-okr-${name}]`);
    const controls = find("controls");
    const [overview, help, live] = [find("overview"), find("help"), find("live")];
    const screens = [...box.querySelectorAll(".okr-screen")];
    const turns = [...box.querySelectorAll(".okr-turn")];
    const count = new Map(turns.map((turn) => [turn, turn.querySelectorAll(".okr-screen").length]));
    const weight = Number(box.dataset.okrScreens) || screens.length;
    const page = location.pathname;
    const clock = makeClock(page);
    let place = -1;
    let ticking = 0;

    const presenting = () => place >= 0;
    const minutes = () => stored(MINUTES + page) || Number(box.dataset.okrMinutes);
    const turnOf = (screen) => screen.closest(".okr-turn");
    const titleOf = (screen) => screen.querySelector("h2, h3").textContent.trim();
    const bySystem = () => (document.dir === "rtl" || root.dir === "rtl" ? -1 : 1);

    const showTime = () => {
      const turn = turnOf(screens[place]);
      const [name, share] = turn
        ? [turn.id, (minutes() * MINUTE * count.get(turn)) / weight]
        : ["", minutes() * MINUTE];
      const spent = turn ? clock.spent(name) : clock.all();
      const shown = find("clock");
      shown.textContent = `${written(spent)} / ${written(share)}`;
      shown.classList.toggle("okr-over", spent > share);
      controls.querySelector("[data-okr-do=timer]").setAttribute("aria-pressed", clock.running());
    };

    const shareTime = () => {
      const rows = [...box.querySelectorAll("tr:has([data-okr-share])")];
      const weights = rows.map((row) => Number(row.dataset.okrScreens));
      const listed = weights.reduce((sum, each) => sum + each, 0);
      const found = shares(weights, Math.round((minutes() * listed) / weight));
      rows.forEach((row, index) => {
        row.querySelector("[data-okr-share]").textContent = found[index];
        const link = row.querySelector("a[data-okr-page]");
        if (link) store(MINUTES + new URL(link.href).pathname, Math.max(found[index], 1));
      });
    };

    const tick = () => {
      clearInterval(ticking);
      showTime();
      if (clock.running()) ticking = setInterval(showTime, SECOND);
    };

    /* As large as the room allows: a full screen is written smaller. A phone is scrolled. */
    const fit = () => {
      const screen = screens[place];
      root.style.setProperty("--okr-fit", "1");
      if (innerWidth < NARROW) return;
      for (let size = 1; size >= SMALLEST; size -= 0.08) {
        root.style.setProperty("--okr-fit", size.toFixed(2));
        if (screen.scrollHeight <= screen.clientHeight + 1) return;
      }
    };

    const showPlace = () => {
      const screen = screens[place];
      const turn = turnOf(screen);
      find("place").textContent = `${place + 1} / ${screens.length}`;
      find("name").textContent = turn ? turn.dataset.okrTurn : "";
      const said = controls.dataset.okrSaid;
      const number = said.replace("{n}", place + 1).replace("{of}", screens.length);
      live.textContent = `${number}: ${titleOf(screen)}`;
      const bars = find("progress").children;
      let before = 0;
      for (const bar of bars) {
        const long = Number(bar.dataset.long);
        const done = Math.min(Math.max((place + 1 - before) / long, 0), 1);
        bar.firstChild.style.width = `${done * 100}%`;
        before += long;
      }
    };

    const drawProgress = () => {
      const groups = [];
      for (const screen of screens) {
        const turn = turnOf(screen);
        if (groups.length && turn && groups.at(-1).turn === turn) groups.at(-1).long += 1;
        else groups.push({ turn, long: 1 });
      }
      find("progress").replaceChildren(
        ...groups.map(({ long }) => {
          const bar = document.createElement("span");
          bar.dataset.long = long;
          bar.style.flexGrow = long;
          bar.append(document.createElement("i"));
          return bar;
        }),
      );
    };

    const begin = () => {
      document.body.classList.add(PRESENTING);
      controls.hidden = false;
      find("total").value = minutes();
      controls.querySelector("[data-okr-do=full]").hidden = !document.fullscreenEnabled;
      for (const screen of screens) screen.tabIndex = -1;
      drawProgress();
      shareTime();
    };

    const show = (wanted) => {
      if (!presenting()) begin();
      else delete screens[place].dataset.okrCurrent;
      place = Math.min(Math.max(wanted, 0), screens.length - 1);
      const screen = screens[place];
      screen.dataset.okrCurrent = "";
      screen.scrollTop = 0;
      history.replaceState(history.state, "", `#${screen.id}`);
      fit();
      clock.turnTo(turnOf(screen)?.id || "");
      showPlace();
      tick();
      screen.focus({ preventScroll: true });
    };

    const leave = () => {
      if (!presenting()) return;
      const screen = screens[place];
      place = -1;
      clearInterval(ticking);
      delete screen.dataset.okrCurrent;
      document.body.classList.remove(PRESENTING);
      root.style.removeProperty("--okr-fit");
      controls.hidden = true;
      live.textContent = "";
      if (document.fullscreenElement) document.exitFullscreen();
      history.replaceState(history.state, "", location.pathname + location.search);
      screen.scrollIntoView();
      screen.focus({ preventScroll: true });
    };

    /* Past either end of a page, a review goes on with the one beside it. */
    const step = (by) => {
      const wanted = place + by;
      if (wanted >= 0 && wanted < screens.length) return show(wanted);
      const link = document.querySelector(`.okr-beside a[rel=${by > 0 ? "next" : "prev"}]`);
      if (link) location.href = `${link.href}#${by > 0 ? box.id : screens.at(-1).id}`;
    };

    const scrolls = (by) => {
      const { scrollTop, scrollHeight, clientHeight } = screens[place];
      return by < 0 ? scrollTop > 1 : scrollTop + clientHeight < scrollHeight - 1;
    };

    const drawOverview = () => {
      let turn;
      const list = document.createElement("div");
      list.className = "okr-thumbs";
      screens.forEach((screen, index) => {
        const own = turnOf(screen);
        if (own && own !== turn) {
          const name = document.createElement("h3");
          name.textContent = own.dataset.okrTurn;
          list.append(name);
        }
        turn = own;
        const thumb = document.createElement("button");
        thumb.type = "button";
        thumb.dataset.okrScreen = index;
        const number = document.createElement("span");
        number.textContent = index + 1;
        const title = document.createElement("b");
        title.textContent = titleOf(screen);
        const badge = screen.querySelector(".okr-screen__figures .okr-badge");
        thumb.append(number, title, ...(badge ? [badge.cloneNode(true)] : []));
        if (index === place) thumb.setAttribute("aria-current", "true");
        list.append(thumb);
      });
      overview.replaceChildren(list);
      overview.showModal();
      list.querySelector("[aria-current]").focus();
    };

    const moveThumb = (key) => {
      const thumbs = [...overview.querySelectorAll("button")];
      const here = Math.max(thumbs.indexOf(document.activeElement), 0);
      const beside = { ArrowRight: bySystem(), ArrowLeft: -bySystem() }[key];
      let next = thumbs[here + (beside || 0)];
      if (key === "Home") next = thumbs[0];
      if (key === "End") next = thumbs.at(-1);
      if (key === "ArrowDown" || key === "ArrowUp") {
        const own = thumbs[here].getBoundingClientRect();
        const further = thumbs.filter((each) => {
          const { top } = each.getBoundingClientRect();
          return key === "ArrowDown" ? top > own.top + 1 : top < own.top - 1;
        });
        const away = (each) => {
          const its = each.getBoundingClientRect();
          return Math.abs(its.top - own.top) * 100 + Math.abs(its.left - own.left);
        };
        next = further.sort((one, other) => away(one) - away(other))[0];
      }
      if (next) next.focus();
    };

    const acts = {
      next: () => step(1),
      previous: () => step(-1),
      overview: drawOverview,
      help: () => help.showModal(),
      close: () => help.close(),
      leave,
      timer() {
        clock.toggle();
        tick();
      },
      reset() {
        clock.reset();
        tick();
      },
      full() {
        if (document.fullscreenElement) document.exitFullscreen();
        else root.requestFullscreen();
      },
    };
    const keys = {
      PageDown: acts.next,
      PageUp: acts.previous,
      Home: () => show(0),
      End: () => show(screens.length - 1),
      Escape: leave,
      o: acts.overview,
      t: acts.timer,
      r: acts.reset,
      f: acts.full,
      "?": acts.help,
    };

    const actOn = (event) => {
      const { key } = event;
      if (key === "ArrowRight") return step(bySystem()), true;
      if (key === "ArrowLeft") return step(-bySystem()), true;
      if (key === "ArrowDown" || key === "ArrowUp") {
        const by = key === "ArrowDown" ? 1 : -1;
        return scrolls(by) ? false : (step(by), true);
      }
      if (key === " ") {
        if (event.target.closest("a, button, input, summary")) return false;
        return step(event.shiftKey ? -1 : 1), true;
      }
      const act = keys[key.length === 1 ? key.toLowerCase() : key];
      if (act) act();
      return Boolean(act);
    };

    return {
      /* Go where the address says, or back to the page. */
      follow() {
        const id = decodeURIComponent(location.hash.slice(1));
        const wanted = id === box.id ? 0 : screens.findIndex((screen) => screen.id === id);
        if (wanted >= 0 && wanted !== place) show(wanted);
        else if (wanted < 0) leave();
      },
      hear(event) {
        if (!presenting() || event.ctrlKey || event.altKey || event.metaKey) return;
        if (overview.open || help.open) {
          event.stopImmediatePropagation();
          if (overview.open && event.key === "o") overview.close();
          else if (overview.open && /^(Arrow|Home|End)/.test(event.key)) {
            event.preventDefault();
            moveThumb(event.key);
          }
          return;
        }
        /* The page's own keys would open a search that nobody sees. */
        if (event.key.length === 1 || event.key === "Escape") event.stopImmediatePropagation();
        if (actOn(event)) event.preventDefault();
      },
      listen() {
        for (const each of [controls, help, overview]) {
          each.addEventListener("click", (event) => {
            const button = event.target.closest("button");
            if (!button) return event.target === each && each.open && each.close();
            if (button.dataset.okrDo) acts[button.dataset.okrDo]();
            if (button.dataset.okrScreen) {
              overview.close();
              show(Number(button.dataset.okrScreen));
            }
          });
        }
        for (const dialog of [help, overview]) {
          dialog.addEventListener("close", () => presenting() && screens[place].focus());
        }
        find("total").addEventListener("change", (event) => {
          if (!event.target.checkValidity()) return;
          store(MINUTES + page, Number(event.target.value) || null);
          shareTime();
          showTime();
        });
        let from = null;
        box.addEventListener("touchstart", ({ touches }) => {
          from = touches.length === 1 ? [touches[0].clientX, touches[0].clientY] : null;
        }, { passive: true });
        box.addEventListener("touchend", ({ changedTouches: [touch] }) => {
          if (!from || !presenting()) return;
          const [x, y] = [touch.clientX - from[0], touch.clientY - from[1]];
          if (Math.abs(x) > 60 && Math.abs(x) > 2 * Math.abs(y)) step(x < 0 ? bySystem() : -bySystem());
        }, { passive: true });
        addEventListener("resize", () => presenting() && fit());
      },
    };
  };

  /* One page of Material's instant navigation may hold a review, and the next may not. */
  let deck = null;
  let known = null;
  const start = () => {
    const box = document.querySelector(".okr-deck");
    if (box === known) return;
    document.body.classList.remove(PRESENTING);
    document.documentElement.style.removeProperty("--okr-fit");
    known = box;
    deck = box && document.querySelector("[data-okr-controls]") ? makeDeck(box) : null;
    if (deck) {
      deck.listen();
      deck.follow();
    }
  };

  addEventListener("keydown", (event) => deck && deck.hear(event), true);
  addEventListener("hashchange", () => deck && deck.follow());
  if (typeof document$ !== "undefined") document$.subscribe(start);
  else if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
