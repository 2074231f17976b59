"""Joint hosts: named with the topic, shown on the record and to the public."""

from __future__ import annotations

import pytest
from django.urls import reverse

from consultations.models import Case, CoHost
from consultations.services import records
from consultations.workflow.engine import Refused
from tests.consultations.admin.test_admin_edit import fresh, topic
from tests.factories import a_case, a_committee, a_region, grant
from tests.people import County
from tests.public_cases import a_public_case


@pytest.fixture
def neighbour(county):
    return a_committee(a_region("539998", name="邻邦县"))


@pytest.fixture
def add():
    return reverse("admin:consultations_case_add")


def hosts(*rows: dict[str, str]) -> dict[str, str]:
    cells = {f"h-{n}-{key}": value for n, row in enumerate(rows) for key, value in row.items()}
    return {"h-TOTAL_FORMS": str(len(rows)), "h-INITIAL_FORMS": "0", **cells}


def named(case: Case) -> list[tuple[str, str]]:
    rows = case.co_hosts.select_related("committee").order_by("pk")
    return [(row.committee.short_name, row.part) for row in rows]


def test_they_are_named_when_the_case_is_logged(county, enter, record, add, neighbour):
    row = {"committee": neighbour.short_name, "part": "提供水量资料"}
    client = enter(county.clerk)
    assert client.post(add, fresh(county) | hosts(row, {"committee": ""})).status_code == 302
    case = Case.objects.get()
    assert named(case) == [(neighbour.short_name, "提供水量资料")]
    page = client.get(record(case)).content.decode()
    assert "提供水量资料" in page
    assert neighbour.short_name in page


@pytest.mark.parametrize("who", ["own", "twice", "unknown"])
def test_what_cannot_be_is_said_beside_its_box(county: County, enter, add, neighbour, who):
    rows = {
        "own": [{"committee": county.committee.short_name}],
        "twice": [{"committee": neighbour.short_name}, {"committee": neighbour.name}],
        "unknown": [{"committee": "火星政协"}],
    }[who]
    answer = enter(county.clerk).post(add, fresh(county, title="") | hosts(*rows))
    wrong = answer.context["hosts"].formset.forms[-1]
    assert list(wrong.errors) == ["committee"]
    assert set(answer.context["form"].errors) == {"title"}  # everything is said at once
    assert rows[-1]["committee"] in answer.content.decode()
    assert not Case.objects.exists()


def test_they_are_changed_with_the_topic(county, enter, record, neighbour):
    case = a_case(county=county)
    client, url = enter(county.clerk), record(case, "edit")
    client.post(url, topic(case) | hosts({"committee": neighbour.short_name}))
    case.refresh_from_db()
    kept = case.co_hosts.get()
    row = {"id": str(kept.pk), "committee": neighbour.short_name, "part": "提供水量资料"}
    client.post(url, topic(case) | hosts(row))
    assert named(case) == [(neighbour.short_name, "提供水量资料")]
    assert case.events.filter(action="edit").last().data == {"fields": ["co_hosts"]}
    case.refresh_from_db()
    client.post(url, topic(case) | hosts(row | {"DELETE": "on"}))
    assert named(case) == []


def test_the_same_again_changes_nothing(county, enter, record, neighbour):
    case = a_case(county=county)
    kept = CoHost.objects.create(case=case, committee=neighbour)
    row = {"id": str(kept.pk), "committee": neighbour.short_name, "part": ""}
    before = case.version
    enter(county.clerk).post(record(case, "edit"), topic(case) | hosts(row))
    enter(county.clerk).post(record(case, "edit"), topic(case))  # a form without the rows
    case.refresh_from_db()
    assert (case.version, named(case)) == (before, [(neighbour.short_name, "")])


def test_a_moved_case_does_not_become_its_own_joint_host(county, neighbour):
    case = a_case(county=county)
    grant(county.office, "county_office", neighbour.region)
    kept = CoHost.objects.create(case=case, committee=neighbour)
    moved = {"by": county.office, "version": case.version, "changes": {"region": neighbour.region}}
    with pytest.raises(Refused):
        records.edit(case, **moved)
    case.refresh_from_db()
    assert case.committee == county.committee
    kept.delete()
    records.edit(case, **moved)
    assert case.committee == neighbour


def test_real_and_demonstration_committees_do_not_mix(county, neighbour):
    case = a_case(county=county)
    neighbour.is_demo = not county.committee.is_demo
    neighbour.save()
    with pytest.raises(Refused):
        records.edit(
            case, by=county.clerk, version=case.version, changes={},
            co_hosts=[{"committee": neighbour, "part": ""}],
        )  # fmt: skip
    assert named(case) == []


def test_a_row_of_another_case_is_not_touched(county, enter, record, neighbour):
    case, other = a_case(county=county), a_case(county=county, title="另一件事")
    kept = CoHost.objects.create(case=other, committee=neighbour, part="原来的")
    row = {"id": str(kept.pk), "committee": neighbour.short_name, "part": "夺取"}
    answer = enter(county.clerk).post(record(case, "edit"), topic(case) | hosts(row))
    assert answer.status_code == 200
    kept.refresh_from_db()
    assert (kept.case, kept.part) == (other, "原来的")


def test_more_rows_are_asked_for_without_javascript(county, enter, add, neighbour):
    row = {"committee": neighbour.short_name}
    answer = enter(county.clerk).post(add, fresh(county) | hosts(row) | {"more": "h"})
    assert len(answer.context["hosts"].formset.forms) == 6
    assert "赶集日道路堵塞" in answer.content.decode()
    assert not Case.objects.exists()


@pytest.mark.parametrize("broken", [{"h-TOTAL_FORMS": "x"}, {"h-TOTAL_FORMS": "9" * 20},
                                    {"h-0-id": "abc"}, {"h-0-committee": "x" * 500}])  # fmt: skip
def test_a_forged_row_is_never_an_error_of_ours(county, enter, add, neighbour, broken):
    data = fresh(county) | hosts({"committee": neighbour.short_name}) | broken
    assert enter(county.clerk).post(add, data).status_code == 200
    assert not Case.objects.exists()


def test_the_public_reads_which_part_they_take(county, client, neighbour):
    case = a_public_case(county=county)
    CoHost.objects.create(case=case, committee=neighbour, part="提供水量资料")
    page = client.get(reverse("public:case", args=[case.pk])).content.decode()
    assert f"{neighbour.short_name}</a>（提供水量资料）" in page
