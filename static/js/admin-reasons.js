// Choosing a usual text writes it into the box it belongs to, where it can be adapted.
for (const choice of document.querySelectorAll("select[data-fills]")) {
  const box = document.getElementById(choice.dataset.fills);
  if (!box) continue;
  choice.addEventListener("change", () => {
    if (choice.value) box.value = choice.value;
    box.focus();
  });
}
