/* Says below a box how many of its characters are used; the page works without it. */
for (const box of document.querySelectorAll("[data-count]")) {
  const told = document.createElement("p");
  told.className = "field__help";
  told.setAttribute("aria-live", "polite");
  const most = Number(box.dataset.count);
  const tell = () => {
    const used = [...box.value.trim()].length;
    told.textContent = `${used} / ${most}`;
    told.classList.toggle("due--late", used > most);
  };
  box.addEventListener("input", tell);
  box.after(told);
  tell();
}
