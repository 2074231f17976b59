"""Local names of stages: shown wherever a stage is named, inherited, without a query for each row,
and never a change of what happens."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from committees.models import Region
from consultations.models import StageName
from consultations.offers import actions_for
from consultations.selectors.wording import stage_names
from consultations.services import suggestions
from tests.factories import a_case, a_county, case_at, step, task_at

pytestmark = pytest.mark.django_db
CASES, TASKS = "/admin/consultations/case/", "/admin/consultations/task/"
NAMES = "/admin/consultations/stagename/"


def name(stage, words, *, region, kind="case"):
    return StageName.objects.create(
        region=Region.objects.get(pk=region), kind=kind, stage=stage, name=words
    )


def public_case(county):
    return case_at("closed", county=county)


@pytest.fixture
def visitor():
    return Client()


# --- where a name holds -------------------------------------------------------------------------


def test_the_nearest_name_upward_holds(county):
    other = a_county("539922", name="白塔县")
    here, there = case_at("proposed", county=county), case_at("proposed", county=other)
    assert stage_names().of_case(here) == "Awaiting topic review" or stage_names().of_case(here)
    usual = stage_names().of_case(here)
    name("proposed", "省里的叫法", region="53")
    assert {stage_names().of_case(c) for c in (here, there)} == {"省里的叫法"} != {usual}
    name("proposed", "州里的叫法", region="5399")
    name("proposed", "等着审", region=county.region.pk)
    assert stage_names().of_case(here) == "等着审"
    assert stage_names().of_case(there) == "州里的叫法"


def test_a_name_of_a_case_is_none_of_a_task(county):
    task = task_at("handling", county=county)
    name("handling", "正在办", region=county.region.pk, kind="task")
    names = stage_names()
    assert names.of_task(task, case=task.case) == "正在办"
    assert names.of_case(task.case) != "正在办"
    assert names.public("handling", region=county.region.pk) != "正在办"


# --- the faces ----------------------------------------------------------------------------------


def test_the_staff_faces_show_the_name_of_the_case(county, enter, record):
    case = case_at("proposed", county=county)
    client = enter(county.office)
    pages = {"list": CASES, "filter": CASES + "?stage=draft", "record": record(case),
             "desk": reverse("admin:index")}  # fmt: skip
    assert not [p for p, url in pages.items() if "等着大家审" in client.get(url).content.decode()]
    name("proposed", "等着大家审", region=county.region.pk)
    assert all("等着大家审" in client.get(url).content.decode() for url in pages.values())
    record_page = client.get(record(case)).content.decode()
    assert "→ 等着大家审" in record_page  # the timeline
    assert record_page.count("等着大家审") == 2


def test_the_staff_faces_show_the_name_of_the_task(county, enter, record, task_record):
    task = task_at("replied", county=county)
    client = enter(county.office)
    name("replied", "等着看答复", region=county.region.pk, kind="task")
    pages = (TASKS, TASKS + "?state=handling", task_record(task), record(task.case),
             reverse("admin:index"))  # fmt: skip
    assert all("等着看答复" in client.get(url).content.decode() for url in pages)
    assert "→ 等着看答复" in client.get(task_record(task)).content.decode()


def test_similar_cases_show_the_name_too(county, enter, record):
    a_case(county=county)
    case = a_case(county=county)
    name("draft", "才起了个头", region=county.region.pk)
    page = enter(county.office).get(record(case)).content.decode()
    similar = page.split('class="similar"')[1].split("</ul>")[0]
    assert similar.count("才起了个头") == 1


def test_the_public_faces_show_their_own_word(county, visitor):
    case = public_case(county)
    name("done", "都办妥了", region=county.region.pk, kind="public")
    name("verified", "看过了", region=county.region.pk, kind="task")
    name("closed", "只给内部看", region=county.region.pk)
    pages = ["/", "/cases/", f"/cases/{case.pk}/", f"/committees/{county.region.pk}/",
             f"/cases/?region={case.prefecture_code}&county={case.county_code}"]  # fmt: skip
    for url in pages:
        text = visitor.get(url).content.decode()
        assert "都办妥了" in text, url
        assert "只给内部看" not in text
    assert "看过了" in visitor.get(f"/cases/{case.pk}/").content.decode()


def test_the_filter_for_the_public_speaks_the_words_of_the_place_chosen(county, visitor):
    a_county("539922", name="白塔县")
    name("done", "都办妥了", region=county.region.pk, kind="public")

    def options(county_code):
        page = visitor.get(f"/cases/?region=5399&county={county_code}").context["filter"]
        return dict(page.form.fields["stage"].choices)["done"]

    assert options(county.region.pk) == "都办妥了"
    assert options("539922") != "都办妥了"


def test_the_page_for_a_query_code_speaks_the_words_of_the_place(county, visitor):
    found = suggestions.receive(
        title="修路", problem="路坏了", region=county.village, form_token="t"
    )
    case = suggestions.accept(found, by=county.office)
    name("collecting", "正在收题", region=county.region.pk, kind="public")
    type(case).objects.filter(pk=case.pk).update(sensitivity="normal", source="residents")
    case.refresh_from_db()
    case.sides.create(name="村民")
    case.sides.create(name="村委会")
    step(case, "submit", county=county, by=county.office)
    page = visitor.post("/track/", {"code": found.query_code}, follow=True).content.decode()
    assert "正在收题" in page


def test_the_interface_tells_the_word_and_keeps_the_value(county, visitor):
    case = public_case(county)
    name("done", "都办妥了", region=county.region.pk, kind="public")
    name("verified", "看过了", region=county.region.pk, kind="task")
    row = visitor.get("/api/cases/").json()["results"][0]
    assert (row["stage"], row["stage_label"]) == ("done", "都办妥了")
    whole = visitor.get(f"/api/cases/{case.pk}/").json()
    assert whole["case"]["stage_label"] == "都办妥了"
    task = whole["items"][0]["tasks"][0]
    assert (task["state"], task["state_label"]) == ("verified", "看过了")


# --- what it costs and what it leaves alone -----------------------------------------------------


@pytest.mark.parametrize("url", [CASES, TASKS, "/cases/", "/admin/"])
def test_names_cost_no_query_for_each_row(county, enter, url, django_assert_max_num_queries):
    client = enter(county.office)
    public_case(county)
    name("closed", "办完了", region=county.region.pk)
    client.get(url)  # the first request of a session also writes down that there is one
    with django_assert_max_num_queries(100) as one:
        client.get(url)
    for number in range(2):
        case_at("closed", county=county, title=f"又一件事{number}")
    with django_assert_max_num_queries(100) as three:
        client.get(url)
    reads = [q for q in three.captured_queries if "stagename" in q["sql"]]
    assert len(reads) == 1
    assert len(three) == len(one)


def test_a_rename_changes_no_behaviour(county, enter):
    case = case_at("proposed", county=county)
    before = [(o.row.action, o.reasons) for o in actions_for(county.office, case)]
    name("proposed", "已办结归档", region=county.region.pk)
    assert [(o.row.action, o.reasons) for o in actions_for(county.office, case)] == before
    client = enter(county.office)
    found = client.get(CASES + "?stage=proposed").context["cl"].queryset
    assert list(found) == [case]
    assert f"badge--{case.stage}" in client.get(CASES).content.decode()
    step(case, "approve", county=county)
    assert case.stage == "approved"


# --- how it is set ------------------------------------------------------------------------------


def as_shown(client, row) -> dict:
    form = client.get(f"{NAMES}{row.pk}/change/").context["adminform"].form
    return {box.html_name: box.value() for box in form if box.value() is not None}


def send(client, county, **fields):
    data = {"region": county.region.pk, "means": "case:proposed", "name": "等着审"} | fields
    return client.post(NAMES + "add/", data)


def test_an_office_names_a_stage_of_its_place(county, enter):
    client = enter(county.office)
    assert send(client, county).status_code == 302
    assert list(StageName.objects.values_list("region", "kind", "stage", "name")) == [
        (county.region.pk, "case", "proposed", "等着审")
    ]
    row = StageName.objects.get()
    changed = client.post(f"{NAMES}{row.pk}/change/", {
        **as_shown(client, row), "name": "等着大家审"})  # fmt: skip
    assert changed.status_code == 302, changed.context["adminform"].form.errors
    row.refresh_from_db()
    assert row.name == "等着大家审"
    assert client.post(f"{NAMES}{row.pk}/delete/", {"post": "yes"}).status_code == 302
    assert not StageName.objects.exists()


@pytest.mark.parametrize("wrong", [
    {"name": ""}, {"name": "   "}, {"name": "审"}, {"name": "很长" * 7}, {"name": "——！！"},
    {"means": ""}, {"means": "case:nowhere"}, {"means": "task:proposed"}, {"region": "999999"},
])  # fmt: skip
def test_what_is_no_name_is_said_beside_the_field(county, enter, wrong):
    answer = send(enter(county.office), county, **wrong)
    assert answer.status_code == 200
    assert set(answer.context["adminform"].form.errors) == set(wrong)
    assert not StageName.objects.exists()


def test_two_stages_never_have_one_name(county, enter):
    client = enter(county.office)
    usual = stage_names().of("case", "approved", region=county.region.pk)
    assert "name" in send(client, county, name=usual).context["adminform"].form.errors
    name("approved", "立了项", region="53")
    taken = send(client, county, name="立了项")
    assert "name" in taken.context["adminform"].form.errors
    assert send(client, county, name=usual).status_code == 302  # free now
    again = send(client, county, name="别的名字")
    assert "means" in again.context["adminform"].form.errors


def test_a_name_below_counts_as_taken_above(county, enter):
    name("approved", "立了项", region=county.region.pk)
    answer = enter(county.people["prefecture_office"]).post(
        NAMES + "add/", {"region": "5399", "means": "case:proposed", "name": "立了项"}
    )
    assert "name" in answer.context["adminform"].form.errors


def test_nobody_names_stages_elsewhere(county, enter):
    other = a_county("539922", name="白塔县")
    answer = send(enter(county.office), county, region=other.region.pk)
    assert "region" in answer.context["adminform"].form.errors
    assert send(enter(county.clerk), county).status_code == 404
    assert not StageName.objects.exists()
