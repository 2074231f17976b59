"""A resident raises a topic: the way there, what is asked, what is refused, what is kept."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from consultations.models import Suggestion
from tests.factories import a_region
from tests.public_cases import a_reported_case

TYPED = {
    "title": "街上车辆乱停", "problem": "走路都不方便。", "wish": "划停车位", "place": "大田街",
    "consent": "on", "form_token": "a" * 32,
}  # fmt: skip


def sent(client, county, **changes):
    data = TYPED | {"region": county.region.pk} | changes
    return client.post("/propose/", {k: v for k, v in data.items() if v is not None})


def test_the_place_is_chosen_in_two_steps_without_a_script(client, county):
    first = client.get("/propose/").content.decode()
    assert 'href="?region=5399"' in first

    second = client.get("/propose/?region=5399").content.decode()
    assert f'href="?region={county.region.pk}"' in second

    third = client.get(f"/propose/?region={county.region.pk}").content.decode()
    assert f'<option value="{county.township.pk}">临河乡</option>' in third


def test_a_township_in_the_address_is_chosen_already(client, county):
    html = client.get(f"/propose/?region={county.township.pk}").content.decode()

    assert f'<option value="{county.township.pk}" selected>' in html


def test_what_is_sent_is_kept_and_answered_with_a_code(client, county):
    response = sent(client, county, region=county.township.pk)
    kept = Suggestion.objects.get()

    assert response.status_code == 302
    assert kept.query_code not in response["Location"]
    assert (kept.title, kept.problem, kept.wish) == ("街上车辆乱停", "走路都不方便。", "划停车位")
    assert (kept.region, kept.place) == (county.township, "大田街")
    code = kept.query_code
    assert f"{code[:4]} {code[4:]}" in client.get(response["Location"]).content.decode()


def test_nobody_but_the_sender_sees_the_code(client, county):
    sent(client, county)
    client.cookies.clear()

    assert client.get("/propose/done/")["Location"] == "/propose/"


def test_a_forged_cookie_shows_nothing(client, county):
    sent(client, county)
    client.cookies["txy-suggestion"] = Suggestion.objects.get().query_code + ":1:forged"

    assert client.get("/propose/done/").status_code == 302


def test_sending_twice_keeps_one(client, county):
    sent(client, county)
    sent(client, county)

    assert Suggestion.objects.count() == 1


def test_going_back_and_writing_something_else_keeps_both(client, county):
    sent(client, county)
    sent(client, county, title="另一件事")

    assert Suggestion.objects.count() == 2


@pytest.mark.parametrize(
    "changes",
    [
        {"title": ""}, {"title": None}, {"title": "长" * 61}, {"problem": "   "},
        {"title": "\u200b\u200b"}, {"problem": "\u202e"},
        {"problem": "长" * 2001}, {"wish": "长" * 1001}, {"place": "长" * 61}, {"consent": None},
        {"form_token": "x" * 41}, {"region": "539921999"},
    ],
)  # fmt: skip
def test_what_is_missing_or_too_long_is_said_and_nothing_typed_is_lost(client, county, changes):
    response = sent(client, county, **changes)
    html = response.content.decode()

    assert response.status_code == 200
    assert 'role="alert"' in html
    for name in {"title", "problem", "wish", "place"} - changes.keys():
        assert TYPED[name] in html, name
    assert not Suggestion.objects.exists()


@pytest.mark.parametrize("name", ["title", "problem", "wish", "place"])
@pytest.mark.parametrize("number", ["13812345678", "530102199001011234", "１３８１２３４５６７８"])
def test_numbers_that_give_somebody_away_are_asked_to_be_taken_out(client, county, name, number):
    response = sent(client, county, **{name: f"请联系{number}"})
    html = response.content.decode()

    assert response.status_code == 200
    assert f'id="id_{name}-error"' in html
    assert number in html  # it is still in the box, to be taken out by the person
    assert not Suggestion.objects.exists()


@pytest.mark.parametrize("region", ["", "53", "99", "abc", "5399210001", "9" * 40, "%00"])
def test_a_place_that_is_none_leads_back_to_the_choice(client, county, region):
    assert client.get("/propose/", {"region": region}).status_code in {200, 400}
    assert client.post("/propose/", TYPED | {"region": region}).status_code in {200, 400}
    assert not Suggestion.objects.exists()


@pytest.mark.parametrize("region", ["", "53", "abc", "5399", "9" * 40])
def test_a_broken_choice_of_the_place_is_told_beside_it_and_loses_nothing(client, county, region):
    page = client.get(f"/propose/?region={county.region.pk}").content.decode()
    action = re.search(r'method="post" action="([^"]+)"', page)[1]
    html = client.post(action, TYPED | {"region": region}).content.decode()

    assert 'id="id_region-error"' in html
    for name in ("title", "problem", "wish", "place"):
        assert TYPED[name] in html, name
    assert not Suggestion.objects.exists()


def test_too_many_from_one_address_are_asked_to_wait_and_lose_nothing(client, county):
    for n in range(5):
        assert sent(client, county, title=f"第{n}件").status_code == 302

    response = sent(client, county, title="再来一件")

    assert response.status_code == 429
    assert 3500 < int(response["Retry-After"]) <= 3600
    assert "再来一件" in response.content.decode()
    assert Suggestion.objects.count() == 5


def test_the_form_needs_its_token(county):
    strict = Client(enforce_csrf_checks=True)
    assert strict.post("/propose/", TYPED | {"region": county.region.pk}).status_code == 403

    page = strict.get(f"/propose/?region={county.region.pk}").content.decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)[1]
    data = TYPED | {"region": county.region.pk, "csrfmiddlewaretoken": token}
    assert strict.post("/propose/", data).status_code == 302


def test_a_correction_starts_from_its_case(client, county):
    case = a_reported_case(county=county, title="写错了的事")
    html = client.get(f"/propose/?about={case.pk}").content.decode()

    assert "写错了的事" in html
    assert f'value="{county.region.pk}"' in html


def test_a_correction_of_a_hidden_case_tells_nothing(client, county):
    case = a_reported_case(county=county, title="藏着的事", is_public=False)

    for about in (case.pk, "x", "9" * 30):
        assert "藏着的事" not in client.get(f"/propose/?about={about}").content.decode()


def test_no_name_and_no_phone_is_asked_for(client, county):
    html = client.get(f"/propose/?region={county.region.pk}").content.decode()
    names = set(re.findall(r'name="(\w+)"', html))

    assert names - {"viewport", "description"} == {
        "csrfmiddlewaretoken", "form_token", "title", "problem", "wish", "region", "place",
        "consent",
    }  # fmt: skip


def test_a_demonstration_place_says_so(client, db):
    a_region("539922", name="演示县", is_demo=True)

    assert "alert--wait" in client.get("/propose/?region=539922").content.decode()


def offered(html: str) -> list[str]:
    """The places among the choices, in the order of the page."""
    choices = re.findall(r'(?s)<ul class="(?:grid5|opts)[^"]*">.*?</ul>', html)
    return re.findall(r'href="\?region=(\d+)"', "".join(choices))


def test_an_invented_place_stands_apart_from_the_real_ones(client, county):
    a_region("539822", name="演示县", is_demo=True)
    html = client.get("/propose/").content.decode()

    assert offered(html) == ["5399"]
    assert html.count('href="?region=5398"') == 1  # the way to try it
    assert offered(client.get("/propose/?region=5398").content.decode()) == ["539822"]


def test_an_invented_county_is_not_offered_beside_real_ones(client, county):
    real = offered(client.get("/propose/?region=5399").content.decode())
    a_region("539922", name="演示县", is_demo=True)

    assert county.region.pk in real
    assert offered(client.get("/propose/?region=5399").content.decode()) == real


def test_where_there_is_nothing_else_the_invented_place_is_offered(client, db):
    a_region("539822", name="演示县", is_demo=True)
    html = client.get("/propose/").content.decode()

    assert offered(html) == ["5398"]
    assert html.count("?region=5398") == 1


def test_without_an_invented_place_nobody_is_sent_to_one(client, county):
    html = client.get("/propose/").content.decode()

    assert re.findall(r"\?region=(\d+)", html) == ["5399"]
