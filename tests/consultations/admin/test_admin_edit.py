"""Logging and changing a case: two editors, history, similar cases, small forms."""

from __future__ import annotations

import pytest
from django.urls import reverse

from committees.lookups import text_of
from consultations.models import Case, Event
from tests.factories import a_case, case_at


def topic(case: Case, **changed) -> dict[str, str]:
    return {
        "version": str(case.version), "title": case.title, "problem": case.problem,
        "region": text_of(case.region), "place": case.place, "source": case.source,
        "sensitivity": case.sensitivity, "studio": case.studio.name, "wish": "", "proposer": "",
        "raised_on": "", "source_wording": "", "plan": case.plan,
    } | changed  # fmt: skip


def fresh(county, **changed) -> dict[str, str]:
    return {
        "title": "集镇停车难", "problem": "赶集日道路堵塞", "region": county.village.name,
        "source": "residents", "sides": "摊主\n\n过往司机\n摊主\n",
    } | changed  # fmt: skip


@pytest.fixture
def add():
    return reverse("admin:consultations_case_add")


def test_a_case_is_logged_with_few_fields(county, enter, record, add):
    answer = enter(county.clerk).post(add, fresh(county))
    case = Case.objects.get()
    assert answer.url == record(case)
    assert (case.title, case.region, case.stage) == ("集镇停车难", county.village, "draft")
    assert [side.name for side in case.sides.order_by("pk")] == ["摊主", "过往司机"]
    assert case.studio == county.studio


def test_a_place_outside_the_scope_is_not_found(county, enter, add):
    answer = enter(county.clerk).post(add, fresh(county, region="邻县"))
    assert list(answer.context["form"].errors) == ["region"]
    assert "赶集日道路堵塞" in answer.content.decode()
    assert Case.objects.count() == 0


def test_what_is_wrong_stands_beside_its_field_and_all_stays(county, enter, add):
    data = fresh(county, title="长" * 61, source="king", sides="一" * 41)
    answer = enter(county.clerk).post(add, data)
    assert set(answer.context["form"].errors) == {"title", "source", "sides"}
    assert "长" * 61 in answer.content.decode()


@pytest.mark.parametrize("who", ["unit_officer", "leader", "party_approver", "province_office"])
def test_who_may_not_log_has_no_form(county, enter, add, who):
    assert enter(county.people[who]).get(add).status_code == 404


def test_similar_cases_are_shown_before_saving_and_while_typing(county, enter, add):
    old = a_case(county=county)
    client = enter(county.clerk)
    checked = client.post(add, fresh(county, title=old.title, check="1"))
    assert [row.case for row in checked.context["similar"]] == [old]
    assert Case.objects.count() == 1  # looked, not saved
    url = reverse("admin:case_similar")
    assert old.title in client.get(url, {"q": old.title}).json()["html"]
    assert old.title not in enter(county.outsider).get(url, {"q": old.title}).json()["html"]


def test_fields_are_changed_with_a_line_of_history(county, enter, record):
    case = a_case(county=county)
    answer = enter(county.clerk).post(record(case, "edit"), topic(case, title="东沟渗漏"))
    assert answer.status_code == 302
    case.refresh_from_db()
    assert case.title == "东沟渗漏"
    event = Event.objects.get(case=case, action="edit")
    assert (event.actor, event.data) == (county.clerk, {"fields": ["title"]})
    page = enter(county.clerk).get(reverse("admin:consultations_case_history", args=[case.pk]))
    change = page.context["changes"][0]
    assert (change.by, [(f.old, f.new) for f in change.fields]) == (
        county.clerk, [("柳树村灌溉沟渠年久失修", "东沟渗漏")],
    )  # fmt: skip


def test_saving_without_a_difference_leaves_no_line(county, enter, record):
    case = a_case(county=county)
    assert enter(county.clerk).post(record(case, "edit"), topic(case)).status_code == 302
    assert not Event.objects.filter(action="edit").exists()


