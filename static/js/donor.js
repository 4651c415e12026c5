// What was done with the donor's section saves itself, field by field: only the field that was touched is sent, so
// that a colleague's word in the other one stands. It never touches the form of the section beside it.
(() => {
  const beside = document.querySelector(".beside details");
  const open = () => {
    if (beside && (matchMedia("(min-width: 1200px)").matches || location.hash === "#donor")) beside.open = true;
  };
  open();
  addEventListener("hashchange", open);

  const form = document.querySelector("form[data-donor]");
  if (!form) return;
  const state = form.querySelector("[data-state]");
  const waiting = new Set(); // names of fields that are not saved yet
  let timer = 0;
  let isBusy = false;

  function say(words) {
    if (state.textContent !== words) state.textContent = words;
  }

  function body(names) {
    const all = new FormData(form);
    const sent = new URLSearchParams({ csrfmiddlewaretoken: all.get("csrfmiddlewaretoken") });
    for (const name of names) sent.set(name, all.get(name) ?? "");
    return sent;
  }

  function send(names) {
    const headers = { "X-Requested-With": "XMLHttpRequest" };
    return fetch(form.action, { method: "POST", redirect: "manual", headers, body: body(names), keepalive: true });
  }

  async function save() {
    clearTimeout(timer);
    if (isBusy || waiting.size === 0) return;
    isBusy = true;
    const names = [...waiting];
    waiting.clear();
    say(state.dataset.saving);
    let response = null;
    try {
      response = await send(names);
    } catch {
      // no network: said below
    }
    isBusy = false;
    if (response?.ok) {
      say(await response.text());
      if (waiting.size) save();
      return;
    }
    for (const name of names) waiting.add(name);
    if (!response) say(state.dataset.offline);
    else if (response.type === "opaqueredirect") say(state.dataset.signedOut);
    else if (response.status === 403 || response.status === 422) say(await response.text());
    else say(state.dataset.failed);
  }

  function touched(event, delay) {
    if (!event.target.name) return;
    waiting.add(event.target.name);
    clearTimeout(timer);
    timer = setTimeout(save, delay);
  }

  form.addEventListener("input", (event) => touched(event, 1500));
  form.addEventListener("change", (event) => touched(event, 0));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    save();
  });
  addEventListener("online", save);
  addEventListener("pagehide", () => {
    if (waiting.size && !isBusy) send([...waiting]).catch(() => {});
  });
})();
