"""Two people in one record of a list: the second is told what changed and loses nothing typed."""

from __future__ import annotations

import pytest
from django.forms.models import modelform_factory
from django.http import Http404
from django.urls import reverse

from committees.admin.access import RolesDecide
from committees.admin.collisions import watching
from committees.models import HandlingUnit, StudioSeat, UnitContact
from committees.seen import SEEN
from consultations.admin.site import site
from consultations.models import HomeBlock
from tests.factories import a_person
from tests.journeys.visitors import Colleague

pytestmark = pytest.mark.django_db


@pytest.fixture
def first(county) -> Colleague:
    return Colleague(county.office)


@pytest.fixture
def second(county) -> Colleague:
    return Colleague(a_person("office-2", ("county_office", county.region)))


def page_of(record) -> str:
    return reverse(f"admin:committees_{record._meta.model_name}_change", args=[record.pk])


def test_one_alone_saves_as_ever(county, first):
    first.open(page_of(county.unit))
    first.send("_save", box="remit", remit="水利、道路")

    assert HandlingUnit.objects.get(pk=county.unit.pk).remit == "水利、道路"


def test_the_second_is_told_what_the_record_holds_now_and_keeps_what_was_typed(
    county, first, second
):
    first.open(page_of(county.unit))
    second.open(page_of(county.unit))
    first.send("_save", box="remit", remit="水利")

    page = second.send("_save", box="remit", remit="道路")

    assert HandlingUnit.objects.get(pk=county.unit.pk).remit == "水利"
    assert page.typed("remit") == "道路"
    assert "水利" in page.text


def test_having_read_that_the_second_may_still_save(county, first, second):
    first.open(page_of(county.unit))
    second.open(page_of(county.unit))
    first.send("_save", box="remit", remit="水利")
    second.send("_save", box="remit", remit="道路")

    second.send("_save", box="remit", remit="水利、道路")

    assert HandlingUnit.objects.get(pk=county.unit.pk).remit == "水利、道路"


def test_a_row_below_the_record_is_guarded_by_itself(county, first, second):
    contact = UnitContact.objects.create(unit=county.unit, name="王某", post="科长")
    first.open(page_of(county.unit))
    second.open(page_of(county.unit))
    first.send("_save", box="remit", **{"contacts-0-post": "副局长"})

    page = second.send("_save", box="remit", **{"contacts-0-post": "股长"})

    contact.refresh_from_db()
    assert contact.post == "副局长"
    assert page.typed("contacts-0-post") == "股长"
    assert "副局长" in page.text


def test_two_who_add_rows_below_a_record_both_add_them(county, first, second):
    first.open(page_of(county.studio))
    second.open(page_of(county.studio))

    first.send("_save", box="seats-0-name", **{"seats-0-name": "王某", "seats-0-kind": "liaison"})
    second.send("_save", box="seats-0-name", **{"seats-0-name": "李某", "seats-0-kind": "member"})

    names = StudioSeat.objects.filter(studio=county.studio).values_list("name", flat=True)
    assert {"王某", "李某"} <= set(names)


def test_a_form_that_shows_no_print_is_taken_for_one_that_saw_nothing(county, first):
    first.open(page_of(county.unit))

    first.send("_save", box="remit", remit="水利", seen="")

    assert HandlingUnit.objects.get(pk=county.unit.pk).remit != "水利"


def keeper_of(admin, county):
    """One who keeps a list, or None where nobody does it by a stock form."""
    people = [p for p in county.people.values() if p.grants.filter(role__in=admin.kept_by).exists()]
    return next(iter(people), None)


def one_of(admin, request):
    """A row that the person may change; an account is not everybody's to change."""
    rows = [row for row in admin.get_queryset(request) if admin.has_change_permission(request, row)]
    return rows[0] if rows else admin.model(pk=1)


def test_every_list_that_somebody_keeps_guards_its_form_and_its_rows(rf, county, monkeypatch):
    monkeypatch.setattr(RolesDecide, "_reaches", lambda *of: True)
    HomeBlock.objects.create(kind=HomeBlock.Kind.NOTICE, region=county.region, title="停水通知")
    guarded = 0
    for admin in site._registry.values():
        request = rf.get("/")
        request.user = keeper_of(admin, county)
        if request.user is None or not admin.has_change_permission(request):
            continue
        guarded += 1
        form = admin.get_form(request, one_of(admin, request), change=True)
        assert SEEN in form.base_fields, admin
        for inline in admin.inlines:
            rows = inline(admin.model, site).get_formset(request)
            assert SEEN in rows.form.base_fields, inline
    assert guarded > 8


def test_a_row_with_columns_of_its_own_choice_is_saved_at_once(county, first):
    """The link to the record above is added late; it must not look like somebody's change."""
    seat = StudioSeat.objects.create(studio=county.studio, kind="director", name="张主任")
    first.open(page_of(county.studio))
    first.send("_save", box="name", **{"seats-0-post": "书记"})

    seat.refresh_from_db()
    assert seat.post == "书记"


def test_a_record_that_is_gone_in_the_moment_of_saving_is_404(county):
    form = watching(modelform_factory(HandlingUnit, fields=["remit"]))
    sent = form({"remit": "水利"}, instance=county.third_unit)
    HandlingUnit.objects.filter(pk=county.third_unit.pk).delete()

    with pytest.raises(Http404):
        sent.is_valid()
