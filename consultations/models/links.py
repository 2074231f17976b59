"""Cases that stand together: joint hosts of one case, and cases linked to each other."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class CoHost(models.Model):
    """Another committee that consults the case jointly; the case counts once, for its own."""

    case = models.ForeignKey(
        "consultations.Case", models.CASCADE, related_name="co_hosts", verbose_name=_("case")
    )
    committee = models.ForeignKey(
        "committees.Committee",
        models.PROTECT,
        related_name="co_hosted",
        verbose_name=_("committee"),
    )
    part = models.CharField(_("part it takes"), max_length=60, blank=True)

    class Meta:
        verbose_name = _("joint host")
        verbose_name_plural = _("joint hosts")
        ordering = ["case", "pk"]
        constraints = [models.UniqueConstraint(fields=["case", "committee"], name="co_host_unique")]

    def __str__(self) -> str:
        return str(self.committee)


class CaseLink(models.Model):
    """Two cases that belong together: related, split from, relapse of, lifted from."""

    class Kind(models.TextChoices):
        RELATED = "related", _("Related")
        SPLIT = "split", _("Split from")
        RELAPSE = "relapse", _("Relapse of")
        LIFTED = "lifted", _("Lifted to a higher level from")

    case = models.ForeignKey(
        "consultations.Case", models.CASCADE, related_name="links", verbose_name=_("case")
    )
    other = models.ForeignKey(
        "consultations.Case",
        models.CASCADE,
        related_name="linked_from",
        verbose_name=_("other case"),
    )
    kind = models.CharField(_("kind"), max_length=8, choices=Kind, default=Kind.RELATED)

    class Meta:
        verbose_name = _("linked case")
        verbose_name_plural = _("linked cases")
        ordering = ["case", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["case", "other", "kind"], name="case_link_unique"),
            models.CheckConstraint(condition=~Q(case=F("other")), name="case_link_not_itself"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.other}"
