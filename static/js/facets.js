/* Finds an option of a long facet while one types, and keeps open what was opened when the facets are drawn anew. */
(() => {
  "use strict";
  const typed = new Map(); // by the id of the box: the facets are drawn anew after every choice
  const opened = new Set(); // the facets whose rest is open
  const plain = (text) => text.toLowerCase().replaceAll("ё", "е").trim();

  const narrow = (box) => {
    const facet = box.closest("fieldset");
    const rest = facet.querySelector(".facets-rest");
    const wanted = plain(box.value);
    typed.set(box.id, box.value);
    for (const option of facet.querySelectorAll(".form-check")) {
      option.hidden = !plain(option.querySelector("label").textContent).includes(wanted);
    }
    if (wanted) rest.open = true;
  };

  const equip = (box) => {
    box.hidden = false;
    box.addEventListener("input", () => narrow(box));
    box.addEventListener("change", (event) => event.stopPropagation()); // it asks the bank nothing
    box.addEventListener("keydown", (event) => {
      if (event.key === "Enter") event.preventDefault();
    });
    if (typed.get(box.id)) {
      box.value = typed.get(box.id);
      narrow(box);
    }
  };

  const reopen = (rest) => {
    if (opened.has(rest.dataset.facet)) rest.open = true;
  };
  const remember = ({ target }) => {
    if (target.matches(".facets-rest")) opened[target.open ? "add" : "delete"](target.dataset.facet);
  };

  const equipAll = () => {
    document.querySelectorAll(".facets-rest").forEach(reopen);
    document.querySelectorAll(".facet-find[hidden]").forEach(equip);
  };
  document.addEventListener("toggle", remember, true); // it does not bubble
  equipAll();
  document.addEventListener("htmx:afterSettle", equipAll);
})();
