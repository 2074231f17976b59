"""Studios, rooms, committees, brands, reports, figures."""

from __future__ import annotations

import pytest

from committees.models import Studio, StudioSeat
from consultations.models import CampaignTarget
from tests.factories import a_committee, a_county, a_region
from tests.public_cases import (
    a_campaign,
    a_citation,
    a_figure,
    a_public_case,
    a_report,
    a_reported_case,
)


def text_of(client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, address
    return response.content.decode()


def test_a_studio_shows_its_cases_people_and_rooms(client, county):
    StudioSeat.objects.create(studio=county.studio, kind="director", name="吴主任")
    StudioSeat.objects.create(
        studio=county.studio, kind="member", name="退了的人", valid_until="2020"
    )
    a_public_case(county=county, title="工作室的事")
    html = text_of(client, f"/studios/{county.studio.code}/")

    assert "吴主任" in html
    assert "退了的人" not in html
    assert "工作室的事" in html
    assert county.room.name in html


def test_the_directory_is_narrowed_by_prefecture(client, county):
    other = a_county("539811", name="远山县")
    Studio.objects.filter(pk=other.studio.pk).update(name="远山的工作室")

    assert "远山的工作室" in text_of(client, "/studios/")
    assert "远山的工作室" in text_of(client, "/studios/?region=5398")
    assert "远山的工作室" not in text_of(client, "/studios/?region=5399")
    assert "远山的工作室" in text_of(client, "/studios/?region=nowhere")


def test_the_directory_goes_on_over_pages(client, county):
    Studio.objects.bulk_create(
        Studio(code=f"s{n}", name=f"第{n:03}室", committee=county.committee) for n in range(60)
    )
    first = client.get("/studios/")
    html = first.content.decode()
    following = html.split('rel="next"')[0].rsplit('href="', 1)[1].split('"')[0]

    both = html + text_of(client, "/studios/" + following.replace("&amp;", "&"))
    assert all(both.count(f"第{n:03}室") == 1 for n in range(60))


def test_a_committee_shows_what_is_of_its_region(client, county):
    a_public_case(county=county, title="本县的事")
    a_figure("of-county", region=county.region.pk, name="本县的数字")
    a_figure("of-other", region="5398", name="别处的数字")
    a_campaign(county.committee)
    html = text_of(client, f"/committees/{county.region.pk}/")

    for words in ("本县的事", "本县的数字", "品牌brand", county.studio.name, county.room.name):
        assert words in html, words
    assert "别处的数字" not in html


def test_a_prefecture_shows_the_cases_of_its_counties(client, county):
    a_committee(county.region.parent)
    a_public_case(county=county, title="县里的事")

    assert "县里的事" in text_of(client, "/committees/5399/")


def test_a_brand_shows_target_figures_and_cases_apart(client, county):
    brand = a_campaign(county.committee, origin="reported", citation=a_citation())
    CampaignTarget.objects.create(campaign=brand, name="百场协商", value=100, unit="场")
    a_figure(campaign=brand, name="报道的场次")
    a_reported_case(county=county, campaign=brand, title="品牌下的事")
    html = text_of(client, "/campaigns/brand/")

    for words in ("百场协商", "报道的场次", "品牌下的事", "一篇报道"):
        assert words in html, words


def test_a_report_shows_what_it_contributed(client, county):
    a_reported_case(county=county, title="报道里的案例")
    a_figure(name="报道里的数字")
    other = a_report("other-paper")
    a_figure("of-other", name="别的报道的数字", citation=a_citation(report=other))
    html = text_of(client, "/reports/2023-paper/")

    assert "报道里的案例" in html
    assert "报道里的数字" in html
    assert "别的报道的数字" not in html


def test_a_figure_of_a_hidden_case_is_nowhere(client, county):
    hidden = a_reported_case(county=county, is_public=False)
    a_figure(case=hidden, region=county.region.pk, name="藏着的数字")
    a_figure("shown", region=county.region.pk, name="露着的数字")

    for page in ("/figures/", "/reports/2023-paper/", f"/committees/{county.region.pk}/"):
        html = text_of(client, page)
        assert "露着的数字" in html, page
        assert "藏着的数字" not in html, page


def test_figures_are_shown_by_topic_and_place(client, db):
    a_region("5399")
    a_figure("one", name="全省场次")
    a_figure("two", name="工作室个数", topic="studios", region="5399")

    assert "工作室个数" not in text_of(client, "/figures/")
    assert "工作室个数" in text_of(client, "/figures/?topic=studios")
    assert "工作室个数" in text_of(client, "/figures/?topic=studios&region=5399")
    assert "全省场次" not in text_of(client, "/figures/?region=5399")
    assert "全省场次" in text_of(client, "/figures/?topic=nonsense&region=x")


def test_no_figures_are_offered_of_an_invented_place(client, county):
    a_region("539822", name="演示县", is_demo=True)
    html = text_of(client, "/figures/")

    assert '<option value="5399"' in html
    assert '<option value="5398"' not in html


@pytest.mark.parametrize(
    "address",
    [
        "/studios/none/", "/rooms/none/", "/committees/000000/", "/committees/99/",
        "/committees/" + "1" * 30 + "/", "/units/0/", "/units/" + "9" * 18 + "/",
        "/campaigns/none/", "/reports/none/", "/reports/中文/", "/no/such/page/",
    ],
)  # fmt: skip
def test_what_is_not_there_is_a_page_that_says_so(client, db, address):
    response = client.get(address)

    assert response.status_code == 404
    assert 'class="site-head"' in response.content.decode()


@pytest.mark.parametrize("page", ["/studios/", "/rooms/", "/figures/", "/units/", "/units/1/"])
@pytest.mark.parametrize("query", ["?after=x", "?before=9-9", "?region=%27", "?after=5399-1&x=%00"])
def test_mangled_addresses_never_break_a_list(client, county, page, query):
    assert client.get(page + query).status_code in {200, 400, 404}
