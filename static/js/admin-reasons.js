// Choosing a usual reason writes it into the box below, where it can be adapted.
const usual = document.getElementById("id_usual_reason");
const reason = document.getElementById("id_reason");
if (usual && reason) {
  usual.addEventListener("change", () => {
    if (usual.value) reason.value = usual.value;
    reason.focus();
  });
}
