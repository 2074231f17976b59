"""Each check of the code finds nothing in what is shipped, and something once it is wrong."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from django.contrib import admin
from django.contrib.contenttypes.admin import GenericTabularInline
from django.db import models
from django.test.utils import isolate_apps
from django.urls import path
from django.views.decorators.csrf import csrf_exempt
from django_filters import FilterSet
from rest_framework.permissions import AllowAny
from rest_framework.serializers import ModelSerializer
from rest_framework.views import APIView

from committees.models import Sector
from config.checks import code
from consultations.admin.site import site
from tests.config.checks.shipped import found


def an_address_for(monkeypatch, view):
    monkeypatch.setattr(
        code, "get_resolver", lambda: SimpleNamespace(url_patterns=[path("x", view)])
    )


@pytest.mark.parametrize(
    "lists",
    [{"permission_classes": []}, {"permission_classes": [AllowAny]}, {"throttle_classes": []},
     {"renderer_classes": [object]}, {"parser_classes": [object]}],
)  # fmt: skip
def test_an_open_view_of_the_interface_is_found(prod, monkeypatch, lists):
    an_address_for(monkeypatch, type("Open", (APIView,), lists).as_view())
    assert found(35)


def test_the_views_of_the_interface_are_looked_at(prod):
    assert {view.__name__ for view in code.api_views()} >= {"CaseList", "CaseDetail"}


def test_a_view_without_the_token_is_found(prod, monkeypatch):
    an_address_for(monkeypatch, csrf_exempt(lambda request: None))
    assert found(38)


def test_a_writing_view_of_the_interface_is_no_exception(prod, monkeypatch):
    an_address_for(monkeypatch, type("Writes", (APIView,), {"post": lambda *of: None}).as_view())
    assert found(38)


@pytest.mark.parametrize("meta", [{"fields": "__all__"}, {"exclude": ["name"]}])
def test_a_serializer_of_everything_is_found(prod, monkeypatch, meta):
    made = type("Whole", (ModelSerializer,), {"Meta": type("Meta", (), {"model": Sector} | meta)})
    monkeypatch.setattr(code, "below", lambda kind: [made] if kind is ModelSerializer else [])
    assert found(36)


def test_a_filter_over_a_whole_model_is_found(prod, monkeypatch):
    meta = type("Meta", (), {"model": Sector, "fields": ["name"]})
    made = type("Wide", (FilterSet,), {"Meta": meta})
    monkeypatch.setattr(code, "below", lambda kind: [made] if kind is FilterSet else [])
    assert found(37)


def test_filters_of_ours_are_looked_at():
    assert {made.__name__ for made in code.below(FilterSet)} >= {"CaseFilter"}


def test_a_list_without_a_scope_is_found(prod, monkeypatch):
    monkeypatch.setitem(site._registry, Sector, admin.ModelAdmin(Sector, site))
    assert found(39)


def test_rows_without_a_scope_are_found(prod, monkeypatch):
    rows = type("Rows", (admin.TabularInline,), {})
    monkeypatch.setattr(site._registry[Sector], "inlines", [rows])
    assert found(39)


def test_a_list_edited_in_place_is_found(prod, monkeypatch):
    monkeypatch.setattr(site._registry[Sector], "list_editable", ["name"])
    assert found(40)


def test_generic_rows_are_found(prod, monkeypatch):
    rows = type("Rows", (GenericTabularInline,), {})
    monkeypatch.setattr(site._registry[Sector], "inlines", [rows])
    assert found(40)


def test_an_endless_text_is_found(prod, monkeypatch):
    with isolate_apps("committees"):
        made = type("Endless", (models.Model,), {
            "__module__": "committees.models", "text": models.TextField(),
            "Meta": type("Meta", (), {"app_label": "committees"})})  # fmt: skip
    monkeypatch.setattr(code, "apps", SimpleNamespace(get_models=lambda: [made]))
    assert found(41)
