// A section saves itself: what its writer sees of that, and what must not be lost on the way.
// htmx sends the form (see _section_form.html); here are the states, the retries and leaving the page.
// waiting.js keeps what is not saved yet, resend.js sends what an earlier page kept, signin.js asks for the password.
const editor = (() => {
  const form = document.getElementById("section-form");
  if (!form) return null;

  const desk = document.getElementById("desk").dataset;
  const QUIET_MS = 30000; // a screen reader hears of successful saves no more often
  const FIRST_PAUSE_MS = Number(desk.delay);
  const LONGEST_PAUSE_MS = 60000;
  const NO_SERVER = [0, 502, 503, 504]; // nothing answered, or only a proxy did

  const tab = [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  const key = waiting.key(desk.place, tab);
  let turn = 0; // the server tells by `tab` and `turn` a page that lost an answer from a second page
  let edits = 0; // counts what was typed; `sent` is how much of it the running request carries
  let saved = 0;
  let sent = 0;
  let leaving = null; // what to do once the text is saved
  let trouble = ""; // why the last save failed
  let isWarned = false; // that signing out now would lose the text
  let isHeld = false; // the page waits for the text of an earlier one
  let pause = FIRST_PAUSE_MS;
  let timer = 0;
  let lastSaid = 0;

  const said = document.createElement("div");
  said.id = "said";
  said.className = "visually-hidden";
  said.setAttribute("role", "status");
  document.body.append(said);

  form.elements.tab.value = tab;
  navigator.locks?.request(`tab:${tab}`, () => new Promise(() => {})); // tells other pages that this one lives

  const isDirty = () => edits !== saved;
  const inConflict = () => document.getElementById("conflict") !== null;
  const isRefused = () => trouble === "refused" || trouble === "too-large"; // trying again would change nothing
  const tell = (name, detail) => document.dispatchEvent(new CustomEvent(`portal:${name}`, { detail }));

  // --- What is kept in the browser until it is saved ---

  function keep() {
    if (!("keep" in desk)) return;
    form.elements.turn.value = turn + 1;
    waiting.keep({ key, at: Date.now(), place: desk.place, tab, title: desk.title, url: form.action, fields: fields() });
  }

  function fields() {
    const choices = new Set([...form.elements].filter((field) => field.closest("#conflict")).map((field) => field.name));
    return [...new FormData(form)].filter(([name]) => name !== "csrfmiddlewaretoken" && !choices.has(name));
  }

  // --- What the writer sees ---

  function say(urgent) {
    if (!urgent && Date.now() - lastSaid < QUIET_MS) return;
    lastSaid = Date.now();
    said.textContent = document.getElementById("save-state").textContent.trim().replace(/\s+/g, " ");
  }

  const template = (name) => document.getElementById(`state-${name}`).content.cloneNode(true);

  function show(state) {
    const words = template(state);
    words.querySelector("[data-where]")?.replaceWith(template(waiting.isKept() ? "kept" : "unkept"));
    document.getElementById("save-state").replaceChildren(words);
  }

  function fail(reason) {
    const isNews = trouble !== reason;
    trouble = reason;
    if (reason !== "refused" && !isWarned) show(reason); // a refusal has come with its own words
    if (isNews) say(true);
  }

  // --- Saving ---

  function saveNow() {
    if (!isHeld) window.htmx.trigger(form, "save-now");
  }

  function retryLater() {
    clearTimeout(timer);
    timer = setTimeout(() => isDirty() && saveNow(), pause * (0.75 + Math.random() / 2)); // not all browsers at once
    pause = Math.min(pause * 2, LONGEST_PAUSE_MS);
  }

  // Signing in again changes the token: the page's own would be refused.
  function freshToken() {
    const cookie = document.cookie.split("; ").find((pair) => pair.startsWith("csrftoken="));
    return cookie ? cookie.slice("csrftoken=".length) : form.elements.csrfmiddlewaretoken.value;
  }

  const isSave = ({ verb, path }) => verb === "post" && new URL(path, location).pathname === new URL(form.action).pathname;
  const isBySelf = ({ triggeringEvent }) => ["input", "change"].includes(triggeringEvent?.type);

  form.addEventListener("input", () => {
    edits += 1;
    isWarned = false;
    keep();
    if (!trouble) show("saving"); // «saved» would no longer be true
  });

  document.body.addEventListener("htmx:configRequest", ({ detail }) => {
    detail.parameters.csrfmiddlewaretoken = freshToken();
    if (isSave(detail)) detail.parameters.turn = turn += 1;
  });

  document.body.addEventListener("htmx:beforeRequest", (event) => {
    const { requestConfig } = event.detail;
    if (!isSave(requestConfig)) return;
    if (inConflict() || isHeld || (isBySelf(requestConfig) && !isDirty())) {
      event.preventDefault(); // until a person chooses, every save would only ask again
      return;
    }
    sent = edits;
    if (!trouble || !isDirty()) show("saving");
  });

  document.body.addEventListener("htmx:beforeSwap", ({ detail }) => {
    if (!isSave(detail.requestConfig) || !detail.xhr.getResponseHeader("HX-Retarget")) return;
    detail.shouldSwap = true; // a refusal with its reason, also under 400 and 403
    detail.isError = false;
  });

  document.body.addEventListener("htmx:afterRequest", ({ detail }) => {
    if (!isSave(detail.requestConfig)) return;
    const outcome = outcomeOf(detail.xhr);
    if (outcome === "saved") {
      succeed();
      return;
    }
    leaving = null;
    if (outcome === "offline" || outcome === "failed") retryLater();
    fail(outcome);
    if (outcome === "signed-out") tell("signed-out", { isAnother: detail.xhr.responseText.includes("another_person") });
  });

  function outcomeOf(xhr) {
    if (xhr.status === 200 && xhr.responseText.includes('id="save-state"')) return "saved"; // and no page of a proxy
    if (xhr.status === 401) return "signed-out";
    if (xhr.getResponseHeader("HX-Retarget")) return "refused";
    if (xhr.status === 413) return "too-large";
    return NO_SERVER.includes(xhr.status) ? "offline" : "failed";
  }

  function succeed() {
    const wasTrouble = trouble !== "";
    saved = sent;
    trouble = "";
    isWarned = false;
    pause = FIRST_PAUSE_MS;
    clearTimeout(timer);
    if (isDirty()) keep(); // on top of the version that has just come
    else waiting.drop(key);
    if (leaving && !isDirty()) leaving();
    if (isDirty()) show("saving");
    else say(wasTrouble);
    tell("saved");
  }

  // --- Leaving the page ---

  function saveAndThen(deed) {
    leaving = deed;
    saveNow();
  }

  const mustSaveFirst = () => isDirty() && !inConflict() && !isRefused();

  form.addEventListener("submit", (event) => {
    const to = event.submitter?.dataset.to;
    if (to && mustSaveFirst()) {
      event.preventDefault(); // a page that cannot be left with the text stays
      saveAndThen(() => location.assign(to));
      return;
    }
    form.elements.csrfmiddlewaretoken.value = freshToken();
    form.elements.turn.value = turn += 1;
    saved = edits;
  });

  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-save-now]")) {
      show("saving");
      tell("retry");
      saveNow();
    }
    const link = event.target.closest("a[href]");
    if (!link || link.target || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    if (link.hasAttribute("data-leave")) {
      saved = edits; // the person chose the other text
      waiting.drop(key);
    } else if (mustSaveFirst() && link.origin === location.origin && !link.hash) {
      event.preventDefault();
      saveAndThen(() => location.assign(link.href));
    }
  });

  // What is kept in the browser goes with its writer: so it is saved before, or the button pressed twice.
  document.addEventListener(
    "submit",
    (event) => {
      const signOut = event.target;
      if (!signOut.matches("[data-sign-out]") || !isDirty() || isWarned) return;
      event.preventDefault();
      if (!trouble) {
        saveAndThen(() => signOut.requestSubmit());
        return;
      }
      isWarned = true;
      show("signing-out");
      say(true);
    },
    { capture: true },
  );

  document.addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey || event.code !== "KeyS") return;
    event.preventDefault();
    lastSaid = 0; // who asks is answered
    saveNow();
  });

  window.addEventListener("online", () => trouble && isDirty() && saveNow());
  window.addEventListener("focus", () => trouble && isDirty() && saveNow());
  document.addEventListener("portal:signed-in", () => isDirty() && saveNow());
  window.addEventListener("beforeunload", (event) => {
    if (isDirty() && !waiting.isKept()) event.preventDefault();
  });

  document.documentElement.classList.add("js");

  return {
    freshToken,
    place: desk.place,
    isUntouched: () => edits === 0,
    // While the text of an earlier page is on its way nothing is typed over it.
    hold(state) {
      isHeld = true;
      for (const field of form.querySelectorAll("textarea")) field.readOnly = true;
      show(state);
      say(true);
    },
    release() {
      isHeld = false;
      for (const field of form.querySelectorAll("textarea")) field.readOnly = false;
    },
    // The form now shows the earlier page's text, which rests on an earlier version and is not saved.
    takeOver(version) {
      form.elements.version.value = version;
      edits += 1;
      keep();
      fail("refused");
    },
  };
})();
