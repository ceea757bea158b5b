// The worker that all tabs of a browser share: a browser allows six connections to a server, and an
// agent has more tabs than that.

import { Stream } from "./stream.js";

const SILENT_FOR = 5 * 60_000; // a tab that was killed says no good-bye
const ports = new Map(); // port -> { watches, heardAt }
const newest = new Map(); // watch -> the last change told of it
let state = "waiting";

const stream = new Stream("/live", (told) => {
  if (told.name === "online" || told.name === "offline") state = told.name;
  if (told.name === "change") {
    const watch = `${told.data.topic}:${told.data.key}`;
    newest.set(watch, told);
    tell(told, (tab) => tab.watches.includes(watch));
  } else {
    tell(told, () => true);
  }
});

function tell(told, wanted) {
  for (const [port, tab] of ports) if (wanted(tab)) port.postMessage(told);
}

// Watch what all tabs watch; a tab that has just come wants it from after on.
function settle(after = Infinity) {
  for (const [port, tab] of ports) if (tab.heardAt < Date.now() - SILENT_FOR) ports.delete(port);
  const watches = new Set([...ports.values()].flatMap((tab) => tab.watches));
  for (const watch of newest.keys()) if (!watches.has(watch)) newest.delete(watch);
  stream.watch(watches, after);
}

addEventListener("connect", ({ ports: [port] }) => {
  port.addEventListener("message", ({ data }) => {
    if (data.name === "bye") { ports.delete(port); settle(); return; }
    if (data.name === "here") { const tab = ports.get(port); if (tab) tab.heardAt = Date.now(); return; }
    if (data.name === "hurry") { stream.hurry(); return; }
    ports.set(port, { watches: data.watches, heardAt: Date.now() });
    // What the others have been told since this page was made, it has not.
    for (const watch of data.watches) if (newest.has(watch)) port.postMessage(newest.get(watch));
    if (state !== "waiting") port.postMessage({ name: state });
    settle(data.after);
  });
  port.start();
});
