"""What follows when a date passes: that it passed 逾期, and the rungs of the ladder 催办、督办."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Overdue(models.Model):
    """That a date passed without what was due on it. Written once, by the calendar.

    Of a task it is once for each `term` of the task; of a case once for each date.
    """

    class Kind(models.TextChoices):
        TASK = "task", _("answer of the unit")
        VERIFY = "verify", _("check of the answer")
        TOPIC = "topic", _("decision on the topic")
        PARTY = "party", _("decision of the Party committee")
        FILING = "filing", _("filing")
        RECORD = "record", _("record of the meeting")

    case = models.ForeignKey(
        "consultations.Case", models.CASCADE, related_name="overdue_dates", verbose_name=_("case")
    )
    task = models.ForeignKey(
        "consultations.Task",
        models.CASCADE,
        null=True,
        related_name="overdue_dates",
        verbose_name=_("task"),
    )
    unit = models.ForeignKey(
        "committees.HandlingUnit",
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("handling unit"),
    )
    kind = models.CharField(_("what was due"), max_length=6, choices=Kind)
    term = models.PositiveSmallIntegerField(_("number of the time limit"), default=0)
    due_on = models.DateField(_("due"))
    since = models.DateField(_("overdue since"))
    written_at = models.DateTimeField(_("written"), default=timezone.now)

    class Meta:
        verbose_name = _("passed date")
        verbose_name_plural = _("passed dates")
        ordering = ["case", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["task", "kind", "term"],
                condition=Q(task__isnull=False),
                name="overdue_once_per_term",
            ),
            models.UniqueConstraint(
                fields=["case", "kind", "due_on"],
                condition=Q(task__isnull=True),
                name="overdue_once_per_date",
            ),
            models.CheckConstraint(condition=Q(since__gt=F("due_on")), name="overdue_after_due"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.due_on}"


class Urging(models.Model):
    """One rung of the ladder for one term of a task. The platform follows up; it orders nobody.

    A rung is written once, dated `raised_on` with the day it fell due. Notes and reminders go out
    at once; a slip waits as a draft until a person sends it or lets it drop, or the unit's answer
    overtakes it. The number is given when it goes out.
    """

    class Rung(models.TextChoices):
        NOTE = "note", _("Note before the due date")
        QUIET = "quiet", _("Question after the progress")
        REMINDER = "reminder", _("Reminder")
        SLIP = "slip", _("Follow-up slip")
        LEADER = "leader", _("Follow-up slip to the leader in charge")
        FALSE = "false", _("Follow-up slip after a false completion")

    class Level(models.TextChoices):
        BLUE = "blue", _("blue")
        YELLOW = "yellow", _("yellow")
        RED = "red", _("red")

    class Overtaken(models.TextChoices):
        """Why a draft was withdrawn by itself; kept in `drop_reason`, and nobody dropped it."""

        ANSWERED = "answered", _("withdrawn by itself: the unit has answered")
        NEW_DATE = "new_date", _("withdrawn by itself: the task has a new date")
        CANCELLED = "cancelled", _("withdrawn by itself: the task was cancelled")

    task = models.ForeignKey(
        "consultations.Task", models.CASCADE, related_name="urgings", verbose_name=_("task")
    )
    unit = models.ForeignKey(
        "committees.HandlingUnit",
        models.PROTECT,
        related_name="urgings",
        verbose_name=_("handling unit"),
    )
    rung = models.CharField(_("kind"), max_length=8, choices=Rung)
    level = models.CharField(_("colour"), max_length=6, choices=Level)
    round = models.PositiveSmallIntegerField(_("round"), default=1)
    spell = models.PositiveSmallIntegerField(_("units before this one"), default=0)
    term = models.PositiveSmallIntegerField(_("number of the time limit"), default=1)
    due_on = models.DateField(_("due"))
    raised_on = models.DateField(_("raised"))
    written_at = models.DateTimeField(_("written"), default=timezone.now)
    number = models.CharField(_("document number"), max_length=60, blank=True)
    note = models.CharField(_("words added"), max_length=300, blank=True)
    sent_on = models.DateField(_("sent"), null=True)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("sent by"),
    )
    answer_due_on = models.DateField(_("answer due"), null=True)
    dropped_on = models.DateField(_("dropped"), null=True)
    dropped_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("dropped by"),
    )
    drop_reason = models.CharField(_("why dropped"), max_length=300, blank=True)
    answer = models.CharField(_("answer"), max_length=500, blank=True)
    expected_on = models.DateField(_("reply expected by"), null=True)
    answered_on = models.DateField(_("answered"), null=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("answered by"),
    )
    paper_note = models.CharField(_("entered on behalf, from"), max_length=120, blank=True)

    class Meta:
        verbose_name = _("follow-up slip or reminder")
        verbose_name_plural = _("follow-up slips and reminders")
        ordering = ["task", "pk"]
        indexes = [
            models.Index(
                F("raised_on"),
                F("id"),
                condition=Q(sent_on__isnull=True, dropped_on__isnull=True),
                name="urging_draft",
            ),
            models.Index(F("unit"), F("sent_on"), F("id"), name="urging_unit_sent"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["task", "term", "rung"], name="urging_once_per_rung"),
            models.UniqueConstraint(
                fields=["number"], condition=~Q(number=""), name="urging_unique_number"
            ),
            models.CheckConstraint(
                condition=Q(sent_on__isnull=True, number="")
                | (Q(sent_on__isnull=False) & ~Q(number="")),
                name="urging_sent_has_number",
            ),
            models.CheckConstraint(
                condition=Q(dropped_on__isnull=True, drop_reason="")
                | (Q(dropped_on__isnull=False, sent_on__isnull=True) & ~Q(drop_reason="")),
                name="urging_drop_has_reason",
            ),
            models.CheckConstraint(
                condition=Q(answered_on__isnull=True)
                | Q(sent_on__isnull=False, expected_on__isnull=False),
                name="urging_answer_to_what_was_sent",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_rung_display()} {self.number}".strip()

    @property
    def is_draft(self) -> bool:
        return self.sent_on is None and self.dropped_on is None

    @property
    def why_dropped(self) -> str:
        """In words: those of the person who dropped it, or what overtook it."""
        if self.dropped_by_id is None and self.drop_reason:
            return str(self.Overtaken(self.drop_reason).label)
        return self.drop_reason

    @property
    def wants_answer(self) -> bool:
        """Slips are answered; a note or a reminder is answered by going on."""
        return self.rung in SLIPS

    @property
    def waits_for_answer(self) -> bool:
        return self.wants_answer and self.sent_on is not None and self.answered_on is None


SLIPS = (Urging.Rung.SLIP, Urging.Rung.LEADER, Urging.Rung.FALSE)
