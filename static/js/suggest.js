/* The search box proposes while one types: a combobox with a list of its own. Without it the box is a plain form. */
(() => {
  "use strict";
  const PAUSE = 180;

  const equip = (input) => {
    const list = document.getElementById(input.dataset.list);
    let timer = 0;
    let asked = null;
    let chosen = null;

    input.setAttribute("role", "combobox");
    input.setAttribute("aria-autocomplete", "list");
    input.setAttribute("aria-controls", list.id);
    input.setAttribute("autocomplete", "off");

    const options = () => [...list.querySelectorAll("[role=option]")];

    const choose = (option) => {
      chosen?.setAttribute("aria-selected", "false");
      chosen = option;
      if (!option) {
        input.removeAttribute("aria-activedescendant");
        return;
      }
      option.setAttribute("aria-selected", "true");
      input.setAttribute("aria-activedescendant", option.id);
      option.scrollIntoView({ block: "nearest" });
    };

    const show = (isOpen) => {
      list.hidden = !isOpen;
      input.setAttribute("aria-expanded", String(isOpen));
      if (!isOpen) choose(null);
    };

    const close = () => {
      clearTimeout(timer);
      asked?.abort();
      show(false);
    };

    const ask = async () => {
      asked?.abort();
      asked = new AbortController();
      const address = `${input.dataset.suggest}?${new URLSearchParams({ q: input.value })}`;
      try {
        const answer = await fetch(address, { signal: asked.signal });
        if (!answer.ok) return close();
        list.innerHTML = await answer.text();
      } catch (error) {
        if (error.name === "AbortError" || error instanceof TypeError) return; // typed on, or no network
        throw error;
      }
      chosen = null;
      show(options().length > 0);
    };

    const step = (by) => {
      const all = options();
      const next = (chosen ? all.indexOf(chosen) : by > 0 ? -1 : all.length) + by;
      choose(all[next] ?? null); // past either end stands the box itself
    };

    input.addEventListener("input", () => {
      clearTimeout(timer);
      if (input.value.trim().length < 2) return close();
      timer = setTimeout(ask, PAUSE);
    });

    input.addEventListener("keydown", (event) => {
      if (event.isComposing || list.hidden) return;
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        event.preventDefault();
        step(event.key === "ArrowDown" ? 1 : -1);
      } else if (event.key === "Escape") {
        event.preventDefault();
        close();
      } else if (event.key === "Enter" && chosen) {
        event.preventDefault();
        location.assign(chosen.dataset.url);
      }
    });

    list.addEventListener("mousedown", (event) => event.preventDefault()); // the box keeps the focus
    list.addEventListener("click", (event) => {
      const option = event.target.closest("[role=option]");
      if (option) location.assign(option.dataset.url);
    });
    input.addEventListener("blur", close);
    input.form.addEventListener("submit", close);
    show(false);
  };

  for (const input of document.querySelectorAll("input[data-suggest]")) equip(input);
})();
