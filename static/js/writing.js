// Writing a text answer: lists that go on by themselves, tables between the paragraphs, a clipboard that arrives clean.
// The server reads clipboards and changes tables (htmx brings the answer back); here are the keys, the caret, the focus.
(() => {
  const form = document.getElementById("section-form");
  if (!form?.querySelector("[data-passage]")) return;

  const MOST_HTML = 2000000; // characters; of more than that the plain text is taken
  const BULLET = /^(\s*)([-–—•·*])(\s+)/;
  const NUMBER = /^(\s*)(\d{1,3})([.)])(\s+)/;
  const isMac = /Mac|iP(hone|ad)/.test(navigator.platform);

  const passageOf = (element) => element.closest?.("[data-passage]");

  // --- Text is put in as if it were typed: so the browser can undo it ---

  function insert(area, text, start = area.selectionStart, end = area.selectionEnd) {
    area.focus();
    area.setSelectionRange(start, end);
    if (text === "" && start === end) return;
    if (document.execCommand(text === "" ? "delete" : "insertText", false, text)) return;
    area.setRangeText(text, start, end, "end");
    area.dispatchEvent(new Event("input", { bubbles: true }));
  }

  // --- Lists ---

  const lineStart = (text, place) => text.lastIndexOf("\n", place - 1) + 1;
  const lineEnd = (text, place) => (text.indexOf("\n", place) < 0 ? text.length : text.indexOf("\n", place));

  function nextMark(line) {
    const number = line.match(NUMBER);
    if (number) return `${number[1]}${Number(number[2]) + 1}${number[3]}${number[4]}`;
    return line.match(BULLET)?.[0] ?? "";
  }

  function goOnWithList(event) {
    const area = event.target;
    const { value, selectionStart: start, selectionEnd: end } = area;
    const begin = lineStart(value, start);
    const line = value.slice(begin, start);
    const mark = nextMark(line);
    if (!mark) return;
    event.preventDefault();
    const isBlank = (line.match(NUMBER) ?? line.match(BULLET))[0] === line && lineEnd(value, end) === end;
    if (isBlank) insert(area, "", begin, end); // a second Enter ends the list
    else insert(area, `\n${mark}`);
  }

  function toggleList(area, mark) {
    const begin = lineStart(area.value, area.selectionStart);
    const end = lineEnd(area.value, Math.max(area.selectionEnd - (area.selectionEnd > area.selectionStart ? 1 : 0), begin));
    const lines = area.value.slice(begin, end).split("\n");
    const kind = mark === "- " ? BULLET : NUMBER;
    const said = lines.filter((line) => line.trim());
    const isList = said.length > 0 && said.every((line) => kind.test(line));
    let number = 0;
    const changed = lines.map((line) => {
      if (!line.trim() && lines.length > 1) return line;
      const bare = line.replace(BULLET, "$1").replace(NUMBER, "$1");
      if (isList) return bare;
      const indent = bare.match(/^\s*/)[0];
      return indent + (mark === "- " ? mark : `${(number += 1)}. `) + bare.slice(indent.length);
    });
    insert(area, changed.join("\n"), begin, end);
    if (lines.length > 1) area.setSelectionRange(begin, begin + changed.join("\n").length);
  }

  // --- Tables ---

  // After which line of the passage the new table is to stand: the caret's own, or the last one.
  function askAtCaret(button) {
    const area = button.closest(".ed-text").querySelector("[data-passage]");
    if (!area.dataset.visited) return;
    const lines = area.value === "" ? 0 : area.value.slice(0, area.selectionEnd).split("\n").length;
    button.value = `table:${area.dataset.passage}:${lines}`;
  }

  const MOVES = { ArrowUp: "row-up", ArrowDown: "row-down", ArrowLeft: "col-left", ArrowRight: "col-right" };
  let cell = null; // where in its table the writer stood when a key moved the row or the column

  function moveByKey(event) {
    const [table, row, column] = event.target.dataset.place.split(":").map(Number);
    const verb = MOVES[event.key];
    const isRow = verb.startsWith("row");
    if (!isRow && isMac) return; // there these keys go from word to word
    event.preventDefault();
    const button = document.getElementById(`${verb}-${table}-${isRow ? row : column}`);
    if (button.disabled) return;
    cell = { isRow, table, row, column };
    button.click();
  }

  function addRowBelow(event) {
    event.preventDefault();
    const [table, row] = event.target.dataset.place.split(":");
    const button = document.getElementById(`row-add-${table}`);
    if (!button) return;
    button.value = `row-add:${table}:${row}`;
    button.click();
  }

  function setReadOnly(value) {
    for (const field of form.querySelectorAll("#answer textarea")) field.readOnly = value;
  }

  document.body.addEventListener("htmx:beforeRequest", (event) => {
    const { elt } = event.detail;
    if (!elt.matches("[data-held]")) return;
    setReadOnly(!event.defaultPrevented); // what would be typed now would go with the old fields
    if (event.defaultPrevented && elt.id === "paste") finishPaste(elt, false);
  });

  document.body.addEventListener("htmx:afterRequest", (event) => {
    const button = event.detail.requestConfig.elt; // gone from the page by now
    if (!button.matches("[data-held]")) return;
    setReadOnly(false);
    const isDone = event.detail.xhr.status === 200;
    if (isDone) focusAfter(document.getElementById("answer").dataset);
    cell = null;
    if (button.id === "paste") finishPaste(button, isDone);
  });

  function focusAfter({ focus, caret }) {
    const moved = cell && Number(focus.split("-").at(-1));
    const id = cell ? `id_table-${cell.table}-${cell.isRow ? moved : cell.row}-${cell.isRow ? cell.column : moved}` : focus;
    const found = document.getElementById(id);
    const target = found?.disabled ? found.parentElement.querySelector("button:enabled") : found;
    target?.focus();
    if (caret !== undefined) target?.setSelectionRange(Number(caret), Number(caret));
  }

  // --- The clipboard ---

  let pasted = null; // what is on its way: its plain text goes in where the server cannot help

  function paste(event) {
    const area = event.target;
    const plain = event.clipboardData.getData("text/plain");
    const html = event.clipboardData.getData("text/html").replace(/src\s*=\s*(["'])data:.*?\1/gs, 'src=""');
    if (!html && !plain && event.clipboardData.files.length) {
      event.preventDefault();
      showPictures(1);
      return;
    }
    const isForCell = "place" in area.dataset;
    if (!html || html.length > MOST_HTML || area.readOnly || (isForCell && !hasTable(html))) return;
    event.preventDefault();
    document.getElementById("pasted-note").replaceChildren();
    pasted = { id: area.id, plain, start: area.selectionStart, end: area.selectionEnd };
    const { value } = area;
    const around = { before: value.slice(0, pasted.start), after: value.slice(pasted.end) };
    if (area.dataset.place) send(`fill:${area.dataset.place}`, { pasted: html });
    else if (hasTable(html)) send(`paste:${area.dataset.passage}`, { pasted: html, ...around });
    else cleanText(area, html);
  }

  const hasTable = (html) => (html.match(/<t[dh][\s>]/gi) ?? []).length > 1;

  // The whole form goes with it, as with any button: one save brings the answer back with the table in it.
  function send(command, brought) {
    const button = document.createElement("button");
    Object.assign(button, { id: "paste", name: "do", value: command, hidden: true });
    button.setAttribute("hx-post", form.action);
    button.dataset.held = "";
    for (const [name, given] of Object.entries(brought)) {
      const field = Object.assign(document.createElement("textarea"), { name, value: given, hidden: true });
      field.dataset.brought = "";
      form.append(field);
    }
    form.append(button);
    setReadOnly(true); // also while another save is under way
    window.htmx.process(button);
    button.click();
  }

  function finishPaste(button, isDone) {
    button.remove();
    for (const field of form.querySelectorAll("[data-brought]")) field.remove();
    if (!isDone) insertPasted(pasted.plain);
    pasted = null;
  }

  async function cleanText(area, html) {
    area.readOnly = true;
    const body = new FormData();
    body.set("pasted", html);
    body.set("csrfmiddlewaretoken", editor.freshToken());
    let found = null;
    try {
      const response = await fetch(new URL("clean/", form.action), { method: "POST", body, redirect: "error" });
      if (response.ok) found = await response.json();
    } catch {
      // no network, or nobody signed in: the plain text does
    }
    area.readOnly = false;
    if (found?.text) insertPasted(found.text);
    else if (!found?.pictures) insertPasted(pasted.plain);
    if (found?.pictures) showPictures(found.pictures, found.sentence);
    pasted = null;
  }

  function insertPasted(text) {
    const area = document.getElementById(pasted.id); // the field itself may have been replaced meanwhile
    insert(area ?? form.querySelector("[data-passage]"), text.replace(/\r\n?/g, "\n"), pasted.start, pasted.end);
  }

  function showPictures(count, sentence) {
    const note = document.getElementById("state-pictures").content.cloneNode(true);
    if (sentence) note.querySelector("p").textContent = sentence;
    document.getElementById("pasted-note").replaceChildren(note);
  }

  // --- What the page listens to: its fields come and go, so it listens on the form ---

  form.addEventListener("focusin", (event) => {
    const area = passageOf(event.target);
    if (area) area.dataset.visited = "yes";
  });

  form.addEventListener("keydown", (event) => {
    if (event.isComposing || event.target.readOnly) return;
    const isPlainEnter = event.key === "Enter" && !event.shiftKey && !event.ctrlKey && !event.altKey && !event.metaKey;
    if (isPlainEnter && passageOf(event.target)) goOnWithList(event);
    if (event.key === "Enter" && event.ctrlKey && event.target.dataset.place) addRowBelow(event);
    if (event.altKey && !event.ctrlKey && !event.shiftKey && event.key in MOVES && event.target.dataset.place) moveByKey(event);
  });

  form.addEventListener("paste", (event) => {
    if (event.target.matches("[data-passage], [data-place]")) paste(event);
  });

  form.addEventListener(
    "click",
    (event) => {
      const tool = event.target.closest("[data-list], [id^='table-after-']");
      if (!tool) return;
      if (tool.dataset.list) toggleList(tool.closest(".ed-text").querySelector("[data-passage]"), tool.dataset.list);
      else askAtCaret(tool);
    },
    { capture: true }, // before htmx reads the button
  );
})();
