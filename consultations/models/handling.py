"""Everything a unit answers on its task: returns, extensions, progress, replies, opinions."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from committees.models import ResultMeaning


class ReturnRequest(models.Model):
    """A unit says 退办: not ours, on this basis, better given to that unit."""

    task = models.ForeignKey(
        "consultations.Task", models.CASCADE, related_name="return_requests", verbose_name=_("task")
    )
    unit = models.ForeignKey(
        "committees.HandlingUnit",
        models.PROTECT,
        related_name="+",
        verbose_name=_("handling unit"),
    )
    reason = models.CharField(_("reason"), max_length=300)
    basis = models.CharField(_("basis"), max_length=200)
    suggested_unit = models.CharField(_("suggested unit"), max_length=60, blank=True)
    suggested = models.ForeignKey(
        "committees.HandlingUnit",
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("suggested unit, of the directory"),
    )
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("requested by")
    )
    requested_on = models.DateField(_("requested"), default=timezone.localdate)
    granted = models.BooleanField(_("granted"), null=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("decided by"),
    )
    decided_on = models.DateField(_("decided"), null=True)
    decision_note = models.CharField(_("note on the decision"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("return request")
        verbose_name_plural = _("return requests")
        ordering = ["task", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["task", "unit"], name="return_once_per_unit"),
            models.CheckConstraint(
                condition=Q(granted__isnull=True, decided_on__isnull=True)
                | Q(granted__isnull=False, decided_on__isnull=False),
                name="return_decision_has_date",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit} {self.reason}"


class ExtensionRequest(models.Model):
    """A unit asks in time for a later due date 延期, once while it has the task in hand."""

    task = models.ForeignKey(
        "consultations.Task",
        models.CASCADE,
        related_name="extension_requests",
        verbose_name=_("task"),
    )
    unit = models.ForeignKey(
        "committees.HandlingUnit",
        models.PROTECT,
        related_name="+",
        verbose_name=_("handling unit"),
    )
    round = models.PositiveSmallIntegerField(_("round"), default=1)
    reason = models.CharField(_("reason"), max_length=300)
    old_due_on = models.DateField(_("due before"))
    new_due_on = models.DateField(_("due asked for"))
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("requested by")
    )
    requested_on = models.DateField(_("requested"), default=timezone.localdate)
    granted = models.BooleanField(_("granted"), null=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("decided by"),
    )
    decided_on = models.DateField(_("decided"), null=True)
    by_silence = models.BooleanField(_("refused by silence"), default=False)

    class Meta:
        verbose_name = _("extension request")
        verbose_name_plural = _("extension requests")
        ordering = ["task", "pk"]
        indexes = [
            models.Index(
                fields=["requested_on", "id"],
                condition=Q(granted__isnull=True),
                name="extension_undecided",
            ),
            models.Index(
                fields=["decided_on", "id"], condition=Q(by_silence=True), name="extension_silent"
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["task", "round", "unit"], name="extension_once_per_unit"
            ),
            models.CheckConstraint(
                condition=Q(new_due_on__gt=F("old_due_on")), name="extension_is_later"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.old_due_on} → {self.new_due_on}"


class Suspension(models.Model):
    """The unit's clock stands still 挂起: cause, from, until."""

    class Cause(models.TextChoices):
        SEASON = "season", _("Season")
        PROCEDURE = "procedure", _("Land or planning procedure")
        COURT = "court", _("Court")
        HIGHER = "higher", _("Approval from a higher level")
        DISASTER = "disaster", _("Disaster")
        FUNDS = "funds", _("Funds of next year")

    task = models.ForeignKey(
        "consultations.Task", models.CASCADE, related_name="suspensions", verbose_name=_("task")
    )
    cause = models.CharField(_("cause"), max_length=9, choices=Cause)
    reason = models.CharField(_("reason"), max_length=300)
    began_on = models.DateField(_("began"), default=timezone.localdate)
    until = models.DateField(_("until"))
    ended_on = models.DateField(_("ended"), null=True)

    class Meta:
        verbose_name = _("suspension")
        verbose_name_plural = _("suspensions")
        ordering = ["task", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["task"], condition=Q(ended_on__isnull=True), name="suspension_one_open"
            ),
            models.CheckConstraint(
                condition=Q(until__gte=F("began_on")), name="suspension_ends_after_start"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_cause_display()} – {self.until}"


