// How many callbacks are to be made, in the narrow column, with those that are late.

import { given, say } from "./given.js";
import { $, badge, replace } from "./dom.js";

function show({ open, late }) {
  $("callbacks-count").textContent = String(open);
  $("callbacks-count").hidden = !open;
  replace($("callbacks-late"), late > 0 && badge("caution", say("calls-late", { count: late })));
}
$("callbacks-live").addEventListener("rexian:change", ({ detail }) => { if (detail.state) show(detail.state); });
show(given.callbacks);
