// The worker that all tabs of a browser share: a browser allows six connections to a server, and an
// agent has more tabs than that. Tabs that ask for a language of their own share a stream in it.

import { Stream } from "./stream.js";

const SILENT_FOR = 5 * 60_000; // a tab that was killed says no good-bye
const ports = new Map(); // port -> { watches, language, heardAt }
const lines = new Map(); // language -> { stream, state, newest: watch -> the last change told of it }

function lineIn(language) {
  if (!lines.has(language)) {
    const line = { state: "waiting", newest: new Map() };
    line.stream = new Stream("/live", (told) => hear(language, line, told), language);
    lines.set(language, line);
  }
  return lines.get(language);
}

function hear(language, line, told) {
  const { name, data } = told;
  if (name === "online" || name === "offline") line.state = name;
  if (name === "change") line.newest.set(`${data.topic}:${data.key}`, told);
  for (const [port, tab] of ports) {
    if (tab.language === language && concerns(tab, name, data)) port.postMessage(told);
  }
}

function concerns(tab, name, data) {
  if (name === "change" || name === "signal") return tab.watches.includes(`${data.topic}:${data.key}`);
  return name !== "refused" || tab.watches.some((one) => data.includes(one));
}

// Watch what all tabs watch; a tab that has just come wants it from `after` on, in its language.
function settle(came, after) {
  for (const [port, tab] of ports) if (tab.heardAt < Date.now() - SILENT_FOR) ports.delete(port);
  for (const [language, { stream, newest }] of lines) {
    const tabs = [...ports.values()].filter((tab) => tab.language === language);
    const watches = new Set(tabs.flatMap((tab) => tab.watches));
    for (const watch of newest.keys()) if (!watches.has(watch)) newest.delete(watch);
    stream.watch(watches, language === came ? after : Infinity);
  }
}

function watch(port, { watches, after, language = "" }) {
  const { state, newest } = lineIn(language);
  ports.set(port, { watches, language, heardAt: Date.now() });
  // What the others have been told since this page was made, it has not.
  for (const one of watches) if (newest.has(one)) port.postMessage(newest.get(one));
  if (state !== "waiting") port.postMessage({ name: state });
  settle(language, after);
}

addEventListener("connect", ({ ports: [port] }) => {
  port.addEventListener("message", ({ data }) => {
    if (data.name === "watch") watch(port, data);
    else if (data.name === "bye") { ports.delete(port); settle(); }
    else if (data.name === "hurry") for (const { stream } of lines.values()) stream.hurry();
    else if (data.name === "here" && ports.has(port)) ports.get(port).heardAt = Date.now();
  });
  port.start();
  port.postMessage({ name: "welcome" });
});
