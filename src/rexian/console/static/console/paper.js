// A button that opens what the browser prints with; without a script one prints as ever.

for (const one of document.querySelectorAll("[data-prints]")) {
  one.hidden = false;
  one.addEventListener("click", () => window.print());
}
