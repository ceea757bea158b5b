// What ticks on the floor: how long something has lasted, and clocks in the reader's own time.
const two = (number) => String(number).padStart(2, "0");

function lasted(since) {
  const seconds = Math.max(0, Math.floor((Date.now() - Date.parse(since)) / 1000));
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  return hours ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
}

function tick() {
  for (const one of document.querySelectorAll("time[data-since]")) one.textContent = lasted(one.dateTime);
  for (const one of document.querySelectorAll("time[data-clock]:empty")) {
    one.textContent = new Date(one.dateTime).toLocaleTimeString(document.documentElement.lang, { hour12: false });
  }
}

// Whoever reads along at the end stays at the end; whoever has scrolled up stays where they are.
function follow({ target }) {
  tick();
  const end = target.querySelector(".along > li:last-child");
  if (target.matches("[data-follow]") && end && innerHeight + scrollY > document.body.scrollHeight - 240) {
    end.scrollIntoView({ block: "end" });
  }
}

document.addEventListener("rexian:replaced", follow);
setInterval(tick, 1000);
tick();
