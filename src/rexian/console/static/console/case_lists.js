// A list of cases is fetched anew when something has happened to one: which one sees is one's own.

for (const place of document.querySelectorAll("[data-list]")) {
  let waiting = 0;
  const fetchAnew = async () => {
    const answer = await fetch(place.dataset.list);
    if (!answer.ok || answer.redirected) return; // signed out: the next page says so
    const focus = document.activeElement?.closest("a")?.getAttribute("href");
    const had = place.contains(document.activeElement);
    const template = document.createElement("template");
    template.innerHTML = await answer.text();
    const ticked = [...place.querySelectorAll("[data-case]:checked")].map((one) => one.dataset.case);
    place.replaceChildren(template.content);
    for (const one of place.querySelectorAll("[data-case]")) one.checked = ticked.includes(one.dataset.case);
    if (had && focus) place.querySelector(`a[href="${CSS.escape(focus)}"]`)?.focus({ preventScroll: true });
  };
  place.addEventListener("rexian:change", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => fetchAnew().catch(() => {}), 250);
  });
}

// One tick for all of the page; without this the server ticks them.
const all = document.querySelector("[data-all]");
all?.addEventListener("change", () => {
  for (const one of document.querySelectorAll("[data-case]")) one.checked = all.checked;
});
document.addEventListener("change", (event) => {
  if (all && event.target.matches("[data-case]") && !event.target.checked) all.checked = false;
});
