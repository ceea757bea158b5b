// Keeps elements with data-live="topic:key" as they are on the server. What comes replaces the
// element's content; without a template of its own, the page hears "rexian:change" instead.
// data-live-after is the id of the newest entry that the page knows of.
// On the document: "rexian:online", "rexian:offline". On .live-mark: data-live-state.

import { Stream } from "./stream.js";

const shown = new Map(); // watch -> the id of the entry that it shows
const postponed = new Map(); // element -> the content that waits until nobody writes in it
let line = null;

const elements = () => [...document.querySelectorAll("[data-live]")];
const tellPage = (name, detail) => document.dispatchEvent(new CustomEvent(`rexian:${name}`, { detail }));
function markState(state) {
  for (const mark of document.querySelectorAll("[data-live-state]")) mark.dataset.liveState = state;
}

function isWrittenIn(element) {
  const at = document.activeElement;
  return element.contains(at) && at.matches("input:not([type=checkbox], [type=radio], [type=button], [type=submit]), textarea, select, [contenteditable]");
}

// Where the focus is within an element, as something that can be found again in its new content.
function placeOfFocus(element) {
  const at = document.activeElement;
  if (at === element || !element.contains(at)) return null;
  if (at.id) return () => document.getElementById(at.id);
  const same = [...element.querySelectorAll(at.localName)].indexOf(at);
  const href = at.getAttribute("href");
  return () => (href && [...element.querySelectorAll("a")].find((one) => one.getAttribute("href") === href))
    || element.querySelectorAll(at.localName)[same];
}

function replace(element, html) {
  if (isWrittenIn(element)) { postponed.set(element, html); return; }
  const focus = placeOfFocus(element);
  const open = [...element.querySelectorAll("details[open][id]")].map((one) => one.id);
  const template = document.createElement("template");
  template.innerHTML = html;
  element.replaceChildren(template.content);
  for (const id of open) { const one = document.getElementById(id); if (one) one.open = true; }
  focus?.()?.focus({ preventScroll: true });
  element.dispatchEvent(new CustomEvent("rexian:replaced", { bubbles: true }));
}

document.addEventListener("focusout", () => setTimeout(() => {
  for (const [element, html] of postponed) {
    if (!isWrittenIn(element)) { postponed.delete(element); replace(element, html); }
  }
}));

function apply(data) {
  const watch = `${data.topic}:${data.key}`;
  for (const element of elements().filter((one) => one.dataset.live === watch)) {
    const known = Math.max(shown.get(element) ?? -1, Number(element.dataset.liveAfter ?? -1));
    if (data.id <= known) continue; // seen by another tab's request, and by this page itself
    shown.set(element, data.id);
    if (data.html !== undefined) replace(element, data.html);
    element.dispatchEvent(new CustomEvent("rexian:change", { bubbles: true, detail: data }));
  }
}

function hear({ name, data }) {
  if (name === "change") apply(data);
  else if (name === "online") { markState("on"); tellPage("online"); }
  else if (name === "offline") { markState("off"); tellPage("offline"); }
  else if (name === "refused") { markState("off"); tellPage("refused", data); }
}

// A worker that cannot be had (an old browser, a policy) is replaced by a stream of this tab's own.
function lineOfThisTab() {
  const stream = new Stream("/live", hear);
  return ({ name, watches, after }) => {
    if (name === "watch") stream.watch(watches, after);
    else if (name === "bye") stream.close();
    else if (name === "hurry") stream.hurry();
  };
}

function lineOfAllTabs() {
  const worker = new SharedWorker(new URL("./live-worker.js", import.meta.url), { type: "module", name: "rexian-live" });
  worker.addEventListener("error", () => { line = lineOfThisTab(); watch(); });
  worker.port.addEventListener("message", ({ data }) => hear(data));
  worker.port.start();
  setInterval(() => worker.port.postMessage({ name: "here" }), 60_000);
  return (message) => worker.port.postMessage(message);
}

function watch() {
  const watched = elements();
  const watches = [...new Set(watched.map((one) => one.dataset.live))];
  const after = Math.min(...watched.map((one) => shown.get(one) ?? Number(one.dataset.liveAfter ?? -1)));
  if (watches.length === 0 && !line) return;
  line ??= "SharedWorker" in globalThis ? lineOfAllTabs() : lineOfThisTab();
  line({ name: watches.length ? "watch" : "bye", watches, after });
}

// Parts of the page that come later may be watched too.
let settling = 0;
const isLive = (node) => node.nodeType === 1 && (node.matches("[data-live]") || node.querySelector("[data-live]"));
new MutationObserver((changes) => {
  if (!changes.some((one) => [...one.addedNodes, ...one.removedNodes].some(isLive))) return;
  clearTimeout(settling);
  settling = setTimeout(watch, 50);
}).observe(document.body, { childList: true, subtree: true });

for (const element of document.querySelectorAll("[data-live-polite]")) element.setAttribute("aria-live", "polite");
addEventListener("pagehide", () => line?.({ name: "bye" }));
addEventListener("pageshow", ({ persisted }) => { if (persisted) watch(); });
addEventListener("online", () => line?.({ name: "hurry" }));
watch();
