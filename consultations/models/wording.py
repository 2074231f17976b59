"""Words that staff may set themselves: stage names, texts for reasons."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from consultations.models.suggestions import Suggestion
from consultations.workflow.cases import CASES, PublicStage, Stage
from consultations.workflow.tasks import TASKS, TaskState

# The ways in which a resident is answered without a topic being made of it.
ANSWERS = (Suggestion.State.ANSWERED, Suggestion.State.REFERRED, Suggestion.State.REFUSED)
# The steps for which a text may be offered, with their labels.
STEPS = {
    "case": {row.action: row.label for row in CASES},
    "task": {row.action: row.label for row in TASKS},
    "suggestion": {state.value: state.label for state in ANSWERS},
}


class StageName(models.Model):
    """A local name of a stage. What stands behind it, and so every rule, stays the same.

    `stage` is a value of the choices that belong to the kind; a name holds for the region and
    everything below it, until a lower region sets its own.
    """

    class Kind(models.TextChoices):
        CASE = "case", _("Stage of a case, for staff")
        TASK = "task", _("State of a task, for staff and the public")
        PUBLIC = "public", _("Stage of a case, for the public")

    region = models.ForeignKey(
        "committees.Region", models.CASCADE, related_name="+", verbose_name=_("region")
    )
    kind = models.CharField(_("kind"), max_length=6, choices=Kind, default=Kind.CASE)
    stage = models.CharField(_("stage"), max_length=16)
    name = models.CharField(_("local name"), max_length=20)

    class Meta:
        verbose_name = _("local stage name")
        verbose_name_plural = _("local stage names")
        ordering = ["region", "kind", "stage"]
        constraints = [
            models.UniqueConstraint(
                fields=["region", "kind", "stage"],
                name="stage_name_unique",
                violation_error_message=_("This stage has a name here already; change that one."),
            ),
            models.UniqueConstraint(
                fields=["region", "kind", "name"],
                name="stage_name_means_one",
                violation_error_message=_("Another stage has this name here."),
            ),
            models.CheckConstraint(
                condition=Q(kind="case", stage__in=Stage.values)
                | Q(kind="task", stage__in=TaskState.values)
                | Q(kind="public", stage__in=PublicStage.values),
                name="stage_name_of_a_stage",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def usual_name(self) -> str:
        """What the stage is called where no place set a name."""
        return str(STAGES_OF[self.kind](self.stage).label)


STAGES_OF: dict[str, type[models.TextChoices]] = {
    StageName.Kind.CASE: Stage,
    StageName.Kind.TASK: TaskState,
    StageName.Kind.PUBLIC: PublicStage,
}


class ReasonText(models.Model):
    """A text offered where a step asks for a reason or an opinion, or a resident for an answer, to
    be adapted by the person who writes it.

    A case and a task both have steps called `cancel` and `reopen`; `subject` says whose is meant.
    """

    class Subject(models.TextChoices):
        CASE = "case", _("step of a case")
        TASK = "task", _("step of a task")
        SUGGESTION = "suggestion", _("answer to a resident")

    subject = models.CharField(_("offered for"), max_length=10, choices=Subject)
    action = models.CharField(_("step"), max_length=28)
    title = models.CharField(_("title"), max_length=40)
    text = models.CharField(_("text"), max_length=300)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("reason text")
        verbose_name_plural = _("reason texts")
        ordering = ["subject", "action", "order", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(subject__in=("case", "task", "suggestion")),
                name="reason_text_known_subject",
            )
        ]

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        if self.subject in STEPS and self.action not in STEPS[self.subject]:
            raise ValidationError({"action": _("Choose a step of the kind it is offered for.")})

    @property
    def step(self) -> str:
        """The step in words."""
        return str(STEPS.get(self.subject, {}).get(self.action, self.action))


class Note(models.Model):
    """An internal note on a case. It never leaves the office.

    Whom it mentions finds it on the desk until opened. The same form sent twice is one note.
    """

    case = models.ForeignKey(
        "consultations.Case", models.CASCADE, related_name="notes", verbose_name=_("case")
    )
    text = models.TextField(_("note"), max_length=2000)
    mentions = models.ManyToManyField(
        "committees.User", blank=True, related_name="mentioned_in", verbose_name=_("for")
    )
    opened_by = models.ManyToManyField(
        "committees.User",
        blank=True,
        related_name="+",
        editable=False,
        verbose_name=_("opened by"),
    )
    is_pinned = models.BooleanField(_("pinned"), default=False)
    form_token = models.CharField(  # noqa: DJ001  many rows may have none, which unique blanks forbid
        max_length=40, unique=True, null=True, editable=False
    )
    author = models.ForeignKey(
        "committees.User",
        models.PROTECT,
        null=True,
        related_name="+",
        editable=False,
        verbose_name=_("author"),
    )
    written_at = models.DateTimeField(_("written"), auto_now_add=True)

    class Meta:
        verbose_name = _("internal note")
        verbose_name_plural = _("internal notes")
        ordering = ["case", "-is_pinned", "-written_at", "-pk"]

    def __str__(self) -> str:
        return self.text[:30]


class JobRun(models.Model):
    """One run of a periodic command, so that the operator sees that it ran and how it ended."""

    name = models.CharField(_("job"), max_length=40)
    started_at = models.DateTimeField(_("started"))
    ended_at = models.DateTimeField(_("ended"), null=True)
    changes = models.PositiveIntegerField(_("records changed"), default=0)
    error = models.CharField(_("error"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("job run")
        verbose_name_plural = _("job runs")
        ordering = ["-started_at", "-pk"]
        indexes = [models.Index(fields=["name", "-started_at"], name="job_run_name_started")]

    def __str__(self) -> str:
        return f"{self.name} {self.started_at:%Y-%m-%d %H:%M}"
