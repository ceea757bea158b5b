// Where the agent writes: a draft for each contact, which outlives a reload; Enter sends, unless a
// word is being composed; words of the guide and phrases come in where the cursor is.

import { kept, say } from "./given.js";
import { $ } from "./dom.js";
import { get } from "./ask.js";
import { sendSignal } from "../live/signals.js";
import { ask } from "./choices.js";
import { chosen, current, on } from "./store.js";
import { send } from "./outbox.js";

const field = $("words");
const hints = new Map(); // contact -> what is to be done with what stands in the field
let isNote = false;
let typedAt = 0;
let phrases = null;

const isOpen = (one) => ["connected", "held"].includes(one?.brief?.state);
const store = () => kept.set(`draft.${chosen}`, field.value ? { text: field.value, at: Date.now() } : null);

export function show() {
  const one = current();
  $("composer").hidden = !isOpen(one) && one?.brief?.state !== "after";
  if (one) note(!isOpen(one) || isNote);
  if (!isOpen(one)) hints.delete(chosen);
  hint();
}

// Lines to colleagues look unlike those to the customer, so that neither is sent by mistake.
export function note(wanted = !isNote) {
  isNote = wanted;
  $("composer").classList.toggle("is-note", isNote);
  $("note-switch").setAttribute("aria-pressed", String(isNote));
}

function load() {
  field.value = kept.get(`draft.${chosen}`)?.text ?? "";
  isNote = false;
  show();
}

export function hint(text) {
  if (text !== undefined) hints.set(chosen, text);
  $("composer-hint").textContent = hints.get(chosen) ?? "";
  $("composer-hint").hidden = !hints.get(chosen);
}

export function focus() { if (!$("composer").hidden) field.focus(); }

// Put words where the cursor is; the first blank is chosen, to be written over.
export function insert(words, instead = [field.selectionStart, field.selectionEnd]) {
  if (!current()) return;
  const [start, end] = field.value ? instead : [0, 0];
  field.setRangeText(words, start, end, "end");
  const blank = /【[^】]*】/.exec(field.value);
  field.focus();
  if (blank) field.setSelectionRange(blank.index, blank.index + blank[0].length);
  changed();
}

function changed() {
  store();
  if (!isNote && isOpen(current()) && Date.now() - typedAt > 2_000) {
    typedAt = Date.now();
    sendSignal(`contact:${chosen}`, "typing");
  }
}

function submit() {
  const one = current();
  const text = field.value.trim();
  if (!one || !text) return;
  if (text.length > 4000) return;
  send(one.id, text, isNote ? "note" : "say");
  field.value = "";
  store();
  hints.delete(one.id);
  note(!isOpen(one));
  hint();
}

// A slash and the beginning of a shortcut, at the cursor.
function slash() {
  const head = field.value.slice(0, field.selectionStart);
  const found = /(^|\s)\/(\S{0,20})$/.exec(head);
  return found ? { typed: found[2].toLowerCase(), from: head.length - found[2].length - 1 } : null;
}

async function atHand() {
  phrases ??= (await get("phrases/at-hand").catch(() => ({ phrases: [] }))).phrases;
  return phrases;
}

async function offerPhrases({ typed, from }) {
  const fitting = (await atHand()).filter((one) => one.shortcut.startsWith(typed));
  const exact = fitting.find((one) => one.shortcut === typed);
  if (exact) { insert(exact.text, [from, field.selectionStart]); return; }
  const end = field.selectionStart;
  ask(say("phrases"), fitting.map((one) => ({ title: `/${one.shortcut}`, note: one.text, do: () => insert(one.text, [from, end]) })), fitting.length ? "" : say("no-phrases"));
}
export function choosePhrase() {
  const at = field.selectionStart;
  offerPhrases({ typed: "", from: at });
}

field.addEventListener("input", changed);
field.addEventListener("keydown", (event) => {
  if (event.isComposing || event.keyCode === 229) return;
  if (event.key === "Escape") { event.preventDefault(); field.blur(); $("talk-lines").focus({ preventScroll: true }); return; }
  const found = (event.key === "Enter" || event.key === "Tab") && !event.shiftKey ? slash() : null;
  if (found && (found.typed || event.key === "Tab")) { event.preventDefault(); offerPhrases(found); return; }
  if (event.key === "Enter" && !event.shiftKey && !event.ctrlKey && !event.altKey && !event.metaKey) { event.preventDefault(); submit(); }
});
$("composer").addEventListener("submit", (event) => { event.preventDefault(); submit(); });
on("chosen", load);
on("contact", (one) => { if (one.id === chosen) show(); });
on("desk", show);
kept.hear("draft.", (name) => {
  if (name === `draft.${chosen}` && document.activeElement !== field) field.value = kept.get(name)?.text ?? "";
});
load();
for (const name of kept.names("draft.")) if (Date.now() - (kept.get(name)?.at ?? 0) > 2 * 24 * 3600_000) kept.set(name, null);