class Outlook(models.TextChoices):
    """How the unit itself sees whether the task will be done by its date."""

    ON_TRACK = "on_track", _("On track")
    AT_RISK = "at_risk", _("At risk")
    DELAYED = "delayed", _("Will be late")


class ProgressEntry(models.Model):
    """A note on the way 进展: what was done, and if the unit likes what comes next and how it sees
    the date. Percent and photo are optional, never required."""

    task = models.ForeignKey(
        "consultations.Task", models.CASCADE, related_name="progress", verbose_name=_("task")
    )
    text = models.CharField(_("progress"), max_length=500)
    next_step = models.CharField(_("what comes next"), max_length=300, blank=True)
    outlook = models.CharField(_("outlook"), max_length=8, choices=Outlook, blank=True)
    percent = models.PositiveSmallIntegerField(_("per cent"), null=True, blank=True)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("written by"),
    )
    written_at = models.DateTimeField(_("written"), default=timezone.now)
    paper_note = models.CharField(_("entered on behalf, from"), max_length=120, blank=True)

    class Meta:
        verbose_name = _("progress entry")
        verbose_name_plural = _("progress entries")
        ordering = ["task", "written_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(percent__isnull=True) | Q(percent__lte=100),
                name="progress_percent_range",
            )
        ]

    def __str__(self) -> str:
        return self.text[:30]


class Reply(models.Model):
    """The unit's formal answer 办复, of one round: drafted by an officer, signed by a leader.

    `result_class` is the local letter, `meaning` what it stands for; `flags` is what the check
    found and the signer confirmed, each (kind, words), see `workflow.reply_checks`.
    """

    task = models.ForeignKey(
        "consultations.Task", models.CASCADE, related_name="replies", verbose_name=_("task")
    )
    round = models.PositiveSmallIntegerField(_("round"), default=1)
    number = models.CharField(_("document number"), max_length=60, blank=True)
    body = models.TextField(_("answer, point by point"), max_length=8000)
    result_class = models.CharField(_("result class"), max_length=4)
    meaning = models.CharField(_("meaning"), max_length=9, choices=ResultMeaning)
    promise_on = models.DateField(_("promised for"), null=True, blank=True)
    explanation = models.CharField(_("why not"), max_length=500, blank=True)
    opinion_decision = models.CharField(
        _("decision on a missing opinion"), max_length=200, blank=True
    )
    opinions = models.ManyToManyField(
        "consultations.AssistingOpinion",
        related_name="+",
        verbose_name=_("opinions taken over"),
    )
    drafted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("drafted by"),
    )
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("signed by"),
    )
    signed_on = models.DateField(_("signed"), null=True)
    accepted = models.BooleanField(_("accepted"), null=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("decided by"),
    )
    decided_on = models.DateField(_("decided"), null=True)
    return_reason = models.CharField(_("why returned"), max_length=300, blank=True)
    flags = models.JSONField(_("flagged when it was signed"), default=list, blank=True)
    paper_note = models.CharField(_("entered on behalf, from"), max_length=120, blank=True)

    class Meta:
        verbose_name = _("reply")
        verbose_name_plural = _("replies")
        ordering = ["task", "round", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(meaning="in_plan") | Q(promise_on__isnull=False),
                name="reply_in_plan_has_promise",
                violation_error_message=_("A reply 'in plan' needs the date promised."),
            ),
            models.CheckConstraint(
                condition=~Q(meaning__in=["deferred", "reference"]) | ~Q(explanation=""),
                name="reply_not_done_has_reason",
                violation_error_message=_("Explain why it cannot be done now."),
            ),
            models.CheckConstraint(
                condition=Q(signed_by__isnull=True, signed_on__isnull=True)
                | Q(signed_by__isnull=False, signed_on__isnull=False),
                name="reply_signed_pair",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.task} {self.result_class}"
