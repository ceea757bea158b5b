// The guide: one piece of advice at a time, in one calm place. It is never red and never moves what
// one is about to press: new advice waits until the pointer has left.

import { given, say } from "./given.js";
import { $, deed, icon, key, make, replace } from "./dom.js";
import { count, everySecond, left, timeOf } from "./clock.js";
import { get, post } from "./ask.js";
import { current, load, on, takeContact } from "./store.js";
import { attempt } from "./told.js";
import { insert } from "./composer.js";

const panel = $("guide");
let variant = 0;
let shownAs = "";
let clause = null; // { id, text } that is open

const guideOf = () => current()?.guide ?? null;
// What is to be said now: the step of a protocol that is due, else the advice.
function words() {
  const guide = guideOf();
  if (guide?.step && (!guide.next || left(guide.step.due_at) <= 3)) return guide.step.say;
  return guide?.next?.words ?? guide?.step?.say ?? [];
}
export function insertWords() {
  const all = words();
  if (all.length) insert(all[variant % all.length]);
}
export function another() {
  variant += 1;
  show();
}
export function readBack() {
  const number = guideOf()?.number;
  if (number) insert(number.words[0] ?? number.number);
}
const clauseId = () => guideOf()?.next?.clause ?? guideOf()?.step?.clause ?? "";
export async function toggleClause() {
  const id = clauseId();
  if (clause?.id === id || !id) { clause = null; show(); return; }
  const found = await attempt(() => get(`contacts/${current().id}/clauses/${encodeURIComponent(id)}`));
  if (found) { clause = { id, text: found.text }; show(); }
}

const clauseMark = (id) => make("button", { type: "button", class: "clause-mark", "data-deed": "clause", "data-focus": "clause" }, id, key("t"));

function advice(one) {
  const text = one.words.length ? one.words[variant % one.words.length] : "";
  return make("div", { class: "advice" },
    make("p", { class: "advice-title" }, one.clause && clauseMark(one.clause), make("b", {}, one.title)),
    text && make("blockquote", {}, text),
    one.why && make("p", { class: "small soft" }, one.why),
    make("div", { class: "buttons" },
      text && deed("insert", say("insert"), { kind: "primary", hint: "F2" }),
      one.words.length > 1 && deed("another", say("wordings", { number: (variant % one.words.length) + 1, count: one.words.length }), { hint: "n" })));
}

function step(one) {
  return make("div", { class: "step" },
    make("p", { class: "advice-title" }, one.clause && clauseMark(one.clause), make("b", {}, one.title), make("span", { class: "soft small" }, say("step", { number: one.number, count: one.of }))),
    make("p", { class: "step-time" }, make("b", { class: "figures", "data-until": one.due_at }, String(Math.max(0, left(one.due_at)))), make("span", { class: "small soft" }, " s")),
    one.say.length > 0 && make("blockquote", {}, one.say[variant % one.say.length]),
    one.say.length > 0 && deed("insert", say("insert"), { hint: "F2" }),
    one.then === "hang_up" && deed("end", say("end-deed"), { hint: "e" }));
}

// What was promised becomes a callback: when and by which clause, the server says.
let keeping = false;
export async function keepPromise() {
  const one = current();
  const open = one?.guide?.promises.find((each) => each.kept_as === null);
  if (!open || keeping) return;
  keeping = true;
  const found = await attempt(() => post(`contacts/${one.id}/promise`, { line: open.line, quote: open.quote }));
  keeping = false;
  if (found) takeContact(one.id, found, found.after);
}
function promise(one, at, all) {
  const isFirst = all.find((each) => each.kept_as === null) === one;
  return make("p", { class: "aside-line" }, say("promise", { quote: one.quote, time: timeOf(one.due_at) }), " ",
    one.kept_as !== null ? make("a", { class: "promise-kept", href: `${given.root}callbacks/${one.kept_as}/`, target: "_blank" }, icon("check"), say("promise-kept"))
      : isFirst && deed("promise", say("keep-promise"), { hint: "p" }),
    !current().brief.number && make("span", { class: "small soft" }, " ", say(current().guide.number ? "promise-unwritten-number" : "promise-lacks-number")));
}

export function show() {
  const one = current();
  panel.hidden = !one || !["connected", "held"].includes(one.brief?.state);
  if (panel.hidden) return;
  const guide = one.guide ?? { next: null, more: [], step: null, promises: [], number: null, ending: null };
  const signature = `${one.id} ${guide.signature ?? ""} ${guide.next?.rule ?? ""}`;
  if (signature !== shownAs) { variant = 0; clause = null; shownAs = signature; }
  const rest = guide.more.map((each) => each.title);
  replace(panel,
    make("h2", { class: "pane-title" }, say("guide")),
    guide.next ? advice(guide.next) : !guide.step && make("p", { class: "soft" }, say("nothing-more")),
    guide.step && step(guide.step),
    clause && make("p", { class: "clause-text" }, make("b", {}, clause.id), " ", clause.text),
    guide.number && !guide.number.read_back && make("p", { class: "aside-line" }, say("number-said", { number: guide.number.number }), " ", deed("number", say("read-back"), { hint: "v" })),
    guide.promises.map(promise),
    rest.length > 0 && make("p", { class: "small soft" }, say("more-advice", { titles: rest.join("；") })),
    guide.ending?.allowed && guide.ending.why && make("p", { class: "small may-end" }, say("may-end"), " · ", guide.ending.why));
  count();
}

// Time makes a step due without anybody having said anything: then the guide is asked anew.
let askedFor = "";
everySecond(() => {
  const one = current();
  const due = one?.guide?.step?.due_at;
  if (!due || left(due) > 0 || askedFor === `${one.id} ${due}`) return;
  askedFor = `${one.id} ${due}`;
  load(one.id);
});
for (const name of ["contact", "chosen", "desk"]) on(name, show);
show();
