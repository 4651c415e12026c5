/* Shows the answers of the API beside the forms that ask for them. Without it a form opens the JSON itself. */
(() => {
  "use strict";

  const address = (form) => {
    const url = new URL(form.dataset.address, location.href);
    for (const [name, value] of new FormData(form)) {
      if (!value.trim()) continue;
      if (url.pathname.endsWith("/") && name === "slug") url.pathname += encodeURIComponent(value.trim());
      else url.searchParams.append(name, value);
    }
    return url.href;
  };

  const equip = (form) => {
    const section = form.closest("section");
    const answer = section.querySelector("[data-answer]");
    const curl = section.querySelector("[data-curl]");

    const spell = () => {
      curl.textContent = `curl '${address(form).replaceAll("'", "%27")}'`;
    };

    form.addEventListener("input", spell);
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      const status = answer.querySelector("[role=status]");
      const code = answer.querySelector("code");
      answer.hidden = false;
      form.setAttribute("aria-busy", "true");
      try {
        const response = await fetch(address(form));
        const text = await response.text();
        code.textContent = JSON.stringify(JSON.parse(text), null, 2);
        status.textContent = `${response.status} ${response.statusText}`.trim();
      } catch (problem) {
        code.textContent = "";
        status.textContent = String(problem.message || problem);
      } finally {
        form.removeAttribute("aria-busy");
      }
    });
    spell();
  };

  document.querySelectorAll("form[data-address]").forEach(equip);
})();
