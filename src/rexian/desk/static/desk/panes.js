// On a narrow screen one part of the desk is shown at a time.

import { $ } from "./dom.js";

export function goTo(pane) {
  $("desk").dataset.pane = pane;
  for (const one of document.querySelectorAll("[data-to-pane]")) {
    if (one.dataset.toPane === pane) one.setAttribute("aria-current", "true");
    else one.removeAttribute("aria-current");
  }
}
for (const one of document.querySelectorAll("[data-to-pane]")) one.addEventListener("click", () => goTo(one.dataset.toPane));
