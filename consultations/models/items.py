"""What was agreed 共识事项, and what each side promised 承诺."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from committees.partial_dates import PartialDateField


class Route(models.TextChoices):
    """The way an agreed item is dealt with 处置方式."""

    ON_THE_SPOT = "on_the_spot", _("Settled on the spot")
    PARTIES = "parties", _("Kept by the parties' commitments")
    VILLAGE = "village", _("Done by the village itself")
    TOWNSHIP = "township", _("Handled by the township")
    COUNTY = "county", _("Handled by county departments")
    HIGHER = "higher", _("Coordinated at a higher level")
    PROPOSAL = "proposal", _("Turned into a proposal")
    OPINION = "opinion", _("Turned into a social-opinion report")
    EXPLAIN = "explain", _("Explained")


NEEDS_UNIT = (Route.TOWNSHIP, Route.COUNTY)


class ItemState(models.TextChoices):
    """Derived from tasks and commitments, never stored."""

    OPEN = "open", _("Not begun")
    HANDLING = "handling", _("In handling")
    IN_PLAN = "in_plan", _("In plan")
    SOLVED = "solved", _("Solved")
    EXPLAINED = "explained", _("Explained")
    CONVERTED = "converted", _("Converted")
    DROPPED = "dropped", _("Dropped")


class AgreedItem(models.Model):
    """One thing agreed. Its wording is frozen when it was read back at the meeting."""

    case = models.ForeignKey(
        "consultations.Case", models.CASCADE, related_name="items", verbose_name=_("case")
    )
    meeting = models.ForeignKey(
        "consultations.Meeting",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="items",
        verbose_name=_("meeting"),
    )
    number = models.PositiveSmallIntegerField(_("number"), default=1)
    text = models.CharField(_("what was agreed"), max_length=300)
    route = models.CharField(_("route"), max_length=11, choices=Route, blank=True)
    owner = models.CharField(_("who answers for it"), max_length=60, blank=True)
    due_on = models.DateField(_("due"), null=True, blank=True)
    measure = models.CharField(_("how to see that it is done"), max_length=200, blank=True)
    funds = models.CharField(_("funds"), max_length=100, blank=True)
    confirmed_at = models.DateTimeField(_("read back and confirmed"), null=True, editable=False)
    settled_on = models.DateField(_("settled on the spot on"), null=True, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        editable=False,
        verbose_name=_("settlement recorded by"),
    )
    dropped_reason = models.CharField(_("why dropped"), max_length=200, blank=True)
    return_reason = models.CharField(_("why returned"), max_length=200, blank=True, editable=False)
    citation = models.ForeignKey(
        "committees.Citation", models.PROTECT, null=True, blank=True, verbose_name=_("source")
    )

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("agreed item")
        verbose_name_plural = _("agreed items")
        ordering = ["case", "number", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["case", "number"], name="item_unique_number")
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.text}"


class Milestone(models.Model):
    """A step on the way to an agreed item."""

    item = models.ForeignKey(
        AgreedItem, models.CASCADE, related_name="milestones", verbose_name=_("agreed item")
    )
    title = models.CharField(_("milestone"), max_length=80)
    due_on = models.DateField(_("due"), null=True, blank=True)
    done_on = models.DateField(_("done"), null=True, blank=True)

    class Meta:
        verbose_name = _("milestone")
        verbose_name_plural = _("milestones")
        ordering = ["item", "due_on", "pk"]

    def __str__(self) -> str:
        return self.title


class Commitment(models.Model):
    """A promise 承诺 of any side: villagers, a company, a department. It is checked, not ordered."""

    class State(models.TextChoices):
        OPEN = "open", _("Running")
        KEPT = "kept", _("Kept")
        BROKEN = "broken", _("Broken")
        WAIVED = "waived", _("Waived")

    item = models.ForeignKey(
        AgreedItem, models.CASCADE, related_name="commitments", verbose_name=_("agreed item")
    )
    side = models.ForeignKey(
        "consultations.Side",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="commitments",
        verbose_name=_("side"),
    )
    promised_by = models.CharField(_("who promises"), max_length=60)
    text = models.CharField(_("what is promised"), max_length=300)
    condition = models.CharField(_("on condition"), max_length=200, blank=True)
    due_on = models.DateField(_("due"), null=True, blank=True)
    state = models.CharField(_("state"), max_length=6, choices=State, default=State.OPEN)
    checked_on = PartialDateField(_("checked"))
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        editable=False,
        verbose_name=_("checked by"),
    )
    finding = models.CharField(_("what was found"), max_length=200, blank=True)
    citation = models.ForeignKey(
        "committees.Citation", models.PROTECT, null=True, blank=True, verbose_name=_("source")
    )

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("commitment")
        verbose_name_plural = _("commitments")
        ordering = ["item", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="open") | Q(checked_on__isnull=False),
                name="commitment_checked_has_date",
                violation_error_message=_("Say on which day the commitment was checked."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.promised_by}：{self.text}"
