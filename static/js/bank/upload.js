/* The import form: how much of the file has arrived, then that it is being read, then its preview. */

import { byId, write } from "../dom.js";
import { say } from "../text.js";

const form = byId("upload");

function fail(text) {
  byId("progress-box").hidden = true;
  byId("upload-problem").hidden = false;
  write(byId("upload-problem"), text);
  form.querySelector("button").disabled = false;
}

function along({ loaded, total }) {
  byId("progress").value = (100 * loaded) / total;
  write(byId("progress-word"), say("bank.upload.sent", { n: Math.round((100 * loaded) / total) }));
  if (loaded === total) reading();
}

function reading() {
  byId("progress").removeAttribute("value");
  write(byId("progress-word"), say("bank.upload.reading"));
}

function answered(request) {
  const { next, error } = request.response ?? {};
  if (next) globalThis.location.assign(next);
  else fail(error?.text ?? say("bank.upload.failed"));
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  form.querySelector("button").disabled = true;
  byId("upload-problem").hidden = true;
  byId("progress-box").hidden = false;
  const request = new XMLHttpRequest();
  request.upload.addEventListener("progress", along);
  request.upload.addEventListener("load", reading);
  request.addEventListener("load", () => answered(request));
  request.addEventListener("error", () => fail(say("bank.upload.failed")));
  request.open("POST", form.action);
  request.responseType = "json";
  request.setRequestHeader("Accept", "application/json");
  request.send(new FormData(form));
});
