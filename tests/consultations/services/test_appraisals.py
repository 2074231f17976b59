"""Democratic appraisal by code: the answers are its tally, and nothing leads back to a slip."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from committees.partial_dates import PartialDate
from consultations.models import FollowUp, Rating, RatingCode
from consultations.services import appraisals, rating_codes
from consultations.services.followups import record_follow_up
from consultations.workflow.engine import Refused
from tests.factories import case_at, grant

pytestmark = pytest.mark.django_db


@pytest.fixture(params=["handling", "closed"])
def case(request, county):
    return case_at(request.param, county=county)


def appraisal_of(case, county, **tally) -> FollowUp:
    day = PartialDate.parse(timezone.localdate())
    return record_follow_up(
        case, by=county.office, kind="appraisal", done_on=day, finding="会上评议。", **tally
    )


def slips(appraisal, county, count=4):
    return appraisals.issue(appraisal, by=county.office, rater="resident", count=count)


def send(slip, result):
    return Client().post(reverse("public:rate", args=[slip.token]), {"result": result})


def tally(appraisal) -> tuple[int | None, ...]:
    appraisal.refresh_from_db()
    return (appraisal.asked, appraisal.good, appraisal.fair, appraisal.poor)


def test_what_is_answered_by_code_counts_beside_the_paper_slips(case, county):
    appraisal = appraisal_of(case, county, asked=10, good=6, fair=1)
    first, second, third, _silent = slips(appraisal, county)

    assert send(first, "satisfied").status_code == 200
    assert send(second, "dissatisfied").status_code == 200
    assert send(third, "unknown").context["form"].errors["result"]
    assert send(third, "fair").status_code == 200

    assert tally(appraisal) == (14, 7, 2, 1)
    assert send(first, "satisfied").status_code == 404
    assert not Rating.objects.filter(channel="code").exists()  # it is not the rating of the case
    told = case.events.filter(action="appraise")
    assert [event.data for event in told] == [{"follow_up": appraisal.pk, "count": 1}] * 3


def test_slips_that_are_taken_back_were_not_asked(case, county):
    appraisal = appraisal_of(case, county)
    first, second = slips(appraisal, county, 2)
    send(first, "fair")

    assert appraisals.revoke_unused(appraisal, by=county.office) == 1

    assert tally(appraisal) == (1, None, 1, None)
    assert send(second, "fair").status_code == 404


def test_slips_of_an_appraisal_and_of_the_rating_are_kept_apart(county):
    case = case_at("rating", county=county)
    appraisal = appraisal_of(case, county)
    slips(appraisal, county, 3)
    rating_codes.issue(case, by=county.office, rater="resident", count=2)

    assert rating_codes.revoke_unused(case, by=county.office) == 2
    assert RatingCode.objects.open().count() == 3
    assert tally(appraisal)[0] == 3


@pytest.mark.parametrize("name", ["officer", "member", "village_clerk"])
def test_only_the_cppcc_side_hands_them_out(case, county, name):
    appraisal = appraisal_of(case, county)

    with pytest.raises(Refused):
        appraisals.issue(appraisal, by=getattr(county, name), rater="resident", count=1)
    grant(county.office, "unit_officer", county.unit)
    with pytest.raises(Refused):
        slips(appraisal, county)
    assert tally(appraisal)[0] is None


def test_the_office_prints_the_slips_beside_the_appraisal(case, county):
    appraisal = appraisal_of(case, county)
    inspection = FollowUp.objects.create(
        case=case, kind="inspection", done_on=appraisal.done_on, finding="看过。"
    )
    client = Client()
    client.force_login(county.office)
    record = f"/admin/consultations/case/{case.pk}/"
    url = f"{record}follow-up/{appraisal.pk}/slips/"

    sheet = client.post(url, {"rater": "resident", "count": "2"})

    assert len(sheet.context["slips"]) == 2
    page = client.get(f"{record}change/").content.decode()
    assert url in page
    assert f"follow-up/{inspection.pk}/slips/" not in page
    assert client.get(f"{record}follow-up/{inspection.pk}/slips/").status_code == 404
    client.post(f"{url}revoke/")
    assert tally(appraisal)[0] == 0
