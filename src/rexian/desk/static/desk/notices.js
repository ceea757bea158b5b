// What everybody has to know now, pinned until it is read; what is read stands folded below.

import { given, say } from "./given.js";
import { $, badge, key, make, replace } from "./dom.js";
import { get, post } from "./ask.js";
import { attempt } from "./told.js";

const SPREAD = 500;
let notices = given.notices;

function show() {
  const fresh = notices.filter((one) => !one.read);
  const read = notices.filter((one) => one.read);
  replace($("notices"),
    fresh.map((one, at) => make("article", { class: `pinned ${one.importance}` },
      make("p", {}, one.importance === "urgent" && badge("bad", say("urgent")), one.text),
      make("p", { class: "small soft" }, one.until, " ",
        make("button", { type: "button", class: "button small", "data-focus": `notice-${one.id}`, onclick: () => confirm(one.id) }, say("understood"), at === 0 && key("d"))))),
    read.length > 0 && make("details", { class: "small" }, make("summary", {}, say("notices-more", { count: read.length })), read.map((one) => make("p", {}, one.text))));
}

async function confirm(id) {
  const found = await attempt(() => post(`notices/${id}/read`));
  if (found) { notices = found.notices; show(); }
}
export function readFirst() {
  const first = notices.find((one) => !one.read);
  if (first) confirm(first.id);
}

let waiting = 0;
for (const one of document.querySelectorAll("[data-notices-of]")) {
  one.addEventListener("rexian:change", () => {
    clearTimeout(waiting); // many hear of it in the same moment
    waiting = setTimeout(async () => {
      const found = await get("notices").catch(() => null);
      if (found) { notices = found.notices; show(); }
    }, Math.random() * SPREAD);
  });
}
show();
