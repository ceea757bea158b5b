// The state of the desk: how one stands, what one has, each contact's lines and guide. Whatever
// comes (a fetch, the stream, an answer) is taken in here; who shows it hears "change".

import { given, kept } from "./given.js";
import { learn } from "./clock.js";
import { get, post } from "./ask.js";
import { sendSignal } from "../live/signals.js";

export const desk = { presence: given?.desk?.presence ?? null, order: [], breaksUsed: given?.breaks_used ?? {} };
export const contacts = new Map(); // id -> { id, brief, lines, guide, book, people, asOf }
export let chosen = null;
export const events = new EventTarget();
const tell = (name, detail) => events.dispatchEvent(new CustomEvent(name, { detail }));
export const on = (name, act) => events.addEventListener(name, ({ detail }) => act(detail));

let deskAsOf = given?.after ?? 0;

export const current = () => contacts.get(chosen) ?? null;

function entry(id) {
  if (!contacts.has(id)) contacts.set(id, { id, brief: null, lines: new Map(), guide: null, book: null, people: {}, asOf: -1, readTo: 0 });
  return contacts.get(id);
}

// Take in how the desk is as of an entry of the journal; an older state changes nothing.
export function takeDesk(state, asOf = Infinity) {
  if (!state || asOf < deskAsOf) return;
  if (asOf !== Infinity) deskAsOf = asOf;
  learn(state.now);
  const before = desk.presence;
  desk.presence = state.presence;
  const had = desk.order;
  desk.order = state.contacts.map((one) => one.id);
  for (const brief of state.contacts) {
    const one = entry(brief.id);
    takeBrief(one, brief);
    if (one.asOf < 0) { one.asOf = 0; watch(brief.id, deskAsOf); load(brief.id); }
  }
  for (const id of had.filter((one) => !desk.order.includes(one))) drop(id);
  tell("desk", { before, had });
  if (!desk.order.includes(chosen)) choose(nextToShow(), { quietly: true });
}

function nextToShow() {
  const remembered = kept.get("chosen");
  const open = desk.order.filter((id) => contacts.get(id).brief.state !== "offered");
  return open.includes(remembered) ? remembered : open[0] ?? null;
}

function drop(id) {
  document.querySelector(`[data-live="contact:${id}"]`)?.remove();
  contacts.delete(id);
  tell("gone", id);
}

// An older brief changes nothing; what was read stays read, also where the mark came before its state.
function takeBrief(one, brief) {
  if (one.brief && brief.version < one.brief.version) return;
  for (const name of ["lines", "seen", "seen_by_customer"]) brief[name] = Math.max(brief[name], one.brief?.[name] ?? 0);
  one.brief = brief;
}

// Take in a contact's state; its lines are added to those that are known. A change tells the newest
// lines alone, and may come before the answer that has all: of an older state, those are still wanted.
export function takeContact(id, state, asOf) {
  const one = contacts.get(id);
  if (!one) return;
  if (state.book) one.book = state.book;
  Object.assign(one.people, state.people ?? {});
  if (asOf >= one.asOf) {
    one.asOf = asOf;
    learn(state.now);
    takeBrief(one, state.contact);
    one.guide = state.guide;
  }
  takeLines(one, state.lines);
  tell("contact", one);
}

// Take in how far one side has read; nothing but the marks changes.
function takeRead(id, side, seq) {
  const one = contacts.get(id);
  if (!one?.brief || !(seq > one.brief[side])) return;
  one.brief[side] = seq;
  tell("read", one);
}
const otherTabs = new BroadcastChannel(`rexian-desk-${given?.person}`);
otherTabs.addEventListener("message", ({ data }) => takeRead(data.id, "seen", data.seq));

// The agent has read up to a line: their other tabs hear it, the customer's page, and the server.
export function read(one, seq) {
  const before = one.readTo;
  one.readTo = seq;
  tell("read", one);
  otherTabs.postMessage({ id: one.id, seq });
  sendSignal(`contact:${one.id}`, "read", { seq });
  post(`contacts/${one.id}/read`, { seq }).catch(() => { one.readTo = before; });
}

function takeLines(one, lines) {
  const fresh = lines.filter((line) => !one.lines.has(line.seq));
  for (const line of fresh) one.lines.set(line.seq, line);
  if (fresh.length) tell("lines", { contact: one, fresh });
  const first = lines[0]?.seq ?? 1;
  const known = Math.max(0, ...[...one.lines.keys()].filter((seq) => seq < first));
  if (known && known < first - 1) fill(one.id, known); // more was said than comes with a state
}

// Take in a line that an answer brought, before the stream does.
export function takeLine(id, line) {
  const one = contacts.get(id);
  if (!one || one.lines.has(line.seq)) return;
  one.lines.set(line.seq, line);
  tell("lines", { contact: one, fresh: [line] });
  tell("contact", one);
}

export async function fill(id, after) {
  const found = await get(`contacts/${id}/lines?after=${after}`).catch(() => null);
  const one = contacts.get(id);
  if (!found || !one) return;
  Object.assign(one.people, found.people);
  for (const line of found.lines) one.lines.set(line.seq, line);
  tell("refilled", one);
  if (found.more) await fill(id, found.lines.at(-1).seq);
}

export async function load(id) {
  try {
    const state = await get(`contacts/${id}/state`);
    takeContact(id, state, state.after);
  } catch (refusal) {
    if (refusal.isPassing) setTimeout(() => contacts.has(id) && load(id), 3_000);
  }
}

export async function reload() {
  const state = await get("state").catch(() => null);
  if (!state) return;
  desk.breaksUsed = state.breaks_used;
  takeDesk(state.desk, state.after);
  for (const id of desk.order) load(id);
}

function watch(id, after) {
  const element = document.createElement("i");
  element.hidden = true;
  element.dataset.live = `contact:${id}`;
  element.dataset.liveAfter = String(after);
  element.addEventListener("rexian:change", ({ detail }) => {
    if (detail.state) takeContact(id, detail.state, detail.id);
  });
  element.addEventListener("rexian:signal", ({ detail }) => {
    if (detail.kind === "read") takeRead(id, "seen_by_customer", Number(detail.data.seq));
    else tell("signal", { id, ...detail });
  });
  document.getElementById("desk").append(element);
}

export function choose(id, { quietly = false } = {}) {
  if (id === chosen) return;
  chosen = id;
  kept.set("chosen", id);
  tell("chosen", { quietly });
}

// The lines in their order; what the customer has said and nobody has read or answered.
export const ordered = (one) => [...one.lines.values()].sort((a, b) => a.seq - b.seq);
export const unread = (one) => [...one.lines.values()].filter((line) => line.seq > Math.max(one.brief.seen, one.readTo) && line.speaker === "customer" && !line.signal).length;
export function waitsSince(one) {
  let since = null;
  for (const line of ordered(one)) {
    if (line.signal || line.whisper) continue;
    if (line.speaker === "customer") since ??= line.at;
    else if (line.speaker === "agent") since = null;
  }
  return one.brief.state === "connected" ? since : null;
}
export const nameOf = (brief) => (brief.name ? brief.name + (brief.form ?? "") : brief.spaced || `#${brief.id}`);
