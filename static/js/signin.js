// The session ended while somebody writes: the password is asked for in place, and the text stays where it is.
// The answer is allauth's own, with its limits. Who cannot sign in here has a link to the page of sign-in.
(() => {
  const dialog = document.getElementById("sign-in");
  if (!dialog) return;
  const form = dialog.querySelector("form");
  const problem = dialog.querySelector("[role='alert']");
  let isAnother = false; // somebody else signed in meanwhile, in another tab
  let isPutOff = false;

  function ask() {
    dialog.querySelector("[data-away]").hidden = isAnother;
    dialog.querySelector("[data-another]").hidden = !isAnother;
    if (!dialog.open) dialog.showModal();
  }

  document.addEventListener("portal:signed-out", ({ detail }) => {
    isAnother = detail.isAnother;
    if (!isPutOff) ask();
  });
  document.addEventListener("click", (event) => event.target.closest("[data-sign-in]") && ask());
  document.addEventListener("portal:saved", () => {
    isPutOff = false;
    dialog.close(); // signed in in another tab
  });
  dialog.addEventListener("cancel", () => (isPutOff = true));
  dialog.querySelector("[data-put-off]").addEventListener("click", () => {
    isPutOff = true;
    dialog.close();
  });

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const button = form.querySelector("button:not([type])");
    button.disabled = true;
    const words = await signIn();
    button.disabled = false;
    problem.textContent = words;
    if (words) {
      form.elements.password.focus();
      return;
    }
    form.elements.password.value = "";
    isPutOff = false;
    dialog.close();
    document.dispatchEvent(new CustomEvent("portal:signed-in"));
  });

  // An empty string, or why not.
  async function signIn() {
    const next = location.pathname;
    const { login, password } = form.elements;
    try {
      if (isAnother) await post(form.dataset.signOut, {});
      let answer = await post(form.action, { login: login.value, password: password.value, next });
      if (answer.status === 403) {
        await fetch(form.action); // the cookie with the token was wiped: the page of sign-in sets it
        answer = await post(form.action, { login: login.value, password: password.value, next });
      }
      if (answer.status === 429) return dialog.dataset.tooMany;
      const { location: to, form: checked } = await answer.json();
      if (answer.ok) return to === next ? "" : dialog.dataset.furtherStep;
      return [...checked.errors, ...Object.values(checked.fields).flatMap((field) => field.errors)].join(" ");
    } catch {
      return dialog.dataset.failed;
    }
  }

  function post(url, values) {
    const token = document.cookie.split("; ").find((pair) => pair.startsWith("csrftoken="))?.slice(10) ?? "";
    const headers = { "X-Requested-With": "XMLHttpRequest", "X-CSRFToken": token };
    return fetch(url, { method: "POST", headers, body: new URLSearchParams(values) });
  }
})();
