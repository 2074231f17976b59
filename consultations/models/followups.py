"""After the answer: verification 核实, follow-up 跟踪监督, leaders' instructions 批示."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from committees.partial_dates import PartialDateField


class Verification(models.Model):
    """Somebody other than the handling unit looked whether it is really done.

    It was either somebody with an account, or a citizen supervisor through a link.
    """

    class Method(models.TextChoices):
        SITE = "site", _("Looked on site")
        HOUSEHOLD = "household", _("Asked the households")
        PHONE = "phone", _("Asked by phone")
        DOCUMENT = "document", _("Checked documents")

    task = models.ForeignKey(
        "consultations.Task",
        models.CASCADE,
        related_name="verifications",
        verbose_name=_("task"),
    )
    round = models.PositiveSmallIntegerField(_("round"), default=1)
    is_true = models.BooleanField(_("really done"))
    is_partly = models.BooleanField(_("partly done"), default=False)
    method = models.CharField(_("method"), max_length=9, choices=Method)
    finding = models.CharField(_("finding"), max_length=500, blank=True)
    verified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("verified by"),
    )
    link = models.ForeignKey(
        "consultations.SupervisorLink",
        models.PROTECT,
        null=True,
        related_name="verifications",
        verbose_name=_("supervisor's link"),
    )
    verified_on = models.DateField(_("verified"), default=timezone.localdate)

    class Meta:
        verbose_name = _("verification")
        verbose_name_plural = _("verifications")
        ordering = ["task", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(is_true=True) | ~Q(finding=""), name="verification_false_has_finding"
            ),
            models.CheckConstraint(
                condition=Q(verified_by__isnull=False, link__isnull=True)
                | Q(verified_by__isnull=True, link__isnull=False),
                name="verification_by_one",
            ),
            models.CheckConstraint(
                condition=~Q(is_true=True, is_partly=True), name="verification_partly_is_not_true"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.task} {self.verified_on}"

    @property
    def who(self) -> str:
        return str(self.verified_by or _("Citizen supervisor"))


class FollowUp(models.Model):
    """An act of follow-up: inspection, appraisal, look-back, re-consultation, key supervision."""

    class Kind(models.TextChoices):
        INSPECTION = "inspection", _("Inspection")
        APPRAISAL = "appraisal", _("Democratic appraisal")
        LOOK_BACK = "look_back", _("Look-back")
        RECONSULTATION = "reconsultation", _("Re-consultation")
        KEY_SUPERVISION = "key_supervision", _("Supervised by a leader")
        VISIT = "visit", _("Return visit")

    case = models.ForeignKey(
        "consultations.Case", models.CASCADE, related_name="follow_ups", verbose_name=_("case")
    )
    task = models.ForeignKey(
        "consultations.Task",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="follow_ups",
        verbose_name=_("task"),
    )
    kind = models.CharField(_("kind"), max_length=15, choices=Kind)
    done_on = PartialDateField(_("date"), blank=False)
    people = models.CharField(_("who took part"), max_length=200, blank=True)
    members = models.ManyToManyField(
        "committees.Member", blank=True, related_name="follow_ups", verbose_name=_("members there")
    )
    finding = models.TextField(_("finding"), max_length=2000)
    asked = models.PositiveIntegerField(_("slips handed out"), null=True, blank=True)
    good = models.PositiveIntegerField(_("satisfied"), null=True, blank=True)
    fair = models.PositiveIntegerField(_("fairly satisfied"), null=True, blank=True)
    poor = models.PositiveIntegerField(_("dissatisfied"), null=True, blank=True)
    is_public = models.BooleanField(_("show to the public"), default=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        editable=False,
        verbose_name=_("recorded by"),
    )
    citation = models.ForeignKey(
        "committees.Citation", models.PROTECT, null=True, blank=True, verbose_name=_("source")
    )

    class Meta:
        verbose_name = _("follow-up")
        verbose_name_plural = _("follow-ups")
        ordering = ["case", "done_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="appraisal")
                | Q(asked__isnull=True, good__isnull=True, fair__isnull=True, poor__isnull=True),
                name="follow_up_tally_of_appraisal",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.done_on}"

    @property
    def takes_slips(self) -> bool:
        """An appraisal of our own; what a report tells of is over."""
        return self.kind == self.Kind.APPRAISAL and self.citation_id is None


class Instruction(models.Model):
    """A leader's written instruction 领导批示: which level, when, on what.

    `leader` is the post or, where a report names an official acting as such, post and name.
    `count` is more than one where a report only states a number. `state` tells how far it is
    carried out; empty where only a report speaks of it.
    """

    class Level(models.TextChoices):
        NATIONAL = "national", _("National")
        PROVINCE = "province", _("Province")
        PREFECTURE = "prefecture", _("Prefecture")
        COUNTY = "county", _("County")

    class State(models.TextChoices):
        RECEIVED = "received", _("Received")
        PASSED_ON = "passed_on", _("Passed on to the units")
        UNDER_WAY = "under_way", _("Being carried out")
        REPORTED = "reported", _("Reported back")

    level = models.CharField(_("level"), max_length=10, choices=Level)
    leader = models.CharField(_("leader"), max_length=60, blank=True)
    subject = models.CharField(_("on what"), max_length=160)
    text = models.CharField(_("gist"), max_length=300, blank=True)
    given_on = PartialDateField(_("date"))
    state = models.CharField(_("state"), max_length=9, choices=State, blank=True)
    state_on = models.DateField(_("state since"), null=True, blank=True)
    outcome = models.CharField(_("what was done on it"), max_length=300, blank=True)
    is_public = models.BooleanField(_("show to the public"), default=True)
    case = models.ForeignKey(
        "consultations.Case",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="instructions",
        verbose_name=_("case"),
    )
    advice = models.ForeignKey(
        "consultations.Advice",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="instructions",
        verbose_name=_("advice"),
    )
    committee = models.ForeignKey(
        "committees.Committee",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("committee"),
    )
    citation = models.ForeignKey(
        "committees.Citation", models.PROTECT, null=True, blank=True, verbose_name=_("source")
    )

    class Meta:
        verbose_name = _("leader's instruction")
        verbose_name_plural = _("leaders' instructions")
        ordering = ["-given_on", "pk"]

    def __str__(self) -> str:
        return self.subject
