// Once recordings are taken in, or heard, their list is another: the page is shown anew.
const batch = document.querySelector("[data-batch=taking_in], [data-batch=hearing]");
batch?.addEventListener("rexian:replaced", () => {
  if (!batch.querySelector("progress")) location.reload();
});
