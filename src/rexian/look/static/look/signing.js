// A line to sign on with a finger, a pen or a mouse. What is sent are the lines as numbers, on a sheet
// of 600 by 200, never a picture: [data-signing] has a canvas, a hidden input and a button to clear it.

const WIDTH = 600;
const HEIGHT = 200;
const LEAST = 3; // points nearer to each other than this say nothing more

export function prepareSigning(place) {
  const canvas = place.querySelector("canvas");
  const field = place.querySelector("input[type=hidden]");
  const paper = canvas.getContext("2d");
  let last = null;
  place.hidden = false;
  canvas.width = WIDTH * 2;
  canvas.height = HEIGHT * 2;
  paper.scale(2, 2);
  paper.lineWidth = 4;
  paper.lineCap = paper.lineJoin = "round";
  paper.strokeStyle = "#111";
  field.value = "";

  const pointOf = (event) => {
    const box = canvas.getBoundingClientRect();
    const on = (part, whole) => Math.max(0, Math.min(whole, Math.round(part)));
    return [
      on((event.clientX - box.left) / box.width * WIDTH, WIDTH),
      on((event.clientY - box.top) / box.height * HEIGHT, HEIGHT),
    ];
  };
  canvas.addEventListener("pointerdown", (event) => {
    if (event.button) return;
    event.preventDefault();
    canvas.setPointerCapture(event.pointerId);
    last = pointOf(event);
    field.value += `M${last[0]} ${last[1]}`;
  });
  canvas.addEventListener("pointermove", (event) => {
    if (!last) return;
    for (const one of event.getCoalescedEvents?.() || [event]) {
      const next = pointOf(one);
      if (Math.hypot(next[0] - last[0], next[1] - last[1]) < LEAST) continue;
      paper.beginPath();
      paper.moveTo(...last);
      paper.lineTo(...next);
      paper.stroke();
      field.value += `L${next[0]} ${next[1]}`;
      last = next;
    }
  });
  const lift = () => {
    if (!last) return;
    last = null;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  };
  canvas.addEventListener("pointerup", lift);
  canvas.addEventListener("pointercancel", lift);
  place.querySelector("[data-clears]").addEventListener("click", () => {
    paper.clearRect(0, 0, WIDTH, HEIGHT);
    field.value = "";
  });
}

document.querySelectorAll("[data-signing]").forEach(prepareSigning);
