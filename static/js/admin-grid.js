// Adds rows to a grid in the page; without this file the server does it. Enter goes to the next row.
// How many rows a button adds is said in its data-more, so that the word on it stays true.
function renumber(row, prefix, from, to) {
  const old = new RegExp(`(^|_)${prefix}-${from}(?=-|$)`);
  const names = ["name", "id", "for", "value", "data-grid", "list", "aria-describedby"];
  for (const part of row.querySelectorAll("*")) {
    for (const name of names) {
      const text = part.getAttribute(name);
      if (text && (name !== "value" || part.localName === "button")) {
        part.setAttribute(name, text.replace(old, `$1${prefix}-${to}`));
      }
    }
  }
}

function empty(row) {
  for (const note of row.querySelectorAll(".cell__error, .advice")) note.remove();
  row.classList.remove("trow--fresh");
  for (const field of row.querySelectorAll("input, select, textarea")) {
    field.removeAttribute("aria-invalid");
    field.disabled = false;
    if (field.type === "checkbox") field.checked = false;
    else if (field.localName === "select") {
      const first = [...field.options].findIndex((option) => option.defaultSelected);
      field.selectedIndex = field.name.endsWith("-role") || first < 0 ? 0 : first;
    } else if (field.name.endsWith("-weight") || field.name.endsWith("-count")) field.value = "1";
    else field.value = "";
  }
}

function add(grid) {
  const prefix = grid.dataset.grid;
  const total = grid.querySelector(`[name="${prefix}-TOTAL_FORMS"]`);
  const rows = [...grid.querySelectorAll("[data-row]")].filter(
    (row) => row.closest("[data-grid]") === grid,
  );
  const last = rows.at(-1);
  if (!last || Number(total.value) >= 60) return null;
  const row = last.cloneNode(true);
  renumber(row, prefix, Number(total.value) - 1, Number(total.value));
  empty(row);
  total.value = String(Number(total.value) + 1);
  last.after(row);
  return row;
}

function addAll(button) {
  const grid = button.closest("[data-grid]");
  const first = add(grid);
  if (!first) return false;
  for (let more = Number(button.dataset.more) || 1; more > 1 && add(grid); more -= 1);
  first.querySelector("input:not([type=hidden]), textarea, select")?.focus();
  return true;
}

// Puts a proposal into its box; without this file the server does it.
function take(button) {
  const place = button.value.indexOf("=");
  const box = button.form.elements[button.value.slice(0, place)];
  if (!box) return false;
  box.value = button.value.slice(place + 1);
  box.focus();
  for (const other of button.closest(".advice").querySelectorAll('button[name="take"]')) {
    if (other.value.startsWith(`${box.name}=`)) {
      other.nextElementSibling?.remove();
      other.remove();
    }
  }
  for (const note of box.closest(".cell").querySelectorAll(".cell__error")) note.remove();
  return true;
}

document.addEventListener("click", (event) => {
  const offer = event.target.closest('button[name="take"]');
  if (offer && take(offer)) event.preventDefault();
  const button = event.target.closest("button[data-more]");
  if (button && addAll(button)) event.preventDefault();
});

document.addEventListener("keydown", (event) => {
  const field = event.target;
  if (event.key !== "Enter" || field.localName !== "input" || event.isComposing) return;
  const row = field.closest("[data-row]");
  const grid = row?.closest("[data-grid]");
  if (!grid) return;
  event.preventDefault();
  const name = field.name.split("-").at(-1);
  const below = row.nextElementSibling?.querySelector(`[name$="-${name}"]`);
  if (below) below.focus();
  else grid.querySelector("button[data-more]")?.click();
});
