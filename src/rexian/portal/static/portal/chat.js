// A conversation, live: shows what comes, sends what is written, keeps it until it has arrived.
// The stream tells what is new; where it cannot be had, the page asks by itself.

import { keeps, openVisit, token, unsent } from "./kept.js";
import { framed } from "./framed.js";
import { Outbox } from "./outbox.js";
import { Turns } from "./turns.js";
import { takeFiles } from "./sending-files.js";

const main = document.querySelector("[data-conversation]");
const { code, key, sites, longest } = main.dataset;
const words = JSON.parse(main.querySelector("[data-words]").textContent);
const turns = new Turns(main, words);
const composer = document.querySelector("[data-composer]");
const box = composer.elements.text;
const status = document.querySelector("[data-status]");
const trouble = document.querySelector("[data-trouble]");
const left = document.querySelector("[data-left]");
const title = document.title;
const WAITING = ["queued", "offered"];
const TALKING = ["connected", "held"];
let last = Number(main.dataset.last);
let told = { state: document.body.dataset.state };
let unread = 0;
let streaming = false;

document.documentElement.classList.add("scripted");
box.required = false;

// --- asking the server -----------------------------------------------------------------------
function ask(address, fields) {
  const body = fields && new URLSearchParams(fields);
  return fetch(address, { method: fields ? "POST" : "GET", body, headers: { Accept: "application/json" }, cache: "no-store" })
    .then((answer) => answer.json().catch(() => ({})).then((heard) => ({ status: answer.status, told: heard })));
}

// What passes and is kept nowhere, for the agent's page alone.
function signal(kind, data) {
  const body = JSON.stringify({ watch: main.dataset.live, kind, data });
  fetch("/live/signal", { method: "POST", body, headers: { "Content-Type": "application/json" } }).catch(() => {});
}

// Say that we are here and how far was read, and hear what is new: the lines that the stream lost too.
let asking = false;
let saidRead = 0;
function here() {
  if (asking) return;
  asking = true;
  const fields = { after: last };
  if (isLooking()) {
    fields.seen = last;
    if (last > saidRead && TALKING.indexOf(told.state) >= 0) {
      saidRead = last;
      signal("read", { seq: last });
    }
  }
  ask(main.dataset.here, fields).then((answer) => {
    if (answer.status < 300) { settle(answer.told); clearTrouble(words.offline); }
  }).catch(() => { if (!navigator.onLine) say(words.offline); }).then(() => { asking = false; });
}

// --- what is new -----------------------------------------------------------------------------
function settle(now) {
  if (now.key && now.key !== key) { move(now.key); return; }
  if (now.first > last + 1) { here(); return; } // some were missed in between
  const before = told.state;
  if (!(now.version < told.version)) told = now; // an answer may be older than what the stream told
  const theirs = turns.add(now.lines);
  last = Math.max(last, now.last);
  turns.seen(now.seen);
  if (theirs) arrived(theirs);
  show(before);
  if (now.follower) move(now.follower);
}

function show(before) {
  status.textContent = standing();
  main.querySelector("[data-standing]").textContent = status.textContent;
  document.body.dataset.state = told.state;
  for (const one of document.querySelectorAll("[data-when]")) one.hidden = one.dataset.when.split(" ").indexOf(told.state) < 0;
  const rating = document.querySelector("[data-rating]");
  if (rating && rating.hidden === told.rating) {
    const follow = turns.isAtEnd();
    rating.hidden = !told.rating;
    if (follow) turns.toEnd();
  }
  if (told.state === "ended") openVisit.forget(code, key);
  else openVisit.keep(code, key);
  if (before !== told.state) { beat(); keepOutside(); }
}

function fill(message, values) {
  return message.replace(/\{(\w+)\}/g, (_, name) => values[name]);
}

