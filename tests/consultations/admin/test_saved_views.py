"""Views of a list under a name: own and shared ones, as tabs, never showing more than one may see."""

from __future__ import annotations

import pytest
from django.test import Client

from committees.models import AuditEntry
from consultations.models import SavedView, Suggestion
from tests.factories import a_case, a_person, case_at, task_at

pytestmark = pytest.mark.django_db
CASES = "/admin/consultations/case/"
KEEP = "/admin/views/case/"


def keep(client: Client, name: str = "我的草稿", query: str = "stage=draft", **more):
    data = {"name": name, "columns": ["title_shown", "due_shown", "committee"]} | more
    return client.post(f"{KEEP}?{query}", data)


def heads(page) -> list[str]:
    return list(page.context["cl"].list_display)[1:]  # without the box to tick


def rows(page) -> set[str]:
    return {case.title for case in page.context["cl"].result_list}


def tabs(page) -> list[str]:
    return [tab.name for tab in page.context["views"]["rows"]]


def test_a_list_as_it_is_filtered_is_kept_and_opens_again(county, enter):
    a_case(county=county, title="草稿一件")
    case_at("proposed", county=county, title="报送一件")
    client = enter(county.office)

    page = client.get(keep(client).url)

    assert rows(page) == {"草稿一件"}
    assert heads(page) == ["title_shown", "due_shown", "committee"]
    assert "我的草稿" in tabs(page)
    assert [tab.name for tab in page.context["views"]["rows"] if tab.is_open] == ["我的草稿"]


def test_the_search_and_the_order_are_kept_too(county, enter):
    early, late = (case_at("proposed", county=county, title=f"沟渠{n}") for n in (1, 2))
    type(early).objects.filter(pk=early.pk).update(stage_due_on="2026-01-02")
    type(late).objects.filter(pk=late.pk).update(stage_due_on="2026-01-01")
    client = enter(county.office)
    page = client.get(keep(client, query="q=沟渠&order=due").url)

    assert [case.pk for case in page.context["cl"].result_list] == [late.pk, early.pk]
    assert SavedView.objects.get().query == {"q": "沟渠", "order": "due"}


def test_what_the_list_does_not_know_is_not_kept(county, enter):
    client = enter(county.office)
    keep(client, query="stage=draft&owner__password__startswith=a&region=53&p=3&view=7")

    assert SavedView.objects.get().query == {"stage": "draft"}


def test_a_shared_view_is_found_by_colleagues_and_by_nobody_else(county, enter):
    keep(enter(county.office), is_shared="on")
    keep(enter(county.leader), name="只给自己")
    clerk, outsider = enter(county.clerk), enter(county.people["outsider"])

    assert tabs(clerk.get(CASES))[1:] == ["我的草稿"]
    assert tabs(outsider.get(CASES))[1:] == []
    assert tabs(enter(county.people["prefecture_office"]).get(CASES))[1:] == []


def test_a_shared_view_shows_only_what_its_reader_may_see(county, enter):
    client = enter(county.office)
    keep(client, query="region=539921100", is_shared="on")
    hidden = a_case(
        county=county, by=county.office, region=county.region, studio=None, title="县里的事"
    )
    a_case(county=county, title="乡里的事")
    view = SavedView.objects.get()
    SavedView.objects.filter(pk=view.pk).update(
        query={"region": "539921", "studio": "999", "owner__username": "x"},
        columns=["password", "problem"],
    )
    reader = enter(county.clerk)
    tab = reader.get(CASES).context["views"]["rows"][1]

    page = reader.get(tab.url)

    assert page.status_code == 200
    assert "owner__username" not in tab.url
    assert hidden.title not in rows(page)
    assert heads(page) == ["title_shown", "region", "stage_shown", "due_shown", "owner"]


def test_the_first_view_opens_with_the_list_until_all_is_asked_for(county, enter):
    client = enter(county.office)
    keep(client, is_default="on")
    keep(client, name="另一个", query="stage=proposed", is_default="on")

    assert list(SavedView.objects.filter(is_default=True).values_list("name", flat=True)) == [
        "另一个"
    ]
    first = client.get(CASES)
    assert first.status_code == 302
    assert "stage=proposed" in first.url
    assert client.get(first.url).status_code == 200
    everything = client.get(f"{CASES}?view=all")
    assert everything.status_code == 200
    assert heads(everything)[0] == "title_shown"


