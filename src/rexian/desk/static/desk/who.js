// Who the customer is: fetched when a contact is chosen, and when it becomes known who it is.

import { $ } from "./dom.js";
import { get } from "./ask.js";
import { chosen, current, on } from "./store.js";

const panel = $("who");
let shownFor = "";

async function show() {
  const one = current();
  panel.hidden = !one?.brief || one.brief.state === "offered";
  if (panel.hidden) return;
  const wanted = [one.id, one.brief.customer, one.brief.name, one.brief.form, one.brief.number, one.guide?.promises?.filter((each) => each.kept_as !== null).length ?? 0].join(" ");
  if (wanted === shownFor) return;
  shownFor = wanted;
  const html = await get(`contacts/${one.id}/who`).catch(() => null);
  if (html === null) { shownFor = ""; return; }
  if (chosen !== one.id) return;
  const template = document.createElement("template");
  template.innerHTML = html;
  panel.replaceChildren(template.content);
}
for (const name of ["chosen", "contact", "desk"]) on(name, show);
show();
