// The contact record: fetched as a form, saved as it is written, kept here until it is saved. Another
// window that was faster is told of, and nothing that was typed is lost.

import { kept, say } from "./given.js";
import { $, make } from "./dom.js";
import { timeOf } from "./clock.js";
import { get, post } from "./ask.js";
import { chosen, current, on } from "./store.js";
import { insert } from "./composer.js";
import { prepareCategories } from "./categories.js";
import { tell } from "./told.js";
import { preparePlaces } from "../look/place.js";

const pane = $("record");
const PAUSE = 900;
const AGAIN = 4_000;
let timer = 0;
let shows = null; // the contact whose form stands there
let wanted = null; // the contact whose form was asked for
let asked = 0;
let saving = Promise.resolve(true);

const form = () => pane.querySelector("form");
const fieldsOf = (one) => Object.fromEntries(new FormData(one));
const isOpen = () => ["connected", "held", "after"].includes(current()?.brief?.state);

// Show the form of a category; what was written in the old one is carried over.
async function show(id, { category, urgent, fields } = {}) {
  const query = new URLSearchParams();
  if (category !== undefined) query.set("category", category);
  if (urgent !== undefined) query.set("urgent", urgent ? "yes" : "");
  const mine = (asked += 1);
  const html = await get(`contacts/${id}/record?${query}`).catch(() => null);
  if (html === null && wanted === id) wanted = null; // asked again with whatever comes next
  if (html === null || chosen !== id || asked !== mine) return; // only the newest question counts
  const template = document.createElement("template");
  template.innerHTML = html;
  pane.replaceChildren(template.content);
  shows = id;
  const unsaved = fields ?? kept.get(`record.${id}`)?.fields;
  if (unsaved) restore(unsaved);
  prepare(form(), id);
  preparePlaces(pane);
}

function restore(fields) {
  const one = form();
  for (const [name, value] of Object.entries(fields)) {
    const element = one.elements[name];
    if (element && name !== "urgent" && name !== "category") element.value = value;
  }
}

function prepare(one, id) {
  one.addEventListener("input", (event) => { if (event.target.name) written(id); });
  one.addEventListener("submit", (event) => { event.preventDefault(); saveNow({ always: true }); });
  one.addEventListener("click", (event) => {
    const words = event.target.closest("[data-words]");
    if (words) insert(words.dataset.words);
    const chosenCategory = event.target.closest("[data-category]");
    if (chosenCategory) pickCategory(chosenCategory.dataset.category, chosenCategory.dataset.urgent === "yes");
  });
  prepareCategories(one, id, pickCategory, (words) => { one.elements.category.value = words; written(id); });
  told();
}

function pickCategory(code, urgent) {
  const fields = fieldsOf(form());
  show(shows, { category: code, urgent: urgent || fields.urgent === "yes", fields }).then(() => {
    written(shows);
    form()?.querySelector(".asked input, .asked select, .asked textarea, #record-summary")?.focus();
  });
}

function written(id) {
  kept.set(`record.${id}`, { fields: fieldsOf(form()), at: Date.now() });
  clearTimeout(timer);
  timer = setTimeout(saveNow, PAUSE);
}

// Save what was written since; answers whether all is saved.
export function saveNow({ always = false } = {}) {
  clearTimeout(timer);
  const one = form();
  const id = shows;
  if (!one || id === null || !(always || kept.get(`record.${id}`))) return saving;
  saving = saving.then(() => save(one, id));
  return saving;
}

async function save(one, id) {
  const sent = fieldsOf(one);
  const state = one.querySelector("[data-saved]");
  try {
    const found = await post(`contacts/${id}/record/save`, { ...sent, version: one.dataset.version });
    one.dataset.version = found.version;
    if (JSON.stringify(kept.get(`record.${id}`)?.fields) === JSON.stringify(sent)) kept.set(`record.${id}`, null);
    state.textContent = say("saved", { time: timeOf(found.saved_at) });
    one.querySelector("[data-conflict]").hidden = true;
    showProgress(one, found);
    return true;
  } catch (refusal) {
    state.textContent = refusal.message;
    if (refusal.isPassing) timer = setTimeout(saveNow, AGAIN);
    else if (refusal.code === "record-changed") conflict(one, id, refusal);
    else if (refusal.field) fault(one, refusal.field, refusal.message);
    return false;
  }
}

function showProgress(one, found) {
  for (const line of one.querySelectorAll("[data-fault]")) line.hidden = true;
  const isAfter = current()?.brief.state === "after"; // what lacks is said when there is time for it
  for (const { field, sentence } of found.faults) if (isAfter || field === "number") fault(one, field, sentence);
  const dispatch = one.querySelector("[data-dispatch]");
  if (!dispatch) return;
  dispatch.classList.toggle("can", found.dispatchable);
  dispatch.replaceChildren(say(found.dispatchable ? "dispatchable" : "not-dispatchable"), ...(found.ask ? [" ",
    make("button", { type: "button", class: "button small", "data-words": found.ask.words }, say("ask-next", { label: found.ask.label }))] : []));
}

function fault(one, field, sentence) {
  const line = one.querySelector(`[data-field="${CSS.escape(field)}"] [data-fault]`);
  if (!line) { if (sentence) tell(sentence); return; }
  line.textContent = sentence;
  line.hidden = false;
}

// Another window saved first: theirs or mine, and nothing is lost before one has chosen.
function conflict(one, id, refusal) {
  const line = one.querySelector("[data-conflict]");
  const theirs = make("button", { type: "button", class: "button small", onclick: () => { kept.set(`record.${id}`, null); show(id); } }, say("theirs"));
  const mine = make("button", { type: "button", class: "button small", onclick: () => overwrite(one, id) }, say("mine"));
  line.replaceChildren(`${refusal.message} `, say("record-elsewhere"), " ", theirs, " ", mine);
  line.hidden = false;
}
async function overwrite(one, id) {
  const html = await get(`contacts/${id}/record`).catch(() => "");
  const version = /data-version="(\d+)"/.exec(html)?.[1];
  if (version) { one.dataset.version = version; saveNow({ always: true }); }
}

export function makeUrgent() {
  if (!isOpen()) return;
  const before = form() && shows === chosen ? fieldsOf(form()) : undefined;
  show(chosen, { category: before?.category ?? "", urgent: true, fields: before }).then(() => {
    const safety = pane.querySelector(".safety [data-words]");
    if (safety && !$("words").value) insert(safety.dataset.words);
    written(chosen);
    pane.querySelector(".asked input")?.focus();
  });
}
export function focus() { (pane.querySelector("#category-words") ?? pane).focus(); }
export function refresh() { told(); pane.scrollIntoView({ block: "nearest" }); }

// What depends on whether the conversation is over.
function told() {
  pane.hidden = !isOpen();
  const isAfter = current()?.brief?.state === "after";
  for (const one of pane.querySelectorAll("[data-after-only]")) one.hidden = !isAfter;
}
function update() {
  told();
  if (!isOpen() || wanted === chosen) return;
  saveNow();
  wanted = chosen;
  shows = null;
  pane.replaceChildren();
  show(chosen);
}
for (const name of ["chosen", "contact", "desk"]) on(name, update);
addEventListener("online", () => { if (kept.get(`record.${shows}`)) saveNow(); });
update();
