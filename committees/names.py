"""How a user name is compared: the same letters in another case, width or spacing are one. Leaf."""

from __future__ import annotations

import unicodedata

from django.db import models


def fold(name: str) -> str:
    """`ＯＦＦＩＣＥ ` and `Office` are `office`."""
    wide = unicodedata.normalize("NFKC", "".join(name.split())).casefold()
    return unicodedata.normalize("NFKC", "".join(wide.split()))


class UserName(models.CharField):
    """A user name, folded wherever it meets the database: in what is written and in what is asked."""

    def get_prep_value(self, value):
        value = super().get_prep_value(value)
        return fold(value) if isinstance(value, str) else value

    def pre_save(self, model_instance, add):
        value = super().pre_save(model_instance, add)
        if isinstance(value, str):
            value = fold(value)
            setattr(model_instance, self.attname, value)
        return value
