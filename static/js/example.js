// The example stands open where there is room for it beside the text.
(() => {
  const example = document.querySelector("[data-example]");
  if (example && getComputedStyle(example.parentElement).position === "sticky") example.open = true;
})();
