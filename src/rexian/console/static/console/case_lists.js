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
    place.replaceChildren(template.content);
    if (had && focus) place.querySelector(`a[href="${CSS.escape(focus)}"]`)?.focus({ preventScroll: true });
  };
  place.addEventListener("rexian:change", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => fetchAnew().catch(() => {}), 250);
  });
}
