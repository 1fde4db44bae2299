// The tray of cards and the reader's plate: a click or a drag lays a card or takes it away.

import { t, current } from "./words.js";

const DRAG_FROM_PX = 6;

const plate = document.getElementById("plate");
const laid = document.getElementById("laid");
const tray = document.getElementById("cards");
const hint = document.getElementById("hint");

let move = () => {}; // (name, "lay" | "take"), given by the page
let shown = "";
let laidOrder = [];

function element(tag, className, ...inside) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  made.append(...inside);
  return made;
}

const icon = (name) => element("i", `icon ${name}`);
const inWords = (words) => words[current()];

function cardFace(card) {
  const status = t(card.status || "active");
  const face = element("button", `card ${card.look}`);
  face.type = "button";
  face.dataset.card = card.name;
  face.setAttribute("aria-pressed", String(card.lying));
  face.title = inWords(card.note);
  if (card.look === "phone") face.append(icon("mobile"));
  else if (card.look !== "bank") face.append(icon("leaf"));
  face.append(icon("contactless"), element("b", "", inWords(card.title)));
  face.append(status ? element("span", "status", status) : element("span", "tier", t(card.look)));
  makeMovable(face, card);
  return face;
}

function place(card) {
  const slot = card.lying ? awaySlot(card) : cardFace(card);
  slot.classList.add("slot");
  return element("div", "place", slot, element("p", "", inWords(card.note)));
}

function awaySlot(card) {
  const slot = element("button", "away", `${inWords(card.title)} ${t("away")}`);
  slot.type = "button";
  slot.dataset.card = card.name;
  slot.setAttribute("aria-pressed", "true");
  slot.addEventListener("click", () => move(card.name, "take"));
  return slot;
}

/** Cards lie in the order in which they were laid. */
function inOrder(cards) {
  const lying = cards.filter((card) => card.lying);
  const names = lying.map((card) => card.name);
  laidOrder = [...laidOrder.filter((name) => names.includes(name))];
  laidOrder.push(...names.filter((name) => !laidOrder.includes(name)));
  return laidOrder.map((name) => lying.find((card) => card.name === name));
}

export function showCards(cards, plugged) {
  const now = JSON.stringify([cards, plugged, current()]);
  if (now === shown) return;
  shown = now;
  const focused = document.activeElement?.dataset.card;
  tray.replaceChildren(...cards.map(place));
  const lying = inOrder(cards);
  laid.replaceChildren(...lying.map(cardFace));
  plate.classList.toggle("unplugged", !plugged);
  hint.textContent = t(!plugged ? "hint_unplugged" : lying.length ? "hint_laid" : "hint_empty");
  if (focused) tray.querySelector(`[data-card="${CSS.escape(focused)}"]`)?.focus();
}

export function onMove(handler) {
  move = handler;
}

// -- dragging ---------------------------------------------------------------------------------

function isOverPlate(event) {
  const box = plate.getBoundingClientRect();
  return event.clientX >= box.left && event.clientX <= box.right
    && event.clientY >= box.top && event.clientY <= box.bottom;
}

function makeMovable(face, card) {
  let from = null;
  let ghost = null;

  face.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    from = { x: event.clientX, y: event.clientY };
    face.setPointerCapture(event.pointerId);
  });
  face.addEventListener("pointermove", (event) => {
    if (!from) return;
    const far = Math.hypot(event.clientX - from.x, event.clientY - from.y) > DRAG_FROM_PX;
    if (!ghost && far) {
      ghost = face.cloneNode(true);
      ghost.classList.add("dragged");
      document.body.append(ghost);
    }
    if (ghost) {
      ghost.style.left = `${event.clientX - face.offsetWidth / 2}px`;
      ghost.style.top = `${event.clientY - face.offsetHeight / 2}px`;
      plate.classList.toggle("over", isOverPlate(event));
    }
  });
  const drop = (event) => {
    const dragged = ghost !== null;
    ghost?.remove();
    ghost = from = null;
    plate.classList.remove("over");
    return dragged && event.type === "pointerup";
  };
  face.addEventListener("pointerup", (event) => {
    if (!drop(event)) return;
    face.addEventListener("click", (click) => click.stopImmediatePropagation(), { capture: true, once: true });
    if (isOverPlate(event) !== card.lying) move(card.name, card.lying ? "take" : "lay");
  });
  face.addEventListener("pointercancel", drop);
  face.addEventListener("click", () => move(card.name, card.lying ? "take" : "lay"));
}
