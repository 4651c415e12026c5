// The sheet of paper beside an answer fills while one writes, counted as the server counts; its words come with a save.
(() => {
  const form = document.getElementById("section-form");
  if (!form) return;

  const UNWANTED = /[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]/g;

  // Lines are parted by one character, letters are counted whole, what cannot be kept is not counted.
  function lengthOf(field) {
    const text = field.value.replace(UNWANTED, "").normalize("NFC");
    if (!text.trim()) return 0;
    if (field.matches(".one-line")) return [...text.trim().replace(/\s+/g, " ")].length;
    return [...(field.matches(".ed-cell") ? text.trim() : text.replace(/^\n+|\n+$/g, ""))].length;
  }

  form.addEventListener("input", () => {
    const meter = document.getElementById("meter");
    if (!meter) return;
    const length = [...form.querySelectorAll("[data-counted]")].reduce((sum, field) => sum + lengthOf(field), 0);
    const limit = Number(meter.dataset.limit);
    meter.dataset.length = length;
    meter.querySelector(".fill").setAttribute("height", Math.min(length / limit, 2) * 19);
    meter.classList.toggle("pagemeter-over", length > limit);
  });
})();
