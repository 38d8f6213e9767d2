/* An author's HTML, made safe by the server, as nodes; its pictures and sounds get their addresses before anything loads. */

export function fragment(markup, urls = {}) {
  const template = document.createElement("template"); // inert: nothing in it is fetched
  template.innerHTML = markup;
  for (const node of template.content.querySelectorAll("[src]")) {
    const url = urls[node.getAttribute("src").replace("media:", "")];
    if (url) node.setAttribute("src", url);
    else node.removeAttribute("src");
  }
  for (const node of template.content.querySelectorAll("audio, video")) Object.assign(node, { controls: true, preload: "metadata" });
  return template.content;
}

/** What a piece of HTML says; the words of its pictures where it has only those. */
export function spoken(markup) {
  const content = fragment(markup);
  return content.textContent.trim() || [...content.querySelectorAll("[alt]")].map((one) => one.alt).join(" ");
}
