// The side: the road to HQ, the processes, and what HQ has received.

import { current, t } from "./words.js";

const byId = (id) => document.getElementById(id);
const shown = new Map(); // a place is drawn again only when what it says has changed
let newest = 0;

/** The clock on the kiosk's screen and on HQ's page, wherever the browser is. */
const STORE_ZONE = "Asia/Shanghai";

/** True once for each new content of a place. */
function isNew(place, content) {
  const text = JSON.stringify([content, current()]);
  if (shown.get(place) === text) return false;
  shown.set(place, text);
  return true;
}

export function showSwitch(button, on, wordOn, wordOff) {
  button.setAttribute("aria-checked", String(on));
  button.querySelector(".word").textContent = on ? wordOn : wordOff;
}

// -- the road ---------------------------------------------------------------------------------

function roadWord(state, stopped) {
  const { road, hq } = state;
  if (!road) return t("road_unknown");
  if (stopped) return t("road_stopped");
  const broken = !hq.answers || !hq.reachable || road.error;
  if (broken) return `${t("road_waits")} ${nextTry(road.next_try)}`.trim();
  if (road.dead) return t("road_dead", road.dead);
  return t(road.waiting ? "road_moving" : "road_well");
}

function nextTry(moment) {
  return moment ? t("next_try", Math.round((Date.parse(moment) - Date.now()) / 1000)) : "";
}

export function showRoad(state) {
  const { road, hq } = state;
  const sync = state.parts.find((part) => part.name === "kiosk-sync");
  const stopped = sync !== undefined && sync.state !== "running";
  const broken = stopped || !hq.answers || !hq.reachable || Boolean(road?.error);
  byId("waiting").textContent = road ? road.waiting : "–";
  byId("received").textContent = hq.answers ? hq.count : "–";
  byId("road").classList.toggle("broken", broken);
  byId("road-word").textContent = roadWord(state, stopped);
  byId("road-word").title = road?.error ?? "";
  showSwitch(byId("line"), hq.reachable, t("on"), t("off"));
  byId("line").disabled = !hq.answers;
  byId("hq-word").textContent = t(!hq.answers ? "hq_silent" : hq.reachable ? "hq_ok" : "hq_cut");
  byId("hq-page").href = `${hq.url}/?lang=${current() === "zh" ? "zh-CN" : "en"}`;
}

// -- the processes ----------------------------------------------------------------------------

function actionsOf(part) {
  return part.state === "running" ? ["restart", "stop"] : ["start"];
}

function partRow(part, act) {
  const word = part.state === "ended" ? t("ended", part.exit_code) : t(part.state);
  const row = document.createElement("div");
  row.className = "row part";
  row.dataset.part = part.name;
  row.innerHTML = '<div><b></b><span></span></div><div class="actions"></div>';
  const state = document.createElement("span");
  state.className = `state ${part.state}`;
  state.textContent = word;
  row.querySelector("b").append(part.title, state);
  row.querySelector("div > span").textContent = t(`${part.name}.says`);
  row.querySelector(".actions").append(...actionsOf(part).map((action) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "pill";
    button.textContent = t(action);
    button.addEventListener("click", () => act(part.name, action, row));
    return button;
  }));
  return row;
}

function lastLines(part) {
  const said = document.createElement("pre");
  said.className = "said";
  said.textContent = `${part.last_lines}\n${part.log}`;
  return said;
}

export function showParts(parts, act) {
  if (!isNew("parts", parts)) return;
  byId("parts").replaceChildren(...parts.flatMap((part) =>
    part.state === "ended" ? [partRow(part, act), lastLines(part)] : [partRow(part, act)]));
}

// -- what HQ received -------------------------------------------------------------------------

const ICONS = {
  device_event: "tools", redemption: "gift", release: "gift", event_signup: "calendar", feedback: "complaint",
  consent: "bell", data_request: "shield-check", survey_response: "chat", survey_asked: "chat",
  profile_answer: "pencil", application: "people", hand_over: "mobile",
};

function recordRow(record) {
  const row = document.createElement("li");
  row.className = record.kind;
  row.dataset.n = record.n;
  if (newest && record.n > newest) row.classList.add("fresh");
  row.innerHTML = '<i class="icon"></i><div><b></b><span></span></div><time></time>';
  row.querySelector(".icon").classList.add(ICONS[record.kind] ?? "member");
  row.querySelector("b").textContent = t(record.kind);
  row.querySelector("span").textContent = record.holder || record.member_id;
  const moment = new Date(record.wall);
  row.querySelector("time").textContent = moment.toLocaleTimeString("en-GB", { timeZone: STORE_ZONE });
  row.querySelector("time").dateTime = record.wall;
  return row;
}

export function showRecords(hq) {
  if (!hq.answers || !isNew("records", hq.newest)) return;
  const rows = hq.newest.map(recordRow);
  if (!rows.length) {
    const none = document.createElement("li");
    none.className = "none";
    none.textContent = t("none_yet");
    rows.push(none);
  }
  byId("records").replaceChildren(...rows);
  newest = hq.newest[0]?.n ?? 0;
}
