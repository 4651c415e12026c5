/* The contents of a passport: marks the section that is being read. Without it the links work all the same. */
(() => {
  "use strict";
  const links = [...document.querySelectorAll(".toc a[href^='#']")];
  const sections = [...new Set(links.map((link) => link.hash.slice(1)))]
    .map((id) => document.getElementById(id))
    .filter(Boolean);
  if (!sections.length) return;

  const mark = () => {
    const line = window.innerHeight / 3;
    const begun = sections.filter((section) => section.getBoundingClientRect().top <= line);
    const current = `#${(begun.at(-1) ?? sections[0]).id}`;
    for (const link of links) {
      if (link.hash === current) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
  };

  // Fires when a section crosses the line at a third of the window, up or down.
  const observer = new IntersectionObserver(mark, { rootMargin: "-33% 0px -66% 0px" });
  for (const section of sections) observer.observe(section);
})();
