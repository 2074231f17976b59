"""The topic 议题 of a case: its field, the sides it concerns, the research before the meeting."""

from __future__ import annotations

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from committees.partial_dates import PartialDateField

INDENT = "\u3000"  # as wide as one character


class TopicFieldQuerySet(models.QuerySet):
    def offered(self, *, with_it: TopicField | None = None):
        """What a form offers, a field before those that belong to it: all in use, and the one that
        a record has already."""
        kept = Q(pk=with_it.pk if with_it else None)
        return self.filter(Q(is_active=True) | kept).order_by("order", "code")


class TopicFieldManager(models.Manager.from_queryset(TopicFieldQuerySet)):
    def get_by_natural_key(self, code):
        return self.get(code=code)


class TopicField(models.Model):
    """What a topic is about 领域, in two levels."""

    code = models.SlugField(_("code"), unique=True)
    name = models.CharField(_("name"), max_length=30)
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("belongs to"),
    )
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    is_active = models.BooleanField(
        _("in use"), default=True,
        help_text=_("Not in use any more, it is not offered; cases that have it keep it."),
    )  # fmt: skip

    objects = TopicFieldManager()

    class Meta:
        verbose_name = _("field")
        verbose_name_plural = _("fields")
        ordering = ["order", "code"]

    def __str__(self) -> str:
        return self.name

    @property
    def indented(self) -> str:
        """The name in a list of choices, set in where it belongs to another."""
        return f"{INDENT}{self.name}" if self.parent_id else self.name

    def natural_key(self):
        return (self.code,)

    def clean(self) -> None:
        """Two levels, no more: what has fields below it belongs to none."""
        if self.parent_id is None:
            return
        deep = self.parent_id == self.pk or self.parent.parent_id is not None
        if deep or (self.pk and self.children.exists()):
            raise ValidationError({"parent": _("Fields have two levels, no more.")})


class TopicSource(models.TextChoices):
    """Who raised the topic; the local wording (党委点题, 政府出题 …) stands beside it."""

    PARTY_GOVERNMENT = "party_government", _("Assigned by Party or government")
    MEMBER = "member", _("Recommended by a member")
    RESIDENTS = "residents", _("Asked for by residents")
    SOCIETY = "society", _("Collected from society")


class Side(models.Model):
    """A side 利益相关方 with an interest in the topic."""

    case = models.ForeignKey(
        "consultations.Case", models.CASCADE, related_name="sides", verbose_name=_("case")
    )
    name = models.CharField(_("side"), max_length=40)
    interest = models.CharField(_("what is at stake"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("interested side")
        verbose_name_plural = _("interested sides")
        ordering = ["case", "pk"]
        constraints = [models.UniqueConstraint(fields=["case", "name"], name="side_unique_name")]

    def __str__(self) -> str:
        return self.name


class FieldVisit(models.Model):
    """Research before the meeting 会前调研: one visit, talk, survey or stay.

    Only a report may leave the day open; a visit on record here says when it was.
    """

    class Method(models.TextChoices):
        STAY = "stay", _("Stay in the village")
        HOUSEHOLD = "household", _("Household visits")
        TALK = "talk", _("Group talk")
        SURVEY = "survey", _("Questionnaire")
        SITE = "site", _("Look on site")
        EXPERT = "expert", _("Ask experts")

    case = models.ForeignKey(
        "consultations.Case", models.CASCADE, related_name="visits", verbose_name=_("case")
    )
    visited_on = PartialDateField(_("date"))
    place = models.CharField(_("place"), max_length=80)
    method = models.CharField(_("method"), max_length=9, choices=Method)
    people_met = models.PositiveIntegerField(_("people met"), null=True, blank=True)
    visitors = models.CharField(_("who went"), max_length=200, blank=True)
    members = models.ManyToManyField(
        "committees.Member", blank=True, related_name="visits", verbose_name=_("members there")
    )
    findings = models.TextField(_("findings"), max_length=8000)
    logged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("logged by"),
    )
    citation = models.ForeignKey(
        "committees.Citation", models.PROTECT, null=True, blank=True, verbose_name=_("source")
    )

    class Meta:
        verbose_name = _("field visit")
        verbose_name_plural = _("field visits")
        ordering = ["case", "visited_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(visited_on__isnull=False) | Q(citation__isnull=False),
                name="visit_dated_unless_reported",
                violation_error_message=_("Say on which day the visit was."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.visited_on or ''} {self.place}".strip()
