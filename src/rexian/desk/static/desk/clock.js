// The server's clock, as far as this page knows it, and everything that counts seconds.

import { given } from "./given.js";

let offset = 0;
let best = Infinity;

// Take note of the server's time, which was told in an answer that took so many milliseconds. The
// quickest answer is the truest; a guess from a state that was pushed is only the first.
export function learn(text, took = 60_000) {
  if (!text || took > best) return;
  best = took;
  offset = Date.parse(text) + Math.min(took, 2_000) / 2 - Date.now();
}
export const now = () => Date.now() + offset;
learn(given?.desk?.now);

export function span(milliseconds) {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000));
  const [hours, minutes, rest] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const two = (one) => String(one).padStart(2, "0");
  return hours ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`;
}
export const since = (text) => span(now() - Date.parse(text));
export const left = (text) => Math.ceil((Date.parse(text) - now()) / 1000);

const inZone = new Intl.DateTimeFormat("zh-CN", { timeZone: given?.time_zone, hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
export const timeOf = (text) => inZone.format(new Date(text));

const acts = new Set();
export const everySecond = (act) => { acts.add(act); act(); };

// Elements with data-since and data-until count by themselves.
function tick() {
  for (const one of document.querySelectorAll("[data-since]")) one.textContent = since(one.dataset.since);
  for (const one of document.querySelectorAll("[data-until]")) one.textContent = Math.max(0, left(one.dataset.until));
  for (const act of acts) act();
}
setInterval(tick, 1000);
export const count = tick;
