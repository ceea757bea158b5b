// A question with a few answers, each at a digit: in its place in the page, never in a dialogue.

import { $, key, make } from "./dom.js";

let before = null;
let options = [];

// options: { title, note, do }. More than nine can be reached with Tab.
export function ask(title, given, note = "") {
  const strip = $("choices");
  if (strip.hidden) before = document.activeElement;
  options = given;
  strip.setAttribute("aria-label", title);
  strip.replaceChildren(
    make("p", { class: "choices-title" }, make("b", {}, title), key("Esc")),
    note && make("p", { class: "small soft" }, note),
    make("div", { class: "choices-list" }, options.map((one, at) =>
      make("button", { type: "button", class: "button small", onclick: () => pick(at) },
        at < 9 && key(String(at + 1)), make("span", {}, one.title), one.note && make("span", { class: "soft" }, one.note)))),
  );
  strip.hidden = false;
  strip.querySelector("button")?.focus();
}

function pick(at) {
  const one = options[at];
  close();
  one?.do();
}

export function close() {
  const strip = $("choices");
  if (strip.hidden) return;
  strip.hidden = true;
  strip.replaceChildren();
  options = [];
  before?.isConnected && before.focus({ preventScroll: true });
}

$("choices").addEventListener("keydown", (event) => {
  if (event.key === "Escape") { event.preventDefault(); event.stopPropagation(); close(); return; }
  if (event.ctrlKey || event.metaKey || event.altKey || !/^[1-9]$/.test(event.key)) return;
  event.preventDefault();
  event.stopPropagation();
  if (options[event.key - 1]) pick(event.key - 1);
});
