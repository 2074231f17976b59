"""The handling task 办理任务 of one unit."""

from __future__ import annotations

import datetime as dt

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from consultations.models.agreements import AssistingOpinion
from consultations.models.handling import Outlook
from consultations.workflow.tasks import ENDED, RUNNING, Pace, TaskRole, TaskState


def past_due(on: dt.date) -> Q:
    """Running past the date. While a request that was asked in time awaits its decision, the days
    are not the unit's."""
    return Q(state__in=RUNNING, due_on__lt=on, waits_since=None)


class TaskQuerySet(models.QuerySet):
    def running(self):
        return self.filter(state__in=RUNNING)

    def not_ended(self):
        """Still owed by somebody. An assisting unit has done its part once it answered."""
        return self.exclude(state__in=ENDED).exclude(role=TaskRole.ASSIST, state=TaskState.ANSWERED)

    def overdue(self, *, on=None):
        return self.filter(past_due(on or timezone.localdate()))


class Task(models.Model):
    """`state` and `version` are written in one line of the project: `services.steps`."""

    item = models.ForeignKey(
        "consultations.AgreedItem",
        models.CASCADE,
        related_name="tasks",
        verbose_name=_("agreed item"),
    )
    case = models.ForeignKey(
        "consultations.Case",
        models.CASCADE,
        related_name="tasks",
        editable=False,
        verbose_name=_("case"),
    )
    number = models.PositiveSmallIntegerField(_("number"), default=1)
    title = models.CharField(_("what is to be done"), max_length=120)
    unit = models.ForeignKey(
        "committees.HandlingUnit",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="tasks",
        verbose_name=_("handling unit"),
    )
    unit_wording = models.CharField(
        _("unit as the report words it"), max_length=60, blank=True, editable=False
    )
    role = models.CharField(_("role"), max_length=6, choices=TaskRole, default=TaskRole.SOLE)
    lead = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="assistants",
        verbose_name=_("lead task"),
    )
    pace = models.CharField(_("time given"), max_length=4, choices=Pace, blank=True)
    opinion_optional = models.BooleanField(_("opinion not required"), default=False)
    weight = models.PositiveSmallIntegerField(_("weight"), default=1)
    percent = models.PositiveSmallIntegerField(_("progress in per cent"), null=True, blank=True)
    outlook = models.CharField(
        _("outlook"), max_length=8, choices=Outlook, blank=True, editable=False
    )
    due_on = models.DateField(_("due"), null=True, blank=True)
    # How the due date came about: see `consultations.calendar.Basis`.
    due_basis = models.JSONField(null=True, editable=False)
    expected = models.CharField(_("expected result"), max_length=200, blank=True)

    state = models.CharField(
        _("state"), max_length=16, choices=TaskState, default=TaskState.DRAFTED
    )
    version = models.PositiveIntegerField(default=0, editable=False)
    state_since = models.DateTimeField(_("in this state since"), default=timezone.now)
    round = models.PositiveSmallIntegerField(_("round"), default=1, editable=False)
    bounces = models.PositiveSmallIntegerField(_("times handed on"), default=0, editable=False)
    # How often a due date was set: by the hand-over, and by whatever sets it anew. A date that
    # only moves, as after a suspension, stays in its term.
    term = models.PositiveSmallIntegerField(
        _("number of the time limit"), default=1, editable=False
    )
    handler = models.CharField(_("handled by"), max_length=40, blank=True)
    first_dispatched_on = models.DateField(_("first handed over"), null=True, editable=False)
    dispatched_on = models.DateField(_("handed to this unit"), null=True, editable=False)
    signed_on = models.DateField(_("signed for"), null=True, editable=False)
    accepted_by_lapse = models.BooleanField(_("accepted by lapse"), default=False, editable=False)
    contacted_on = models.DateField(_("first contact"), null=True, editable=False)
    answered_on = models.DateField(_("answered"), null=True, editable=False)
    verified_on = models.DateField(_("verified"), null=True, editable=False)
    promise_on = models.DateField(_("promised for"), null=True, editable=False)
    look_back_on = models.DateField(_("look back on"), null=True, editable=False)
    suspended_until = models.DateField(_("suspended until"), null=True, editable=False)
    # Since when a return or an extension, asked for in time, awaits its decision.
    waits_since = models.DateField(_("waits for a decision since"), null=True, editable=False)
    last_progress_on = models.DateField(_("last progress"), null=True, editable=False)
    false_completions = models.PositiveSmallIntegerField(
        _("false completions"), default=0, editable=False
    )
    citation = models.ForeignKey(
        "committees.Citation", models.PROTECT, null=True, blank=True, verbose_name=_("source")
    )

    objects = TaskQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("task")
        verbose_name_plural = _("tasks")
        ordering = ["item", "number", "pk"]
        indexes = [
            models.Index(F("unit"), F("state"), F("due_on"), name="task_unit_state_due"),
            models.Index(F("state"), F("due_on"), F("id"), name="task_state_due"),
            models.Index(F("case"), F("state"), F("due_on"), name="task_case_state_due"),
            models.Index(
                F("look_back_on"),
                F("id"),
                condition=Q(look_back_on__isnull=False),
                name="task_look_back",
            ),
            models.Index(
                F("due_on"), F("id"), condition=Q(state__in=RUNNING), name="task_running_due"
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=TaskState.values), name="task_known_state"
            ),
            models.CheckConstraint(
                condition=Q(percent__isnull=True) | Q(percent__lte=100), name="task_percent_range"
            ),
            models.CheckConstraint(condition=Q(weight__gte=1), name="task_weight_from_one"),
            models.CheckConstraint(
                condition=~Q(state="suspended") | Q(suspended_until__isnull=False),
                name="task_suspended_has_end",
            ),
            models.UniqueConstraint(fields=["item", "number"], name="task_unique_number"),
        ]

    def __str__(self) -> str:
        return self.title

    def save(self, *args, **kwargs):
        self.case_id = self.item.case_id
        super().save(*args, **kwargs)

    @property
    def is_ended(self) -> bool:
        return self.state in ENDED

    @property
    def unit_name(self) -> str:
        return str(self.unit) if self.unit_id else self.unit_wording

    @property
    def outlook_told(self) -> str:
        """What the unit said of the date since it has the task in hand; empty when it did not."""
        if not self.outlook or self.state != TaskState.HANDLING or self.last_progress_on is None:
            return ""
        since = timezone.localtime(self.state_since).date()
        return self.get_outlook_display() if self.last_progress_on >= since else ""

    @property
    def is_assist(self) -> bool:
        return self.role == TaskRole.ASSIST

    def opinions_against(self):
        """Opinions of assisting units that disagree, while nothing was settled about them."""
        against = AssistingOpinion.objects.filter(
            task__lead=self, stance=AssistingOpinion.Stance.DISAGREES, settlement=None
        )
        rows = against.exclude(task__state=TaskState.CANCELLED).select_related("task__unit")
        return list(rows.order_by("pk"))

    @property
    def latest_reply(self):
        """The reply of the present round, drafted or signed."""
        return self.replies.filter(round=self.round).order_by("-pk").first()
