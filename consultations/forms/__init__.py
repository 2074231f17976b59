"""Forms check shape, ask the workflow for sense, and leave the doing to the services."""

from consultations.forms.case_steps import CASE_FORMS
from consultations.forms.splitting import SplitForm
from consultations.forms.steps import StepForm
from consultations.forms.task_steps import TASK_FORMS
from consultations.models import Case
from consultations.permissions import Subject

STEP_FORMS: dict[str, dict[str, type[StepForm]]] = {
    "case": CASE_FORMS | {"split": SplitForm},
    "task": TASK_FORMS,
}


def step_form(subject: Subject, action: str) -> type[StepForm]:
    """The form of an action; one that captures nothing has the plain form."""
    kind = "case" if isinstance(subject, Case) else "task"
    return STEP_FORMS[kind].get(action, StepForm)
