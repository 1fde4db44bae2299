// The kiosk's screen: shows each new frame, and hands touches on at the right pixel.

import { ask, post, rest, seen } from "./talk.js";
import { t } from "./words.js";

const BETWEEN_FRAMES_MS = 80; // an animation need not be shown faster than 12 frames a second
const RETRY_MS = 700;

const canvas = document.getElementById("screen");
const dark = document.getElementById("dark");
const paint = canvas.getContext("2d", { alpha: false });

let screen = { width: 1080, height: 1920 };
let frame = null;
let running = true;
let waiting = new AbortController();

/** The picture's height in the window, in CSS pixels: all of it is seen, none of it enlarged. */
function fitted() {
  const style = getComputedStyle(document.querySelector("main"));
  const around = parseFloat(style.paddingTop) * 2 + 20;
  const page = document.documentElement.clientWidth;
  const narrow = window.innerWidth <= 1120;
  const landscape = screen.width > screen.height;
  const room = narrow ? page - around : page * (landscape ? 0.6 : 0.46);
  const tall = landscape && !narrow ? window.innerHeight * 0.54 : window.innerHeight - around;
  const scale = Math.min(room / screen.width, tall / screen.height, 1 / devicePixelRatio);
  return Math.max(16, Math.floor(screen.height * scale));
}

/** Reserves the picture's place, one picture pixel for each pixel of the monitor. */
function frameCanvas() {
  document.body.classList.toggle("landscape", screen.width > screen.height);
  const height = fitted();
  canvas.style.height = `${height}px`;
  canvas.style.width = `${(height * screen.width) / screen.height}px`;
  return Math.round(height * devicePixelRatio);
}

async function nextPicture() {
  const height = frameCanvas();
  const after = frame === null ? "" : `&after=${frame}`;
  waiting = new AbortController();
  const answer = await ask(`/picture?height=${height}${after}`, { signal: waiting.signal });
  if (answer.status === 204) return;
  const [width, tall] = answer.headers.get("X-Screen").split("x").map(Number);
  const picture = await createImageBitmap(await answer.blob());
  screen = { width, height: tall };
  canvas.width = picture.width;
  canvas.height = picture.height;
  paint.drawImage(picture, 0, 0);
  picture.close();
  frameCanvas();
  frame = Number(answer.headers.get("X-Frame"));
  canvas.dataset.frame = frame;
}

function darken(sentence) {
  dark.querySelector("p").textContent = sentence;
  dark.hidden = false;
  frame = null;
}

/** Whether the kiosk's process runs; without it there is no picture to ask for. */
export function kioskRuns(runs) {
  running = runs;
}

export async function watch() {
  darken(t("dark_starting"));
  for (;;) {
    await seen();
    try {
      if (!running) throw new Error(t("dark"));
      await nextPicture();
      dark.hidden = true;
      await rest(BETWEEN_FRAMES_MS);
    } catch (problem) {
      if (problem.name === "AbortError") continue;
      darken(t(running ? "dark_starting" : "dark"));
      await rest(RETRY_MS);
    }
  }
}

window.addEventListener("resize", () => {
  frame = null;
  waiting.abort();
});

// -- touches ----------------------------------------------------------------------------------

let finger = null;
let sent = Promise.resolve(); // down and up arrive in the order they happened

function touch(phase, x, y) {
  sent = sent.then(() => post("/touch", { phase, x, y }));
}

function pixelUnder(event) {
  const box = canvas.getBoundingClientRect();
  const along = (at, from, size, pixels) =>
    Math.max(0, Math.min(pixels - 1, Math.floor(((at - from) / size) * pixels)));
  return [
    along(event.clientX, box.left, box.width, screen.width),
    along(event.clientY, box.top, box.height, screen.height),
  ];
}

canvas.addEventListener("pointerdown", (event) => {
  if (finger !== null || event.button !== 0) return;
  finger = event.pointerId;
  canvas.setPointerCapture(finger);
  touch("down", ...pixelUnder(event));
});
canvas.addEventListener("pointerup", (event) => {
  if (event.pointerId !== finger) return;
  finger = null;
  touch("up", ...pixelUnder(event));
});
canvas.addEventListener("pointercancel", (event) => {
  if (event.pointerId !== finger) return;
  finger = null;
  touch("up", -1, -1); // lifted outside: nothing is pressed
});