def test_the_second_editor_sees_what_changed_and_keeps_what_was_typed(county, enter, record):
    case = a_case(county=county)
    mine = topic(case, title="我的标题", problem="我的描述")
    enter(county.office).post(record(case, "edit"), topic(case, title="他的标题"))
    answer = enter(county.clerk).post(record(case, "edit"), mine)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "我的标题" in page
    assert "他的标题" in page
    case.refresh_from_db()
    assert case.title == "他的标题"
    again = mine | {"version": answer.context["form"]["version"].value()}
    assert enter(county.clerk).post(record(case, "edit"), again).status_code == 302
    case.refresh_from_db()
    assert case.title == "我的标题"


def test_no_success_is_told_with_a_refusal(county, enter, record):
    case = a_case(county=county)
    stale = topic(case, title="我的标题")
    enter(county.office).post(record(case, "edit"), topic(case, title="他的标题"))
    answer = enter(county.clerk).post(record(case, "edit"), stale)
    assert list(answer.context["messages"]) == []


@pytest.mark.parametrize("version", ["", "x", "-4", "9" * 30])
def test_a_forged_version_is_an_error_of_the_form(county, enter, record, version):
    case = a_case(county=county)
    data = topic(case, title="改") | {"version": version}
    assert enter(county.clerk).post(record(case, "edit"), data).status_code == 200
    case.refresh_from_db()
    assert case.title != "改"


def test_the_stage_is_not_a_field(county, enter, record):
    case = a_case(county=county)
    data = topic(case, title="改") | {"stage": "closed", "is_public": "on", "owner": "1"}
    enter(county.clerk).post(record(case, "edit"), data)
    case.refresh_from_db()
    assert (case.stage, case.is_public, case.title) == ("draft", False, "改")


def test_an_ended_case_is_not_changed(county, enter, record):
    case = case_at("rejected", county=county)
    assert enter(county.office).get(record(case, "edit")).status_code == 404


def test_personal_data_does_not_slip_into_a_public_case(county, enter, record):
    case = case_at("rating", county=county)
    enter(county.office).post(record(case, "step", "publish"), {"version": case.version})
    case.refresh_from_db()
    assert case.is_public
    data = topic(case, problem="请联系 0876-2123456")
    answer = enter(county.office).post(record(case, "edit"), data)
    assert answer.status_code == 200
    assert answer.context["form"].non_field_errors()


def grid(case, prefix: str, *rows: dict, **more) -> dict[str, str]:
    data = {"version": str(case.version), "save": "1", f"{prefix}-TOTAL_FORMS": str(len(rows)),
            f"{prefix}-INITIAL_FORMS": "0"}  # fmt: skip
    for place, row in enumerate(rows):
        data |= {f"{prefix}-{place}-{name}": str(value) for name, value in row.items()}
    return data | more


def test_sides_are_written_renamed_and_removed(county, enter, record):
    case = a_case(county=county)
    first, second = case.sides.order_by("pk")
    rows = (
        {"id": first.pk, "name": second.name},
        {"id": second.pk, "name": first.name, "interest": "用水"},
        {"name": "乡政府"},
    )
    answer = enter(county.clerk).post(record(case, "sides"), grid(case, "s", *rows))
    assert answer.status_code == 302
    names = [side.name for side in case.sides.order_by("pk")]
    assert names == [second.name, first.name, "乡政府"]
    case.refresh_from_db()
    gone = {"id": first.pk, "name": second.name, "DELETE": "on"}
    enter(county.clerk).post(record(case, "sides"), grid(case, "s", gone))
    assert case.sides.count() == 2


def test_two_sides_of_the_same_name_are_refused_politely(county, enter, record):
    case = a_case(county=county)
    rows = ({"name": "商户"}, {"name": "商户"})
    answer = enter(county.clerk).post(record(case, "sides"), grid(case, "s", *rows))
    assert answer.status_code == 200
    assert answer.context["errors"]
    assert answer.content.decode().count('value="商户"') == 2
    assert case.sides.count() == 2


