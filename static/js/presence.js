// Tells the server every few seconds that this section is open, and shows who else has it open. A page in the
// background is silent; one whose reader signed out or lost the access falls silent until it is looked at again.
(() => {
  const place = document.getElementById("presence");
  if (!place) return;
  let timer = 0;

  function token() {
    const cookie = document.cookie.split("; ").find((pair) => pair.startsWith("csrftoken="));
    return cookie ? cookie.slice("csrftoken=".length) : "";
  }

  async function tell() {
    if (document.hidden) return;
    let response;
    try {
      response = await fetch(place.dataset.url, {
        method: "POST",
        redirect: "manual",
        headers: { "X-CSRFToken": token(), "X-Requested-With": "XMLHttpRequest" },
      });
    } catch {
      return; // no network: the next round tries again
    }
    const words = response.ok ? await response.text() : "";
    if (place.textContent !== words) place.textContent = words;
    if (!response.ok) clearInterval(timer);
  }

  function begin() {
    clearInterval(timer);
    if (document.hidden) return;
    timer = setInterval(tell, Number(place.dataset.every));
    tell();
  }

  document.addEventListener("visibilitychange", begin);
  begin();
})();
