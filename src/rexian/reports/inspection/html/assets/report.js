"use strict";
// Filters, keys and the note beside the words. Without this script the page is read from top to
// bottom; nothing in it is shown by script alone.
(() => {
  const root = document.documentElement;
  const list = document.getElementById("conversations");
  const one = (selector, within = document) => within.querySelector(selector);
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  root.classList.add("js");
  if (!list) return;

  const form = one(".filters");
  const articles = all("article", list);
  const links = new Map(all(".index a").map((link) => [link.hash.slice(1), link]));
  const shownText = one("#shown");
  const state = new Map();
  let shown = articles;
  let steps = null;
  let current = null;
  let currentStep = null;

  // ---- What each conversation holds, read once when it is first asked for.
  const texts = new WeakMap();
  const verdicts = new WeakMap();

  function textOf(article) {
    if (!texts.has(article)) {
      texts.set(article, `${article.dataset.id} ${article.textContent}`.toLowerCase());
    }
    return texts.get(article);
  }

  function verdictsOf(article) {
    if (!verdicts.has(article)) {
      const found = all(".finding", article).map((note) => [note.classList[1], note.dataset.clause]);
      verdicts.set(article, found);
    }
    return verdicts.get(article);
  }

  // ---- The state: kept in the address, so that a reload or a bookmark brings it back.
  const names = ["q", "outcome", "clause", "standard", "score", "sort", "faults", "picked"];

  function readAddress() {
    const address = location.hash.slice(1);
    const anchored = /^[a-z]+[\d-]*$/.test(address) && document.getElementById(address);
    const given = new URLSearchParams(anchored ? { at: address } : address);
    for (const name of [...names, "picks", "keys", "at"]) state.set(name, given.get(name) || "");
    const picks = new Set(state.get("picks").split(","));
    articles.forEach((article) => { one(".pick input", article).checked = picks.has(article.id); });
    form.elements.q.value = state.get("q");
    for (const name of ["clause", "standard", "sort"]) {
      if (form.elements[name]) form.elements[name].value = state.get(name);
    }
    const outcomes = state.get("outcome").split(",");
    all("[name=outcome]", form).forEach((box) => { box.checked = outcomes.includes(box.value); });
    form.elements.faults.checked = state.get("faults") !== "";
    form.elements.picked.checked = state.get("picked") !== "";
    one("#help [name=keys]").checked = state.get("keys") !== "off";
    root.dataset.keys = state.get("keys");
  }

  function readForm() {
    state.set("q", form.elements.q.value.trim());
    for (const name of ["clause", "standard", "sort"]) {
      state.set(name, form.elements[name] ? form.elements[name].value : "");
    }
    state.set("outcome", all("[name=outcome]:checked", form).map((box) => box.value).join(","));
    state.set("faults", form.elements.faults.checked ? "1" : "");
    state.set("picked", form.elements.picked.checked ? "1" : "");
  }

  function writeAddress() {
    const kept = new URLSearchParams([...state].filter(([, value]) => value));
    const address = kept.toString().replaceAll("%2C", ",");
    history.replaceState(null, "", address ? `#${address}` : location.href.split("#")[0]);
  }

  // ---- Filters.
  function fitting() {
    const words = state.get("q").toLowerCase().split(/\s+/).filter(Boolean);
    const outcomes = state.get("outcome").split(",").filter(Boolean);
    const clause = state.get("clause");
    const low = Number.parseInt(state.get("score"), 10);
    return (article) => {
      const data = article.dataset;
      if (state.get("standard") && data.standard !== state.get("standard")) return false;
      if (state.get("picked") && !one(".pick input", article).checked) return false;
      if (!Number.isNaN(low)) {
        const bin = Math.min(90, Math.floor(Number.parseFloat(data.score) / 10) * 10);
        if (data.score === "" || bin !== low) return false;
      }
      if (state.get("faults") && !verdictsOf(article).some(([said]) => said === "missed")) return false;
      if (outcomes.length || clause) {
        const fits = ([said, cited]) =>
          (!outcomes.length || outcomes.includes(said)) && (!clause || cited === clause);
        if (!verdictsOf(article).some(fits)) return false;
      }
      return words.every((word) => textOf(article).includes(word));
    };
  }

  const collator = new Intl.Collator(undefined, { numeric: true });
  const score = (article) => (article.dataset.score === "" ? null : Number(article.dataset.score));
  const place = new Map(articles.map((article, number) => [article, number]));
  const byScore = (sign) => (a, b) => {
    const [left, right] = [score(a), score(b)];
    if (left === null || right === null) return (left === null) - (right === null);
    return sign * (left - right) || place.get(a) - place.get(b);
  };
  const orders = {
    "": (a, b) => place.get(a) - place.get(b),
    score: byScore(1),
    "score-down": byScore(-1),
    id: (a, b) => collator.compare(a.dataset.id, b.dataset.id),
  };
  let order = "";

  function sort() {
    const wanted = state.get("sort") in orders ? state.get("sort") : "";
    if (wanted === order) return;
    order = wanted;
    articles.sort(orders[wanted]);
    list.append(...articles);
    const lines = articles.map((article) => links.get(article.id).parentElement);
    one(".index ol").append(...lines);
  }

  function apply() {
    sort();
    const fits = fitting();
    shown = articles.filter((article) => {
      const fit = fits(article);
      article.hidden = !fit;
      links.get(article.id).parentElement.hidden = !fit;
      return fit;
    });
    steps = null;
    const filtered = names.some((name) => name !== "sort" && state.get(name));
    one("[type=reset]", form).hidden = !filtered;
    one(".none", list).hidden = shown.length > 0;
    root.classList.toggle("only-picked", state.get("picked") !== "");
    tellCount(filtered);
    openFolded();
    highlight();
    writeAddress();
  }

  function tellCount(filtered) {
    const { text, score: words } = shownText.dataset;
    const count = text.replace("{shown}", shown.length).replace("{all}", articles.length);
    const low = Number.parseInt(state.get("score"), 10);
    const range = Number.isNaN(low) ? "" : words.replace("{score}", `${low}–${low === 90 ? 100 : low + 9}`);
    const chosen = [state.get("clause"), range, state.get("q")].filter(Boolean);
    shownText.textContent = [count, range].filter(Boolean).join(" · ");
    const line = one(".filtered", list);
    line.hidden = !filtered;
    line.textContent = [count, ...chosen].join(" · ");
    const picks = all(".pick input:checked", list).length;
    one("#picks").textContent = picks ? `(${picks})` : "";
  }

  function openFolded() {
    const wanted = state.get("outcome").split(",");
    const folded = wanted.includes("not_applicable") || wanted.includes("undecided");
    if (!folded && !root.dataset.unfolded) return;
    root.dataset.unfolded = folded ? "1" : "";
    all(".notes details", list).forEach((details) => { details.open = folded; });
  }

  // ---- The words searched for, marked without touching what is written.
  function highlight() {
    if (!("highlights" in CSS)) return;
    CSS.highlights.delete("found");
    const words = state.get("q").toLowerCase().split(/\s+/).filter(Boolean);
    const ranges = words.length ? shown.slice(0, 200).flatMap((article) => rangesIn(article, words)) : [];
    if (ranges.length) CSS.highlights.set("found", new Highlight(...ranges.slice(0, 3000)));
  }

  function rangesIn(article, words) {
    const ranges = [];
    const walker = document.createTreeWalker(article, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const node = walker.currentNode;
      const text = node.data.toLowerCase();
      if (text.length !== node.data.length) continue;
      for (const word of words) {
        for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + word.length)) {
          const range = new Range();
          range.setStart(node, at);
          range.setEnd(node, at + word.length);
          ranges.push(range);
        }
      }
    }
    return ranges;
  }

  // ---- Going from conversation to conversation, from finding to finding.
  function setCurrent(article) {
    if (current) links.get(current.id).removeAttribute("aria-current");
    current = article;
    const link = links.get(article.id);
    link.setAttribute("aria-current", "true");
    link.scrollIntoView({ block: "nearest" });
    state.set("at", article.id);
    writeAddress();
  }

  function inView() {
    if (current && !current.hidden) {
      const box = current.getBoundingClientRect();
      if (box.bottom > 0 && box.top < innerHeight) return current;
    }
    return shown.find((article) => article.getBoundingClientRect().bottom > innerHeight / 4) || null;
  }

  function goTo(article) {
    article.focus({ preventScroll: true });
    article.scrollIntoView({ block: "start" });
    setCurrent(article);
  }

  function step(by) {
    const from = inView();
    const top = from ? from.getBoundingClientRect().top : 0;
    let to = from ? shown.indexOf(from) + by : 0;
    if (from && from !== current && by > 0 && top > 0) to -= 1;
    currentStep = null;
    if (shown[to]) goTo(shown[to]);
  }

  function findings() {
    if (steps) return steps;
    const outcomes = state.get("outcome").split(",").filter(Boolean);
    const clause = state.get("clause");
    const wanted = outcomes.length ? outcomes : ["missed", "suspect"];
    steps = shown.flatMap((article) =>
      all(".finding", article).filter(
        (note) => wanted.includes(note.classList[1]) && (!clause || note.dataset.clause === clause),
      ),
    );
    return steps;
  }

  function stepFinding(by) {
    const notes = findings();
    if (!notes.length) return;
    let to = currentStep ? notes.indexOf(currentStep) + by : -1;
    if (!currentStep) {
      const from = inView();
      const follows = (note) =>
        from === null || note.closest("article") === from ||
        Boolean(from.compareDocumentPosition(note) & Node.DOCUMENT_POSITION_FOLLOWING);
      const next = notes.findIndex(follows);
      to = by > 0 ? next : (next < 0 ? notes.length : next) - 1;
    }
    if (!notes[to]) return;
    currentStep = notes[to];
    show(currentStep);
  }

  function show(note) {
    const article = note.closest("article");
    const pin = document.getElementById(note.id.replace(/^n/, "w"));
    const details = note.closest("details");
    if (details) details.open = true;
    const target = pin && pin !== note ? pin : note;
    setCurrent(article);
    article.scrollIntoView({ block: "start" });
    target.focus({ preventScroll: true });
    target.scrollIntoView({ block: "center" });
    if (target === pin) tell([note], pin);
    if (note.dataset.at) {
      const detail = { at: Number(note.dataset.at) };
      note.dispatchEvent(new CustomEvent("rexian:finding", { bubbles: true, detail }));
    }
  }

  function follow(anchor) {
    const target = document.getElementById(anchor);
    if (!target) return false;
    if (target.matches("article")) goTo(target);
    else if (target.matches(".finding")) { target.focus(); nearTo([target]); }
    else { target.focus(); target.scrollIntoView({ block: "center" }); }
    const article = target.closest("article");
    if (article && article !== current) setCurrent(article);
    return true;
  }

  // ---- The note beside the words: on hover, on focus; Escape puts it away.
  const tip = one("#tip");
  let told = null;
  let leaving = 0;

  function notesOf(words) {
    const article = words.closest("article");
    if (words.matches(".pin")) return [document.getElementById(words.hash.slice(1))];
    const number = article.id.slice(1);
    return words.dataset.n.split(" ").map((n) => document.getElementById(`n${number}-${n}`));
  }

  function nearTo(notes) {
    all(".finding.near").forEach((note) => note.classList.remove("near"));
    notes.forEach((note) => note.classList.add("near"));
  }

  function tell(notes, words) {
    clearTimeout(leaving);
    nearTo(notes);
    if (told === words) return;
    told = words;
    tip.replaceChildren(...notes.map(copyOf));
    tip.hidden = false;
    const box = words.getClientRects()[0] || words.getBoundingClientRect();
    const below = box.bottom + tip.offsetHeight + 12 < innerHeight || box.top < tip.offsetHeight + 12;
    const top = below ? box.bottom + 6 : box.top - tip.offsetHeight - 6;
    const edge = Math.min(words.closest(".speech").getBoundingClientRect().right + 12, root.clientWidth - 12);
    const left = Math.min(box.left - 12, edge - tip.offsetWidth);
    tip.style.top = `${top + scrollY}px`;
    tip.style.left = `${Math.max(12, left) + scrollX}px`;
  }

  function copyOf(note) {
    const copy = document.createElement("div");
    copy.className = note.className.replace(" near", "");
    copy.append(...[...note.childNodes].map((part) => part.cloneNode(true)));
    const link = one("a.sign", copy);
    if (link) {
      const sign = document.createElement("span");
      sign.className = "sign";
      sign.textContent = link.textContent;
      link.replaceWith(sign);
    }
    return copy;
  }

  function putAway() {
    clearTimeout(leaving);
    if (!told) return false;
    told = null;
    tip.hidden = true;
    nearTo([]);
    return true;
  }

  function leaveSoon() {
    clearTimeout(leaving);
    leaving = setTimeout(putAway, 180);
  }

  list.addEventListener("pointerover", (event) => {
    const words = event.target.closest("mark, .pin");
    if (words) tell(notesOf(words), words);
  });
  list.addEventListener("pointerout", (event) => {
    if (event.pointerType === "mouse" && event.target.closest("mark, .pin")) leaveSoon();
  });
  tip.addEventListener("pointerenter", () => clearTimeout(leaving));
  tip.addEventListener("pointerleave", leaveSoon);
  list.addEventListener("focusin", (event) => {
    const pin = event.target.closest(".pin");
    if (pin) tell(notesOf(pin), pin);
  });
  list.addEventListener("focusout", (event) => {
    if (event.target.closest(".pin")) leaveSoon();
  });

  // ---- Clicks, keys, changes.
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a");
    const anchor = link && link.getAttribute("href");
    if (anchor && anchor.startsWith("#") && !anchor.includes("=")) {
      if (follow(anchor.slice(1))) event.preventDefault();
    } else if (anchor) {
      currentStep = null;
    } else if (!event.target.closest("mark, .steps, #tip")) {
      putAway();
    }
    const drawn = event.target.closest(".course .pin");
    if (drawn) showDrawn(drawn);
  });

  function showDrawn(drawn) {
    const note = document.getElementById(drawn.dataset.note);
    if (note) { currentStep = note; show(note); }
  }

  const keys = {
    j: () => step(1),
    k: () => step(-1),
    n: () => stepFinding(1),
    p: () => stepFinding(-1),
    "/": () => { form.elements.q.focus(); form.elements.q.select(); },
    "?": () => one("#help").showModal(),
    x: () => { const article = inView(); if (article) one(".pick input", article).click(); },
    f: () => { form.elements.faults.click(); },
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const field = event.target.closest("input:not([type=checkbox]), select, textarea, dialog");
    if (event.key === "Escape") {
      if (!putAway() && field && field === form.elements.q) field.blur();
      return;
    }
    if (field || state.get("keys") === "off" || !(event.key in keys)) return;
    event.preventDefault();
    keys[event.key]();
  });

  let waiting = 0;
  function changed() {
    readForm();
    apply();
  }
  form.addEventListener("input", (event) => {
    clearTimeout(waiting);
    waiting = setTimeout(changed, event.target.type === "search" ? 150 : 0);
  });
  form.addEventListener("submit", (event) => { event.preventDefault(); changed(); });
  form.addEventListener("reset", () => {
    state.set("score", "");
    setTimeout(changed, 0);
  });
  list.addEventListener("change", (event) => {
    if (!event.target.closest(".pick")) return;
    const picked = all(".pick input:checked", list).map((box) => box.closest("article").id);
    state.set("picks", picked.join(","));
    if (state.get("picked")) apply();
    tellCount(!one("[type=reset]", form).hidden);
    writeAddress();
  });
  one("#help [name=keys]").addEventListener("change", (event) => {
    state.set("keys", event.target.checked ? "" : "off");
    root.dataset.keys = state.get("keys");
    writeAddress();
  });
  one("#keys").addEventListener("click", () => one("#help").showModal());
  one("#more").addEventListener("click", (event) => {
    const open = form.classList.toggle("open");
    event.target.setAttribute("aria-expanded", String(open));
  });
  const moves = { previous: () => step(-1), next: () => step(1), finding: () => stepFinding(1) };
  one(".steps").addEventListener("click", (event) => {
    const button = event.target.closest("[data-step]");
    if (button) moves[button.dataset.step]();
  });
  addEventListener("hashchange", () => {
    const kept = new Map(state);
    readAddress();
    for (const name of ["picks", "keys", "sort"]) {
      if (!state.get(name) && kept.get(name)) state.set(name, kept.get(name));
    }
    writeAddress();
    readAddress();
    apply();
    list.scrollIntoView({ block: "start" });
  });

  readAddress();
  apply();
  const at = state.get("at");
  if (at) requestAnimationFrame(() => follow(at));
})();
