// Talks to the simulator: JSON in and out, and every failure as a sentence on the page.

import { current, t } from "./words.js";

const trouble = document.getElementById("trouble");
trouble.querySelector("button").addEventListener("click", () => { trouble.hidden = true; });

let gone = false;

export function complain(sentence) {
  trouble.querySelector("span").textContent = sentence;
  trouble.hidden = false;
}

/** The simulator itself answers (again). */
function heard() {
  if (gone) trouble.hidden = true;
  gone = false;
}

/** What a refusal says, in the page's language where the simulator gave both. */
async function sentenceOf(answer) {
  try {
    const told = await answer.json();
    return (current() === "zh" && told.detail_zh) || told.detail;
  } catch {
    return `${answer.status} ${answer.statusText}`;
  }
}

/** A fetch whose failures are sentences: throws an Error with one. */
export async function ask(path, options) {
  let answer;
  try {
    answer = await fetch(path, options);
  } catch (problem) {
    if (problem.name === "AbortError") throw problem;
    gone = true;
    complain(t("gone"));
    throw new Error(t("gone"));
  }
  heard();
  if (!answer.ok) throw Object.assign(new Error(await sentenceOf(answer)), { status: answer.status });
  return answer;
}

/** POST; a refusal appears on the page and gives null. */
export async function post(path, body) {
  const options = { method: "POST" };
  if (body !== undefined) {
    options.headers = { "Content-Type": "application/json" };
    options.body = JSON.stringify(body);
  }
  try {
    const answer = await ask(path, options);
    return answer.status === 204 ? {} : await answer.json();
  } catch (problem) {
    complain(problem.message);
    return null;
  }
}

export const rest = (ms) => new Promise((done) => setTimeout(done, ms));

/** Resolves at once on a page that can be seen, else when it can be seen again. */
export function seen() {
  if (!document.hidden) return Promise.resolve();
  return new Promise((done) => document.addEventListener("visibilitychange", done, { once: true }));
}
