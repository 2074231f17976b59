// Similar cases while the title and the problem are typed. Without this file the button does it.
const box = document.querySelector("[data-similar]");
const texts = ["id_title", "id_problem"].map((id) => document.getElementById(id)).filter(Boolean);
let waiting;
let asked = "";

async function look() {
  const text = texts.map((field) => field.value).join(" ").trim().slice(0, 200);
  if (text.length < 4 || text === asked) return;
  asked = text;
  const answer = await fetch(`${box.dataset.similar}?q=${encodeURIComponent(text)}`, {
    headers: { Accept: "application/json" },
  });
  if (!answer.ok || text !== asked) return;
  box.innerHTML = (await answer.json()).html;
}

if (box) {
  for (const field of texts) {
    field.addEventListener("input", () => {
      clearTimeout(waiting);
      waiting = setTimeout(look, 500);
    });
  }
}