function standing() {
  const agent = turns.agent(told.number);
  if (told.state === "queued") return [place(), told.agents === 0 ? words.nobody : wait()].filter(Boolean).join(" ").replace("。 ", "。");
  if (told.state === "offered") return words.offered;
  if (told.state === "connected" || told.state === "held") return fill(words[told.state], { agent });
  const over = words[told.ending] || words.over;
  return told.call_by ? [over, fill(words["call-by"], { time: turns.day(told.call_by) })].join(" ").replace("。 ", "。") : over;
}
function place() {
  if (told.place === null) return words.offered;
  return told.place === 1 && told.agents ? words.next : fill(words.place, { place: told.place });
}
function wait() {
  if (told.wait === null) return "";
  return told.wait < 60 ? words.soon : fill(words.wait, { minutes: Math.round(told.wait / 60) });
}

function move(other) {
  openVisit.keep(code, other);
  unsent.keep(other, unsent.of(other).concat(unsent.of(key)));
  unsent.keep(key, []);
  location.replace(main.dataset.say.replace(encodeURIComponent(key), encodeURIComponent(other)).replace("/say", "/") + "#end");
}

// --- read and unread -------------------------------------------------------------------------
const frame = framed(sites.split(" ").filter(Boolean), () => { keepOutside(); looked(); });
// In another site's page a browser may let us keep nothing. Then the widget keeps the key, there, so
// that the site's next page finds the conversation again.
const isForgetful = !keeps();
function keepOutside() { if (isForgetful) frame.tell("keep", told.state === "ended" ? "" : key); }
const isLooking = () => document.visibilityState === "visible" && frame.isShown();
function arrived(count) {
  typing(false);
  if (isLooking()) { here(); return; }
  unread += count;
  document.title = fill(words.unread, { count: unread }) + " · " + title;
  frame.tell("unread", unread);
}
function looked() {
  if (!isLooking()) return;
  if (unread) { unread = 0; document.title = title; frame.tell("unread", 0); }
  here();
}
document.addEventListener("visibilitychange", looked);

// --- writing ---------------------------------------------------------------------------------
function say(text) { if (trouble.textContent !== text) trouble.textContent = text; trouble.hidden = false; }
function clearTrouble(text) { if (!text || trouble.textContent === text) trouble.hidden = true; }

const outbox = new Outbox(key, (item) => ask(main.dataset.say, { text: item.text, sent_as: item.sent_as, after: last }), (event, item, now) => {
  if (event === "sent") {
    clearTrouble();
    settle(now);
    turns.drop(item.sent_as);
  } else if (event === "refused" || item.refused !== undefined) {
    const again = [words.again, () => outbox.again(item)];
    const discard = [words.discard, () => { turns.drop(item.sent_as); outbox.discard(item); box.focus(); }];
    turns.refuse(item, words.refused + (item.refused ? ": " + item.refused : ""), [again, discard]);
  } else {
    turns.await(item, event === "pending" ? words.sending : words.retrying);
    if (event === "slowly") say(words.slowly);
  }
});

turns.arrived = (sentAs) => outbox.arrived(sentAs);
for (const sentAs of Object.keys(turns.sent)) outbox.arrived(sentAs);

const length = () => Array.from(box.value.trim()).length; // as the server counts: characters, not halves
function count() {
  const over = length() - Number(longest);
  left.textContent = over > 0 ? fill(words["too-long"], { count: over }) : over > -300 ? fill(words.left, { count: -over }) : "";
  left.classList.toggle("over", over > 0);
  return over <= 0;
}
function grow() {
  box.style.height = "auto";
  box.style.height = Math.min(box.scrollHeight + 2, 160) + "px";
}
function send() {
  if (!count()) { box.focus(); return; }
  const text = box.value.trim();
  if (!text) { box.focus(); return; }
  box.value = "";
  grow();
  count();
  outbox.add(text);
  box.focus();
}
composer.addEventListener("submit", (event) => { event.preventDefault(); send(); });
// Enter sends where there is a keyboard with keys; under a thumb it makes a new line.
const hasKeys = matchMedia("(pointer: fine)").matches;
box.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && hasKeys && !event.shiftKey && !event.isComposing && event.keyCode !== 229) { event.preventDefault(); send(); }
});
let saidTyping = 0;
box.addEventListener("input", () => {
  grow();
  count();
  if (Date.now() - saidTyping < 3000 || !box.value) return;
  saidTyping = Date.now();
  signal("typing", {});
});
if (box.value) grow(); // a browser that has kept what was written

