"""Versions and libraries underneath."""

from __future__ import annotations

import pyexpat
import re
from importlib.metadata import version

import openpyxl
from django.utils.translation import gettext as _

from config.checks.declare import deploy_check, unless
from consultations import uploads

# Earlier ones have known holes, or differ in what we rest on.
FLOORS = {
    "Django": (5, 2, 19), "djangorestframework": (3, 18, 3), "django-allauth": (65, 21, 1),
    "pillow": (13, 0, 0), "cryptography": (50, 0, 0), "gunicorn": (27, 0, 1),
    "openpyxl": (3, 1, 5), "defusedxml": (0, 7, 1),
}  # fmt: skip
OLDEST_EXPAT = (2, 4, 1)
PICTURES = {"JPEG", "PNG", "WEBP"}


def numbers(text: str) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r"\d+", text)[:3])


@deploy_check(1)
def versions_are_new_enough():
    for name, floor in FLOORS.items():
        least = ".".join(map(str, floor))
        yield from unless(
            numbers(version(name)) >= floor,
            _("%(name)s is older than %(least)s.") % {"name": name, "least": least},
            _("Install what requirements/ names: script/setup --prod."),
        )


@deploy_check(2)
def expat_expands_no_bombs():
    yield from unless(
        pyexpat.version_info >= OLDEST_EXPAT,
        _("The XML reader expat %s lets small files grow without limit.") % pyexpat.EXPAT_VERSION,
        _("Run on a Python built with expat 2.4.1 or later."),
    )


@deploy_check(3)
def spreadsheets_are_read_with_care():
    yield from unless(
        openpyxl.DEFUSEDXML,
        _("Spreadsheets are read without defusedxml."),
        _("Install defusedxml, and do not set OPENPYXL_DEFUSEDXML."),
    )


@deploy_check(4)
def pictures_of_three_kinds_only():
    yield from unless(
        set(uploads.PHOTOS.values()) <= PICTURES,
        _("Pictures of other kinds than JPEG, PNG and WEBP are decoded."),
        _("Take them out of PHOTOS in consultations/uploads.py."),
    )
