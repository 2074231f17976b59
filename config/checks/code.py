"""What the code promises of itself: lists, interface, forms, columns."""

from __future__ import annotations

from collections.abc import Iterator

from django.apps import apps
from django.conf import settings
from django.contrib.contenttypes.admin import GenericInlineModelAdmin
from django.db import models
from django.urls import get_resolver
from django.utils.translation import gettext as _
from django_filters import FilterSet
from rest_framework.permissions import AllowAny
from rest_framework.renderers import JSONRenderer
from rest_framework.serializers import ModelSerializer
from rest_framework.views import APIView

from committees.admin.access import Lines, Scoped
from config.api import BoundedJSONParser
from config.checks.declare import deploy_check, unless
from consultations.admin.site import site

OURS = ("committees", "consultations")
LARGEST_PAGE = 100
# Written by the program alone, from what is bounded already.
UNBOUNDED = {"SearchDoc.words", "AuditEntry.facts"}
# The address itself is the secret, and no cookie lets anybody in.
WITHOUT_TOKEN = {
    "consultations.public.views.supervise.supervise",
    "consultations.public.views.rate.rate",
}
READING = {"get", "head", "options"}


def views(patterns=None) -> Iterator:
    """Every view that an address leads to."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if hasattr(pattern, "url_patterns"):
            yield from views(pattern.url_patterns)
        else:
            yield pattern.callback


def api_views() -> Iterator[type[APIView]]:
    for view in views():
        made = getattr(view, "cls", getattr(view, "view_class", None))
        if isinstance(made, type) and issubclass(made, APIView):
            yield made


def below(kind: type) -> Iterator[type]:
    """The classes of ours that are made from this one."""
    for made in kind.__subclasses__():
        if made.__module__.startswith(OURS):
            yield made
        yield from below(made)


@deploy_check(34)
def the_interface_is_closed_by_default():
    said = settings.REST_FRAMEWORK
    fine = (
        said["DEFAULT_PERMISSION_CLASSES"] == ["config.api.ReadOnly"]
        and said["DEFAULT_THROTTLE_CLASSES"] == ["config.api.ByNetwork"]
        and said["DEFAULT_PARSER_CLASSES"] == ["config.api.BoundedJSONParser"]
        and said["DEFAULT_RENDERER_CLASSES"] == ["rest_framework.renderers.JSONRenderer"]
    )
    yield from unless(
        fine and said["DEFAULT_PAGINATION_CLASS"] and 0 < said["PAGE_SIZE"] <= LARGEST_PAGE,
        _("The interface allows more than reading a page of JSON, or counts nothing."),
        _("Restore REST_FRAMEWORK of config/settings/base.py."),
    )


@deploy_check(35)
def every_view_of_the_interface_is_bounded():
    for view in api_views():
        narrow = set(view.renderer_classes) <= {JSONRenderer}
        narrow = narrow and all(issubclass(one, BoundedJSONParser) for one in view.parser_classes)
        guarded = view.permission_classes and AllowAny not in view.permission_classes
        yield from unless(
            narrow and guarded and view.throttle_classes,
            _("A view of the interface has no permission, limit, parser or renderer of ours: %s.")
            % view.__name__,
            _("Leave the four lists of the view alone, or name narrower ones."),
        )


@deploy_check(36)
def serializers_name_their_fields():
    for made in below(ModelSerializer):
        meta = getattr(made, "Meta", None)
        named = getattr(meta, "fields", None)
        yield from unless(
            isinstance(named, list | tuple) and not hasattr(meta, "exclude"),
            _("A serializer shows whatever the model has: %s.") % made.__name__,
            _("Name its fields."),
        )


@deploy_check(37)
def filters_are_declared():
    for made in below(FilterSet):
        foreign = set(made.base_filters) - set(made.declared_filters)
        yield from unless(
            not foreign,
            _("A filter asks columns that nobody declared: %(name)s (%(columns)s).")
            % {"name": made.__name__, "columns": ", ".join(sorted(foreign))},
            _("Declare each filter in the class, without Meta.fields."),
        )


@deploy_check(38)
def forged_forms_are_refused():
    for view in views():
        name = f"{view.__module__}.{getattr(view, '__qualname__', '')}"
        made = getattr(view, "cls", None)
        only_reads = made is not None and {m.lower() for m in made().allowed_methods} <= READING
        yield from unless(
            not getattr(view, "csrf_exempt", False) or only_reads or name in WITHOUT_TOKEN,
            _("A view takes forms that another site forged: %s.") % name,
            _("Take csrf_exempt away."),
        )


@deploy_check(39)
def every_list_has_a_scope():
    for admin in site._registry.values():
        inlines = [one for one in admin.inlines if not issubclass(one, Lines)]
        yield from unless(
            isinstance(admin, Scoped) and not inlines,
            _("A list shows rows of every place: %s.") % type(admin).__name__,
            _("Make it a Scoped list with Lines below."),
        )


@deploy_check(40)
def lists_are_not_edited_in_place():
    for admin in site._registry.values():
        generic = [one for one in admin.inlines if issubclass(one, GenericInlineModelAdmin)]
        yield from unless(
            not admin.list_editable and not generic,
            _("A list can be edited in place, or has generic rows: %s.") % type(admin).__name__,
            _("Take list_editable and generic inlines away."),
        )


@deploy_check(41)
def texts_are_bounded():
    for model in apps.get_models():
        if model._meta.app_label not in OURS:
            continue
        for field in model._meta.concrete_fields:
            name = f"{model.__name__}.{field.name}"
            open_ended = isinstance(field, models.CharField | models.TextField)
            yield from unless(
                not open_ended or field.max_length or name in UNBOUNDED,
                _("A text has no greatest length: %s.") % name,
                _("Give the column a max_length."),
            )
