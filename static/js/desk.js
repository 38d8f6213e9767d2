/* The desk's camera: three pictures a moment apart, sent once and kept nowhere; the page then says what came of it. */

import { cameraFault } from "./camera.js";
import { HttpError, post } from "./http.js";

const SIZE = { width: 640, height: 480 };
const APART_MS = 600;
const PICTURES = 3;
const QUALITY = 0.9;

const wait = (ms) => new Promise((done) => setTimeout(done, ms));

/** One picture of the video as base64, without its media type. */
function picture(video) {
  const canvas = Object.assign(document.createElement("canvas"), SIZE);
  canvas.getContext("2d").drawImage(video, 0, 0, SIZE.width, SIZE.height);
  return canvas.toDataURL("image/jpeg", QUALITY).split(",")[1];
}

async function pictures(video) {
  const taken = [];
  for (let number = 0; number < PICTURES; number += 1) {
    await wait(APART_MS);
    taken.push(picture(video));
  }
  return taken;
}

async function opened(video) {
  if (!navigator.mediaDevices) throw null;
  video.srcObject = await navigator.mediaDevices.getUserMedia({ video: SIZE, audio: false });
  video.hidden = false;
  await video.play();
}

function close(video) {
  for (const track of video.srcObject?.getTracks() ?? []) track.stop();
  video.srcObject = null;
}

async function compare(area, video, tell) {
  tell("looking");
  await opened(video);
  const taken = await pictures(video);
  tell("comparing");
  await post(area.dataset.url, { consent: area.dataset.consent, pictures: taken });
}

function start(area) {
  const [button, video, told] = ["agree", "preview", "compare-told"].map((id) => document.getElementById(id));
  const say = (text) => Object.assign(told, { textContent: text, hidden: false });
  button.addEventListener("click", async () => {
    button.disabled = true;
    try {
      await compare(area, video, (name) => say(told.dataset[name]));
      location.reload();
    } catch (error) {
      say(error instanceof HttpError ? error.message : told.dataset[cameraFault(error)]);
      button.disabled = false;
    } finally {
      close(video);
    }
  });
}

const area = document.getElementById("compare");
if (area) start(area);
