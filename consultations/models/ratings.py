from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
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
            models.CheckConstraint(condition=Q(count__gte=1), name="rating_count_from_one")
        ]

    def __str__(self) -> str:
        return f"{self.get_rater_display()} {self.get_result_display()} × {self.count}"