def test_figures_and_funds_are_written(county, enter, record):
    case = case_at("handling", county=county)
    data = grid(case, "m", {"name": "票价", "before": "40", "after": "4", "unit": "元",
                            "exactness": "exact", "is_headline": "on"})  # fmt: skip
    data |= grid(case, "f", {"name": "一事一议", "granted": "120000"})
    assert enter(county.clerk).post(record(case, "figures"), data).status_code == 302
    assert case.metrics.get().after == 4
    assert case.funds.get().granted == 120000


def test_a_figure_without_a_value_is_pointed_out(county, enter, record):
    case = case_at("handling", county=county)
    data = grid(case, "m", {"name": "票价", "unit": "元", "exactness": "exact"}) | grid(case, "f")
    answer = enter(county.clerk).post(record(case, "figures"), data)
    assert list(answer.context["grids"]["m"].forms[0].errors) == ["after"]
    assert "票价" in answer.content.decode()


def test_the_person_in_charge_is_named(county, enter, record):
    case = a_case(county=county)
    clerk, url = enter(county.clerk), record(case, "assign")
    seen = clerk.get(url).context["form"]["seen"].value()
    data = {"owner": county.director.pk, "helper": county.office.pk, "seen": seen}
    assert clerk.post(url, data).status_code == 302
    case.refresh_from_db()
    assert case.owner == county.director
    assert list(case.helpers.all()) == [county.office]


def test_nobody_from_elsewhere_is_put_in_charge(county, enter, record):
    case = a_case(county=county)
    clerk, url = enter(county.clerk), record(case, "assign")
    seen = clerk.get(url).context["form"]["seen"].value()
    answer = clerk.post(url, {"owner": county.outsider.pk, "seen": seen})
    assert list(answer.context["form"].errors) == ["owner"]


def test_cases_are_linked_by_number(county, enter, record):
    case, other = a_case(county=county), a_case(county=county, title="另一件事")
    answer = enter(county.clerk).post(
        record(case, "link"), {"other": f"另一件事（{other.code}）", "kind": "related"}
    )
    assert answer.status_code == 302
    assert case.links.get().other == other


def seen(case, **typed) -> dict[str, str]:
    """What is typed, with the version that was looked at."""
    case.refresh_from_db()
    return {"version": str(case.version), **typed}


def test_a_follow_up_is_recorded_once_and_not_in_the_future(county, enter, record):
    case = case_at("handling", county=county)
    client, url = enter(county.clerk), record(case, "follow_up")
    visit = seen(case, kind="visit", done_on="2999", finding="已通水")
    assert list(client.post(url, visit).context["form"].errors) == ["done_on"]
    visit["done_on"] = "2026年1月"
    assert client.post(url, visit).status_code == 302
    assert client.post(url, visit).status_code == 200  # the same form again
    assert case.follow_ups.get().finding == "已通水"


def test_a_promise_is_checked(county, enter, record):
    case = case_at("handling", county=county, items=[{"commitments": 1}])
    promise = case.items.get().commitments.get()
    url = record(case, "promise", promise.pk)
    answer = enter(county.clerk).post(url, seen(case, state="kept", finding="已让水"))
    assert answer.status_code == 302
    promise.refresh_from_db()
    assert (promise.state, promise.checked_by) == ("kept", county.clerk)


def test_ratings_wait_until_the_rating_is_open(county, enter, record):
    case = case_at("handling", county=county)
    rated = {"rater": "affected", "channel": "paper", "result": "satisfied", "count": "6",
             "collected_on": "2026-01-05"}  # fmt: skip
    answer = enter(county.clerk).post(record(case, "rating"), seen(case, **rated))
    assert answer.status_code == 200
    assert answer.context["form"].non_field_errors()
    assert case.ratings.count() == 0


def test_an_item_is_settled_on_the_spot(county, enter, record):
    items = [{"route": "on_the_spot", "owner": "村委会"}]
    case = case_at("deliberated", county=county, items=items)
    item = case.items.get()
    assert enter(county.clerk).post(record(case, "settle", item.pk)).status_code == 302
    item.refresh_from_db()
    assert item.settled_on
    assert enter(county.clerk).post(record(case, "settle", item.pk)).status_code == 404
