// What an earlier page kept in this browser and could not save: sent now. The text of this section comes back into its
// fields, or into the comparison with the server's; the texts of other sections are sent silently, or named in #elsewhere.
(() => {
  const FIRST_PAUSE_MS = 2000;
  const LONGEST_PAUSE_MS = 60000;
  const MACHINERY = ["version", "writer", "tab", "turn", "nothing", "do"];
  const desk = document.getElementById("desk")?.dataset;
  const elsewhere = document.getElementById("elsewhere");

  const once = (target, name) => new Promise((done) => target.addEventListener(name, done, { once: true }));
  const isRefusal = (answer) => answer.headers.has("HX-Retarget");
  const isTrouble = (answer) => answer.status === 0 || answer.status >= 500;
  const token = () => document.cookie.split("; ").find((pair) => pair.startsWith("csrftoken="))?.slice(10) ?? "";

  async function send({ url, fields }) {
    const body = new URLSearchParams([...fields, ["do", "resend"]]);
    try {
      const answer = await fetch(url, { method: "POST", body, headers: { "HX-Request": "true", "X-CSRFToken": token() } });
      return { status: answer.status, headers: answer.headers, words: await answer.text() };
    } catch {
      return { status: 0, headers: new Headers(), words: "" };
    }
  }

  const isSaved = ({ status, words }) => status === 200 && words.includes('id="save-state"');

  // --- This section ---

  async function sendUntilAnswered(text) {
    for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
      const answer = await send(text);
      if (answer.status === 401) {
        editor.hold("signed-out");
        const detail = { isAnother: answer.words.includes("another_person") };
        document.dispatchEvent(new CustomEvent("portal:signed-out", { detail }));
        await Promise.race([once(document, "portal:signed-in"), once(window, "focus")]);
      } else if (isTrouble(answer)) {
        editor.hold("offline");
        const later = new Promise((done) => setTimeout(done, pause * (0.75 + Math.random() / 2)));
        await Promise.race([later, once(window, "online"), once(document, "portal:retry")]);
      } else {
        return answer;
      }
    }
  }

  async function bringBack(text) {
    if (!(await waiting.read(text.key)) || !editor.isUntouched()) return; // not over what is being written here
    editor.hold("resending");
    const answer = await sendUntilAnswered(text);
    editor.release();
    const isShown = isSaved(answer) || (isRefusal(answer) && [409, 422].includes(answer.status));
    if (!isShown) {
      showKept(text);
      return;
    }
    const swapStyle = isSaved(answer) ? "none" : "innerHTML";
    window.htmx.swap("#notice", answer.words, { swapStyle, swapDelay: 0, settleDelay: 0 });
    if (!isSaved(answer)) editor.takeOver(new Map(text.fields).get("version"));
    waiting.drop(text.key);
  }

  // The server will not take it, or the section is closed: the words are shown, to be copied, until they are dropped.
  function showKept({ key, fields }) {
    const panel = document.getElementById("kept-text").content.cloneNode(true).firstElementChild;
    const words = fields.filter(([name, value]) => value.trim() && !MACHINERY.includes(name) && !name.endsWith("-id"));
    panel.querySelector("textarea").value = words.map(([, value]) => value).join("\n\n");
    panel.querySelector("button").addEventListener("click", () => {
      waiting.drop(key);
      panel.remove();
    });
    elsewhere.after(panel);
  }

  // --- Other sections ---

  async function sendSilently(text) {
    if (!(await waiting.read(text.key))) return;
    const answer = await send(text);
    if (isSaved(answer)) waiting.drop(text.key);
    else if (answer.status === 404) showKept(text);
    else if (isRefusal(answer)) name(text);
  }

  function name({ url, title }) {
    if ([...elsewhere.querySelectorAll("a")].some((link) => link.href === url)) return;
    const link = document.createElement("a");
    link.href = url;
    link.textContent = title;
    const item = document.createElement("li");
    item.append(link);
    elsewhere.querySelector("ul").append(item);
    elsewhere.hidden = false;
  }

  let lastBrought = Promise.resolve(); // one after the other: the second may have to be compared with the first

  waiting.all().then((texts) => {
    for (const text of texts) {
      if (desk?.place !== text.place) waiting.whenOrphaned(text.tab, () => sendSilently(text));
      else if (!document.getElementById("section-form")) showKept(text);
      else waiting.whenOrphaned(text.tab, () => (lastBrought = lastBrought.then(() => bringBack(text))));
    }
  });
})();
