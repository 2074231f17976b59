"""Blocks of the home page: the usual ones without a row, and what staff make of them."""

from __future__ import annotations

import re

import pytest
from django.core.cache import caches
from django.core.exceptions import ValidationError

from consultations.models import HomeBlock
from consultations.selectors.public_home import home
from consultations.templatetags.markup import small_markup
from tests.factories import a_county, step
from tests.public_cases import a_figure, a_public_case, a_reported_case

pytestmark = pytest.mark.django_db
HEADINGS = ("circle", "places", "figures", "sources")


def kinds() -> list[str]:
    return [block.kind for block in home().blocks]


def page(client, url: str = "/") -> str:
    return client.get(url).content.decode()


def test_without_a_row_the_usual_blocks_stand():
    assert kinds() == ["results", "circle", "places", "figures", "sources"]


def test_a_row_moves_renames_and_hides_a_usual_block(client):
    HomeBlock.objects.create(kind="sources", order=1, title="怎样提出一件事", text="四种都可以")
    HomeBlock.objects.create(kind="circle", is_shown=False)

    assert kinds() == ["sources", "results", "places", "figures"]
    html = page(client)
    assert "怎样提出一件事" in html
    assert "四种都可以" in html
    assert "不设主席台" not in html


def test_a_text_is_escaped_and_only_the_small_marks_count():
    html = small_markup("<script>x</script> **要点**\n\n- 一\n- <b>二</b>\n\n[a](javascript:x)")

    assert html == (
        "<p>&lt;script&gt;x&lt;/script&gt; <b>要点</b></p>"
        '<ul class="points"><li>一</li><li>&lt;b&gt;二&lt;/b&gt;</li></ul>'
        "<p>[a](javascript:x)</p>"
    )


@pytest.mark.parametrize("link", ["javascript:alert(1)", "//x.example", "/\\x.example", "http://x"])
def test_a_link_leads_into_the_site_or_to_a_safe_address(link):
    with pytest.raises(ValidationError) as refused:
        HomeBlock(title="通知", link=link).full_clean()
    assert "link" in refused.value.message_dict
    HomeBlock(title="通知", link="/cases/").full_clean()


def test_a_picked_story_stands_until_it_is_hidden(client, county):
    case = a_public_case(county=county, title="挑出来的事")
    HomeBlock.objects.create(kind="results", case=case)
    assert home().story == case

    step(case, "restrict", county=county)

    assert home().story is None
    assert "挑出来的事" not in page(client)


def test_picked_figures_stand_in_place_of_the_latest(client):
    a_figure("one", name="常见的数", value=353)
    picked = a_figure("two", name="挑出来的数", value="1.3", topic="members")
    HomeBlock.objects.create(kind="figures").figures.add(picked)
    html = page(client)

    assert "挑出来的数" in html
    assert "<b>1.3</b>" in html
    assert "常见的数" not in html


def test_a_figure_of_a_hidden_case_is_not_shown(client, county):
    case = a_reported_case(county=county, is_public=False)
    block = HomeBlock.objects.create(title="数字")
    block.figures.add(a_figure(name="藏着的数", case=case))

    assert "藏着的数" not in page(client)


def test_a_notice_of_a_place_stands_on_its_own_page_only(client, county):
    HomeBlock.objects.create(title="县里的通知", region=county.region)

    assert "县里的通知" not in page(client)
    assert "县里的通知" in page(client, f"/committees/{county.region.pk}/")


@pytest.mark.parametrize("rows", [0, 3])
def test_the_page_costs_three_questions_however_many_blocks(
    county, rows, django_assert_max_num_queries
):
    for n in range(rows):
        case = a_reported_case(f"r{n}", county=county)
        block = HomeBlock.objects.create(title=f"通知{n}", case=case)
        block.figures.add(a_figure(f"f{n}"))
    a_reported_case("more", county=county)
    home()

    with django_assert_max_num_queries(3):
        found = home()
    assert sum(block.case is not None for block in found.blocks) == rows


def test_a_change_shows_at_once_although_pages_are_kept(client, settings):
    settings.KEEP_PAGES = 20
    caches["pages"].clear()
    block = HomeBlock.objects.create(title="旧的标题")
    assert "旧的标题" in page(client)

    block.title = "新的标题"
    block.save()
    assert "新的标题" in page(client)

    block.delete()
    assert "新的标题" not in page(client)
    caches["pages"].clear()


def test_the_newest_are_real_ones_while_there_are_any(county):
    demo = a_public_case(county=a_county("539922", name="演示县", is_demo=True))
    assert home().newest == [demo]

    real = a_reported_case(county=county)
    assert home().newest == [real]


def test_every_heading_is_there_once(client):
    html = page(client)

    assert len(re.findall(r"<h1", html)) == 1
    assert len(re.findall(r"<h2 id=", html)) == len(HEADINGS)
