"""Rows below a record are drawn as cards: whatever is typed in one stands under its own name."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from committees.models import Member, Seat

pytestmark = pytest.mark.django_db
BOX = re.compile(r'<td class="field-(\w+)( hidden)?"( data-label="([^"]+)")?>')


def test_each_box_of_a_row_carries_its_name(county):
    member = Member.objects.create(name="李望舒")
    Seat.objects.create(member=member, committee=county.committee)
    client = Client()
    client.force_login(county.office)

    page = client.get(f"/admin/committees/member/{member.pk}/change/").content.decode()

    boxes = BOX.findall(page)
    shown = {name: label for name, hidden, _attribute, label in boxes if not hidden}
    assert {"committee", "sector", "position", "valid_from", "valid_until"} <= set(shown)
    assert all(shown.values()), shown
    assert {label for _name, hidden, _attribute, label in boxes if hidden} == {""}


def test_an_own_row_and_an_empty_one_stand_as_the_script_looks_for_them(county):
    member = Member.objects.create(name="李望舒")
    seat = Seat.objects.create(member=member, committee=county.committee)
    client = Client()
    client.force_login(county.office)

    page = client.get(f"/admin/committees/member/{member.pk}/change/").content.decode()

    assert f'name="seats-0-id" value="{seat.pk}"' in page
    assert re.search(r'class="form-row has_original" id="seats-0"', page)
    assert re.search(r'class="form-row empty-form" id="seats-empty"', page)
