"""Ratings by one-time code: one answer each, nobody's name, told with how many were asked."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from consultations.models import Rating, RatingAsked, RatingCode
from consultations.selectors.public_case import case_page
from consultations.selectors.public_case_rows import PREVIEW
from consultations.selectors.ratings import Score
from consultations.services import judging, rating_codes
from consultations.services.followups import record_rating
from consultations.workflow.engine import Refused
from tests.factories import case_at, grant

pytestmark = pytest.mark.django_db
GOOD = {"result": "satisfied", "process": "fair", "reason": ""}
BAD = {"result": "dissatisfied", "process": "satisfied", "reason": "下游还是没有水。"}


@pytest.fixture
def case(county):
    return case_at("rating", county=county)


def slips(case, county, count=3, rater="resident"):
    return rating_codes.issue(case, by=county.office, rater=rater, count=count)


def page_of(slip) -> str:
    return reverse("public:rate", args=[slip.token])


def send(slip, **answer):
    return Client().post(page_of(slip), GOOD | answer)


def score(case) -> Score:
    return case_page(case.pk, rows=PREVIEW).score


def test_a_slip_is_answered_once_and_nothing_leads_back_to_it(case, county):
    first, *_others = slips(case, county)

    assert Client().get(page_of(first)).status_code == 200
    assert send(first, **BAD).status_code == 200

    rating = Rating.objects.get(channel="code")
    assert (rating.result, rating.process, rating.reason) == tuple(BAD.values())
    assert (rating.rater, rating.entered_by, rating.count) == ("resident", None, 1)
    used = RatingCode.objects.exclude(used_at=None).get()
    assert timezone.localtime(used.used_at).time() == dt.time(0)  # the day, never the moment
    assert send(first).status_code == 404
    assert Rating.objects.filter(channel="code").count() == 1
    assert first.token not in str(RatingCode.objects.values())


def test_both_questions_are_asked_and_what_was_said_stays(case, county):
    (slip,) = slips(case, county, 1)

    page = send(slip, process="", reason="水来了。")

    assert page.status_code == 200
    assert set(page.context["form"].errors) == {"process"}
    assert "水来了。" in page.content.decode()
    assert send(slip, reason="打13887654321找我").context["form"].errors["reason"]
    assert not Rating.objects.filter(channel="code").exists()


@pytest.mark.parametrize("spoil", ["revoked", "expired", "closed", "restricted", "wrong"])
def test_a_slip_that_is_no_good_says_so_in_one_way(case, county, spoil):
    (slip,) = slips(case, county, 1)
    if spoil == "revoked":
        assert rating_codes.revoke_unused(case, by=county.office) == 1
    if spoil == "expired":
        long_ago = timezone.now() - dt.timedelta(days=60)
        RatingCode.objects.update(issued_at=long_ago, expires_at=long_ago + dt.timedelta(days=1))
    if spoil == "closed":
        type(case).objects.filter(pk=case.pk).update(stage="closed")
    if spoil == "restricted":
        type(case).objects.filter(pk=case.pk).update(restricted_at=timezone.now(), is_public=False)
    path = reverse("public:rate", args=["x" * 22]) if spoil == "wrong" else page_of(slip)

    answer = Client().post(path, GOOD)

    assert answer.status_code == 404
    assert not Rating.objects.filter(channel="code").exists()
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Referrer-Policy"] == "no-referrer"


def test_guessing_is_slowed_down(case, county, settings):
    settings.LIMITS = {**settings.LIMITS, "link": (3, dt.timedelta(hours=1))}
    (slip,) = slips(case, county, 1)
    for _try in range(3):
        Client().get(reverse("public:rate", args=["x" * 22]))

    assert Client().get(page_of(slip)).status_code == 429


@pytest.mark.parametrize("name", ["officer", "unit_leader", "member", "approver", "village_clerk"])
def test_only_the_cppcc_side_hands_out_slips(case, county, name):
    with pytest.raises(Refused):
        rating_codes.issue(case, by=getattr(county, name), rater="resident", count=1)
    with pytest.raises(Refused):
        rating_codes.revoke_unused(case, by=getattr(county, name))


def test_nobody_of_the_handling_unit_hands_them_out(case, county):
    grant(county.office, "unit_officer", county.unit)

    with pytest.raises(Refused):
        slips(case, county)


@pytest.mark.parametrize("stage", ["handling", "supervision", "closed"])
def test_slips_are_for_the_time_of_the_rating(county, stage):
    with pytest.raises(Refused):
        slips(case_at(stage, county=county), county)


def test_the_rate_stands_beside_how_many_were_asked(case, county):
    Rating.objects.all().delete()
    issued = slips(case, county, 8)
    for slip in issued[:5]:
        send(slip)
    record_rating(case, by=county.office, rater="affected", channel="call", result="dissatisfied",
                  reason="没通知我。", count=1, asked=2)  # fmt: skip

    told = score(case)

    assert (told.asked, told.answers, told.coverage, told.rate) == (10, 6, 60.0, 83.3)
    assert RatingAsked.objects.get().count == 2
    rating_codes.revoke_unused(case, by=county.office)
    assert score(case).asked == 7  # what was taken back was not asked


def test_silence_is_not_rated_and_without_those_asked_no_rate_is_told(case, county):
    Rating.objects.all().delete()
    slips(case, county, 9)
    assert (score(case).answers, score(case).rate) == (0, None)

    RatingCode.objects.all().delete()
    record_rating(case, by=county.office, rater="resident", channel="paper", result="satisfied",
                  count=50)  # fmt: skip

    assert (score(case).content, score(case).rate) == (50, None)


def test_the_unit_never_sees_who_answered_nor_what(case, county):
    (slip,) = slips(case, county, 1, rater="proposer")
    send(slip, **BAD)
    told = {BAD["reason"], "rating", str(Rating.Rater.PROPOSER.label)}
    unit = Client()
    task = case.tasks.get()
    unit.force_login(county.unit_leader)

    pages = [f"/admin/consultations/case/{case.pk}/change/", f"/my/cases/{case.pk}/",
             f"/my/tasks/{task.pk}/", f"/admin/consultations/task/{task.pk}/change/"]  # fmt: skip
    seen = {path: unit.get(path) for path in pages}

    assert any(page.status_code == 200 for page in seen.values())
    for path, page in seen.items():
        assert BAD["reason"] not in page.content.decode(), path
    for tail in ("rating/", "rating/slips/", "rating/slips/revoke/",
                 f"rating/{Rating.objects.get(channel='code').pk}/judge/"):  # fmt: skip
        assert unit.get(f"/admin/consultations/case/{case.pk}/{tail}").status_code == 404
    api = unit.get(f"/api/cases/{case.pk}/")
    assert api.status_code in (200, 404)
    assert not told & set(api.content.decode().split('"'))


def test_a_justified_answer_opens_the_second_handling_with_a_date_of_its_own(case, county):
    (slip,) = slips(case, county, 1)
    send(slip, **BAD)
    bad, task = Rating.objects.get(channel="code"), case.tasks.get()
    case.refresh_from_db()

    judging.judge(bad, by=county.office, version=case.version, justified=True,
                  reason="下游确实没有水。", named={"tasks": [task]})  # fmt: skip

    for row in (case, task, bad):
        row.refresh_from_db()
    assert (case.stage, case.rounds, case.relapses) == ("handling", 2, 0)
    assert (task.state, task.round, task.due_on > timezone.localdate()) == ("handling", 2, True)
    assert (bad.justified, bad.judged_by) == (True, county.office)
    told = case.events.filter(action="reopen").order_by("pk")
    assert {event.task_id for event in told} == {None, task.pk}  # the unit hears of it
    assert all(BAD["reason"] not in event.reason for event in told)


def test_an_answer_is_judged_once_and_by_the_office_only(case, county):
    (slip,) = slips(case, county, 1)
    send(slip, **BAD)
    bad = Rating.objects.get(channel="code")

    def judge(by):
        case.refresh_from_db()
        judging.judge(bad, by=by, version=case.version, justified=False, reason="已当面解释。")

    with pytest.raises(Refused):
        judge(county.member)
    judge(county.office)
    with pytest.raises(Refused):
        judge(county.office)
    case.refresh_from_db()
    assert case.stage == "rating"


def test_the_sheet_of_slips_is_shown_once(case, county):
    client = Client()
    client.force_login(county.office)
    url = f"/admin/consultations/case/{case.pk}/rating/slips/"

    sheet = client.post(url, {"rater": "resident", "count": "2"})

    assert sheet.status_code == 200
    assert len(sheet.context["slips"]) == RatingCode.objects.count() == 2
    assert "no-store" in sheet.headers["Cache-Control"]
    assert client.post(url, {"rater": "resident", "count": "500"}).context["form"].errors["count"]