// --- the other side writes -------------------------------------------------------------------
const typingMark = main.querySelector("[data-typing]");
let typingTimer = 0;
function typing(is) {
  clearTimeout(typingTimer);
  const follow = turns.isAtEnd();
  typingMark.textContent = is ? fill(words.typing, { agent: turns.agent(told.number) }) : "";
  typingMark.hidden = !is;
  if (is) typingTimer = setTimeout(typing, 6000, false);
  if (is && follow) turns.toEnd();
}

// --- forms that are answered here ------------------------------------------------------------
function answered(form, then) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const button = form.querySelector("button");
    button.classList.add("busy");
    const fields = {};
    for (const one of form.elements) if (one.name && (one.type !== "radio" || one.checked)) fields[one.name] = one.value;
    ask(form.getAttribute("action"), fields).then(({ status: code_, told: now }) => {
      if (code_ < 300) { clearTrouble(); then(now); } else say(now.detail || words.retrying);
    }).catch(() => say(words.offline)).then(() => button.classList.remove("busy"));
  });
}
for (const form of document.querySelectorAll("[data-leave]")) {
  answered(form, (now) => { closeMenus(); settle(now); });
}
for (const form of document.querySelectorAll("[data-rate]")) {
  answered(form, () => { form.hidden = true; document.querySelector("[data-thanks]").hidden = false; });
}
for (const form of document.querySelectorAll("[data-ring-back]")) {
  answered(form, (now) => { settle(now); });
}
takeFiles({ main, words, turns, say, clearTrouble, last: () => last, settle, token });

function closeMenus(except) {
  for (const menu of document.querySelectorAll("details[data-menu][open]")) if (menu !== except) menu.open = false;
}
document.addEventListener("click", (event) => closeMenus(event.target.closest("[data-menu]")));
document.addEventListener("keydown", (event) => {
  const menu = event.key === "Escape" && document.querySelector("details[data-menu][open]");
  if (menu) { event.preventDefault(); menu.open = false; menu.querySelector("summary").focus(); }
}, true);

// --- here, and the line to the server --------------------------------------------------------
let beats = 0;
function beat() {
  clearInterval(beats);
  const pause = told.state === "ended" ? 60000 : !streaming ? 4000 : WAITING.indexOf(told.state) >= 0 ? 10000 : 20000;
  beats = setInterval(here, pause);
}
function stream(is) { if (streaming !== is) { streaming = is; beat(); if (is) here(); } }
main.addEventListener("rexian:change", ({ detail }) => { if (detail.state) settle(detail.state); });
main.addEventListener("rexian:signal", ({ detail }) => {
  if (detail.kind === "typing") typing(true);
  else if (detail.kind === "read") turns.seen(Number(detail.data.seq));
});
document.addEventListener("rexian:online", () => { stream(true); outbox.hurry(); }); // the server is back: so is what waits for it
document.addEventListener("rexian:offline", () => stream(false));
document.addEventListener("rexian:refused", () => stream(false));
addEventListener("online", () => { clearTrouble(words.offline); outbox.hurry(); here(); });
addEventListener("offline", () => say(words.offline));
addEventListener("pageshow", ({ persisted }) => { if (persisted) here(); });

// A keyboard on glass covers what is below: the page is as high as what can be seen.
if (window.visualViewport) {
  const fit = () => {
    if (visualViewport.scale > 1.01) return; // somebody looks closer: that is not a keyboard
    const follow = turns.isAtEnd();
    document.documentElement.style.setProperty("--high", visualViewport.height + "px");
    if (follow) turns.toEnd();
  };
  visualViewport.addEventListener("resize", fit);
  visualViewport.addEventListener("scroll", () => { if (visualViewport.scale <= 1.01) window.scrollTo(0, 0); });
}

if (told.state !== "ended") openVisit.keep(code, key);
turns.toEnd();
beat();
here();
