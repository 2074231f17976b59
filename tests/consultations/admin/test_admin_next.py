"""What a clerk is told about the next step, and what is filled in for the next form."""

from __future__ import annotations

import pytest
from django.utils.translation import gettext as _

from committees.models import Parameter
from consultations.offers import awaited
from tests.factories import case_at


def waiting(user, case) -> dict[str, list[str]]:
    return {row.action: roles for row, roles in awaited(user, case)}


def test_those_who_wait_read_what_comes_next_and_whose_it_is(county, enter, record):
    case = case_at("deliberated", county=county)
    page = enter(county.clerk).get(record(case)).content.decode()
    assert _("Next, by somebody else: ") in page
    assert _("Send the outcome to the Party committee") in page
    own = enter(county.director).get(record(case)).content.decode()
    assert _("Next, by somebody else: ") not in own


def test_of_two_gates_the_one_of_the_place_is_named(county):
    case = case_at("proposed", county=county)
    assert waiting(county.office, case) == {"approve": ["leader"]}
    Parameter.objects.create(
        region=county.region, key="topic_gate", value="party", effective_from="2020-01-01"
    )
    assert waiting(county.office, case) == {"approve": ["party_approver"]}


@pytest.mark.parametrize("stage", ["rejected", "closed"])
def test_nothing_comes_after_the_end(county, enter, record, stage):
    case = case_at(stage, county=county)
    assert waiting(county.clerk, case) == {}
    page = enter(county.clerk).get(record(case)).content.decode()
    assert _("This has ended.") in page


def test_tasks_pasted_under_an_item_that_was_read_back_join_it(county, enter, record):
    """A browser does not send the wording, which can no longer be changed."""
    case = case_at("deliberated", county=county)
    item = case.items.order_by("pk").first()
    data = {
        "version": str(case.version), "paste": "1", "pasted": f"{item.text}\t清沟\t\t",
        "i-TOTAL_FORMS": "2", "i-INITIAL_FORMS": "0", "i-0-id": str(item.pk),
    }  # fmt: skip
    form = enter(county.clerk).post(record(case, "outcome"), data).context["form"]
    assert "清沟" in [row["title"].value() for row in form.items.forms[0].tasks.forms]
    assert not form.items.forms[1]["text"].value()


def test_who_was_present_is_counted_once(county, enter, record):
    case = case_at("scheduled", county=county)
    meeting = case.meetings.get(status="planned")
    meeting.participants.all().delete()
    meeting.participants.create(capacity="party", count=9, attended=True)
    meeting.participants.create(capacity="host", name="李明", attended=True)
    meeting.participants.create(capacity="member", name="王芳", attended=False)
    page = enter(county.clerk).get(record(case, "step", "conclude"))
    assert page.context["form"]["head_count"].value() == 10
