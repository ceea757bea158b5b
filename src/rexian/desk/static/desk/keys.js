// The keys. Function keys act everywhere; letters only while nobody writes; none while a word is being
// composed by an input method, and none with Ctrl, Alt or a command key, which belong to the browser.

import { given } from "./given.js";
import { $ } from "./dom.js";
import { DEEDS } from "./deeds.js";

const actOf = new Map();
for (const [name, keys] of Object.entries(given.keys)) for (const key of keys) actOf.set(key, DEEDS[name]);

const isWriting = (target) => target.closest?.("input:not([type=checkbox], [type=radio], [type=button]), textarea, select, [contenteditable]");
function lettersAreOff() {
  try { return localStorage.getItem("look.keys") === "off"; } catch { return false; }
}
let goingUntil = 0; // "g" and a letter go to a section: that letter is not ours

addEventListener("keydown", (event) => {
  if (event.isComposing || event.keyCode === 229 || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
  if (document.querySelector("dialog[open]")) return;
  const isFunction = /^F\d+$/.test(event.key);
  if (isFunction && event.shiftKey) return;
  if (!isFunction && (lettersAreOff() || isWriting(event.target))) return;
  if (event.key === "g") { goingUntil = event.timeStamp + 2500; return; }
  if (!isFunction && event.timeStamp < goingUntil) { goingUntil = 0; return; }
  const act = /^[1-9]$/.test(event.key) ? () => DEEDS.choose(Number(event.key)) : actOf.get(event.key);
  if (!act || event.repeat) return;
  event.preventDefault();
  act();
});
// In a field of the side, Esc leaves it, so that letters act again.
addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || event.isComposing || event.keyCode === 229 || event.defaultPrevented) return;
  if (isWriting(event.target) && event.target.closest(".desk")) event.target.blur();
});

const list = document.querySelector("#keys .keys-list");
list?.before($("desk-keys").content.cloneNode(true));
