"""To come back and look: at promises that run on, and at what was closed as done."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

OF_PROMISE = ("on_plan", "slipped", "solved", "given_up")
OF_CASE = ("holds", "relapsed")


class LookBack(models.Model):
    """Somebody looked back 回头看: at a task in plan, or at a closed case (then without a task).

    `promise_before` is what had been promised until then; it stays when the date slips.
    `opened_round` is the round of handling that a relapse opened.
    """

    class Outcome(models.TextChoices):
        ON_PLAN = "on_plan", _("On plan")
        SLIPPED = "slipped", _("Slipped, with a new date")
        SOLVED = "solved", _("Solved, to be verified")
        GIVEN_UP = "given_up", _("Given up")
        HOLDS = "holds", _("Still solved")
        RELAPSED = "relapsed", _("The problem came back")

    case = models.ForeignKey(
        "consultations.Case", models.CASCADE, related_name="look_backs", verbose_name=_("case")
    )
    task = models.ForeignKey(
        "consultations.Task",
        models.CASCADE,
        null=True,
        related_name="look_backs",
        verbose_name=_("task"),
    )
    outcome = models.CharField(_("outcome"), max_length=8, choices=Outcome)
    finding = models.CharField(_("what was found"), max_length=500)
    due_on = models.DateField(_("look-back was due"), null=True)
    looked_on = models.DateField(_("looked back"), default=timezone.localdate)
    looked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("recorded by")
    )
    promise_before = models.DateField(_("promised before"), null=True)
    promise_on = models.DateField(_("newly promised for"), null=True)
    opened_round = models.PositiveSmallIntegerField(_("round it opened"), null=True)

    class Meta:
        verbose_name = _("look-back")
        verbose_name_plural = _("look-backs")
        ordering = ["case", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(task__isnull=False, outcome__in=OF_PROMISE)
                | Q(task__isnull=True, outcome__in=OF_CASE),
                name="look_back_fits_subject",
            ),
            models.CheckConstraint(condition=~Q(finding=""), name="look_back_has_finding"),
            models.CheckConstraint(
                condition=~Q(outcome="slipped") | Q(promise_on__gt=F("promise_before")),
                name="look_back_slip_is_later",
            ),
            models.CheckConstraint(
                condition=~Q(outcome="relapsed") | Q(opened_round__isnull=False),
                name="look_back_relapse_opens_round",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_outcome_display()} {self.looked_on}"
