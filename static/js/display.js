/* Contrast and type size: applied before the first paint, kept on this machine, switched by buttons with `data-display`. */
(function () {
  "use strict";
  const root = document.documentElement;
  const CHOICES = { contrast: "high", type: "large" };

  function stored(name) {
    try {
      return localStorage.getItem(`display.${name}`) || "";
    } catch {
      return "";
    }
  }

  function apply(name, value) {
    if (value === CHOICES[name]) root.dataset[name] = value;
    else delete root.dataset[name];
    for (const button of document.querySelectorAll(`[data-display="${name}"]`)) {
      button.setAttribute("aria-pressed", String(value === CHOICES[name]));
    }
  }

  function toggle(event) {
    const button = event.target.closest("[data-display]");
    if (!button) return;
    const name = button.dataset.display;
    const value = root.dataset[name] ? "" : CHOICES[name];
    try {
      localStorage.setItem(`display.${name}`, value);
    } catch {
      /* A browser without storage still switches this page. */
    }
    apply(name, value);
  }

  function applyAll() {
    for (const name of Object.keys(CHOICES)) apply(name, stored(name));
  }

  applyAll();
  document.addEventListener("DOMContentLoaded", applyAll);
  document.addEventListener("click", toggle);
})();
