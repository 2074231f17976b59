"""Where a fact comes from: a published report and the place in it."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from committees.partial_dates import PartialDateField


class Origin(models.TextChoices):
    """How a record came to be. Only `entered` and `reported` ones may be shown as real."""

    ENTERED = "entered", _("Entered by staff")
    REPORTED = "reported", _("From a report")
    DEMO = "demo", _("Demonstration")
    SYNTHETIC = "synthetic", _("Synthetic (load test)")


class SourceReportManager(models.Manager):
    def get_by_natural_key(self, code):
        return self.get(code=code)


class SourceReport(models.Model):
    """A newspaper report 报道. Only facts are taken from it, never its sentences."""

    code = models.SlugField(_("code"), unique=True)
    title = models.CharField(_("title"), max_length=120)
    subtitle = models.CharField(_("subtitle"), max_length=160, blank=True)
    authors = models.CharField(_("authors"), max_length=120, blank=True)
    publisher = models.CharField(_("published in"), max_length=60, blank=True)
    published_on = PartialDateField(_("date of the report"))
    date_note = models.CharField(_("how the date is known"), max_length=160, blank=True)
    summary = models.TextField(_("what it tells, in our words"), max_length=2000, blank=True)
    text_digest = models.CharField(_("SHA-256 of the text read"), max_length=64, blank=True)

    objects = SourceReportManager()

    class Meta:
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        ordering = ["-published_on", "code"]

    def __str__(self) -> str:
        return f"《{self.title}》"

    def natural_key(self):
        return (self.code,)


class CitationManager(models.Manager):
    def get_by_natural_key(self, report, anchor):
        return self.get(report__code=report, anchor=anchor)


class Citation(models.Model):
    """The place in a report that a fact rests on.

    `anchor` is the shortest run of at most 25 characters that finds the place; `note` tells of a
    misprint that was corrected or of a doubt.
    """

    report = models.ForeignKey(
        SourceReport, models.PROTECT, related_name="citations", verbose_name=_("report")
    )
    anchor = models.CharField(_("anchor"), max_length=25)
    note = models.CharField(_("note"), max_length=200, blank=True)

    objects = CitationManager()

    class Meta:
        verbose_name = _("citation")
        verbose_name_plural = _("citations")
        ordering = ["report", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["report", "anchor"], name="citation_unique_anchor"),
            models.CheckConstraint(condition=~models.Q(anchor=""), name="citation_has_anchor"),
        ]

    def __str__(self) -> str:
        return f"{self.report}「{self.anchor}」"

    def natural_key(self):
        return (self.report.code, self.anchor)

    natural_key.dependencies = ["committees.sourcereport"]
