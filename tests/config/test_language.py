"""Chinese unless a person chose otherwise; what the browser asks for does not count."""

import pytest
from django.conf import settings
from django.utils import translation


@pytest.mark.parametrize(
    ("cookie", "language"),
    [(None, "zh-hans"), ("en", "en"), ("zh-hans", "zh-hans"), ("fr", "zh-hans"), ("", "zh-hans")],
)
def test_the_language_of_a_page(client, cookie, language):
    if cookie is not None:
        client.cookies[settings.LANGUAGE_COOKIE_NAME] = cookie

    response = client.get("/healthz", headers={"accept-language": "fr, en;q=0.8"})

    assert response.headers["Content-Language"] == language
    assert response.headers["Vary"] == "Cookie"


def test_a_choice_is_remembered_and_does_not_reach_the_next_request(client):
    client.post("/i18n/setlang/", {"language": "en"})
    before = translation.get_language()

    assert client.get("/healthz").headers["Content-Language"] == "en"
    assert translation.get_language() == before
