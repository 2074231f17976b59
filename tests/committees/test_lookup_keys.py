"""Every record that a staff form lets one name by typing can be looked up by what is typed."""

from __future__ import annotations

import pytest
from django.db.models import ForeignKey

from committees.lookups import resolve
from consultations.admin import site

pytestmark = pytest.mark.django_db


def named_by_typing() -> list[type]:
    """The models that editable lists and the lines below them point at."""
    lists = [one for one in site._registry.values() if one.kept_by]
    rows = [*lists, *(line for one in lists for line in one.inlines)]
    fields = [field for row in rows for field in row.model._meta.concrete_fields]
    found = {f.remote_field.model for f in fields if isinstance(f, ForeignKey) and f.editable}
    return sorted(found, key=lambda model: model.__name__)


# A citation is only shown; nobody types one.
@pytest.mark.parametrize("model", [m for m in named_by_typing() if m.__name__ != "Citation"])
def test_what_matches_nothing_is_not_found(model):
    assert resolve(model._default_manager.all(), "没有这个名字（没有）") == []
    assert resolve(model._default_manager.all(), "{{ 7*7 }}") == []
