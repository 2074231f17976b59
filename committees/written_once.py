"""Rows that are inserted, and never changed or deleted: history, audit log. Leaf."""

from __future__ import annotations

from typing import NoReturn

from django.db import models


class WrittenOnceError(TypeError):
    """Somebody tried to change or delete what is written once."""


class WrittenOnceQuerySet(models.QuerySet):
    def update(self, **kwargs) -> NoReturn:
        raise WrittenOnceError

    def delete(self) -> NoReturn:
        raise WrittenOnceError

    def bulk_update(self, *args, **kwargs) -> NoReturn:
        raise WrittenOnceError

    def bulk_create(self, *args, update_conflicts=False, **kwargs):
        if update_conflicts:
            raise WrittenOnceError
        return super().bulk_create(*args, **kwargs)


class WrittenOnce(models.Model):
    """A row that refuses to be saved twice or deleted, also through its queryset."""

    objects = WrittenOnceQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args, **kwargs):
        if not self._state.adding:
            raise WrittenOnceError
        # An INSERT and nothing else: a new object with the key of an old row would overwrite it.
        super().save(*args, **{**kwargs, "force_insert": True, "force_update": False})

    def delete(self, *args, **kwargs) -> NoReturn:
        raise WrittenOnceError
