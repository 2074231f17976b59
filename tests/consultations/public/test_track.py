"""Following a topic by its code."""

from __future__ import annotations

import pytest

from consultations.models import Case, Suggestion
from consultations.services import suggestions
from tests.factories import step
from tests.public_cases import released


@pytest.fixture
def one(county) -> Suggestion:
    return suggestions.receive(
        title="街上车辆乱停", problem="走路不便。", region=county.township, form_token="token"
    )


def taken_up(one: Suggestion, county) -> Case:
    """The case that was made of it, handed in for the decision on the topic."""
    case = suggestions.accept(one, by=county.office)
    Case.objects.filter(pk=case.pk).update(sensitivity="normal", studio=county.studio)
    case.refresh_from_db()
    step(case, "submit", county=county, by=county.office)
    return case


def asked(client, code: str):
    return client.post("/track/", {"code": code})


def test_a_code_shows_what_was_sent_and_by_when_it_is_answered(client, one):
    html = asked(client, one.query_code).content.decode()

    assert "街上车辆乱停" in html
    assert f"{one.answer_due_on:%Y-%m-%d}" in html


def test_a_code_is_read_however_it_was_typed(client, one):
    code = one.query_code
    wide = "".join(chr(ord(letter) + 0xFEE0) for letter in code)

    for typed in (code.lower(), f"{code[:4]} {code[4:]}", f" {code[:4]}-{code[4:]} ", wide):
        assert "街上车辆乱停" in asked(client, typed).content.decode(), typed


@pytest.mark.parametrize("code", ["", "ABC", "ABCDEFG0", "AAAAAAAA", "9" * 41, "'; --", "一二三四"])
def test_a_wrong_code_is_said_beside_the_box_and_kept_in_it(client, one, code):
    response = asked(client, code)
    html = response.content.decode()

    assert response.status_code == 200
    assert 'id="id_code-error"' in html
    assert "街上车辆乱停" not in html


def test_the_code_never_stands_in_an_address(client, one):
    assert "街上车辆乱停" not in client.get(f"/track/?code={one.query_code}").content.decode()


def test_the_answer_is_shown_when_it_was_not_taken_up(client, one, county):
    suggestions.decline(one, by=county.office, state="refused", answer="已在改造计划内。")

    assert "已在改造计划内。" in asked(client, one.query_code).content.decode()


def test_a_case_that_is_not_public_shows_its_stage_and_no_link(client, one, county):
    case = taken_up(one, county)
    html = asked(client, one.query_code).content.decode()

    assert str(case.public_stage.label) in html
    assert f"/cases/{case.pk}/" not in html


def test_a_public_case_is_linked(client, one, county):
    case = taken_up(one, county)
    released(case, county=county)

    assert f"/cases/{case.pk}/" in asked(client, one.query_code).content.decode()


def test_a_restricted_case_shows_nothing_but_that_it_was_taken_up(client, one, county):
    case = taken_up(one, county)
    assert str(case.public_stage.label) in asked(client, one.query_code).content.decode()

    step(case, "restrict", county=county)

    html = asked(client, one.query_code).content.decode()
    assert "街上车辆乱停" in html
    assert str(case.public_stage.label) not in html


def test_guessing_is_slowed_down(client, one, settings):
    settings.LIMITS = settings.LIMITS | {"tracking": (2, settings.LIMITS["tracking"][1])}
    for _ in range(2):
        asked(client, "AAAAAAAA")

    answer = asked(client, one.query_code)

    assert answer.status_code == 429
    assert "街上车辆乱停" not in answer.content.decode()


def test_the_answer_is_kept_by_no_cache(client, one):
    assert "no-store" in asked(client, one.query_code)["Cache-Control"]
