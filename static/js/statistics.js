/* The statistics page: prints it with the items that have a flag opened, and opens an item that a link points at. */

const flagged = () => [...document.querySelectorAll("details.item:has(.item-flags)")];
let opened = [];

globalThis.addEventListener("beforeprint", () => {
  opened = flagged().filter((item) => !item.open);
  for (const item of opened) item.open = true;
});
globalThis.addEventListener("afterprint", () => {
  for (const item of opened) item.open = false;
  opened = [];
});

function openTarget() {
  const target = document.getElementById(location.hash.slice(1));
  if (target instanceof HTMLDetailsElement) target.open = true;
}

globalThis.addEventListener("hashchange", openTarget);
document.getElementById("print")?.addEventListener("click", () => globalThis.print());
openTarget();
