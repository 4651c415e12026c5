// Rows of a section's tables: htmx sends the button and brings the rows back; here is where the focus goes.
(() => {
  const answer = () => document.getElementById("answer");
  let place = -1;

  document.body.addEventListener("htmx:beforeSend", (event) => {
    const button = event.detail.elt;
    if (!button.matches("[data-rows]")) return;
    const row = button.closest("tr");
    place = row ? [...row.parentElement.children].indexOf(row) : -1;
    setReadOnly(true); // what would be typed now would go with the old rows
  });

  document.body.addEventListener("htmx:afterRequest", (event) => {
    const button = event.detail.requestConfig.elt; // gone from the page by now; `detail.elt` is what is left of it
    if (!button.matches("[data-rows]")) return;
    setReadOnly(false);
    if (event.detail.xhr.status === 200) focusAfter(button.id);
  });

  function setReadOnly(value) {
    for (const field of answer().querySelectorAll("textarea")) field.readOnly = value;
  }

  function focusAfter(id) {
    const added = answer().querySelector("[data-new] textarea");
    const same = document.getElementById(id);
    if (id.startsWith("add-") && added) added.focus();
    else if (same && !same.disabled) same.focus();
    else if (same) same.parentElement.querySelector("button:enabled").focus();
    else neighbour(id)?.focus();
  }

  // After a removal: the same button of the row that moved into the place, or of the last row.
  function neighbour(id) {
    const buttons = [...answer().querySelectorAll(`[id^="${id.split("-")[0]}-"]`)];
    return buttons[Math.min(Math.max(place, 0), buttons.length - 1)] ?? answer().querySelector("textarea, button");
  }
})();