def test_an_own_view_is_renamed_changed_and_removed(county, enter):
    client = enter(county.office)
    keep(client)
    view = SavedView.objects.get()
    url = f"{KEEP}{view.pk}/"
    assert client.get(url).status_code == 200

    client.post(url, {"name": "改了名", "columns": ["title_shown"]})
    view.refresh_from_db()
    assert (view.name, view.columns, view.query) == ("改了名", ["title_shown"], {"stage": "draft"})
    client.post(url, {"remove": "1"})

    assert not SavedView.objects.exists()
    told = AuditEntry.objects.filter(about=f"savedview:{view.pk}").count()
    assert told == 3


def test_nobody_changes_the_view_of_another(county, enter):
    keep(enter(county.office), is_shared="on")
    view = SavedView.objects.get()
    client = enter(a_person("office-2", ("county_office", county.region)))

    for answer in (
        client.get(f"{KEEP}{view.pk}/"),
        client.post(f"{KEEP}{view.pk}/", {"remove": "1"}),
    ):
        assert answer.status_code == 404
    assert SavedView.objects.exists()


@pytest.mark.parametrize(("typed", "box"), [
    ({"name": ""}, "name"), ({"name": "字" * 21}, "name"), ({"columns": []}, "columns"),
    ({"columns": ["password"]}, "columns"), ({"name": "找13887654321"}, "name"),
])  # fmt: skip
def test_what_does_not_fit_is_told_beside_its_box(county, enter, typed, box):
    page = keep(enter(county.office), **typed)

    assert page.status_code == 200
    assert page.context["form"].errors.keys() == {box}
    assert not SavedView.objects.exists()


def test_the_same_name_twice_is_told_and_nothing_typed_is_lost(county, enter):
    client = enter(county.office)
    keep(client)
    page = keep(client, query="stage=proposed")

    assert page.status_code == 200
    assert page.context["form"].non_field_errors()
    assert page.context["form"]["name"].value() == "我的草稿"
    assert SavedView.objects.count() == 1


def test_who_is_no_staff_keeps_views_and_shares_none(county, enter):
    client = enter(county.officer)
    keep(client, is_shared="on")

    assert SavedView.objects.get().shared_in is None


@pytest.mark.parametrize("path", ["/admin/views/user/", "/admin/views/suggestion/"])
def test_the_views_of_a_list_one_may_not_see_do_not_exist(county, enter, path):
    assert enter(county.officer).get(path).status_code == 404


def test_tasks_and_suggestions_have_views_too(county, enter):
    task_at("handling", county=county)
    Suggestion.objects.create(title="路灯不亮", problem="黑", region=county.village)
    client = enter(county.office)
    for listed, query, columns in (("task", "state=handling&order=due", ["title", "dispatched_on"]),
                                   ("suggestion", "state=received", ["title_shown", "channel"])):  # fmt: skip
        answer = client.post(f"/admin/views/{listed}/?{query}", {"name": "看", "columns": columns})
        page = client.get(answer.url)
        assert heads(page) == columns
        assert page.context["cl"].result_list


@pytest.mark.parametrize(
    "url", [CASES, "/admin/consultations/task/", "/admin/consultations/suggestion/"]
)
def test_many_views_cost_as_much_as_one(county, enter, url, django_assert_max_num_queries):
    client = enter(county.office)
    listed = url.split("/")[3]
    counts = []
    for number in range(3):
        SavedView.objects.create(owner=county.leader, listed=listed, name=f"看{number}",
                                 shared_in=county.region)  # fmt: skip
        client.get(url)
        with django_assert_max_num_queries(30) as asked:
            assert len(tabs(client.get(url))) == number + 2
        counts.append(len(asked))
    assert len(set(counts)) == 1


def test_an_open_view_is_what_an_export_holds(county, enter):
    a_case(county=county, title="草稿一件")
    client = enter(county.office)
    url = keep(client).url

    answer = client.post(url, {"action": "export"})

    assert answer.status_code == 200
    assert b"".join(answer.streaming_content)
