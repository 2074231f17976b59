"""The list of cases: each filter, the pages, the words, what cannot be understood."""

from __future__ import annotations

import re

import pytest
from django.core.cache import caches

from consultations.services import search
from tests.factories import a_county, a_region, case_at, step
from tests.public_cases import (
    a_campaign,
    a_field,
    a_public_case,
    a_reported_case,
    listed,
)


def shown(client, query: str = "") -> list[str]:
    html = client.get(f"/cases/{query}").content.decode()
    return re.findall(r'<a class="cover[^"]*" href="/cases/\d+/">([^<]*)</a>', html)


@pytest.fixture
def two_places(county):
    """Two reported cases that differ in everything a filter knows."""
    other = a_county("539811", name="远山县")
    field, group = a_field("land"), a_field("society", "社会")
    child = a_field("transport", "交通出行", parent=group)
    a_reported_case("here", county=county, title="这里的事", year=2022, field=field,
                    source="residents", stage="closed",
                    campaign=a_campaign(county.committee, "here-brand"))  # fmt: skip
    a_reported_case("there", county=other, title="那里的事", year=2021, field=child,
                    source="member", stage="handling")  # fmt: skip
    return county, other


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("", ["那里的事", "这里的事"]),
        ("?region=5399", ["这里的事"]),
        ("?region=5398", ["那里的事"]),
        ("?region=5399&county=539921", ["这里的事"]),
        ("?county=539811", ["那里的事"]),
        ("?year=2022", ["这里的事"]),
        ("?stage=done", ["这里的事"]),
        ("?stage=handling", ["那里的事"]),
        ("?stage=consulting", []),
        ("?field=land", ["这里的事"]),
        ("?field=society", ["那里的事"]),
        ("?field=transport", ["那里的事"]),
        ("?source=member", ["那里的事"]),
        ("?campaign=here-brand", ["这里的事"]),
        ("?region=5399&year=2021", []),
        ("?region=5398&county=539921", ["那里的事"]),
        ("?region=5399&region=5398", ["那里的事"]),
    ],
)
def test_the_list_shows_what_was_asked_for(client, two_places, query, titles):
    assert shown(client, query) == titles


def test_words_find_cases_that_hold_them(client, county):
    case = a_public_case(county=county, title="集镇停车难")
    a_public_case(county=county, title="水渠失修")
    search.index(case)

    assert shown(client, "?q=停车") == ["集镇停车难"]
    assert shown(client, "?q=飞机") == []


def test_what_narrows_the_list_can_be_taken_away_one_by_one(client, two_places):
    html = client.get("/cases/?region=5399&county=539921&year=2022").content.decode()

    chips = re.findall(r'class="chip" href="([^"]*)"', html)
    assert chips == [
        "?year=2022",
        "?region=5399&amp;year=2022",
        "?region=5399&amp;county=539921",
    ]


def test_the_search_keeps_what_was_chosen_and_the_choice_keeps_the_words(client, two_places):
    html = client.get("/cases/?q=事&region=5399").content.decode()

    assert '<input type="hidden" name="region" value="5399">' in html
    assert '<input type="hidden" name="q" value="事">' in html


def test_counties_are_offered_once_a_prefecture_is_chosen(client, two_places):
    assert 'name="county"' not in client.get("/cases/").content.decode()
    assert "远山县" in client.get("/cases/?region=5398").content.decode()


@pytest.mark.parametrize(
    "query",
    [
        "?region=99", "?region=abc", "?county=000000", "?field=no-such", "?stage=secret",
        "?year=abc", "?year=1066", "?source=nobody", "?campaign=none", "?q=" + "长" * 61,
    ],
)  # fmt: skip
def test_an_unknown_value_is_said_beside_its_box_and_shows_nothing(client, two_places, query):
    response = client.get(f"/cases/{query}")

    assert response.status_code == 200
    assert '<p class="bad"' in response.content.decode()
    assert shown(client, query) == []


@pytest.mark.parametrize(
    "query",
    [
        "?after=abc", "?after=1-2-3", "?after=-1", "?before=%F0%9F%98%80", "?after=" + "9" * 300,
        "?after=9999999999999999-999999999999999999", "?before=0-0", "?after=1&before=2",
        "?after=1-1&after=x", "?unknown=1", "?q=%20", "?q='%3B--", "?q=%25_%5C", "?region=",
    ],
)  # fmt: skip
def test_a_mangled_address_still_answers(client, two_places, query):
    assert client.get(f"/cases/{query}").status_code == 200


