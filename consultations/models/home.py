"""Blocks of the home page, and notices on the page of a committee, as the offices set them."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords


class HomeBlock(models.Model):
    """A row changes one of the usual blocks, or adds a text of its own. Without rows the page
    stands as it is made."""

    class Kind(models.TextChoices):
        NOTICE = "notice", _("A text of your own")
        RESULTS = "results", _("What came of it: stories")
        CIRCLE = "circle", _("Everybody sits in one circle")
        PLACES = "places", _("Look around you: prefectures and newest cases")
        FIGURES = "figures", _("Counted here, and stated by reports")
        SOURCES = "sources", _("Four ways to raise a matter")

    kind = models.CharField(_("block"), max_length=8, choices=Kind, default=Kind.NOTICE)
    region = models.ForeignKey(
        "committees.Region",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("on the page of"),
        help_text=_("A notice on the page of this place's committee; empty for the home page."),
    )
    title = models.CharField(
        _("heading"), max_length=40, blank=True,
        help_text=_("Left empty, a usual block keeps its usual heading."),
    )  # fmt: skip
    text = models.TextField(
        _("text"), max_length=600, blank=True,
        help_text=_(
            "Plain words. An empty line begins a paragraph, **two stars** on each side make words"
            " bold, a line that begins with “- ” is a point of a list."
        ),
    )  # fmt: skip
    link = models.CharField(
        _("leads to"), max_length=200, blank=True,
        help_text=_("An address of this site, such as /cases/, or one that begins with https://."),
    )  # fmt: skip
    link_text = models.CharField(_("words of the link"), max_length=20, blank=True)
    case = models.ForeignKey(
        "consultations.Case",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("story told"),
    )
    figures = models.ManyToManyField(
        "consultations.ReportedFigure",
        blank=True,
        related_name="home_blocks",
        verbose_name=_("figures shown"),
        help_text=_("Without a choice the latest of the whole province are shown."),
    )
    order = models.PositiveSmallIntegerField(
        _("order"), default=0,
        help_text=_(
            "Smaller stands higher. Usually: stories 20, circle 30, prefectures 40, figures 50,"
            " four ways 60."
        ),
    )  # fmt: skip
    is_shown = models.BooleanField(_("shown"), default=True)
    history = HistoricalRecords(m2m_fields=["figures"])

    class Meta:
        verbose_name = _("home page block")
        verbose_name_plural = _("home page blocks")
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind"],
                condition=~Q(kind="notice"),
                name="home_block_once",
                violation_error_message=_("This block is set already; change that row."),
            ),
            models.CheckConstraint(
                condition=Q(region=None) | Q(kind="notice"),
                name="home_block_of_region_is_notice",
                violation_error_message=_("On the page of a committee only a text can stand."),
            ),
            models.CheckConstraint(
                condition=~Q(kind="notice") | ~Q(title=""),
                name="home_block_notice_has_title",
                violation_error_message=_("A text of your own needs a heading."),
            ),
        ]

    def __str__(self) -> str:
        return self.title or self.get_kind_display()

    def clean(self) -> None:
        inside = self.link.startswith("/") and not self.link.startswith(("//", "/\\"))
        if self.link and not inside and not self.link.startswith("https://"):
            raise ValidationError({"link": _("Begin with / or with https://.")})
