/* The print button of the office's day. */

document.getElementById("print")?.addEventListener("click", () => globalThis.print());
