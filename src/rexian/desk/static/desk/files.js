// Pictures and files: picked, pasted or dropped into the conversation; sent under a name of their own,
// so that trying again sends nothing twice.

import { given, say } from "./given.js";
import { $ } from "./dom.js";
import { post } from "./ask.js";
import { current, on, takeLine } from "./store.js";
import { tell } from "./told.js";

const TRIES = 4;

async function send(file) {
  const one = current();
  if (!one || !["connected", "held"].includes(one.brief.state)) return;
  if (file.size > given.most_bytes) { tell(say("too-large", { most: Math.floor(given.most_bytes / 1024 / 1024) })); return; }
  const sentAs = `${Date.now()}-${Math.random().toString(36).slice(2)}`;
  $("typing").textContent = say("sending-file", { name: file.name });
  for (let left = TRIES; left > 0; left -= 1) {
    const fields = new FormData();
    fields.set("file", file);
    fields.set("sent_as", sentAs);
    try {
      const { line } = await post(`contacts/${one.id}/file`, fields);
      takeLine(one.id, line);
      break;
    } catch (refusal) {
      if (!refusal.isPassing || left === 1) { tell(refusal.message); break; }
      await new Promise((go) => setTimeout(go, 2_000));
    }
  }
  $("typing").textContent = "";
}

$("file").addEventListener("change", () => {
  for (const file of $("file").files) send(file);
  $("file").value = "";
});
$("words").addEventListener("paste", (event) => {
  const files = [...(event.clipboardData?.files ?? [])];
  if (!files.length) return;
  event.preventDefault();
  files.forEach(send);
});
$("talk").addEventListener("dragover", (event) => event.preventDefault());
$("talk").addEventListener("drop", (event) => {
  event.preventDefault();
  [...event.dataTransfer.files].forEach(send);
});
const show = () => { $("file-pick").hidden = !["connected", "held"].includes(current()?.brief?.state); };
for (const name of ["chosen", "contact", "desk"]) on(name, show);
show();