def test_a_null_character_is_refused(client, db):
    assert client.get("/cases/?q=%00").status_code == 400


def test_walking_forth_and_back_meets_every_case_once(client, county):
    titles = [f"第{n:02}件" for n in range(45)]
    for n, title in enumerate(titles):
        # Three at the same moment each time: the key decides then.
        listed(a_reported_case(f"r-{n}", county=county, title=title), minutes=n // 3)

    forth, query = [], ""
    for _page in range(4):
        html = client.get(f"/cases/{query}").content.decode()
        forth.append(shown(client, query))
        following = re.search(r'href="(\?[^"]*)" rel="next"', html)
        if not following:
            break
        query = following[1].replace("&amp;", "&")
    back = []
    for _page in range(4):
        html = client.get(f"/cases/{query}").content.decode()
        back.append(shown(client, query))
        previous = re.search(r'href="(\?[^"]*)" rel="prev"', html)
        if not previous:
            break
        query = previous[1].replace("&amp;", "&")

    assert [title for page in forth for title in page] == titles[::-1]
    assert [len(page) for page in forth] == [20, 20, 5]
    assert back == forth[::-1]


def test_the_next_page_keeps_the_filter(client, county):
    for n in range(21):
        a_reported_case(f"r-{n}", county=county, year=2022)
    a_reported_case("other", county=county, year=2021)

    html = client.get("/cases/?year=2022").content.decode()

    assert re.search(r'href="\?year=2022&amp;after=[^"]*" rel="next"', html)


def test_demonstration_cases_stand_apart_and_say_so(client, county):
    demo = a_county("539822", name="演示县", is_demo=True)
    a_public_case(county=demo, title="演示的事")
    a_reported_case(county=county, title="真的事")

    assert shown(client) == ["真的事"]
    assert shown(client, "?county=539822") == []
    assert shown(client, "?county=539822&demo=1") == ["演示的事"]
    html = client.get("/cases/?demo=1").content.decode()
    assert 'class="tag tag--demo"' in html
    assert "alert--wait" in html
    assert 'href="?demo=1"' in client.get("/cases/").content.decode()


def test_where_no_demonstration_is_nothing_points_to_one(client, county):
    assert "demo=1" not in client.get("/cases/").content.decode()


def test_pages_of_demonstrations_go_on_among_them(client, db, monkeypatch):
    monkeypatch.setattr("consultations.public.views.cases.ON_A_PAGE", 1)
    demo = a_county("539922", name="演示县", is_demo=True)
    for title in ("演示一", "演示二"):
        a_public_case(county=demo, title=title)
    html = client.get("/cases/?demo=1").content.decode()
    onward = re.search(r'href="(\?demo=1&amp;after=[^"]*)" rel="next"', html)[1]

    assert shown(client, "?demo=1") == ["演示二"]
    assert shown(client, onward.replace("&amp;", "&")) == ["演示一"]


@pytest.mark.parametrize("keep", [0, 20])
def test_a_question_that_is_kept_is_answered_anew(client, county, settings, keep):
    settings.KEEP_PAGES = keep
    caches["pages"].clear()
    assert shown(client, "?year=2022") == []
    a_reported_case(county=county, title="新来的事", year=2022)
    assert shown(client, "?year=2022&x=1") == ["新来的事"]
    assert shown(client, "?year=2021&x=1") == []
    caches["pages"].clear()


def test_a_county_chosen_before_another_prefecture_is_forgotten(client, two_places):
    assert shown(client, "?region=5398&county=539921") == ["那里的事"]


def test_cases_that_are_not_released_are_not_in_the_list(client, county):
    case = case_at("handling", county=county, title="还没公开的事")
    assert shown(client) == []

    step(case, "(write public text)", county=county)
    step(case, "publish", county=county)

    assert shown(client) == ["还没公开的事"]


def test_prefectures_come_from_the_regions(client, two_places):
    a_region("5397", name="新州")

    assert ">新州<" in client.get("/cases/").content.decode()
