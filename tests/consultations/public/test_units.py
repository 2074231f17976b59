"""Handling units in public: a directory by place, and a page whose every figure opens its list."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.core.cache import cache, caches
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from committees.models import HandlingUnit
from consultations.models import Task
from consultations.selectors.public_units import figures_of_unit, list_of, tasks_of_unit
from tests.factories import a_county, a_region, case_at, step, walk_task
from tests.public_cases import a_public_case

pytestmark = pytest.mark.django_db
STATES = ("dispatched", "handling", "replied", "answered", "verified", "tracked", "explained",
          "suspended", "return_requested", "cancelled")  # fmt: skip


@pytest.fixture(autouse=True)
def _nothing_kept():
    cache.clear()
    caches["pages"].clear()


def text_of(client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, address
    return response.content.decode()


def page_of(unit, tasks: str = "") -> str:
    return f"/units/{unit.pk}/" + (f"?tasks={tasks}" if tasks else "")


def tasks_in(html: str) -> int:
    """How many tasks the list on the page of a unit has."""
    return len(re.findall(r'<td role="cell"><a href="/cases/\d+/#item-', html))


def figures_in(html: str) -> dict[str, int]:
    """What each figure and each state of the page says, by the list it opens."""
    return {
        key: int(count)
        for key, count in re.findall(r'href="\?tasks=([\w-]+)#tasks"[^>]*>[^<]*?(\d+)</a>', html)
    }


def in_every_state(county) -> None:
    items = [{"units": (county.unit,)}] * len(STATES)
    tasks = a_public_case(county=county, items=items).tasks.order_by("pk")
    for task, state in zip(tasks, STATES, strict=True):
        walk_task(task, state, county=county)


def late(task: Task) -> None:
    Task.objects.filter(pk=task.pk).update(due_on=timezone.localdate() - dt.timedelta(days=3))


# --- the page of a unit ---------------------------------------------------------------------


def test_every_figure_opens_exactly_the_tasks_that_it_counts(client, county):
    in_every_state(county)
    late(Task.objects.filter(state="handling").get())
    late(Task.objects.filter(state="verified").get())

    found = figures_in(text_of(client, page_of(county.unit)))

    assert {key: n for key, n in found.items() if "-" not in key} == {
        "handed_over": 9, "answered": 2, "verified": 1, "in_plan": 1, "overdue": 1,
    }  # fmt: skip
    assert {key for key in found if "-" in key} == {f"state-{state}" for state in STATES}
    for key, count in found.items():
        html = text_of(client, page_of(county.unit, key))
        assert tasks_in(html) == count, key
        assert html.count('aria-current="page"') == (key not in ("answered", "verified", "in_plan",
                                                                 "overdue")), key  # fmt: skip


def test_an_unknown_list_is_that_of_everything_handed_over(client, county):
    in_every_state(county)

    for name in ("nonsense", "state-", "state-gone", "%27--", "长" * 60):
        assert tasks_in(text_of(client, page_of(county.unit, name))) == 9, name


def test_what_is_drafted_hidden_quoted_or_invented_is_never_counted(client, county):
    case_at("handling", county=county)  # not released
    hidden = a_public_case(county=county)
    step(hidden, "restrict", county=county)
    for origin in ("reported", "demo", "synthetic"):
        other = a_public_case(county=county)
        type(other).objects.filter(pk=other.pk).update(origin=origin)
    drafted = a_public_case(county=county)
    Task.objects.filter(case=drafted).update(state="drafted")
    assert Task.objects.filter(unit=county.unit).count() == 6

    assert figures_of_unit(county.unit).by_state == {}
    html = text_of(client, page_of(county.unit))
    assert set(figures_in(html).values()) == {0}
    assert tasks_in(html) == 0
    assert tasks_in(text_of(client, page_of(county.unit, "state-drafted"))) == 0


def test_the_page_says_what_the_unit_does_and_lists_its_cases(client, county):
    HandlingUnit.objects.filter(pk=county.unit.pk).update(remit="水利工程和供水")
    a_public_case(county=county, title="水渠修好了")

    html = text_of(client, page_of(county.unit))

    assert "水利工程和供水" in html
    assert "水渠修好了" in html
    assert f'href="/cases/?unit={county.unit.pk}"' in html


def test_the_tasks_go_on_over_pages(client, county, monkeypatch):
    monkeypatch.setattr("consultations.selectors.public_units.ON_A_PAGE", 2)
    for n in range(5):
        a_public_case(county=county, title=f"第{n}件")
    seen, address = [], page_of(county.unit, "state-dispatched")
    for _page in range(3):
        html = text_of(client, address)
        seen += re.findall(r"<span>(第\d件)", html)
        following = re.search(r'href="(\?[^"]*)" rel="next"', html)
        address = page_of(county.unit) + (following[1].replace("&amp;", "&") if following else "")

    assert seen == [f"第{n}件" for n in range(5)]
    assert following is None


def test_an_invented_unit_says_so_and_counts_nothing(client, db):
    demo = a_county("539922", name="演示县", is_demo=True)
    HandlingUnit.objects.filter(pk=demo.unit.pk).update(origin="demo")
    case = a_public_case(county=demo, title="演示的事")

    html = text_of(client, page_of(demo.unit))

    assert case.is_demo
    assert figures_in(html) == {}
    assert tasks_in(html) == 1
    assert html.count("tag--demo") >= 3  # unit, task, case
    assert f'href="/cases/?demo=1&amp;unit={demo.unit.pk}"' in html


def test_the_lists_partition_what_a_unit_was_handed(county):
    in_every_state(county)
    mine = tasks_of_unit(county.unit)

    by_state = [mine.filter(list_of(f"state-{state}")).get().pk for state in STATES]

    assert len(set(by_state)) == mine.count() == len(STATES)


# --- the directory --------------------------------------------------------------------------


def test_the_directory_is_narrowed_by_prefecture(client, county):
    other = a_county("539811", name="远山县")
    HandlingUnit.objects.filter(pk=other.unit.pk).update(name="远山的水务局")

    assert "远山的水务局" in text_of(client, "/units/")
    assert "远山的水务局" in text_of(client, "/units/?region=5398")
    assert "远山的水务局" not in text_of(client, "/units/?region=5399")
    assert "远山的水务局" in text_of(client, "/units/?region=nowhere")


def shown(client, query: str) -> list[str]:
    html = text_of(client, f"/cases/{query}")
    return re.findall(r'<a class="cover[^"]*" href="/cases/\d+/">([^<]+)</a>', html)


def test_the_count_of_a_unit_opens_the_list_of_just_these_cases(client, county):
    two = [{"units": (county.unit, county.other_unit)}]
    a_public_case(county=county, title="两家的事", items=two)
    a_public_case(county=county, title="一家的事")
    case_at("handling", county=county, title="还没公开的事")
    demo = a_public_case(county=county, title="演示的事")
    type(demo).objects.filter(pk=demo.pk).update(origin="demo")

    html = text_of(client, "/units/")

    found = dict(re.findall(r'href="/cases/\?unit=(\d+)">(\d+)', html))
    assert found == {str(county.unit.pk): "2", str(county.other_unit.pk): "1"}
    assert shown(client, f"?unit={county.unit.pk}") == ["一家的事", "两家的事"]
    assert shown(client, f"?unit={county.other_unit.pk}") == ["两家的事"]
    assert shown(client, f"?unit={county.unit.pk}&demo=1") == ["演示的事"]
    assert county.unit.name in text_of(client, f"/cases/?unit={county.unit.pk}")


@pytest.mark.parametrize("unit", ["0", "abc", "-1", "9" * 18, "9" * 40, "١", "%27"])
def test_a_unit_that_is_not_there_is_said_and_shows_nothing(client, county, unit):
    a_public_case(county=county)

    html = text_of(client, f"/cases/?unit={unit}")

    assert '<p class="bad"' in html
    assert shown(client, f"?unit={unit}") == []


def test_invented_units_stand_apart_and_those_out_of_use_do_not_stand_at_all(client, county):
    assert "demo=1" not in text_of(client, "/units/")
    region = a_region("539822", is_demo=True)
    for name, fields in {
        "演示水务局": {"origin": "demo"}, "灌数单位": {"origin": "synthetic"}, "撤销的局": {"is_active": False},
    }.items():  # fmt: skip
        HandlingUnit.objects.create(
            code=f"u{len(name)}-{name}", name=name, kind="other", region=region, **fields
        )

    real, invented = text_of(client, "/units/"), text_of(client, "/units/?demo=1")

    assert county.unit.name in real
    assert not [n for n in ("演示水务局", "灌数单位", "撤销的局") if n in real]
    assert "演示水务局" in invented
    assert "tag--demo" in invented
    assert county.unit.name not in invented
    assert 'href="?demo=1"' in real


def test_the_directory_goes_on_over_pages_in_order_of_place(client, county):
    far = a_county("539811", name="远山县")
    HandlingUnit.objects.bulk_create(
        HandlingUnit(code=f"d{n}", name=f"第{n:03}局", kind="other", region=county.region)
        for n in range(60)
    )
    first = text_of(client, "/units/")
    following = re.search(r'href="(\?[^"]*)" rel="next"', first)[1].replace("&amp;", "&")
    both = first + text_of(client, "/units/" + following)

    assert all(both.count(f"第{n:03}局") == 1 for n in range(60))
    assert both.index(far.unit.name) < both.index("第000局")
    assert far.unit.name in first


# --- what they cost -------------------------------------------------------------------------

LIMITS = {"/units/": 4, "/units/{}/": 8, "/units/{}/?tasks=answered": 8, "/cases/?unit={}": 5}


def test_three_rows_cost_what_one_does(client, county):
    def cost() -> dict[str, int]:
        found = {}
        for address in LIMITS:
            cache.clear()
            caches["pages"].clear()
            with CaptureQueriesContext(connection) as queries:
                text_of(client, address.format(county.unit.pk))
            found[address] = len(queries)
        return found

    walk_task(a_public_case(county=county).tasks.get(), "answered", county=county)
    one = cost()
    for n in range(2):
        walk_task(a_public_case(county=county).tasks.get(), "answered", county=county)
        HandlingUnit.objects.create(
            code=f"m{n}", name=f"第{n}局", kind="other", region=county.region
        )
    three = cost()

    assert three == one
    assert {address: n for address, n in one.items() if n > LIMITS[address]} == {}


def test_a_restricted_case_disappears_at_once_also_from_a_kept_page(client, county, settings):
    settings.KEEP_PAGES = 60
    case = a_public_case(county=county, title="不久就要隐藏的事")
    pages = ["/units/", page_of(county.unit), f"/cases/?unit={county.unit.pk}"]
    before = [text_of(client, page) for page in pages]
    assert "不久就要隐藏的事" in before[1]
    assert "不久就要隐藏的事" in before[2]

    step(case, "restrict", county=county)

    after = [text_of(client, page) for page in pages]
    assert not [html for html in after if "不久就要隐藏的事" in html]
    assert f"/cases/?unit={county.unit.pk}" not in after[0]


def test_a_unit_and_those_below_it_lead_to_each_other(client, county):
    above = HandlingUnit.objects.create(code="ju", name="县水务局机关", kind="government",
                                        region=county.region)  # fmt: skip
    names = {"站": True, "所": True, "已撤的队": False}
    for number, (name, in_use) in enumerate(names.items()):
        HandlingUnit.objects.create(code=f"b{number}", name=name, kind="public", parent=above,
                                    region=county.region, is_active=in_use)  # fmt: skip
    HandlingUnit.objects.create(code="d", name="演示队", kind="public", parent=above,
                                region=county.region, origin="demo")  # fmt: skip
    html = text_of(client, page_of(above))
    below = HandlingUnit.objects.get(name="站")
    assert f'href="/units/{below.pk}/"' in html
    assert ("所" in html, "已撤的队" in html, "演示队" in html) == (True, False, False)
    assert f'href="/units/{above.pk}/"' in text_of(client, page_of(below))
