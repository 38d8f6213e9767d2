/* The camera check before the bell: the picture in a frame, what is wrong in plain words, and the way on. */

import { byId, oneClass, write } from "./dom.js";
import { HttpError, post } from "./http.js";
import { announce, say } from "./text.js";

const NO_PICTURE_MS = 8000;

export class CameraCheck {
  constructor(camera) {
    this.camera = camera;
    this.state = "";
    camera.addEventListener("state", ({ detail }) => this.show(detail === "starting" ? "asking" : detail));
    camera.addEventListener("sent", () => this.arrived());
    byId("camera-go").addEventListener("click", () => this.go());
    byId("camera-again").addEventListener("click", () => this.start());
  }

  async start() {
    this.show("asking");
    const picture = byId("camera-picture");
    if (!(await this.camera.start())) return;
    picture.srcObject = this.camera.stream;
    await picture.play();
    this.late = setTimeout(() => this.show("not_received"), NO_PICTURE_MS);
  }

  arrived() {
    clearTimeout(this.late);
    if (this.state !== "ok") this.show("ok");
  }

  /** `state` is one of asking, denied, none, busy, insecure, unsent, not_received, live, ok. */
  show(state) {
    if (state === "live" || state === this.state) return;
    this.state = state;
    const good = state === "ok";
    write(byId("camera-badge"), say(`camera.${state}`));
    write(byId("camera-help"), say(`camera.${state}.help`));
    write(byId("camera-word"), good ? "" : say(`camera.${state}`));
    oneClass(byId("camera-badge"), ["ok", "attention", "technical"], good ? "ok" : state === "asking" ? "technical" : "attention");
    byId("camera-check").dataset.state = state;
    byId("camera-go").disabled = !good;
    byId("camera-again").hidden = good || state === "asking";
    announce(say(`camera.${state}`));
  }

  async go() {
    byId("camera-go").disabled = true;
    try {
      await post("/api/exam/camera", this.camera.settings);
      location.assign("/exam/");
    } catch (error) {
      if (!(error instanceof HttpError)) throw error;
      this.show(error.code === "no_picture" ? "not_received" : "unsent");
    }
  }
}
