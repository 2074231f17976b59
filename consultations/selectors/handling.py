"""What waits for an answer while the tasks of a case are handled."""

from __future__ import annotations

from consultations.models import Case, ExtensionRequest
from consultations.workflow.cases import Stage

EXTENSION_ANSWERS = ("grant_extension", "refuse_extension")


def waiting_for_a_day(case: Case) -> set[int]:
    """The tasks whose unit asked for more time and was not answered yet. One query at most."""
    if case.stage != Stage.HANDLING:
        return set()
    asked = ExtensionRequest.objects.filter(task__case=case, granted=None)
    return set(asked.order_by("pk").values_list("task", flat=True))
