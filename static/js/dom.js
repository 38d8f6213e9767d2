/* Elements without strings of markup: what is put in is always text. */

export const byId = (id) => document.getElementById(id);

/** A new element; `props` are properties, `data-…`, `aria-…`, `role`, `class` and `on…` listeners. */
export function el(tag, props = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) set(element, name, value);
  element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

function set(element, name, value) {
  if (value === undefined || value === null) return;
  if (name === "class") element.className = value;
  else if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
  else if (name.includes("-") || name === "role" || name === "for" || name === "list") element.setAttribute(name, value);
  else element[name] = value;
}

/** Write text only when it differs, so that nothing is announced or repainted for nothing. */
export function write(element, text) {
  if (element && element.textContent !== text) element.textContent = text;
}

/** Give an element exactly one of several classes. */
export function oneClass(element, among, chosen) {
  for (const name of among) element.classList.toggle(name, name === chosen);
}
