// A line of words that tells a place. While one writes, what was understood and what is doubtful is
// shown below, and how the line may go on is offered: down, up, Enter. A part that is put right by
// hand prevails over the words, and only such a part is sent beside them.
//
// What was understood is told by the event "rexian:place", its detail as /places/read answers.

const PAUSE = 200;
const INTERRUPTED = "AbortError";

class PlaceField {
  constructor(field) {
    this.field = field;
    this.input = field.querySelector(".place-line > input");
    this.list = field.querySelector(".place-list");
    this.parts = field.querySelector("[data-parts]");
    this.suggestions = [];
    this.chosen = -1;
    this.own = new Map();
    this.input.setAttribute("role", "combobox");
    this.input.setAttribute("aria-autocomplete", "list");
    this.input.setAttribute("aria-controls", this.list.id);
    this.close();
    this.input.addEventListener("input", (event) => { if (!event.isComposing) this.later(); });
    this.input.addEventListener("compositionend", () => this.later());
    this.input.addEventListener("keydown", (event) => this.press(event));
    this.input.addEventListener("blur", () => this.close());
    this.list.addEventListener("pointerdown", (event) => this.point(event));
    this.parts.addEventListener("change", (event) => this.putRight(event.target));
    if (this.input.value.trim()) this.read();
  }

  later() {
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => { this.suggest(); this.read(); }, PAUSE);
  }

  // Only the answer to the newest question counts.
  async ask(kind, address, values) {
    if (!address) return null;
    this[kind]?.abort();
    const asked = this[kind] = new AbortController();
    try {
      const answer = await fetch(`${address}?${new URLSearchParams(values)}`, {
        headers: { Accept: "application/json" }, signal: asked.signal,
      });
      return answer.ok && !answer.redirected ? await answer.json() : null;
    } catch (error) {
      if (error.name !== INTERRUPTED) this.close(); // without network the words stay what they are
      return null;
    }
  }

  async suggest() {
    const told = await this.ask("suggesting", this.field.dataset.suggest, { q: this.input.value });
    if (told && document.activeElement === this.input) this.offer(told.suggestions);
  }

  async read() {
    const values = { q: this.input.value, ...Object.fromEntries(this.own) };
    const told = await this.ask("reading", this.field.dataset.read, values);
    if (told) this.show(told);
  }

  offer(suggestions) {
    this.suggestions = suggestions;
    this.list.replaceChildren(...suggestions.map((one, at) => {
      const item = document.createElement("li");
      const note = document.createElement("small");
      item.id = `${this.list.id}-${at}`;
      item.setAttribute("role", "option");
      item.setAttribute("aria-selected", "false");
      note.textContent = one.note;
      item.append(one.text, " ", note);
      return item;
    }));
    this.chosen = -1;
    this.input.removeAttribute("aria-activedescendant");
    this.list.hidden = suggestions.length === 0;
    this.input.setAttribute("aria-expanded", String(!this.list.hidden));
  }

  close() { this.offer([]); }

  choose(at) {
    const items = [...this.list.children];
    this.chosen = (at + items.length) % items.length;
    items.forEach((item, number) => item.setAttribute("aria-selected", String(number === this.chosen)));
    items[this.chosen].scrollIntoView({ block: "nearest" });
    this.input.setAttribute("aria-activedescendant", items[this.chosen].id);
  }

  press(event) {
    if (event.isComposing || this.list.hidden) return;
    if (event.key === "ArrowDown") this.choose(this.chosen + 1);
    else if (event.key === "ArrowUp") this.choose(this.chosen < 0 ? -1 : this.chosen - 1);
    else if (event.key === "Enter" && this.chosen >= 0) this.take(this.suggestions[this.chosen]);
    else if (event.key === "Escape") this.close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  point(event) {
    const at = [...this.list.children].indexOf(event.target.closest("li"));
    event.preventDefault(); // the line keeps the focus
    if (at >= 0) this.take(this.suggestions[at]);
  }

  take(one) {
    const letters = [...this.input.value];
    const before = letters.slice(0, one.start).join("");
    const joint = one.start === letters.length && before && !/[\s，,]$/.test(before) ? " " : "";
    this.input.value = before + joint + one.text;
    this.close();
    this.input.dispatchEvent(new Event("input", { bubbles: true }));
  }

  show(told) {
    this.field.querySelector("[data-line]").textContent = told.line;
    const doubt = this.field.querySelector("template[data-doubt]").content;
    this.field.querySelector("[data-doubts]").replaceChildren(...told.doubts.map((one) => {
      const item = doubt.cloneNode(true).firstElementChild;
      item.querySelector("span").textContent = one.sentence;
      return item;
    }));
    const wanted = this.field.querySelector("[data-wanted]");
    const isRead = told.line !== "";
    wanted.hidden = !isRead || told.missing.length === 0;
    wanted.querySelector("span").textContent = told.missing.map((one) => one.question).join(" ");
    this.showParts(told, isRead);
    this.field.dispatchEvent(new CustomEvent("rexian:place", { bubbles: true, detail: told }));
  }

  // A field that has the focus stays as it is: somebody is writing in it.
  showParts(told, isRead) {
    const shown = isRead ? told.parts : told.parts.filter((one) => this.own.has(one.part));
    const doubtful = new Set(told.doubts.map((one) => one.part));
    const kept = new Map([...this.parts.children].map((label) => [label.dataset.part, label]));
    const labels = shown.map((one) => {
      const label = kept.get(one.part) ?? this.label(one);
      const input = label.querySelector("input");
      if (document.activeElement !== input) input.value = one.value;
      label.classList.toggle("doubtful", doubtful.has(one.part));
      label.classList.toggle("own", this.own.has(one.part));
      this.fill(label.querySelector("datalist"), one.choices);
      return label;
    });
    kept.forEach((label) => { if (!labels.includes(label)) label.remove(); });
    labels.forEach((label, at) => { if (this.parts.children[at] !== label) this.parts.insertBefore(label, this.parts.children[at] ?? null); });
    this.parts.hidden = labels.length === 0;
  }

  label(one) {
    const label = this.field.querySelector("template[data-part]").content.cloneNode(true).firstElementChild;
    const input = label.querySelector("input");
    const choices = document.createElement("datalist");
    choices.id = `${this.list.id}-${one.part}`;
    label.dataset.part = one.part;
    label.querySelector("span").textContent = one.title;
    input.setAttribute("list", choices.id);
    label.append(choices);
    return label;
  }

  fill(datalist, choices) {
    datalist.replaceChildren(...choices.map((text) => {
      const option = document.createElement("option");
      option.value = text;
      return option;
    }));
  }

  putRight(input) {
    const { part } = input.closest("label").dataset;
    if (input.value.trim()) {
      this.own.set(part, input.value.trim());
      input.name = this.field.dataset.prefix + part;
    } else {
      this.own.delete(part);
      input.removeAttribute("name");
    }
    this.read();
  }
}

export function preparePlaces(within = document) {
  within.querySelectorAll("[data-place]").forEach((field) => {
    if (!field.placeField) field.placeField = new PlaceField(field);
  });
}
preparePlaces();
