// Find a category by typing: a name, another name, or the initials of its pinyin.

import { say } from "./given.js";
import { make } from "./dom.js";
import { get } from "./ask.js";

const PAUSE = 150;

export function prepareCategories(form, contact, pick, write) {
  const input = form.querySelector("#category-words");
  const list = form.querySelector("#category-list");
  let timer = 0;
  let found = [];
  let at = -1;
  let isFree = false;
  let lookedFor = null; // what the list was asked for

  function mark(next) {
    at = Math.max(-1, Math.min(next, found.length - 1));
    [...list.children].forEach((row, place) => row.setAttribute("aria-selected", String(place === at)));
    input.setAttribute("aria-activedescendant", at >= 0 ? `category-${at}` : "");
    list.children[at]?.scrollIntoView({ block: "nearest" });
  }
  function close() { list.hidden = true; input.setAttribute("aria-expanded", "false"); at = -1; }
  function take(place) {
    const one = found[place];
    if (!one) return;
    input.value = one.name;
    close();
    pick(one.code, one.urgent);
  }
  // Whoever types faster than the list comes is taken to what they typed.
  async function takeFirst() {
    if (lookedFor !== input.value.trim()) await look();
    if (!list.hidden) take(Math.max(at, 0));
  }
  async function look() {
    clearTimeout(timer);
    const words = input.value.trim();
    const answer = await get(`contacts/${contact}/categories?q=${encodeURIComponent(words)}`).catch(() => null);
    if (!answer || words !== input.value.trim()) return; // only the newest question counts
    lookedFor = words;
    isFree = answer.free;
    if (isFree) { input.placeholder = say("free-category"); close(); write(input.value.trim()); return; }
    found = answer.found;
    list.replaceChildren(...found.map((one, place) => make("li", { id: `category-${place}`, role: "option", "aria-selected": "false", onmousedown: (event) => { event.preventDefault(); take(place); } },
      make("span", {}, one.name), one.because.length > 0 && make("span", { class: "soft small" }, say("because", { words: one.because.join("、") })))));
    list.hidden = found.length === 0;
    input.setAttribute("aria-expanded", String(found.length > 0));
    mark(input.value.trim() ? 0 : -1);
  }
  input.addEventListener("input", (event) => {
    event.stopPropagation();
    if (event.isComposing) return;
    clearTimeout(timer);
    timer = setTimeout(look, PAUSE);
  });
  input.addEventListener("compositionend", () => { clearTimeout(timer); timer = setTimeout(look, PAUSE); });
  input.addEventListener("focus", () => { input.select(); look(); });
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    if (event.isComposing || event.keyCode === 229) return;
    if (event.key === "ArrowDown") { event.preventDefault(); if (list.hidden) look(); else mark(at + 1); }
    else if (event.key === "ArrowUp") { event.preventDefault(); mark(at - 1); }
    else if (event.key === "Enter") { event.preventDefault(); takeFirst(); }
    else if (event.key === "Escape" && !list.hidden) { event.preventDefault(); event.stopPropagation(); close(); }
  });
}
