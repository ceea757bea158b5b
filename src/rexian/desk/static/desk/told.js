// One sentence at the top of the desk about what was refused or happened; it goes by itself or by ×.

import { $, icon, make } from "./dom.js";

const QUIET_AFTER = 12_000;
let timer = 0;

export function tell(text, { tone = "bad", stays = false, act = null } = {}) {
  const close = make("button", { type: "button", class: "button small quiet only-icon", "aria-label": "×", onclick: hush }, icon("close"));
  const button = act && make("button", { type: "button", class: "button small primary", onclick: () => { hush(); act.do(); } }, act.title);
  $("told").replaceChildren(make("div", { class: `notice tone-${tone}` }, icon(tone), make("div", {}, text), ...(button ? [button] : []), close));
  clearTimeout(timer);
  if (!stays) timer = setTimeout(hush, QUIET_AFTER);
}
export function hush() { $("told").replaceChildren(); }

// Do something; what is refused is said, and what was typed stays where it is.
export async function attempt(act) {
  try {
    return await act();
  } catch (refusal) {
    if (refusal.status === undefined) throw refusal;
    tell(refusal.message);
    return null;
  }
}
