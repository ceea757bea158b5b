// Keeps elements with data-live="topic:key" as they are on the server. What comes replaces the
// element's content; without a template of its own, the page hears "rexian:change" instead, and
// "rexian:signal" of what passes and is not kept. data-live-after is the id of the newest entry that
// the page knows of. A page that needs no session says its language in <html data-live-language>.
// On the document: "rexian:online", "rexian:offline", "rexian:refused". On .live-mark:
// data-live-state.

import { Stream } from "./stream.js";

export { sendSignal } from "./signals.js";

const UNWELCOME = 5_000; // a worker that has not answered by then is not there
const shown = new WeakMap(); // element -> the id of the entry that it shows
const postponed = new Map(); // element -> the content that waits until nobody writes in it
const language = document.documentElement.dataset.liveLanguage ?? "";
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
    if (!element.isConnected) postponed.delete(element);
    else if (!isWrittenIn(element)) { postponed.delete(element); replace(element, html); }
  }
}));

const watching = ({ topic, key }) => elements().filter((one) => one.dataset.live === `${topic}:${key}`);
const tell = (element, name, detail) => element.dispatchEvent(new CustomEvent(`rexian:${name}`, { bubbles: true, detail }));

function apply(data) {
  for (const element of watching(data)) {
    const known = Math.max(shown.get(element) ?? -1, Number(element.dataset.liveAfter ?? -1));
    if (data.id <= known) continue; // seen by another tab's request, and by this page itself
    shown.set(element, data.id);
    if (data.html !== undefined) replace(element, data.html);
    tell(element, "change", data);
  }
}

// Some of what this page watches is not given to it; the rest goes on.
function refuse(watches) {
  const ours = new Set(elements().map((one) => one.dataset.live));
  const refused = watches.filter((one) => ours.has(one));
  if (!refused.length) return;
  markState("off");
  tellPage("refused", refused);
}

function hear({ name, data }) {
  if (name === "change") apply(data);
  else if (name === "signal") for (const element of watching(data)) tell(element, "signal", data);
  else if (name === "online") { markState("on"); tellPage("online"); }
  else if (name === "offline") { markState("off"); tellPage("offline"); }
  else if (name === "refused") refuse(data);
}

function lineOfThisTab() {
  const stream = new Stream("/live", hear, language);
  return ({ name, watches, after }) => {
    if (name === "watch") stream.watch(watches, after);
    else if (name === "bye") stream.close();
    else if (name === "hurry") stream.hurry();
  };
}

// A worker that cannot be had (an old browser, a policy, a frame in another site's page whose storage
// is refused) is replaced by a stream of this tab's own.
function lineOfAllTabs() {
  const { port, worker } = sharedWorker();
  let isGone = false;
  const giveUp = () => {
    if (isGone) return;
    isGone = true;
    clearInterval(beating);
    port.postMessage({ name: "bye" });
    port.close();
    line = lineOfThisTab();
    watch();
  };
  const waiting = setTimeout(giveUp, UNWELCOME);
  const beating = setInterval(() => port.postMessage({ name: "here" }), 60_000);
  worker.addEventListener("error", giveUp);
  port.addEventListener("message", ({ data }) => {
    if (data.name === "welcome") clearTimeout(waiting);
    else if (!isGone) hear(data);
  });
  port.start();
  return (message) => port.postMessage(message);
}

function sharedWorker() {
  const worker = new SharedWorker(new URL("./live-worker.js", import.meta.url), { type: "module", name: "rexian-live" });
  return { worker, port: worker.port };
}

function newLine() {
  if (!("SharedWorker" in globalThis)) return lineOfThisTab();
  try {
    return lineOfAllTabs();
  } catch {
    return lineOfThisTab();
  }
}

function watch() {
  const watched = elements();
  const watches = [...new Set(watched.map((one) => one.dataset.live))];
  const after = Math.min(...watched.map((one) => shown.get(one) ?? Number(one.dataset.liveAfter ?? -1)));
  if (watches.length === 0 && !line) return;
  line ??= newLine();
  line({ name: watches.length ? "watch" : "bye", watches, after, language });
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
const hurry = () => line?.({ name: "hurry" });
addEventListener("online", hurry);
document.addEventListener("visibilitychange", () => { if (document.visibilityState === "visible") hurry(); });
watch();
