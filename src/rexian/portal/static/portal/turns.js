// The lines of a conversation on the page: one element a line, in their order, those not yet sent
// at the end. Text is only ever text.

export class Turns {
  constructor(main, words) {
    this.list = main.querySelector("[data-turns]");
    this.model = main.querySelector("template[data-turn]").content.firstElementChild;
    this.other = main.querySelector("template[data-file]").content.firstElementChild;
    this.picture = main.querySelector("template[data-picture]").content.firstElementChild;
    this.scroller = main.querySelector("[data-scroller]");
    this.words = words;
    this.zone = main.dataset.zone;
    this.pending = {}; // sent_as -> element
    this.shown = {}; // seq -> element
    this.sent = {}; // sent_as -> true for what the server has
    this.arrived = () => {}; // called with the sent_as of what turns out to be there
    for (const one of this.list.children) {
      this.shown[one.dataset.seq] = one;
      if (one.dataset.sentAs) this.sent[one.dataset.sentAs] = true;
    }
  }

  // Show lines that are not shown yet; return how many of them are the other side's.
  add(lines) {
    const follow = this.isAtEnd();
    let theirs = 0;
    for (const line of lines) {
      if (this.shown[line.seq]) continue;
      const element = this.element(line);
      this.shown[line.seq] = element;
      if (line.sent_as) {
        this.sent[line.sent_as] = true;
        this.drop(line.sent_as);
        this.arrived(line.sent_as);
      }
      this.list.insertBefore(element, this.after(line.seq));
      if (line.by === "agent") theirs += 1;
      if (line.by === "customer") this.toEnd();
    }
    if (follow) this.toEnd();
    return theirs;
  }

  // Mark what the agent has read.
  seen(seq) {
    for (const one of this.list.querySelectorAll(".customer:not(.pending):not(.refused):not(.happening)")) {
      if (Number(one.dataset.seq) <= seq) one.querySelector(".mark").textContent = this.words.seen;
    }
  }

  await(item, mark) {
    if (this.sent[item.sent_as]) return null;
    let element = this.pending[item.sent_as];
    if (!element) {
      element = this.element({ seq: "", at: "", by: "customer", text: item.text, signal: "", file: null });
      this.pending[item.sent_as] = element;
      this.list.append(element);
      this.toEnd();
    }
    element.className = "turn customer pending";
    element.querySelector(".mark").textContent = mark;
    const acts = element.querySelector(".acts");
    if (acts) acts.remove();
    return element;
  }

  refuse(item, why, acts) {
    const element = this.await(item, why);
    if (!element) return;
    element.className = "turn customer refused";
    const row = document.createElement("p");
    row.className = "acts";
    for (const [name, act] of acts) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "link";
      button.textContent = name;
      button.addEventListener("click", act);
      row.append(button, " ");
    }
    element.append(row);
  }

  drop(sentAs) {
    if (this.pending[sentAs]) this.pending[sentAs].remove();
    delete this.pending[sentAs];
  }

  isAtEnd() {
    const { scrollHeight, scrollTop, clientHeight } = this.scroller;
    return scrollHeight - scrollTop - clientHeight < 120;
  }

  toEnd() { this.scroller.scrollTop = this.scroller.scrollHeight; }

  agent(number) {
    return number ? this.words["agent-number"].replace("{number}", number) : this.words.agent;
  }

  after(seq) {
    for (const one of this.list.children) {
      if (!one.dataset.seq || Number(one.dataset.seq) > seq) return one;
    }
    return null;
  }

  element(line) {
    const made = document.importNode(this.model, true);
    made.dataset.seq = line.seq;
    made.dataset.sentAs = line.sent_as || "";
    made.className = "turn " + line.by + (line.signal ? " happening" : "");
    made.querySelector(".who").textContent = line.by === "agent" ? this.agent(line.number) : this.words[line.by === "customer" ? "you" : "system"];
    if (line.file) made.querySelector(".said").replaceWith(this.file(line.file));
    else made.querySelector(".said").textContent = line.signal ? this.happening(line) : line.text;
    const time = made.querySelector("time");
    time.dateTime = line.at;
    time.textContent = line.at ? this.clock(line.at) : "";
    return made;
  }

  file({ name, address, picture, width, height }) {
    const made = document.importNode(picture ? this.picture : this.other, true);
    made.href = address;
    if (!picture) { made.querySelector("span").textContent = name; return made; }
    const image = made.querySelector("img");
    image.alt = name;
    if (width) { image.width = width; image.height = height; }
    image.addEventListener("load", () => { if (this.isAtEnd()) this.toEnd(); });
    image.src = address;
    return made;
  }

  happening(line) {
    const name = line.signal === "hang_up" ? "hang_up-" + line.by : line.signal;
    return (this.words[name] || "").replace("{agent}", this.agent(line.number));
  }

  // The hotline's time, not that of a browser which may be elsewhere or wrong.
  day(at) {
    const form = { month: "2-digit", day: "2-digit", timeZone: this.zone };
    try { return new Date(at).toLocaleDateString("en-CA", form).slice(-5) + " " + this.clock(at); } catch (unknown) { return at.slice(5, 16).replace("T", " "); }
  }

  clock(at) {
    const form = { hour: "2-digit", minute: "2-digit", hour12: false, timeZone: this.zone };
    try { return new Date(at).toLocaleTimeString("en-GB", form); } catch (unknown) { return at.slice(11, 16); }
  }
}
