// Rows of the form's own tables. A button sends its command with the whole form, htmx brings the rows back; here is
// where the writer goes on, and the same commands by keyboard (Alt+arrow, Ctrl+Enter) and by dragging a row.
(() => {
  const answer = () => document.getElementById("answer");
  if (!answer()) return;
  const EDGE = 60; // px from the edge of the window where dragging scrolls
  let pending = null; // the command that is on its way: {id, place, cell}
  let drag = null;

  const said = document.createElement("div");
  said.className = "visually-hidden";
  said.setAttribute("role", "status");
  document.body.append(said);

  // --- Commands: what is pressed, and where the focus is afterwards ---

  function press(button, wish) {
    if (!button || button.disabled || pending) return;
    pending = { ...wish, id: button.id, place: placeOf(button), chosen: true };
    button.click();
    if (pending && !pending.sent && !window.htmx) pending = null;
  }

  // A command that no button of the page says: sent by the table's hidden one.
  function send(table, command, wish) {
    const button = document.getElementById(`do-${table}`);
    if (!button || pending) return;
    button.value = command;
    press(button, wish);
  }

  document.body.addEventListener("htmx:beforeSend", (event) => {
    const button = event.detail.elt;
    if (!button.matches("[data-rows]")) return;
    if (pending?.id !== button.id) pending = { id: button.id, place: placeOf(button) };
    pending.sent = true;
    setReadOnly(true); // what would be typed now would go with the old rows
  });

  document.body.addEventListener("htmx:afterRequest", (event) => {
    const button = event.detail.requestConfig.elt; // gone from the page by now; `detail.elt` is what is left of it
    if (!button.matches("[data-rows]")) return;
    const wish = pending;
    pending = null;
    setReadOnly(false);
    if (event.detail.xhr.status === 200) goOn(button.id, wish ?? {});
  });

  // A command that waits behind a save may never be sent: the next one must not wait for it.
  document.body.addEventListener("htmx:beforeRequest", (event) => {
    if (event.defaultPrevented && event.detail.elt.matches("[data-rows]")) pending = null;
  });

  function setReadOnly(value) {
    for (const field of answer().querySelectorAll("textarea")) field.readOnly = value;
  }

  function goOn(id, { cell, row, place }) {
    const added = answer().querySelector("[data-new] textarea");
    const back = document.getElementById(row || (id.startsWith("back-") && answer().dataset.focus));
    const same = document.getElementById(id);
    if (added) added.focus();
    else if (back) (cell ? back.querySelector(`[data-column="${cell}"]`) : back.querySelector("textarea")).focus();
    else if (same && !same.hidden && !same.disabled) same.focus();
    else if (same && !same.hidden) same.parentElement.querySelector("button:enabled").focus();
    else neighbour(id, place)?.focus();
    const now = document.activeElement.closest("[data-row]");
    if (now && !id.startsWith("remove-")) sayPlace(now);
  }

  // After a removal: the same button of the row that moved into the place, or of the last row.
  function neighbour(id, place) {
    const [verb, table] = id.split("-");
    const buttons = [...answer().querySelectorAll(`[id^="${verb}-${table}-"]`)];
    return buttons[Math.min(Math.max(place, 0), buttons.length - 1)] ?? answer().querySelector("textarea, button");
  }

  function rowsOf(row) {
    return [...row.parentElement.querySelectorAll("[data-row]")];
  }

  function placeOf(element) {
    const row = element.closest("[data-row]");
    return row ? rowsOf(row).indexOf(row) : -1;
  }

  function tableOf(element) {
    return element.closest("[data-table]").dataset.table;
  }

  function sayPlace(row) {
    const words = document.getElementById("row-place").content.textContent.trim();
    const rows = rowsOf(row);
    said.textContent = words.replace("{row}", rows.indexOf(row) + 1).replace("{rows}", rows.length);
  }

  // --- Keyboard ---

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && drag) return stopDragging();
    const row = event.target.closest?.("[data-row]");
    if (!row || !row.querySelector(".act")) return undefined;
    const cell = event.target.dataset.column;
    if (event.altKey && (event.key === "ArrowUp" || event.key === "ArrowDown")) {
      event.preventDefault();
      const verb = event.key === "ArrowUp" ? "up" : "down";
      press(row.querySelector(`[id^="${verb}-"]`), { row: row.id, cell });
    } else if ((event.ctrlKey || event.metaKey) && event.key === "Enter") {
      event.preventDefault();
      if (document.getElementById(`add-${tableOf(row)}`)) send(tableOf(row), `add:${tableOf(row)}:${row.dataset.row}`, {});
    }
    return undefined;
  });

  // --- Dragging by the grip: the row follows the pointer, the others say where it would fall ---

  document.addEventListener("pointerdown", (event) => {
    const grip = event.target.closest("[data-grip]");
    if (!grip || event.button || pending) return;
    event.preventDefault();
    const row = grip.closest("[data-row]");
    drag = { row, from: event.clientY + window.scrollY, to: null, pointer: event.pointerId };
    row.classList.add("dragged");
    grip.setPointerCapture(event.pointerId);
  });

  document.addEventListener("pointermove", (event) => {
    if (event.pointerId !== drag?.pointer) return;
    scrollAtEdge(event.clientY);
    follow(event.clientY + window.scrollY - drag.from);
    const others = rowsOf(drag.row).filter((row) => row !== drag.row);
    const below = others.findIndex((row) => event.clientY < middle(row));
    drag.to = below === -1 ? others.length : below;
    for (const row of others) row.classList.remove("drop-before", "drop-after");
    if (below === -1) others.at(-1)?.classList.add("drop-after");
    else others[below].classList.add("drop-before");
  });

  document.addEventListener("pointerup", (event) => {
    if (event.pointerId !== drag?.pointer) return;
    const { row, to } = drag;
    const moved = to !== null && to !== placeOf(row);
    stopDragging();
    if (moved) send(tableOf(row), `to:${tableOf(row)}:${row.dataset.row}:${to}`, { row: row.id });
  });

  document.addEventListener("pointercancel", (event) => {
    if (event.pointerId === drag?.pointer) stopDragging();
  });

  function stopDragging() {
    for (const row of rowsOf(drag.row)) row.classList.remove("dragged", "drop-before", "drop-after");
    drag.shift?.cancel();
    drag = null;
  }

  // No style attribute: htmx would copy it to the new row, which the page's policy forbids.
  function follow(by) {
    drag.shift?.cancel();
    drag.shift = drag.row.animate([{ translate: `0 ${by}px` }], { duration: 1, fill: "forwards" });
  }

  function middle(row) {
    const box = row.getBoundingClientRect();
    return box.top + box.height / 2;
  }

  function scrollAtEdge(y) {
    if (y < EDGE) window.scrollBy(0, y - EDGE);
    else if (y > window.innerHeight - EDGE) window.scrollBy(0, y - window.innerHeight + EDGE);
  }
})();
