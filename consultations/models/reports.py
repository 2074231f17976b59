"""Numbers that reports state. They are quoted, never added to what is counted here."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from committees.partial_dates import PartialDateField
from consultations.models.outcomes import Exactness


class ReportedFigureManager(models.Manager):
    def get_by_natural_key(self, code):
        return self.get(code=code)


class ReportedFigure(models.Model):
    """One number of a report: what, how many, how exactly, where, when, and the place in the text.

    `flow` numbers happened within the period (sessions held); `stock` numbers stood at its end
    (rooms existing); `target` numbers were aimed at. The three are never added up.
    """

    class Topic(models.TextChoices):
        SESSIONS = "sessions", _("Consultation sessions")
        ITEMS = "items", _("Agreed items and tasks")
        SOLVED = "solved", _("Matters solved")
        ROOMS = "rooms", _("Rooms and platforms")
        STUDIOS = "studios", _("Studios")
        MEMBERS = "members", _("Members and people linked")
        COVERAGE = "coverage", _("Coverage")
        PROPOSALS = "proposals", _("Proposals")
        OPINIONS = "opinions", _("Social-opinion reports")
        INSTRUCTIONS = "instructions", _("Leaders' instructions")
        RESEARCH = "research", _("Research and inspection")
        RULES = "rules", _("Rules and organisation")
        PARTY = "party", _("Party building and study")
        FUNDS = "funds", _("Funds")
        ECONOMY = "economy", _("Economy and industry")
        POVERTY = "poverty", _("Poverty relief campaign")
        RESULT = "result", _("Result of a case")
        PLACE = "place", _("About a place")

    class Nature(models.TextChoices):
        FLOW = "flow", _("in the period")
        STOCK = "stock", _("at the time")
        TARGET = "target", _("aimed at")

    code = models.SlugField(_("code"), unique=True, max_length=80)
    topic = models.CharField(_("topic"), max_length=12, choices=Topic)
    name = models.CharField(_("what is counted"), max_length=80)
    value = models.DecimalField(_("value"), max_digits=16, decimal_places=2)
    unit = models.CharField(_("unit"), max_length=12, blank=True)
    exactness = models.CharField(
        _("exactness"), max_length=9, choices=Exactness, default=Exactness.EXACT
    )
    wording = models.CharField(_("as worded"), max_length=25, blank=True)
    nature = models.CharField(_("nature"), max_length=6, choices=Nature, default=Nature.FLOW)
    region = models.ForeignKey(
        "committees.Region", models.PROTECT, related_name="figures", verbose_name=_("region")
    )
    period_from = PartialDateField(_("from"))
    period_until = PartialDateField(_("until"))
    case = models.ForeignKey(
        "consultations.Case",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="figures",
        verbose_name=_("case"),
    )
    campaign = models.ForeignKey(
        "consultations.Campaign",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="figures",
        verbose_name=_("brand or campaign"),
    )
    citation = models.ForeignKey(
        "committees.Citation", models.PROTECT, related_name="figures", verbose_name=_("source")
    )
    note = models.CharField(_("note"), max_length=200, blank=True)

    objects = ReportedFigureManager()

    class Meta:
        verbose_name = _("reported figure")
        verbose_name_plural = _("reported figures")
        ordering = ["topic", "region", "code"]
        indexes = [models.Index(fields=["region", "topic"], name="figure_region_topic")]

    def __str__(self) -> str:
        return f"{self.name} {self.value.normalize():f}{self.unit}"

    def natural_key(self):
        return (self.code,)
