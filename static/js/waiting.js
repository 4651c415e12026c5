// What is typed and not saved yet is kept in this browser, for a lost network, a reload or a crash: under its writer's
// alias, only until the server has it, gone when they sign out or somebody else signs in. See docs/decisions/0014.
const waiting = (() => {
  const mine = `${document.currentScript.dataset.writer}:`;
  const pages = new BroadcastChannel("waiting"); // the other pages of this browser
  let database = null;
  let isKept = false; // whether the text of this page is in the store for sure
  let changes = 0;

  function open() {
    database ??= new Promise((done, fail) => {
      const request = indexedDB.open("waiting", 1);
      request.onupgradeneeded = () => request.result.createObjectStore("texts", { keyPath: "key" });
      request.onerror = () => fail(request.error);
      request.onsuccess = () => {
        request.result.onclose = () => (database = null);
        done(request.result);
      };
    });
    return database;
  }

  async function inStore(mode, deed) {
    const transaction = (await open()).transaction("texts", mode);
    const request = deed(transaction.objectStore("texts"));
    return new Promise((done, fail) => {
      transaction.oncomplete = () => done(request.result);
      transaction.onabort = () => fail(transaction.error);
    });
  }

  // The store may be switched off or full: then nothing is kept, and the page has to say so.
  async function keep(text) {
    changes += 1;
    const change = changes;
    const isDone = await inStore("readwrite", (store) => store.put(text)).then(
      () => true,
      () => false,
    );
    if (change === changes) isKept = isDone;
  }

  function drop(key) {
    changes += 1;
    isKept = false;
    return inStore("readwrite", (store) => store.delete(key)).catch(() => {});
  }

  async function wipe(isToGo) {
    const keys = await inStore("readonly", (store) => store.getAllKeys()).catch(() => []);
    const gone = keys.filter(isToGo);
    await Promise.all(gone.map((key) => inStore("readwrite", (store) => store.delete(key)).catch(() => {})));
    if (gone.length) pages.postMessage("wiped");
  }

  pages.addEventListener("message", () => (isKept = false));
  wipe((key) => !key.startsWith(mine));

  document.addEventListener("submit", async (event) => {
    const signOut = event.target;
    if (!signOut.matches("[data-sign-out]") || event.defaultPrevented) return;
    event.preventDefault();
    await Promise.race([wipe(() => true), new Promise((done) => setTimeout(done, 1000))]); // a store that hangs holds nobody
    signOut.submit();
  });

  return {
    keep,
    drop,
    isKept: () => isKept,
    key: (place, tab) => `${mine}${place}:${tab}`,
    read: (key) => inStore("readonly", (store) => store.get(key)).catch(() => undefined),
    // Of all sections, oldest first.
    async all() {
      const texts = await inStore("readonly", (store) => store.getAll()).catch(() => []);
      return texts.filter(({ key }) => key.startsWith(mine)).sort((one, other) => one.at - other.at);
    },
    // A page that lives sends its own text. Runs `deed` once the page is gone (a reload takes a moment to let go).
    whenOrphaned: (tab, deed) => (navigator.locks ? navigator.locks.request(`tab:${tab}`, deed) : deed()),
  };
})();
