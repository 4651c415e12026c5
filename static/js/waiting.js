// What is typed and not saved yet is kept in this browser, for a lost network, a reload or a crash: under its writer's
// alias, only until the server has it, gone when they sign out or somebody else signs in. See docs/decisions/0014.
const waiting = (() => {
  const OURS = "waiting:";
  const mine = `${OURS}${document.currentScript.dataset.writer}:`;

  // Storage may be switched off or full: then nothing is kept, and the page has to say so.
  function attempt(deed, otherwise) {
    try {
      return deed();
    } catch {
      return otherwise;
    }
  }

  const keys = (start) => attempt(() => Object.keys(localStorage).filter((key) => key.startsWith(start)), []);
  const read = (key) => attempt(() => JSON.parse(localStorage.getItem(key)), null);
  const drop = (key) => attempt(() => localStorage.removeItem(key));

  for (const key of keys(OURS)) if (!key.startsWith(mine)) drop(key);
  document.addEventListener("submit", (event) => {
    if (event.target.matches("[data-sign-out]") && !event.defaultPrevented) keys(OURS).forEach(drop);
  });

  return {
    key: (place, tab) => `${mine}${place}:${tab}`,
    has: (key) => read(key) !== null,
    read,
    drop,
    keep: (key, text) => attempt(() => (localStorage.setItem(key, JSON.stringify(text)), true), false),
    // Oldest first; `place` as an application's key and a section's code, all places without it.
    all: (place) =>
      keys(place ? `${mine}${place}:` : mine)
        .map((key) => ({ key, ...read(key) }))
        .filter((text) => text.url && text.fields)
        .sort((one, other) => one.at - other.at),
    // A page that lives sends its own text. Runs `deed` once the page is gone (a reload takes a moment to let go).
    whenOrphaned: (tab, deed) => (navigator.locks ? navigator.locks.request(`tab:${tab}`, deed) : deed()),
  };
})();
