"""The home page: figures counted here and figures quoted stay apart, and nothing unreal counts."""

from __future__ import annotations

import pytest
from django.core.cache import cache
from django.utils import timezone

from consultations.models import AgreedItem, HomeBlock, OutcomeMetric
from consultations.selectors.public_home import KEY, home
from tests.factories import a_county, case_at, step
from tests.public_cases import a_figure, a_full_case, a_public_case, a_reported_case


def test_only_public_cases_that_are_followed_here_are_counted(county):
    a_full_case(county=county)
    case_at("handling", county=county)
    a_reported_case(county=county)
    a_public_case(county=a_county("539922", name="演示县", is_demo=True))

    found = home().figures

    assert (found.followed, found.from_reports) == (1, 1)
    assert found.items == AgreedItem.objects.filter(case__is_public=True, case__origin="entered",
                                                    confirmed_at__isnull=False).count()  # fmt: skip
    assert (found.tasks, found.answered, found.verified) == (2, 1, 1)


def test_a_demonstration_changes_no_figure_at_all(county):
    demo = a_county("539922", name="演示县", is_demo=True)
    before = home().figures
    case = a_full_case(county=demo)
    cache.delete(KEY)
    after = home().figures

    assert case.is_public
    assert case.origin == "demo"
    for name in ("followed", "closed", "items", "tasks", "answered", "verified", "from_reports"):
        assert getattr(after, name) == getattr(before, name), name
    assert after.by_prefecture == before.by_prefecture
    assert after.stories == before.stories == []


def test_the_tiles_count_real_cases_on_record(county):
    a_reported_case(county=county)

    assert home().figures.by_prefecture == {"5399": 1}


def test_quoted_figures_stand_with_their_report(client, db):
    a_figure(name="全省协商场次", value=353)
    html = client.get("/").content.decode()

    assert "全省协商场次" in html
    assert "/reports/2023-paper/" in html


def test_figures_are_kept_a_minute_and_say_of_when_they_are(client, county):
    first = home().figures
    a_public_case(county=county)

    assert home().figures == first
    assert f"{timezone.localtime(first.at):%Y-%m-%d}" in client.get("/").content.decode()


def test_a_story_that_is_hidden_disappears_although_the_figures_are_kept(client, county):
    case = a_full_case(county=county, title="从四十元到四元")
    OutcomeMetric.objects.filter(case=case).update(is_headline=False)
    OutcomeMetric.objects.filter(case=case, before=40).update(is_headline=True)
    assert home().story == case

    step(case, "restrict", county=county)

    assert home().story is None
    assert cache.get(KEY).stories == [case.pk]
    assert "从四十元到四元" not in client.get("/").content.decode()


@pytest.mark.parametrize(("is_shown", "expected"), [(True, True), (False, False)])
def test_staff_may_put_blocks_on_the_page(client, db, is_shown, expected):
    HomeBlock.objects.create(title="本月的通知", text="请看这里", is_shown=is_shown)

    assert ("本月的通知" in client.get("/").content.decode()) is expected
