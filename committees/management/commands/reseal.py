"""Write every sealed value anew with the key in use, so that an old key can be taken away."""

from collections.abc import Iterator

from django.apps import apps
from django.core.management.base import BaseCommand
from django.db import transaction
from django.utils.translation import gettext as _

from committees.sealed import IndexField, SealedCharField
from committees.services import codes

BATCH = 500


class Command(BaseCommand):
    help = "Seal phones, id numbers and second factors with the first key of TXY_DATA_KEYS. Safe to run again."

    def handle(self, *args, **options):
        count = sum(_reseal(model, fields) for model, fields in _sealed_models())
        count += codes.seal_anew()
        self.stdout.write(_("%s records sealed anew.") % count)


def _sealed_models() -> Iterator[tuple]:
    """Each model with sealed fields, histories included, with these and their indexes."""
    for model in apps.get_models():
        fields = [f for f in model._meta.concrete_fields
                  if isinstance(f, SealedCharField | IndexField)]  # fmt: skip
        if fields:
            yield model, fields


def _reseal(model, fields: list) -> int:
    """In batches, each its own transaction: what was done before an interruption stays done.

    Saved raw, since nothing changed that a history should tell.
    """
    names = [field.name for field in fields]
    count, after = 0, None
    while batch := _batch(model, after):
        with transaction.atomic():
            for row in batch:
                for field in fields:
                    field.pre_save(row, add=False)
                row.save_base(raw=True, update_fields=names)
        count, after = count + len(batch), batch[-1].pk
    return count


def _batch(model, after) -> list:
    rows = model._base_manager.order_by("pk")
    return list((rows if after is None else rows.filter(pk__gt=after))[:BATCH])
