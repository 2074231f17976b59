"""The second person reads what a release shows, on the page that releases it and as it would look."""

from __future__ import annotations

import pytest

from consultations.models import Case
from tests.factories import case_at, step


@pytest.fixture
def case(county):
    case = case_at("supervision", county=county)
    step(case, "(write public text)", county=county)
    meeting = case.meetings.get()
    meeting.participants.filter(capacity="party").update(name="王大娘")
    return case


def test_the_release_page_shows_what_is_released(county, case, enter, record):
    shown = enter(county.office).get(record(case, "step", "publish")).content.decode()

    for text in (case.public_summary, case.result, case.problem, case.items.get().text):
        assert text in shown
    assert "王大娘" not in shown
    assert "王**" in shown or "王某" in shown
    assert record(case, "preview") in shown
    assert str(county.clerk) in shown, "who wrote the text"


def test_other_steps_do_not_show_it(county, case, enter, record):
    assert enter(county.office).get(record(case, "step", "open_rating")).context["release"] is None


def test_the_preview_is_the_public_page(county, case, enter, record):
    client = enter(county.office)
    assert client.get(case.get_absolute_url()).status_code == 404

    seen = client.get(record(case, "preview"))

    text = seen.content.decode()
    assert case.public_summary in text
    assert case.items.get().text in text
    assert "王大娘" not in text
    assert "noindex" in text
    assert "no-store" in seen["Cache-Control"]


@pytest.mark.parametrize("who", ["clerk", "leader", "member", "unit_officer", "outsider"])
def test_only_who_may_release_sees_the_preview(county, case, enter, record, who):
    assert enter(county.people[who]).get(record(case, "preview")).status_code == 404


def test_it_is_seen_before_anything_is_on_record(county, enter, record):
    case = case_at("proposed", county=county)
    Case.objects.filter(pk=case.pk).update(public_summary="路灯的事。")

    assert enter(county.office).get(record(case, "preview")).status_code == 200
    assert (
        "路灯的事。" in enter(county.office).get(record(case, "step", "publish")).content.decode()
    )
