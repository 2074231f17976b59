"""A studio as a place of work: plan, activities with a second person, norm; and who keeps them."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from committees.models import Checklist, ChecklistMark, StudioActivity, StudioPlan
from consultations.models import Event
from consultations.selectors.studio_life import checklist_for, points_of, sleeping_studios
from consultations.services import studio_life as life
from consultations.workflow.engine import Refused
from tests.factories import a_case, a_county, a_person
from tests.journeys.visitors import Colleague
from tests.people import grant

pytestmark = pytest.mark.django_db


@pytest.fixture
def base(county) -> str:
    return f"/my/studio/{county.studio.pk}/"


@pytest.fixture
def clerk(county) -> Colleague:
    return Colleague(county.clerk)


def norm(region, title="六有", **fields) -> Checklist:
    made = Checklist.objects.create(region=region, of="studio", title=title, **fields)
    made.lines.create(number=1, text="有固定场所")
    made.lines.create(number=2, text="有年度计划")
    return made


def test_a_plan_is_written_and_its_old_words_stay_in_the_history(clerk, base, county):
    for text in ("四次协商", "五次协商"):
        clerk.open(base + "plan/")
        clerk.send(box="text", text=text)
    plan = StudioPlan.objects.get()
    assert (plan.text, plan.year) == ("五次协商", timezone.localdate().year)
    assert plan.history.count() == 2
    assert "五次协商" in clerk.page.text


@pytest.mark.parametrize(("page", "box", "typed"), [
    ("plan/", "year", "1999"), ("plan/", "year", "2999"), ("plan/", "text", ""),
    ("activity/", "title", ""), ("activity/", "title", "长" * 61), ("activity/", "kind", ""),
    ("activity/", "held_on", "2099-01-01"), ("activity/", "head_count", "-1"),
])  # fmt: skip
def test_a_mistake_stands_beside_its_box(clerk, base, page, box, typed):
    good = {"plan/": {"text": "四次"}, "activity/": {"title": "接待", "kind": "reception"}}[page]
    clerk.open(base + page)
    answer = clerk.send(box=box, **good | {box: typed})
    assert answer.status == 200
    assert answer.error_of(box)
    assert answer.typed(box) == typed
    assert not StudioPlan.objects.exists()
    assert not StudioActivity.objects.exists()


def test_an_activity_is_released_by_a_second_person(clerk, base, county):
    clerk.open(base + "activity/")
    clerk.send(box="title", title="接待日", kind="reception", head_count="12")
    activity = StudioActivity.objects.get()
    release = f"/my/activities/{activity.pk}/release/"
    assert not any(release in form.action for form in clerk.page.forms)

    clerk.post(release)
    activity.refresh_from_db()
    assert activity.released_by is None

    Colleague(county.director).post(release)
    activity.refresh_from_db()
    assert activity.released_by == county.director


def test_a_deputy_of_the_writer_is_no_second_person(clerk, base, county):
    clerk.open(base + "activity/")
    clerk.send(box="title", title="接待日", kind="reception")
    activity = StudioActivity.objects.get()
    deputy = a_person("deputy", ("studio_director", county.studio))
    grant(deputy, "liaison", county.studio, deputy_of=county.clerk)
    page = Colleague(deputy).open(base)

    assert "接待日" in page.text
    assert not any(f"/my/activities/{activity.pk}/release/" in f.action for f in page.forms)
    with pytest.raises(Refused):
        life.release_activity(activity, by=deputy)
    life.release_activity(activity, by=county.director)


def test_words_with_personal_data_are_not_released(county):
    activity = county.studio.activities.create(
        kind="reception", title="接待", summary="找13887654321", recorded_by=county.clerk
    )
    with pytest.raises(Refused):
        life.release_activity(activity, by=county.director)
    activity.refresh_from_db()
    assert activity.released_by is None


def test_the_norm_is_looked_through_point_by_point(clerk, base, county):
    lines = list(norm(county.region).lines.order_by("number"))
    clerk.open(base + "checklist/")
    clerk.send(box=f"note_{lines[1].pk}", **{f"met_{lines[0].pk}": True,
                                             f"note_{lines[1].pk}": "正在写"})  # fmt: skip
    marks = ChecklistMark.objects.order_by("line__number")
    assert [(m.is_met, m.note, m.marked_by) for m in marks] == [
        (True, "", county.clerk), (False, "正在写", county.clerk)]  # fmt: skip
    assert "1/2" in clerk.page.text


def test_the_nearest_norm_holds_and_an_example_only_while_there_is_no_other(county):
    example = norm(county.region.parent.parent, "示例", is_example=True)
    assert checklist_for(county.township, of="studio") == example
    upper = norm(county.region.parent, "州里的")
    assert checklist_for(county.township, of="studio") == upper
    own = norm(county.region, "县里的")
    assert checklist_for(county.township, of="studio") == own
    Checklist.objects.filter(pk=own.pk).update(valid_from=dt.date(2999, 1, 1))
    assert points_of(county.studio)[0] == upper
    assert checklist_for(county.township, of="room") is None


@pytest.mark.parametrize("page", ["plan/", "activity/", "checklist/"])
def test_a_member_sees_the_studio_and_does_not_keep_its_papers(county, base, page):
    norm(county.region)
    me = Colleague(county.member)
    assert me.open(base).status == 200
    assert me.open(base + page).status == 404
    assert me.post(base + page, {"text": "x"}).status == 404


@pytest.mark.parametrize("role", ["director", "clerk", "member"])
def test_another_studio_does_not_exist(county, role):
    other = a_county("539922", name="白塔县")
    norm(county.region)
    stranger = Colleague(getattr(other, role))
    for page in ("", "plan/", "activity/", "checklist/"):
        assert stranger.open(f"/my/studio/{county.studio.pk}/{page}").status == 404
    activity = county.studio.activities.create(kind="study", title="学", recorded_by=county.clerk)
    assert stranger.post(f"/my/activities/{activity.pk}/release/").status == 404


# --- sleeping -----------------------------------------------------------------------------------


def sleeping(county) -> list:
    return list(sleeping_studios([county.region.pk]))


def test_a_studio_sleeps_until_something_happens_in_it(county):
    assert sleeping(county) == [county.studio]
    a_case(county=county)
    assert sleeping(county) == []


def test_what_happened_long_ago_does_not_count(county):
    case = a_case(county=county)
    long_ago = timezone.now() - dt.timedelta(days=181)
    Event._base_manager.filter(case=case)._raw_delete("default")
    assert sleeping(county) == [county.studio]
    county.studio.activities.create(
        kind="study", title="学", recorded_by=county.clerk, held_on=long_ago.date()
    )
    assert sleeping(county) == [county.studio]
    county.studio.activities.create(kind="study", title="学", recorded_by=county.clerk)
    assert sleeping(county) == []


@pytest.mark.parametrize("fields", [{"closed_on": "2020"}, {"opened_on": "2099"}])
def test_closed_and_new_studios_are_not_called_sleeping(county, fields):
    for name, value in fields.items():
        setattr(county.studio, name, value)
    county.studio.save()
    assert sleeping(county) == []


def test_only_the_office_of_the_county_sees_who_sleeps(county, client):
    other = a_county("539922", name="白塔县")
    url = "/admin/committees/studio/sleeping/"
    assert county.studio.name in Colleague(county.office).open(url).text
    assert Colleague(other.office).open(url).status == 200
    assert f"/studio/{county.studio.pk}/" not in str(Colleague(other.office).open(url).links)
    for role in ("prefecture_office", "province_office", "leader", "liaison", "system_admin"):
        client.force_login(county.people[role])
        assert client.get(url).status_code == 404
