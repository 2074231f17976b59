from __future__ import annotations

from collections.abc import Iterable

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

CODE_LENGTHS = {"province": 2, "prefecture": 4, "county": 6, "township": 9, "village": 12}


class RegionQuerySet(models.QuerySet):
    def get_by_natural_key(self, code):
        return self.get(code=code)

    def within(self, code: str):
        """The region of this code and everything below it (codes nest by prefix)."""
        return self.filter(code__gte=code, code__lt=code_after(code))

    def real(self):
        return self.filter(is_demo=False)


def code_after(code: str) -> str:
    """The first code that is no longer below `code`: 5301 -> 5302, for an index range."""
    return f"{int(code) + 1:0{len(code)}d}"


def at_or_below(codes: Iterable[str], *, path: str = "region") -> Q:
    """Rows whose region (at `path`) is one of the codes or below it; none without a code."""
    found = Q(pk__in=[])
    for code in codes:
        found |= Q(**{f"{path}__gte": code, f"{path}__lt": code_after(code)})
    return found


class Region(models.Model):
    """An administrative division 行政区划, keyed by its GB/T 2260 / statistics code."""

    class Level(models.TextChoices):
        PROVINCE = "province", _("Province")
        PREFECTURE = "prefecture", _("Prefecture")
        COUNTY = "county", _("County")
        TOWNSHIP = "township", _("Township")
        VILLAGE = "village", _("Village or community")

    code = models.CharField(_("division code"), max_length=12, primary_key=True)
    name = models.CharField(_("name"), max_length=60)
    short_name = models.CharField(_("short name"), max_length=30)
    level = models.CharField(_("level"), max_length=10, choices=Level)
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("belongs to"),
    )
    pinyin = models.CharField(_("pinyin"), max_length=120, blank=True, db_index=True)
    initials = models.CharField(_("pinyin initials"), max_length=30, blank=True, db_index=True)
    valid_from = models.DateField(_("valid from"), null=True, blank=True)
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    replaced_by = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="replaces",
        verbose_name=_("replaced by"),
    )
    is_demo = models.BooleanField(_("demonstration"), default=False)

    objects = RegionQuerySet.as_manager()

    class Meta:
        verbose_name = _("region")
        verbose_name_plural = _("regions")
        ordering = ["code"]
        indexes = [models.Index(fields=["level", "code"], name="region_level")]

    def __str__(self) -> str:
        return self.name

    def natural_key(self):
        return (self.code,)

    def with_spot(self, spot: str) -> str:
        """A spot in the region as people write it: 云溪镇老街 and not 云溪镇云溪镇老街."""
        if self.short_name and spot.startswith(self.short_name):
            return spot
        is_village = self.level == self.Level.VILLAGE and self.short_name
        return (self.short_name if is_village else self.name) + spot

    @property
    def prefecture_code(self) -> str:
        return self.code[:4] if len(self.code) >= 4 else ""

    @property
    def county_code(self) -> str:
        return self.code[:6] if len(self.code) >= 6 else ""

    @property
    def ancestor_codes(self) -> list[str]:
        """Codes of the regions above, the province first."""
        return [self.code[:n] for n in CODE_LENGTHS.values() if n < len(self.code)]
