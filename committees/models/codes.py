"""The code of a unit, studio or room, made from its name where nobody gave one."""

from __future__ import annotations

from django.db import models
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from pypinyin import lazy_pinyin

LONGEST = 40  # leaves room for a number behind it


HELP = _(
    "Short name in letters for addresses and files. Left empty, it is made from the name; afterwards "
    "it stays as it is, also when the name changes."
)


class CodeField(models.SlugField):
    """A short name by which fixtures and files find a record; left empty, the pinyin of its name."""

    def pre_save(self, model_instance, add):
        code = super().pre_save(model_instance, add)
        if not code:
            code = free_code(type(model_instance), model_instance.name)
            setattr(model_instance, self.attname, code)
        return code


def free_code(model: type[models.Model], name: str) -> str:
    """The pinyin of a name, with a number behind it where others have it already."""
    stem = slugify("".join(lazy_pinyin(name)))[:LONGEST].strip("-") or model._meta.model_name
    taken = set(
        model._default_manager.filter(code__startswith=stem)
        .order_by()
        .values_list("code", flat=True)
    )
    number, code = 1, stem
    while code in taken:
        number += 1
        code = f"{stem}-{number}"
    return code
