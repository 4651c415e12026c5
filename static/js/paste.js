// Cells copied in Word or Excel, pasted into a table: the server reads them and shows the columns to check, here in a
// dialog over the section, or on the page of its own. The script only carries what the clipboard holds.
(() => {
  const LONGEST_HTML = 2000000; // as practices/pasted.py; beyond it the plain text says the same
  const PATIENCE_MS = 30000; // for the save that goes first
  const section = document.getElementById("section-form");
  const dialog = document.getElementById("paste-dialog");
  const place = document.getElementById("paste");
  if (!place) return;

  const token = () => {
    const cookie = document.cookie.split("; ").find((pair) => pair.startsWith("csrftoken="));
    return cookie ? cookie.slice("csrftoken=".length) : document.querySelector("[name=csrfmiddlewaretoken]").value;
  };

  function isTable(html, text) {
    return (html.match(/<t[dh][\s>]/gi) ?? []).length > 1 || text.trim().includes("\t");
  }

  document.addEventListener("paste", (event) => {
    const html = event.clipboardData.getData("text/html");
    const text = event.clipboardData.getData("text/plain");
    if (!isTable(html, text) || !navigator.onLine) return;
    const row = event.target.closest?.("[data-row]");
    const field = event.target.closest?.("[data-paste-here]");
    if (field && html.length <= LONGEST_HTML) {
      event.preventDefault();
      field.value = text;
      field.form.elements.html.value = html;
      field.form.requestSubmit();
    } else if (dialog && row?.querySelector(".act") && !document.getElementById("conflict")) {
      event.preventDefault();
      const link = row.closest("[data-table]").querySelector("[data-paste]");
      check(`${link.dataset.paste}&row=${row.dataset.row}`, html.length <= LONGEST_HTML ? html : "", text);
    }
  });

  // What is typed goes first, so that the pasted rows meet the table as it stands on the page.
  async function check(address, html, text) {
    dialog.dataset.from = document.activeElement.id;
    if (!(await saved())) return;
    const data = new FormData();
    data.set("html", html);
    data.set("text", text);
    await post(address, data);
  }

  function saved() {
    return new Promise((resolve) => {
      const done = (event) => {
        if (event.detail.requestConfig?.elt !== section) return;
        document.body.removeEventListener("htmx:afterRequest", done);
        resolve(event.detail.xhr.status === 200);
      };
      document.body.addEventListener("htmx:afterRequest", done);
      setTimeout(() => resolve(false), PATIENCE_MS);
      window.htmx.trigger(section, "save-now");
    });
  }

  async function post(address, data) {
    data.set("csrfmiddlewaretoken", token());
    try {
      const response = await fetch(address, { method: "POST", body: data, headers: { "HX-Request": "true" } });
      if (response.headers.get("HX-Redirect")) {
        leave(response.headers.get("HX-Redirect"));
      } else if (response.status === 401) {
        const isAnother = (await response.text()).includes("another_person");
        fail();
        document.dispatchEvent(new CustomEvent("portal:signed-out", { detail: { isAnother } }));
      } else if (response.redirected || (response.status >= 400 && ![400, 403, 409, 422].includes(response.status))) {
        fail();
      } else {
        show(await response.text(), address);
      }
    } catch (error) {
      if (!(error instanceof TypeError)) throw error; // what fetch throws without a network
      fail();
    }
  }

  function leave(address) {
    const to = new URL(address, location.href);
    if (to.pathname === location.pathname) {
      location.hash = to.hash;
      location.reload();
    } else {
      location.assign(to);
    }
  }

  function show(fragment, address) {
    place.innerHTML = fragment;
    for (const form of place.querySelectorAll("form")) form.action = address;
    if (!dialog.open) dialog.showModal();
    (place.querySelector("[role=alert]") ? place.querySelector("button") : place.querySelector("select, button")).focus();
  }

  function fail() {
    place.querySelector("[data-failed]")?.remove();
    const words = document.getElementById("paste-failed").content.firstElementChild.cloneNode(true);
    words.dataset.failed = "";
    place.prepend(words);
    if (!dialog.open) dialog.showModal();
  }

  if (!dialog) return;
  dialog.addEventListener("submit", (event) => {
    event.preventDefault();
    const button = event.target.querySelector("button");
    if (button.disabled) return; // pressed twice, the rows go in once
    button.disabled = true;
    post(event.target.action, new FormData(event.target)).finally(() => {
      button.disabled = false;
    });
  });
  dialog.addEventListener("click", (event) => {
    if (!event.target.closest("[data-paste-close]")) return;
    event.preventDefault();
    event.stopPropagation(); // it is a link on the page without scripts
    dialog.close();
  });
  dialog.addEventListener("close", () => {
    place.replaceChildren();
    document.getElementById(dialog.dataset.from)?.focus();
  });
})();
