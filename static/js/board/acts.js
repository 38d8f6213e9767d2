// Doing something: one request with the page's token, and a button that shows what went wrong where it was pressed.

import { h } from "./dom.js";
import { t } from "./words.js";

/** Post an act; null when it was done, else the text of the server's refusal, or that the server was not reached. */
export async function act(path, body = {}) {
  const headers = { "Content-Type": "application/json", "X-CSRFToken": cookie("csrftoken"), Accept: "application/json" };
  let answer;
  try {
    answer = await fetch(path, { method: "POST", headers, body: JSON.stringify(body) });
  } catch {
    return t("act.unreachable");
  }
  return answer.ok ? null : refusal(answer);
}

async function refusal(answer) {
  try {
    const { error } = await answer.json();
    return error.text || error.code;
  } catch {
    return t("act.failed", { status: answer.status });
  }
}

function cookie(name) {
  const pair = document.cookie.split("; ").find((one) => one.startsWith(`${name}=`));
  return pair ? decodeURIComponent(pair.slice(name.length + 1)) : "";
}

/**
 * A button for an act: `{name, label, run, tone, hotkey, closed}`. `run()` gives null or an error's text, or opens a dialog and
 * gives nothing. `closed` is why it may not be pressed yet: the button then stands there and says so.
 */
export function actButton({ name, label, run, tone = "", hotkey = null, closed = null }) {
  const problem = h("p", { class: closed ? "act-closed" : "act-error", role: closed ? null : "alert", hidden: !closed }, closed ?? "");
  const button = h("button", { class: `button small ${tone}`, type: "button", "data-act": name, "aria-disabled": closed ? "true" : null },
    h("span", {}, label), hotkey ? h("kbd", { "aria-hidden": "true" }, hotkey) : null);
  button.addEventListener("click", () => (closed ? undefined : press(button, problem, run)));
  return h("div", { class: "act-place" }, button, problem);
}

async function press(button, problem, run) {
  problem.hidden = true;
  button.setAttribute("aria-busy", "true");
  const wrong = await run();
  button.removeAttribute("aria-busy");
  if (!wrong) return;
  problem.textContent = wrong;
  problem.hidden = false;
}
