/* Forms that come back to this page come back to the question it shows by then: htmx changes the address of an open page. */
(() => {
  "use strict";
  const follow = () => {
    for (const field of document.querySelectorAll("input[data-here]")) field.value = location.pathname + location.search;
  };
  document.addEventListener("htmx:pushedIntoHistory", follow);
  document.addEventListener("htmx:replacedInHistory", follow);
})();
