"""The working calendar of the country: days off and make-up working days, year by year."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

FIRST_YEAR, LAST_YEAR = 2000, 2100


class WorkCalendarYearManager(models.Manager):
    def get_by_natural_key(self, year):
        return self.get(year=year)


class WorkCalendarYear(models.Model):
    """A year whose arrangement is published and was confirmed here; a year without a row is
    provisional 暂定. `changed_at` tells other processes that the days are others now.

    Who confirmed it stays empty for the years that the reference data brought.
    """

    year = models.PositiveSmallIntegerField(_("year"), unique=True)
    document = models.CharField(_("published in (document)"), max_length=120)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("confirmed by"),
    )
    confirmed_at = models.DateTimeField(_("confirmed"), default=timezone.now)
    changed_at = models.DateTimeField(_("changed"), default=timezone.now)

    objects = WorkCalendarYearManager()

    class Meta:
        verbose_name = _("year of the working calendar")
        verbose_name_plural = _("years of the working calendar")
        ordering = ["year"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(year__range=(FIRST_YEAR, LAST_YEAR)),
                name="work_calendar_year_range",
            ),
            models.CheckConstraint(
                condition=~models.Q(document=""), name="work_calendar_year_has_document"
            ),
        ]

    def __str__(self) -> str:
        return str(self.year)

    def natural_key(self):
        return (self.year,)


class WorkCalendarDayManager(models.Manager):
    def get_by_natural_key(self, date):
        return self.get(date=date)


class WorkCalendarDay(models.Model):
    """One day that is otherwise than the week says: off on it, or worked although a weekend."""

    class Kind(models.TextChoices):
        OFF = "off", _("Day off")
        WORKED = "worked", _("Make-up working day")

    date = models.DateField(_("date"), unique=True)
    kind = models.CharField(_("kind"), max_length=6, choices=Kind)
    name = models.CharField(_("name of the holiday"), max_length=20, blank=True)
    source = models.CharField(_("source"), max_length=120, blank=True)

    objects = WorkCalendarDayManager()

    class Meta:
        verbose_name = _("day of the working calendar")
        verbose_name_plural = _("days of the working calendar")
        ordering = ["date"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind__in=("off", "worked")), name="work_calendar_day_known_kind"
            )
        ]

    def __str__(self) -> str:
        return f"{self.date} {self.get_kind_display()}"

    def natural_key(self):
        return (self.date.isoformat(),)
