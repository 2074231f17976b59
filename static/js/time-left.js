// Says so before the session ends, and lets the person stay. Without this file the server ends it
// just the same, and keeps what is sent afterwards.
const note = document.getElementById("time-left");
let timer;

function plan({ left, warn }) {
  clearTimeout(timer);
  note.hidden = left > warn;
  for (const part of note.querySelectorAll("[data-soon]")) part.hidden = left === 0;
  note.querySelector("[data-over]").hidden = left > 0;
  if (left === 0) return;
  // Another page of the same browser may have gone on meanwhile: ask before telling.
  const wait = left > warn ? left - warn : 30;
  timer = setTimeout(ask, Math.min(Math.max(wait, 5), 3600) * 1000);
}

async function ask(options) {
  const answer = await fetch(note.dataset.left, { headers: { Accept: "application/json" }, ...options });
  if (answer.ok) plan(await answer.json());
}

if (note) {
  note.querySelector("form").addEventListener("submit", (event) => {
    event.preventDefault();
    event.stopImmediatePropagation();
    ask({ method: "POST", body: new FormData(event.target) });
  });
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) ask();
  });
  ask();
}
