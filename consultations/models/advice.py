"""What CPPCC hands up besides agreed items: proposals, social-opinion reports, consultations."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from committees.models import Origin, ResultMeaning
from committees.partial_dates import PartialDateField


class AdviceManager(models.Manager):
    def get_by_natural_key(self, code):
        return self.get(code=code)


class Advice(models.Model):
    """One piece of advice 建言: a proposal, a social-opinion report, a thematic consultation …"""

    class Kind(models.TextChoices):
        PROPOSAL = "proposal", _("Proposal")
        OPINION = "opinion", _("Social-opinion report")
        CONSULTATION = "consultation", _("Thematic consultation")
        SUPERVISION = "supervision", _("Democratic supervision")
        RESEARCH = "research", _("Research or inspection")

    code = models.SlugField(_("code"), unique=True)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    title = models.CharField(_("title"), max_length=120)
    committee = models.ForeignKey(
        "committees.Committee", models.PROTECT, related_name="advice", verbose_name=_("committee")
    )
    proposer = models.CharField(_("put forward by"), max_length=60, blank=True)
    given_on = PartialDateField(_("date"))
    forum = models.CharField(_("form or forum"), max_length=60, blank=True)
    result = models.CharField(_("what came of it"), max_length=300, blank=True)
    meaning = models.CharField(_("result"), max_length=9, choices=ResultMeaning, blank=True)
    origin = models.CharField(_("origin"), max_length=9, choices=Origin, default=Origin.ENTERED)
    citation = models.ForeignKey(
        "committees.Citation", models.PROTECT, null=True, blank=True, verbose_name=_("source")
    )

    objects = AdviceManager()

    class Meta:
        verbose_name = _("advice")
        verbose_name_plural = _("advice")
        ordering = ["-given_on", "code"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(origin="reported") | Q(citation__isnull=False),
                name="advice_reported_has_source",
            )
        ]

    def __str__(self) -> str:
        return self.title

    def natural_key(self):
        return (self.code,)


class Conversion(models.Model):
    """The outcome of a case, or one agreed item of it, turned into something else 成果转化."""

    LONGEST = 1500  # characters of a social-opinion report

    class Kind(models.TextChoices):
        PROPOSAL = "proposal", _("Proposal")
        OPINION = "opinion", _("Social-opinion report")
        HIGHER = "higher", _("Consultation at a higher level")
        SUGGESTION = "suggestion", _("Formal CPPCC suggestion")
        RULE = "rule", _("Rule or policy")

    case = models.ForeignKey(
        "consultations.Case", models.CASCADE, related_name="conversions", verbose_name=_("case")
    )
    item = models.ForeignKey(
        "consultations.AgreedItem",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="conversions",
        verbose_name=_("agreed item"),
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    title = models.CharField(_("title"), max_length=120)
    advice = models.ForeignKey(
        Advice,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="conversions",
        verbose_name=_("advice"),
    )
    members = models.ManyToManyField(
        "committees.Member", blank=True, related_name="conversions", verbose_name=_("written by")
    )
    converted_on = models.DateField(_("date"), default=timezone.localdate)
    body = models.TextField(_("text"), max_length=4000, blank=True)
    sent_to = models.CharField(_("sent to"), max_length=60, blank=True)
    number = models.CharField(_("number under which it was filed"), max_length=60, blank=True)
    filed_on = models.DateField(_("filed"), null=True, blank=True)
    accepted = models.BooleanField(_("taken up"), null=True, blank=True)
    accepted_on = models.DateField(_("decided"), null=True, blank=True)
    answer = models.CharField(_("answer"), max_length=300, blank=True)
    answered_on = models.DateField(_("answered"), null=True, blank=True)

    class Meta:
        verbose_name = _("conversion")
        verbose_name_plural = _("conversions")
        ordering = ["case", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_on__isnull=True) | ~Q(answer=""),
                name="conversion_answer_has_words",
            )
        ]

    def __str__(self) -> str:
        return self.title
