// A section saves itself: what the reader sees of it, and what must not be lost on the way.
// htmx sends the form (see _section_form.html); here are its states, the retry, leaving the page and the meter.
(() => {
  const form = document.getElementById("section-form");
  if (!form) return;

  const QUIET_MS = 30000; // a screen reader hears of successful saves no more often
  let edits = 0; // counts what was typed; `sent` is how much of it the running request carries
  let saved = 0;
  let sent = 0;
  let leaving = null;
  let failed = false;
  let lastSaid = 0;

  const said = document.createElement("div");
  said.className = "visually-hidden";
  said.setAttribute("role", "status");
  document.body.append(said);

  const isDirty = () => edits !== saved;
  const inConflict = () => document.getElementById("conflict") !== null;

  function say(urgent) {
    const words = document.getElementById("save-state").textContent.trim();
    if (!urgent && Date.now() - lastSaid < QUIET_MS) return;
    lastSaid = Date.now();
    said.textContent = words;
  }

  function show(state) {
    const words = document.getElementById(`state-${state}`).content.cloneNode(true);
    document.getElementById("save-state").replaceChildren(words);
    failed = state !== "saving";
    if (failed) say(true);
  }

  function saveNow() {
    window.htmx.trigger(form, "save-now");
  }

  // Signing in again, in another tab, changes the token: the page's own would be refused.
  function freshToken() {
    const cookie = document.cookie.split("; ").find((pair) => pair.startsWith("csrftoken="));
    return cookie ? cookie.slice("csrftoken=".length) : form.elements.csrfmiddlewaretoken.value;
  }

  form.addEventListener("input", () => {
    edits += 1;
    measure();
  });

  form.addEventListener("submit", (event) => {
    const to = event.submitter?.dataset.to;
    if (to && isDirty() && !inConflict()) {
      event.preventDefault(); // save first: a page that cannot be left with the text stays
      leaving = to;
      saveNow();
      return;
    }
    form.elements.csrfmiddlewaretoken.value = freshToken();
    saved = edits;
  });

  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-save-now]")) saveNow();
    const link = event.target.closest("a[href]");
    if (!link || link.target || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    if (link.hasAttribute("data-leave")) {
      saved = edits; // the person chose the other text
    } else if (isDirty() && link.origin === location.origin && !link.hash && !inConflict()) {
      event.preventDefault();
      leaving = link.href;
      saveNow();
    }
  });

  document.body.addEventListener("htmx:configRequest", (event) => {
    event.detail.parameters.csrfmiddlewaretoken = freshToken();
  });

  document.body.addEventListener("htmx:beforeRequest", (event) => {
    if (inConflict()) {
      event.preventDefault(); // until a person chooses, every save would only ask again
      return;
    }
    sent = edits;
    show("saving");
  });

  document.body.addEventListener("htmx:beforeSwap", (event) => {
    const { xhr } = event.detail;
    if (wasRedirected(xhr)) {
      event.detail.shouldSwap = false;
    } else if (xhr.getResponseHeader("HX-Retarget")) {
      event.detail.shouldSwap = true; // a refusal with its reason, also under 400 and 403
      event.detail.isError = false;
    }
  });

  document.body.addEventListener("htmx:afterRequest", (event) => {
    const { xhr } = event.detail;
    if (wasRedirected(xhr)) {
      leaving = null;
      show("signed-out");
    } else if (xhr.status === 200) {
      saved = sent;
      failed = false;
      if (leaving && !isDirty()) location.assign(leaving);
      say(false);
    } else {
      leaving = null;
      if (!xhr.getResponseHeader("HX-Retarget")) show(xhr.status === 413 ? "too-large" : "failed");
      else say(true);
    }
  });

  // A save that is answered by another address was led away to the sign-in.
  function wasRedirected(xhr) {
    return xhr.responseURL !== "" && new URL(xhr.responseURL).pathname !== location.pathname;
  }

  window.addEventListener("online", () => failed && saveNow());
  window.addEventListener("focus", () => failed && isDirty() && saveNow());
  window.addEventListener("beforeunload", (event) => {
    if (isDirty()) event.preventDefault();
  });

  // The sheet of paper fills while one writes; its words come with the next save.
  function measure() {
    const meter = document.getElementById("meter");
    if (!meter) return;
    const fields = [...form.querySelectorAll("[data-counted]")];
    const length = fields.reduce((sum, field) => sum + [...field.value.trim()].length, 0);
    const limit = Number(meter.dataset.limit);
    meter.querySelector(".fill").setAttribute("height", Math.min(length / limit, 2) * 19);
    meter.classList.toggle("pagemeter-over", length > limit);
  }

  document.documentElement.classList.add("js");
})();
