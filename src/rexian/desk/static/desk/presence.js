// How one stands: state, since when, why; the breaks and what they have taken today.

import { given, kept, say } from "./given.js";
import { $, badge, deed, make, replace } from "./dom.js";
import { post } from "./ask.js";
import { ask } from "./choices.js";
import { desk, on, takeDesk } from "./store.js";
import { attempt, hush, tell } from "./told.js";

const TONES = { ready: "good", break: "caution", missed: "bad", offline: "quiet" };
let acting = 0; // what the agent does themselves needs no telling

async function stand(fields) {
  acting += 1;
  try {
    const found = await attempt(() => post("presence", fields));
    if (found) { hush(); takeDesk(found.desk); }
  } finally {
    acting -= 1;
  }
}

export const beReady = () => stand({ state: "ready" });
export const leave = () => stand({ state: "offline" });
export function chooseBreak() {
  const kinds = given.breaks.map(({ reason, allowed }) => ({
    title: say(reason),
    note: allowed ? say("allowance", { used: desk.breaksUsed[reason] ?? 0, allowed }) : "",
    do: () => stand({ state: "break", reason }),
  }));
  ask(say("break-reason"), [...kinds, { title: say("offline"), do: leave }]);
}

function show() {
  const one = desk.presence;
  if (!one) return;
  const isReady = one.state === "ready";
  const allowed = given.breaks.find(({ reason }) => reason === one.reason)?.allowed;
  replace($("presence"),
    make("div", { class: "presence-now" },
      badge(TONES[one.state], say(one.state)),
      one.state === "break" && make("span", {}, say(one.reason)),
      make("time", { class: "figures soft", "data-since": one.since })),
    make("p", { class: "small soft" },
      one.state === "break" && allowed ? say("allowance", { used: desk.breaksUsed[one.reason] ?? 0, allowed }) : `${one.load} / ${one.capacity}`),
    make("div", { class: "buttons" },
      !isReady && deed("ready", say("ready"), { kind: "primary", hint: "r" }),
      deed("break", say(isReady ? "break" : "other-state"), { hint: "b" })));
  document.body.dataset.presence = one.state;
}

// What the agent did not do themselves is said, with the way back at one key.
function notice(before) {
  const one = desk.presence;
  kept.set("presence", one.state);
  if (acting || !before || before === one.state) return;
  const again = { title: `${say("ready")} (r)`, do: beReady };
  if (one.state === "missed") tell(say("missed-now"), { tone: "caution", stays: true, act: again });
  if (one.state === "offline") { tell(say("lapsed"), { tone: "caution", stays: true, act: again }); }
  if (one.state === "ready") hush();
}

on("desk", ({ before }) => { show(); notice(before?.state); });
show();
if (desk.presence) notice(kept.get("presence"));
