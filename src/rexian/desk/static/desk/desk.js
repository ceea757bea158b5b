// The desk: brings its parts together, and takes in what the stream tells of it.

import { given, say } from "./given.js";
import { $ } from "./dom.js";
import { everySecond, now, span } from "./clock.js";
import "./beat.js";
import { reload, takeDesk } from "./store.js";
import "./presence.js";
import "./list.js";
import "./calls.js";
import "./talk.js";
import "./composer.js";
import "./files.js";
import "./guide.js";
import "./who.js";
import "./cases.js";
import "./record.js";
import "./notices.js";
import "./alerts.js";
import "./keys.js";
import { pushAll, tidy } from "./outbox.js";
import { tell } from "./told.js";

$("desk").addEventListener("rexian:change", (event) => {
  if (event.target === $("desk") && event.detail.state) takeDesk(event.detail.state, event.detail.id);
});
takeDesk(given.desk, given.after);
pushAll();
tidy();

const clock = new Intl.DateTimeFormat("zh-CN", { timeZone: given.time_zone, hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
everySecond(() => {
  $("clock").textContent = clock.format(now());
  for (const one of document.querySelectorAll("[data-after-work]")) {
    const taken = now() - Date.parse(one.dataset.afterWork);
    one.textContent = `${span(taken)} / ${span(given.after_time * 1000)}`;
    one.classList.toggle("late", taken > given.after_time * 1000);
  }
});

document.addEventListener("desk:signed-out", () => {
  tell(say("signed-out"), { stays: true, act: { title: say("sign-in"), do: () => location.reload() } });
});
let wasOffline = false;
document.addEventListener("rexian:offline", () => { wasOffline = true; });
document.addEventListener("rexian:online", () => { if (wasOffline) { wasOffline = false; reload(); } });
document.documentElement.dataset.deskReady = "yes"; // for tests: everything is wired
