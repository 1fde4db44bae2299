// The page: asks for the simulator's state each second, shows it, and carries out clicks.

import { kioskRuns, watch } from "./glass.js";
import { showParts, showRecords, showRoad, showSwitch } from "./side.js";
import { ask, complain, post, rest, seen } from "./talk.js";
import { onMove, showCards } from "./tray.js";
import { switchLanguage, t, translatePage } from "./words.js";

const LOOK_MS = 1000;
const plug = document.getElementById("plug");
const line = document.getElementById("line");

let state = null;
let deeds = 0; // counts clicks, so that an answer from before one does not undo it on the page

function show(next) {
  state = next ?? state;
  if (!state) return;
  showCards(state.cards, state.reader.plugged);
  showSwitch(plug, state.reader.plugged, t("plugged"), t("unplugged"));
  showRoad(state);
  showParts(state.parts, movePart);
  kioskRuns(state.parts.some((part) => part.name === "kiosk" && part.state === "running"));
  showRecords(state.hq);
  document.getElementById("rehearsal").hidden = !state.rehearsal;
}

/** Carries out a deed; what was clicked rests until the answer is there. */
async function carryOut(path, body, clicked) {
  deeds += 1;
  clicked?.classList.add("busy");
  const next = await post(path, body);
  clicked?.classList.remove("busy");
  deeds += 1;
  show(next);
}

const movePart = (name, action, row) => carryOut(`/parts/${name}/${action}`, undefined, row);
onMove((name, action) =>
  carryOut(`/cards/${name}/${action}`, undefined, document.querySelector(".tray .cards")));
plug.addEventListener("click", () => carryOut("/reader", { plugged: !state.reader.plugged }, plug));
line.addEventListener("click", () => carryOut("/hq", { reachable: !state.hq.reachable }, line));
document.getElementById("language").addEventListener("click", () => {
  switchLanguage();
  translatePage();
  show();
});

async function look() {
  for (;;) {
    await seen();
    const before = deeds;
    try {
      const next = await (await ask("/state")).json();
      if (before === deeds) show(next);
    } catch (problem) {
      complain(problem.message);
    }
    await rest(LOOK_MS);
  }
}

translatePage();
look();
watch();
