// Cases: the contact made one by one key, after what looks like the same was shown; what the customer
// has open is pressed, added to and withdrawn without leaving the conversation.

import { say } from "./given.js";
import { $ } from "./dom.js";
import { get, post } from "./ask.js";
import { ask } from "./choices.js";
import { chosen, current, on } from "./store.js";
import { attempt, tell } from "./told.js";
import * as record from "./record.js";

const panel = $("cases");
const GATHERS = 250;
let shownFor = "";
let waiting = 0;
let isUnderWay = false;

const isOpen = () => ["connected", "held", "after"].includes(current()?.brief?.state);
const lines = () => [...panel.querySelectorAll("[data-case-line]")];
const lineOf = (id) => panel.querySelector(`[data-case-line="${id}"]`);
const newName = () => crypto.randomUUID?.() ?? String(Math.random()).slice(2);

async function fetchAnew() {
  const id = chosen;
  const html = await get(`contacts/${id}/cases`).catch(() => null);
  if (html === null) { shownFor = ""; return; }
  if (chosen !== id || panel.querySelector(".case-add textarea:focus")) return;
  const template = document.createElement("template");
  template.innerHTML = html;
  panel.replaceChildren(template.content);
}

function show() {
  const one = current();
  panel.hidden = !isOpen();
  if (panel.hidden) { shownFor = ""; return; }
  const wanted = [one.id, one.brief.customer, one.brief.number].join(" ");
  if (wanted === shownFor) return;
  shownFor = wanted;
  panel.replaceChildren();
  fetchAnew();
}

// The record is saved first: the case is taken with what it knows.
export async function take(seen = []) {
  const id = chosen;
  if (!isOpen() || isUnderWay) return;
  isUnderWay = true;
  try {
    if (!(await record.saveNow())) return;
    const sent_as = panel.querySelector("[data-sent-as]")?.dataset.sentAs ?? "";
    const found = await attempt(() => post(`contacts/${id}/case`, { sent_as, seen: seen.join(",") }));
    if (!found) return;
    if (found.taken) {
      tell(say("case-taken", { reference: found.taken.reference }), { tone: "good" });
      await fetchAnew();
      return;
    }
    chooseAmong(found.alike);
  } finally {
    isUnderWay = false;
  }
}

function chooseAmong(alike) {
  const same = alike.map((one) => ({ title: say("case-press"), note: `${one.reference} ${one.title} ${one.place}`, do: () => carryOut(one, "press", "") }));
  ask(say("case-alike"), [...same, { title: say("case-other"), do: () => take(alike.map((one) => one.id)) }]);
}

async function carryOut({ id, version, reference }, name, words) {
  const found = await attempt(() => post(`cases/${id}/${name}`, { words, version, sent_as: newName() }));
  if (!found) return false;
  tell(say(`case-${name}-done`, { reference }), { tone: "good" });
  for (const form of panel.querySelectorAll(".case-add")) form.hidden = true;
  await fetchAnew();
  return true;
}

// One case is meant at once; of several, one is chosen by its digit.
function meant(id, act) {
  if (!isOpen()) return;
  const all = (id ? [lineOf(id)] : lines()).filter(Boolean).map(({ dataset }) => ({ id: Number(dataset.caseLine), version: dataset.version, reference: dataset.reference, title: dataset.title }));
  if (!all.length) tell(say("case-none"), { tone: "info" });
  else if (all.length === 1) act(all[0]);
  else ask(say("case-which"), all.map((one) => ({ title: one.reference, note: one.title, do: () => act(one) })));
}

export function press(id) { meant(id, (one) => carryOut(one, "press", "")); }
export function add(id) {
  meant(id, (one) => {
    const form = lineOf(one.id)?.querySelector(".case-add");
    if (!form) return;
    form.hidden = false;
    form.querySelector("textarea").focus();
  });
}
export function withdraw(id) {
  meant(id, (one) => ask(say("case-withdraw-why"), ["needless", "solved", "double"].map((why) => {
    const title = say(`case-why-${why}`);
    return { title, do: () => carryOut(one, "withdraw", title) };
  })));
}

panel.addEventListener("submit", (event) => {
  event.preventDefault();
  const { dataset } = event.target.closest("[data-case-line]");
  const field = event.target.querySelector("textarea");
  const one = { id: dataset.caseLine, version: dataset.version, reference: dataset.reference };
  carryOut(one, "add", field.value);
});
panel.addEventListener("rexian:change", () => {
  clearTimeout(waiting);
  waiting = setTimeout(fetchAnew, GATHERS);
});
for (const name of ["chosen", "contact", "desk"]) on(name, show);
show();
