// The score sheet: keys within a scale, the way from criterion to criterion, and what happens when a save fails.
// Without this file every criterion still has its «Сохранить» (in <noscript>) and links instead of keys.

const aside = document.getElementById("crit");
const savest = document.getElementById("savest");
const unsaved = new Set(); // elements whose last save did not reach the server

// --- Keys: only while the focus is inside the scale (WCAG 2.1.4) ---

aside.addEventListener("keydown", (event) => {
  const scale = event.target.closest(".scale");
  if (!scale || event.ctrlKey || event.altKey || event.metaKey) return;
  if (event.key === "Enter") {
    event.preventDefault(); // a radio button would submit the form
    goToNext(scale.closest("details"));
    return;
  }
  const value = /^[tTтТ]$/.test(event.key) ? "10" : event.key;
  const radio = /^\d+$/.test(value) && scale.querySelector(`input[value="${value}"]`);
  if (!radio) return;
  event.preventDefault();
  radio.focus();
  if (!radio.checked) radio.click();
});

function goToNext(details) {
  const all = [...aside.querySelectorAll("details[name=criterion]")];
  const next = all[all.indexOf(details) + 1];
  if (next) open(next);
  else aside.querySelector("#total a, #total button").focus();
}

function open(details) {
  details.open = true;
  details.querySelector(".scale input:checked, .scale input").focus({ preventScroll: true });
  details.scrollIntoView({ block: "nearest" });
}

aside.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-criterion]");
  if (!link) return;
  event.preventDefault();
  open(document.getElementById(link.dataset.criterion));
});

// --- Saving ---

// The token of a page opened long ago is worthless after signing in anew; the cookie's is always the current one.
document.addEventListener("htmx:configRequest", (event) => {
  const token = /(?:^|; )csrftoken=([^;]+)/.exec(document.cookie);
  if (token) event.detail.parameters.set("csrfmiddlewaretoken", token[1]);
});

document.addEventListener("htmx:beforeRequest", () => say("busy", aside.dataset.saving));

// A refusal comes with its reason and is shown; who is not signed in any more is told so.
document.addEventListener("htmx:beforeSwap", (event) => {
  const { xhr, requestConfig } = event.detail;
  if (xhr.status === 401) {
    event.detail.shouldSwap = false;
    fail(requestConfig.elt, aside.dataset.signedOut);
  } else if (isAnswer(xhr)) {
    event.detail.shouldSwap = true;
    if (xhr.status === 200) unsaved.delete(requestConfig.elt);
  } else {
    event.detail.shouldSwap = false;
    fail(requestConfig.elt, aside.dataset.failed);
  }
});

document.addEventListener("htmx:sendError", (event) => fail(event.detail.elt, aside.dataset.offline));

const isAnswer = (xhr) => xhr.responseText.includes('class="savest');

function fail(source, words) {
  unsaved.add(source);
  say("bad", words);
  const retry = document.createElement("button");
  retry.type = "button";
  retry.className = "btn btn-text btn-sm";
  retry.textContent = aside.dataset.retry;
  retry.addEventListener("click", saveAgain);
  savest.append(retry);
}

function say(state, words) {
  const line = document.createElement("span");
  line.className = `savest savest-${state}`;
  line.textContent = words;
  savest.replaceChildren(line);
}

function saveAgain() {
  for (const source of unsaved) htmx.trigger(source, "retry");
}

addEventListener("online", saveAgain);

// --- A comment typed just before the tab is closed still goes: the browser keeps this request alive ---

for (const field of comments()) field.dataset.saved = field.value;

document.addEventListener("htmx:configRequest", (event) => {
  const field = event.detail.elt;
  if (field.matches("textarea")) field.dataset.sent = field.value;
});

document.addEventListener("htmx:afterRequest", (event) => {
  const field = event.detail.elt;
  if (field.matches("textarea") && !unsaved.has(field)) field.dataset.saved = field.dataset.sent;
});

addEventListener("pagehide", () => {
  for (const field of comments()) {
    if (field.value === field.dataset.saved) continue;
    const form = new FormData(field.form);
    form.delete("value"); // the mark has gone by itself
    fetch(field.form.action, { method: "POST", body: form, keepalive: true });
  }
});

function comments() {
  return aside.querySelectorAll("textarea[hx-post]");
}
