// Pictures and files: chosen by the button, pasted, or dropped. Each is sent whole and tells how far
// it is; what failed can be sent again, under the same name, so that it arrives once.

const AGAIN_AFTER = [2000, 5000, 15000];

export function takeFiles({ main, turns, words, say, clearTrouble, last, settle, token }) {
  const input = document.querySelector("[data-file-chosen]");
  const choose = document.querySelector("[data-choose-file]");
  const largest = Number(main.dataset.largest);
  choose.hidden = false;
  choose.addEventListener("click", () => input.click());
  input.addEventListener("change", () => { take(input.files); input.value = ""; });
  document.addEventListener("paste", (event) => {
    const pasted = event.clipboardData && event.clipboardData.files;
    if (pasted && pasted.length) { event.preventDefault(); take(pasted); }
  });
  const carriesFiles = (event) => event.dataTransfer && Array.from(event.dataTransfer.types).indexOf("Files") >= 0;
  for (const name of ["dragenter", "dragover"]) {
    document.addEventListener(name, (event) => {
      if (carriesFiles(event)) { event.preventDefault(); document.body.classList.add("over-drop"); }
    });
  }
  document.addEventListener("dragleave", (event) => { if (!event.relatedTarget) document.body.classList.remove("over-drop"); });
  document.addEventListener("drop", (event) => {
    document.body.classList.remove("over-drop");
    if (!carriesFiles(event)) return;
    event.preventDefault();
    take(event.dataTransfer.files);
  });

  function take(files) { for (const one of Array.from(files)) begin(one); }

  function begin(file) {
    if (file.size > largest) {
      say(words["too-large-file"].replace("{most}", largest >> 20));
      return;
    }
    send({ sent_as: token(), file, text: file.name, tries: 0 });
  }

  // An XMLHttpRequest, since it alone tells how much has been sent.
  function send(item) {
    const form = new FormData();
    form.append("sent_as", item.sent_as);
    form.append("after", last());
    form.append("file", item.file, item.file.name);
    const request = new XMLHttpRequest();
    request.open("POST", main.dataset.files);
    request.setRequestHeader("Accept", "application/json");
    request.upload.addEventListener("progress", (event) => {
      if (event.lengthComputable) turns.await(item, Math.round(100 * event.loaded / event.total) + " %");
    });
    request.addEventListener("load", () => heard(item, request.status, read(request.responseText)));
    request.addEventListener("error", () => later(item));
    request.addEventListener("timeout", () => later(item));
    turns.await(item, words.sending);
    request.send(form);
  }

  function heard(item, status, told) {
    if (status === 429 || status >= 500) { later(item); return; }
    if (status >= 300) { refused(item, told.detail || ""); return; }
    clearTrouble();
    settle(told);
    turns.drop(item.sent_as);
  }

  function later(item) {
    const pause = AGAIN_AFTER[item.tries];
    item.tries += 1;
    if (pause === undefined) { refused(item, ""); return; }
    turns.await(item, words.retrying);
    setTimeout(send, pause, item);
  }

  function refused(item, why) {
    const again = [words.again, () => { item.tries = 0; send(item); }];
    const discard = [words.discard, () => turns.drop(item.sent_as)];
    turns.refuse(item, words.refused + (why ? ": " + why : ""), [again, discard]);
  }
}

function read(text) {
  try { return JSON.parse(text); } catch (broken) { return {}; }
}
