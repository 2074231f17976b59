"""A list as somebody wants to see it again: its filters, search, order and columns, under a name."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class SavedView(models.Model):
    """One person's view of a list; `shared_in` is the place whose people may open it too.

    `query` holds what stands in the address of the list, `columns` the names of the columns in
    their order. Neither gives a right: what the reader may not see is passed over on reading.
    """

    class Listed(models.TextChoices):
        CASE = "case", _("cases")
        TASK = "task", _("tasks")
        SUGGESTION = "suggestion", _("suggestions")

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        related_name="saved_views",
        verbose_name=_("belongs to"),
    )
    listed = models.CharField(_("list"), max_length=10, choices=Listed)
    name = models.CharField(_("name"), max_length=20)
    query = models.JSONField(_("filters and search"), default=dict)
    columns = models.JSONField(_("columns"), default=list)
    shared_in = models.ForeignKey(
        "committees.Region",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("shared with the colleagues of"),
    )
    is_default = models.BooleanField(_("opens first"), default=False)

    class Meta:
        verbose_name = _("saved view")
        verbose_name_plural = _("saved views")
        ordering = ["listed", "name", "pk"]
        indexes = [models.Index(fields=["shared_in", "listed"], name="saved_view_shared")]
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "listed", "name"],
                name="saved_view_own_name",
                violation_error_message=_("You have a view of this name already."),
            ),
            models.UniqueConstraint(
                fields=["owner", "listed"],
                condition=Q(is_default=True),
                name="saved_view_one_default",
            ),
        ]

    def __str__(self) -> str:
        return self.name
