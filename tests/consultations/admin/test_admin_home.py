"""The home page in the staff screens: who sets what, the preview, who changed it."""

from __future__ import annotations

import pytest
from django.urls import reverse

from consultations.models import HomeBlock
from tests.factories import a_person, a_region
from tests.public_cases import a_figure, a_public_case

LIST = "admin:consultations_homeblock_changelist"
ADD = "admin:consultations_homeblock_add"
TYPED = {"kind": "notice", "region": "", "title": "通知", "text": "请看**这里**", "link": "",
         "link_text": "", "story": "", "order": "5", "is_shown": "on"}  # fmt: skip


def change_url(block: HomeBlock) -> str:
    return reverse("admin:consultations_homeblock_change", args=[block.pk])


@pytest.fixture
def province(county):
    return a_person("province", ("province_office", a_region("53")), name="省办")


def test_the_province_writes_a_block_and_it_stands_on_the_page(client, province, county):
    case = a_public_case(county=county, title="挑出来的事")
    figure = a_figure()
    client.force_login(province)
    response = client.post(reverse(ADD), TYPED | {"story": case.code, "figures": [figure.pk]})

    assert response.status_code == 302
    block = HomeBlock.objects.get()
    assert (block.case, list(block.figures.all())) == (case, [figure])
    html = client.get("/").content.decode()
    assert "<b>这里</b>" in html
    assert "挑出来的事" in html


@pytest.mark.parametrize("code", ["999", "<b>", "x" * 41])
def test_a_number_that_is_no_case_is_said_beside_the_box(client, province, code):
    client.force_login(province)
    html = client.post(reverse(ADD), TYPED | {"story": code}).content.decode()

    assert "errorlist" in html
    assert "请看**这里**" in html
    assert not HomeBlock.objects.exists()


def test_a_preview_shows_the_page_and_saves_nothing(client, province):
    block = HomeBlock.objects.create(kind="sources", title="原来的标题")
    client.force_login(province)
    html = client.post(
        change_url(block), TYPED | {"kind": "sources", "title": "想改成的", "_preview": "1",
                                    "seen": seen(client, block)},
    ).content.decode()  # fmt: skip

    assert "想改成的" in html
    assert "原来的标题" not in html
    block.refresh_from_db()
    assert block.title == "原来的标题"
    assert block.history.count() == 1


def seen(client, block) -> str:
    form = client.get(change_url(block)).context["adminform"].form
    return str(form["seen"].value()) if "seen" in form.fields else ""


def test_a_preview_with_a_mistake_shows_the_form_again(client, province):
    client.force_login(province)
    response = client.post(reverse(ADD), TYPED | {"link": "javascript:x", "_preview": "1"})

    assert "errorlist" in response.content.decode()
    assert not HomeBlock.objects.exists()


def test_a_county_writes_for_its_own_page_only(client, county):
    site = HomeBlock.objects.create(title="全站的通知")
    other = HomeBlock.objects.create(title="别县的通知", region=a_region("539911", name="别县"))
    client.force_login(county.office)
    html = client.get(reverse(LIST)).content.decode()

    assert "全站的通知" not in html
    assert "别县的通知" not in html
    assert client.get(change_url(site)).status_code == 404
    assert client.get(change_url(other)).status_code == 404
    for region in ("", "539911"):
        client.post(reverse(ADD), TYPED | {"region": region})
    assert HomeBlock.objects.count() == 2

    client.post(reverse(ADD), TYPED | {"region": county.region.pk})
    assert HomeBlock.objects.filter(region=county.region).count() == 1


@pytest.mark.parametrize("who", ["officer", "leader", "clerk"])
def test_others_do_not_find_it(client, county, who):
    client.force_login(getattr(county, who))

    assert client.get(reverse(LIST)).status_code in {302, 404}


def test_who_changed_what_is_told(client, province):
    client.force_login(province)
    client.post(reverse(ADD), TYPED)
    block = HomeBlock.objects.get()
    client.post(change_url(block), TYPED | {"title": "改过的", "seen": seen(client, block)})
    html = client.get(
        reverse("admin:consultations_homeblock_history", args=[block.pk])
    ).content.decode()

    assert HomeBlock.objects.get().title == "改过的"
    assert "改过的" in html
    assert "省办" in html


def test_the_list_shows_the_page_as_it_stands_with_the_way_to_every_block(client, province):
    HomeBlock.objects.create(kind="circle", title="围成一圈", order=70, is_shown=False)
    client.force_login(province)
    standing = client.get(reverse(LIST)).context["standing"]
    assert [row["order"] for row in standing] == [20, 40, 50, 60, 70]
    last = standing[-1]
    assert (last["title"], last["is_shown"], last["is_set"]) == ("围成一圈", False, True)
    form = client.get(standing[0]["url"]).context["adminform"].form
    assert (form["kind"].value(), form["order"].value()) == ("results", "20")
    assert client.get(last["url"]).status_code == 200


def test_a_county_is_shown_its_own_notices_only(client, county):
    client.force_login(county.office)
    assert client.get(reverse(LIST)).context["standing"] == []
