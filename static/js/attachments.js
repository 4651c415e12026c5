// Files are sent one by one, each with how far it is; without this script the form sends them all at once.
(() => {
  const form = document.querySelector("form[data-attach]");
  if (!form) return;
  const input = form.querySelector("input[type=file]");
  const list = form.querySelector(".sending");
  const button = form.querySelector("button");
  const words = form.dataset;

  const line = (name) => {
    const item = document.createElement("li");
    const title = Object.assign(document.createElement("span"), { textContent: name });
    const state = Object.assign(document.createElement("span"), { className: "mut" });
    const bar = Object.assign(document.createElement("progress"), { max: 1, value: 0 });
    bar.setAttribute("aria-label", name);
    item.append(title, state, bar);
    list.append(item);
    return {
      say: (text) => { state.textContent = text; },
      reach: (share) => { bar.value = share; },
      end: (text, isBad) => {
        state.textContent = text;
        state.className = isBad ? "bad" : "mut";
        bar.remove();
      },
    };
  };

  const problemsOf = (request) => {
    try {
      return JSON.parse(request.responseText).problems;
    } catch {
      return [words.failed]; // a page of the sign-in or of an error
    }
  };

  const send = (file) => new Promise((resolve) => {
    const shown = line(file.name);
    if (file.size > words.most * 1024 * 1024) {
      shown.end(words.tooLarge, true);
      resolve(false);
      return;
    }
    const data = new FormData(form);
    data.delete(input.name);
    data.append(input.name, file);
    const request = new XMLHttpRequest();
    request.open("POST", form.action);
    request.setRequestHeader("Accept", "application/json");
    shown.say(words.sending);
    request.upload.onprogress = (event) => shown.reach(event.loaded / event.total);
    request.upload.onload = () => shown.say(words.checking);
    request.onload = () => {
      const problems = problemsOf(request);
      shown.end(problems.join(" ") || words.added, problems.length > 0);
      resolve(problems.length === 0);
    };
    request.onerror = () => {
      shown.end(words.failed, true);
      resolve(false);
    };
    request.send(data);
  });

  // What has been written beside other files meanwhile is not lost: only the list of files is taken anew.
  const refresh = async () => {
    const answer = await fetch(form.action);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.getElementById("files");
    if (!fresh) return;
    const known = new Set([...document.querySelectorAll(".file-row")].map((row) => row.id));
    const rows = document.querySelector(".file-rows");
    if (!rows) {
      document.getElementById("files").replaceWith(fresh);
      return;
    }
    for (const row of fresh.querySelectorAll(".file-row")) {
      if (!known.has(row.id)) rows.append(row);
    }
    document.querySelector("#files > p").replaceWith(fresh.querySelector(":scope > p"));
  };

  form.addEventListener("submit", async (event) => {
    if (!input.files.length) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    list.hidden = false;
    list.replaceChildren();
    button.disabled = true;
    let isAnyAdded = false;
    for (const file of [...input.files]) isAnyAdded = (await send(file)) || isAnyAdded;
    input.value = "";
    button.disabled = false;
    if (isAnyAdded) await refresh();
  }, { capture: true });
})();
