// The lines of a source are numbered while it is written; without this their numbers are those
// with which the page came.
for (const sheet of document.querySelectorAll(".source-sheet")) {
  const text = sheet.querySelector("textarea"), numbers = sheet.querySelector(".numbers");
  text?.addEventListener("input", () => {
    const lines = text.value.split("\n").length;
    text.rows = lines + 1;
    while (numbers.children.length > lines) numbers.lastElementChild.remove();
    while (numbers.children.length < lines) {
      const one = document.createElement("span");
      one.textContent = String(numbers.children.length + 1);
      numbers.append(one);
    }
  });
}
