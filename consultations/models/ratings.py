"""What those concerned think of the result: how many were asked, by which way, what they said."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Rating(models.Model):
    """Answers of one kind of rater 满意度测评, collected by the CPPCC side.

    Silence is not a rating. `count` is more than one for a paper tally; result and process apart.
    """

    class Value(models.TextChoices):
        SATISFIED = "satisfied", _("Satisfied")
        FAIR = "fair", _("Fairly satisfied")
        DISSATISFIED = "dissatisfied", _("Dissatisfied")
        UNKNOWN = "unknown", _("Cannot say")

    class Rater(models.TextChoices):
        PROPOSER = "proposer", _("Proposer")
        AFFECTED = "affected", _("Affected party")
        RESIDENT = "resident", _("Resident")
        MEMBER = "member", _("CPPCC member")

    class Channel(models.TextChoices):
        PAPER = "paper", _("On paper")
        CALL = "call", _("Call-back")
        CODE = "code", _("By code")

    case = models.ForeignKey(
        "consultations.Case", models.CASCADE, related_name="ratings", verbose_name=_("case")
    )
    rater = models.CharField(_("kind of rater"), max_length=8, choices=Rater)
    channel = models.CharField(_("channel"), max_length=5, choices=Channel)
    result = models.CharField(_("with the result"), max_length=12, choices=Value)
    process = models.CharField(_("with the process"), max_length=12, choices=Value, blank=True)
    count = models.PositiveIntegerField(_("how many"), default=1)
    reason = models.CharField(_("reason given"), max_length=300, blank=True)
    round = models.PositiveSmallIntegerField(_("handling round"), default=1)
    justified = models.BooleanField(_("justified"), null=True, blank=True)
    judged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        editable=False,
        verbose_name=_("judged by"),
    )
    judged_on = models.DateField(_("judged"), null=True, blank=True)
    collected_on = models.DateField(_("collected"), default=timezone.localdate)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        editable=False,
        verbose_name=_("entered by"),
    )

    class Meta:
        verbose_name = _("rating")
        verbose_name_plural = _("ratings")
        ordering = ["case", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(count__gte=1), name="rating_count_from_one"),
            models.CheckConstraint(
                condition=Q(justified__isnull=True, judged_by__isnull=True, judged_on__isnull=True)
                | Q(justified__isnull=False, judged_by__isnull=False, judged_on__isnull=False),
                name="rating_judged_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_rater_display()} {self.get_result_display()} × {self.count}"


class RatingAsked(models.Model):
    """How many were asked on paper or by phone; whoever gets a code is counted by the code.

    Of paper slips that were counted, `process_…` tell how many said what of the process: counted
    apart from the result, nobody knows any more which of both stood on one slip.
    """

    case = models.ForeignKey(
        "consultations.Case", models.CASCADE, related_name="asked", verbose_name=_("case")
    )
    round = models.PositiveSmallIntegerField(_("handling round"), default=1)
    rater = models.CharField(_("kind of rater"), max_length=8, choices=Rating.Rater)
    channel = models.CharField(_("channel"), max_length=5, choices=Rating.Channel)
    count = models.PositiveIntegerField(_("how many were asked"))
    process_satisfied = models.PositiveIntegerField(_("process: satisfied"), default=0)
    process_fair = models.PositiveIntegerField(_("process: fairly satisfied"), default=0)
    process_dissatisfied = models.PositiveIntegerField(_("process: dissatisfied"), default=0)
    process_unknown = models.PositiveIntegerField(_("process: cannot say"), default=0)
    asked_on = models.DateField(_("asked"), default=timezone.localdate)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("entered by")
    )

    class Meta:
        verbose_name = _("people asked")
        verbose_name_plural = _("people asked")
        ordering = ["case", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(count__gte=1), name="asked_count_from_one")
        ]

    def __str__(self) -> str:
        return f"{self.get_rater_display()} × {self.count}"

    @property
    def of_process(self) -> dict[str, int]:
        return {value: getattr(self, f"process_{value}") for value in Rating.Value.values}


class RatingCodeQuerySet(models.QuerySet):
    def open(self, at=None):
        return self.filter(used_at=None, revoked_at=None, expires_at__gt=at or timezone.now())


class RatingCode(models.Model):
    """A slip that lets one person answer once, without an account. Only its digest is kept.

    It tells that it was used, never what was answered: no rating leads back to a code. With a
    `follow_up` the answer counts in the tally of that appraisal instead.
    """

    case = models.ForeignKey(
        "consultations.Case", models.CASCADE, related_name="rating_codes", verbose_name=_("case")
    )
    follow_up = models.ForeignKey(
        "consultations.FollowUp",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="codes",
        verbose_name=_("appraisal"),
    )
    round = models.PositiveSmallIntegerField(_("handling round"), default=1)
    rater = models.CharField(_("kind of rater"), max_length=8, choices=Rating.Rater)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("issued by")
    )
    issued_at = models.DateTimeField(_("issued at"), default=timezone.now)
    expires_at = models.DateTimeField(_("valid until"))
    used_at = models.DateTimeField(_("used"), null=True)
    revoked_at = models.DateTimeField(_("revoked at"), null=True)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("revoked by"),
    )

    objects = RatingCodeQuerySet.as_manager()

    class Meta:
        verbose_name = _("rating code")
        verbose_name_plural = _("rating codes")
        ordering = ["case", "pk"]
        indexes = [models.Index(fields=["case", "round"], name="rating_code_case_round")]
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("issued_at")), name="rating_code_ends_after_issue"
            ),
            models.CheckConstraint(
                condition=Q(revoked_at__isnull=True, revoked_by__isnull=True)
                | Q(revoked_at__isnull=False, revoked_by__isnull=False),
                name="rating_code_revoked_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(used_at__isnull=True) | Q(revoked_at__isnull=True),
                name="rating_code_used_or_revoked",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_rater_display()} {self.pk}"
