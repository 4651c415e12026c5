/* The marks beside practices. What a visitor puts aside, and what anybody chooses to compare, stays in this browser;
   what a signed-in person puts aside is kept by the portal, and without this script by the form behind the marks. */
(() => {
  "use strict";
  const FAVOURITES = "favourites";
  const COMPARED = "compared";
  const MOST = { [FAVOURITES]: 50, [COMPARED]: 4 };

  const read = (name) => {
    try {
      const kept = JSON.parse(localStorage.getItem(name) ?? "[]");
      return Array.isArray(kept) ? kept.filter((slug) => typeof slug === "string") : [];
    } catch {
      return []; // storage is forbidden, or holds what we did not write
    }
  };

  const write = (name, slugs) => {
    try {
      localStorage.setItem(name, JSON.stringify(slugs));
    } catch {
      return false; // forbidden, or full: the mark stays as it was
    }
    return true;
  };

  /* The latest first; false when there is no room for one more. */
  const turn = (name, slug) => {
    const kept = read(name);
    if (kept.includes(slug)) return write(name, kept.filter((one) => one !== slug));
    return kept.length < MOST[name] && write(name, [slug, ...kept]);
  };

  /* What the portal says is in the bank no more. */
  const forget = (gone) => {
    for (const name of [FAVOURITES, COMPARED]) {
      const kept = read(name);
      const left = kept.filter((slug) => !gone.includes(slug));
      if (left.length < kept.length) write(name, left);
    }
  };

  const address = (page, slugs) => `${page}?${new URLSearchParams(slugs.map((slug) => ["p", slug]))}`;
  const press = (button, isPressed) => button.setAttribute("aria-pressed", String(isPressed));

  /* Marks of ours are in the state that the page came with. */
  const isOurs = (button) => button.hasAttribute("form");

  const showMarks = () => {
    const kept = read(FAVOURITES);
    const compared = read(COMPARED);
    for (const button of document.querySelectorAll("[data-favourite]")) {
      if (!isOurs(button)) press(button, kept.includes(button.dataset.favourite));
    }
    for (const button of document.querySelectorAll("[data-compare]")) {
      press(button, compared.includes(button.dataset.compare));
    }
    for (const link of document.querySelectorAll("[data-kept-link]:not([data-ours])")) {
      showCount(link, kept.length);
      if (link.dataset.page === undefined) link.dataset.page = link.pathname;
      link.href = kept.length ? address(link.dataset.page, kept) : link.dataset.page;
    }
    showBar(compared);
  };

  const showCount = (link, count) => {
    const number = link.querySelector("[data-kept-count]");
    number.textContent = count;
    number.hidden = !count;
  };

  const showBar = (compared, { isFull = false, isKeptFull = false } = {}) => {
    const bar = document.getElementById("compare-bar");
    if (!bar) return;
    bar.hidden = !isKeptFull && (!compared.length || location.pathname === bar.dataset.page);
    const shown = { one: compared.length === 1, some: compared.length > 1, full: isFull, "kept-full": isKeptFull };
    for (const [when, isShown] of Object.entries(shown)) bar.querySelector(`[data-when=${when}]`).hidden = !isShown;
    bar.querySelector("[data-count]").textContent = compared.length;
    bar.querySelector("a").href = address(bar.dataset.page, [...compared].reverse());
  };

  /* Ask the portal; when it does not answer as it should, the form behind the mark says why. */
  const keepWithUs = async (button) => {
    const { form } = button;
    const sent = new FormData(form);
    sent.append(button.name, button.value);
    const headers = { "X-Requested-With": "XMLHttpRequest" };
    try {
      const answer = await fetch(form.action, { method: "POST", body: sent, headers });
      if (!answer.ok) throw new TypeError("refused");
      const { count } = await answer.json();
      showOurs(button.value, button.name === "keep");
      for (const link of document.querySelectorAll("[data-kept-link][data-ours]")) showCount(link, count);
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
      button.dataset.plainly = "yes";
      form.requestSubmit(button);
    }
  };

  const showOurs = (slug, isKept) => {
    for (const button of document.querySelectorAll("[data-favourite][form]")) {
      if (button.dataset.favourite !== slug) continue;
      press(button, isKept);
      button.name = isKept ? "drop" : "keep";
    }
  };

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-favourite], [data-compare], [data-clear]");
    if (!button) return;
    if (button.dataset.compare) {
      const hasRoom = turn(COMPARED, button.dataset.compare);
      showMarks();
      if (!hasRoom) showBar(read(COMPARED), { isFull: true });
    } else if ("clear" in button.dataset) {
      write(COMPARED, []);
      showMarks();
    } else if (!isOurs(button)) {
      const hasRoom = turn(FAVOURITES, button.dataset.favourite);
      showMarks();
      if (!hasRoom) showBar(read(COMPARED), { isKeptFull: true });
    } else if (!button.dataset.plainly) {
      event.preventDefault();
      keepWithUs(button);
    }
  });

  for (const { dataset } of document.querySelectorAll("[data-gone]")) forget(dataset.gone.split(" "));

  /* The page of the favourites: a visitor's browser asks for its own; to who signed in, what it has is offered. */
  const list = document.getElementById("favourites");
  if (list && !("ours" in list.dataset) && !location.search) {
    const kept = read(FAVOURITES);
    if (kept.length) location.replace(address(location.pathname, kept));
  }
  const offer = document.getElementById("take-favourites");
  if (offer && location.hash === "#taken-over") {
    write(FAVOURITES, []); // what the portal did not take is in the bank no more, and it says so
    history.replaceState(history.state, "", location.pathname);
  }
  if (offer) {
    const ours = new Set([...document.querySelectorAll("[data-favourite][aria-pressed=true]")].map((one) => one.dataset.favourite));
    const waiting = read(FAVOURITES).filter((slug) => !ours.has(slug));
    write(FAVOURITES, waiting);
    for (const slug of waiting) {
      const field = document.createElement("input");
      field.type = "hidden";
      field.name = "keep";
      field.value = slug;
      offer.append(field);
    }
    offer.querySelector("[data-count]").textContent = waiting.length;
    offer.hidden = !waiting.length;
    offer.querySelector("[data-forget]").addEventListener("click", () => {
      write(FAVOURITES, []);
      offer.hidden = true;
    });
  }

  showMarks();
  document.addEventListener("htmx:load", showMarks); // cards that came later
  window.addEventListener("storage", showMarks); // another tab
  window.addEventListener("pageshow", showMarks); // the way back
})();
