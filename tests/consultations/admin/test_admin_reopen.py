"""The form for taking a case up again offers what has ended, and says what is missing."""

from __future__ import annotations

import pytest

from consultations.models import Commitment
from consultations.services import followups
from tests.factories import case_at, step

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(county):
    """Settled by a promise and on the spot, without any task."""
    items = [{"route": "parties", "commitments": 1}, {"route": "on_the_spot"}]
    case = case_at("deliberated", county=county, items=items)
    followups.settle_on_the_spot(case.items.get(number=2), by=county.clerk)
    for action in ("submit_outcome", "approve_outcome", "file"):
        step(case, action, county=county)
    promise = Commitment.objects.get()
    followups.check_commitment(promise, by=county.clerk, state="kept", finding="已让水。")
    case.refresh_from_db()
    return case


def test_it_offers_what_has_ended_and_nothing_else(case, county, enter, record):
    client, url = enter(county.office), record(case, "step", "reopen")

    fields = client.get(url).context["form"].fields

    assert "tasks" not in fields
    assert list(fields["commitments"].queryset) == [Commitment.objects.get()]
    assert list(fields["agreed_items"].queryset) == [case.items.get(number=2)]


def test_with_nothing_chosen_the_reason_stands_beside_the_first_list(case, county, enter, record):
    client, url = enter(county.office), record(case, "step", "reopen")
    typed = {"version": case.version, "ground": "relapse", "reason": "又不让水了"}

    answer = client.post(url, typed)

    form = answer.context["form"]
    assert list(form.errors) == ["commitments"]
    assert form["reason"].value() == "又不让水了"


def test_a_promise_that_did_not_hold_takes_the_case_up_again(case, county, enter, record):
    client, url = enter(county.office), record(case, "step", "reopen")
    promise = Commitment.objects.get()
    typed = {"version": case.version, "ground": "relapse", "reason": "又不让水了"}

    answer = client.post(url, typed | {"commitments": [promise.pk]})

    case.refresh_from_db()
    promise.refresh_from_db()
    assert answer.status_code == 302
    assert (case.stage, promise.state) == ("handling", "open")
