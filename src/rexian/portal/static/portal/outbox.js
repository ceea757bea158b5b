// What the customer has said and the server has not yet: sent in its order, again and again until
// the server has it, under a name that makes it one turn however often it comes.

import { token, unsent } from "./kept.js";

const FIRST = 1000;
const LONGEST = 20000;
const PATIENCE = 15000;

// post(item) returns a promise of an answer { status, told }. tell(event, item, told) hears
// "pending", "retrying", "slowly", "refused", "sent".
export class Outbox {
  constructor(key, post, tell) {
    this.key = key;
    this.post = post;
    this.tell = tell;
    this.items = unsent.of(key);
    this.pause = FIRST;
    this.busy = false;
    this.timer = 0;
    this.items.forEach((item) => tell("pending", item));
    this.run();
  }

  add(text) {
    const item = { sent_as: token(), text };
    this.items.push(item);
    this.keep();
    this.tell("pending", item);
    this.run();
  }

  discard(item) {
    this.items = this.items.filter((one) => one !== item);
    this.keep();
  }

  // Another way than its answer told that the server has it: the stream, another tab.
  arrived(sentAs) {
    const item = this.items.find((one) => one.sent_as === sentAs);
    if (item) this.discard(item);
  }

  again(item) {
    delete item.refused;
    this.tell("pending", item);
    this.hurry();
  }

  hurry() {
    this.pause = FIRST;
    clearTimeout(this.timer);
    this.run();
  }

  keep() { unsent.keep(this.key, this.items); }

  run() {
    const item = this.items.find((one) => !one.refused);
    if (this.busy || !item) return;
    this.busy = true;
    const late = new Promise((_, reject) => { setTimeout(reject, PATIENCE); });
    Promise.race([this.post(item), late]).then(
      (answer) => { this.busy = false; this.heard(item, answer); },
      () => { this.busy = false; this.later(item, "retrying"); },
    );
  }

  heard(item, { status, told }) {
    if (status < 300) {
      this.discard(item);
      this.pause = FIRST;
      this.tell("sent", item, told);
      this.run();
    } else if (status === 429) {
      this.pause = Math.max(this.pause, 3000);
      this.later(item, "slowly");
    } else if (status >= 500 || status === 408) {
      this.later(item, "retrying");
    } else { // what is wrong with it will not be right the next time
      item.refused = (told && told.detail) || "";
      this.keep();
      this.tell("refused", item, told);
      this.run();
    }
  }

  later(item, why) {
    if (this.items.indexOf(item) < 0) { this.run(); return; }
    this.tell(why, item);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.run(), this.pause * (0.75 + Math.random() / 2));
    this.pause = Math.min(this.pause * 2, LONGEST);
  }
}
