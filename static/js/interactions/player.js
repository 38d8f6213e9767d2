/* Items with interactions: their HTML, a widget in each place of it, and the answer as one object of lists. */

import { el } from "../dom.js";
import { fragment } from "./html.js";
import { loadWords, word } from "./words.js";

export { standing } from "./standing.js";
export { word };

const INLINE = new Set(["inline_choice", "text_entry"]);
const STYLE = new URL("../../css/interactions.css", import.meta.url).href;

function loadStyle() {
  if (document.querySelector(`link[href="${STYLE}"]`)) return null;
  return new Promise((done, fail) => {
    document.head.append(el("link", { rel: "stylesheet", href: STYLE, onload: done, onerror: () => fail(new Error(STYLE)) }));
  });
}

export class Player {
  /** A player for these items: only the kinds that stand in them are loaded, with their words and their looks. */
  static async of(items) {
    return new Player(await Player.fetch(new Set(items.flatMap((item) => Object.values(item.interactions ?? {}).map(({ kind }) => kind)))));
  }

  /** What builds each of these kinds; the browser keeps it for the page that needs it. */
  static async fetch(kinds) {
    const modules = [...kinds].map(async (kind) => [kind, (await import(`./${kind}.js`)).build]);
    await Promise.all([loadWords(), loadStyle()]);
    return Object.fromEntries(await Promise.all(modules));
  }

  constructor(builders) {
    this.builders = builders;
  }

  /**
   * The body of one item. `host`: `value()` the answer as it is, `set(value)`, `editing()`, `frozen()`, `url(media entry)`,
   * `files()`, `filed(work)`. It shows what `show(value)` says, never what was pressed.
   */
  body(item, host) {
    return new Body(item, host, this.builders);
  }
}

class Body {
  constructor(item, host, builders) {
    Object.assign(this, { item, host, widgets: new Map(), shown: new Map() });
    this.urls = Object.fromEntries(item.media.map((one) => [one.id, host.url(one)]));
    this.element = el("div", { class: "rich" }, fragment(item.html, this.urls));
    Object.entries(item.interactions).forEach(([name, spec], place) => this.widget(name, spec, { place, build: builders[spec.kind] }));
    this.show();
  }

  widget(name, spec, { place, build }) {
    const widget = build(spec, this.context(name, spec, place));
    this.widgets.set(name, widget);
    const prompt = spec.prompt && el("div", { class: "prompt" }, fragment(spec.prompt, this.urls));
    const tag = INLINE.has(spec.kind) ? "span" : "div";
    const host = el(tag, { class: `interaction kind-${spec.kind}`, "data-name": name }, prompt, widget.element);
    const here = this.element.querySelector(`[data-interaction="${CSS.escape(name)}"]`);
    if (here) here.replaceWith(host);
    else this.element.append(host);
  }

  context(name, spec, place) {
    const { item, host } = this;
    const many = Object.keys(item.interactions).length > 1;
    const asked = spec.prompt ? fragment(spec.prompt).textContent.trim() : "";
    return {
      item: item.id, name: `${item.id}-${name}`, urls: this.urls, frozen: host.frozen, files: host.files, filed: host.filed,
      label: asked || (many || INLINE.has(spec.kind) ? word("blank", { n: place + 1 }) : item.stem),
      html: (markup) => fragment(markup, this.urls),
      list: () => this.value()[name] ?? [],
      editing: () => { if (!host.frozen()) host.editing(); },
      change: (list) => this.change(name, list),
    };
  }

  value() {
    const value = this.host.value();
    return value && !Array.isArray(value) ? value : {};
  }

  change(name, list) {
    const { [name]: _, ...rest } = this.value();
    const value = list.length ? { ...rest, [name]: list } : rest;
    if (this.host.frozen()) return this.show({ anew: true });
    return this.host.set(Object.keys(value).length ? value : []);
  }

  /** What is shown already is not drawn again: a server's "saved" would take the focus from who answers by keyboard. */
  show({ anew = false } = {}) {
    const value = this.value();
    for (const [name, widget] of this.widgets) {
      const list = value[name] ?? [];
      const says = JSON.stringify(list);
      if (!anew && this.shown.get(name) === says) continue;
      this.shown.set(name, says);
      widget.show(list);
    }
  }

  clear() {
    for (const widget of this.widgets.values()) widget.clear?.();
    this.host.set([]);
  }

  /** The act of a letter key: of the choice that has the focus, or of the only one. */
  letter(key) {
    const named = document.activeElement?.closest?.("[data-name]")?.dataset.name;
    const choices = [...this.widgets].filter(([, widget]) => widget.letter);
    const [, widget] = choices.find(([name]) => name === named) ?? (choices.length === 1 ? choices[0] : []);
    return widget?.letter(key.toUpperCase()) ?? null;
  }

  flush() {
    return Promise.all([...this.widgets.values()].map((widget) => widget.flush?.()));
  }
}
