// The same section open twice in this browser: a quiet sentence says so, before the two texts come apart.
(() => {
  const desk = document.getElementById("desk");
  const sentence = document.getElementById("other-tab");
  if (!desk || !sentence || !window.BroadcastChannel) return;
  const here = crypto.getRandomValues(new Uint32Array(1))[0];
  const others = new Set();
  const channel = new BroadcastChannel(`section:${desk.dataset.place}`);
  const say = (word) => channel.postMessage({ word, from: here });

  channel.addEventListener("message", ({ data: { word, from } }) => {
    if (word === "closed") others.delete(from);
    else others.add(from);
    if (word === "opened") say("also open");
    sentence.hidden = others.size === 0;
  });
  window.addEventListener("pagehide", () => say("closed"));
  window.addEventListener("pageshow", () => say("opened"));
})();
