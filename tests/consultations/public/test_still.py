"""Parts drawn once: the same for everybody, another for each language, page and value."""

from __future__ import annotations

import pytest
from django.template import Context, Template, TemplateSyntaxError
from django.utils.translation import override

LOAD = "{% load still i18n %}"


@pytest.fixture(autouse=True)
def kept(settings):
    settings.KEEP_PAGES = 20


def test_it_is_drawn_once():
    page = Template(LOAD + "{% still %}{{ n }}{% endstill %}-{{ n }}")

    assert page.render(Context({"n": 1})) == "1-1"
    assert page.render(Context({"n": 2})) == "1-2"


def test_another_value_draws_it_anew():
    page = Template(LOAD + "{% still of at %}{{ n }}{% endstill %}")

    assert [page.render(Context({"at": at, "n": n})) for at, n in ((1, 1), (1, 2), (2, 3))] == [
        "1", "1", "3",
    ]  # fmt: skip


def test_each_language_has_its_own():
    page = Template(LOAD + "{% still %}{% translate 'Home page' %}{% endstill %}")
    with override("en"):
        english = page.render(Context())
    with override("zh-hans"):
        assert page.render(Context()) != english == "Home page"


def test_where_pages_are_not_kept_values_are_not_either(settings):
    settings.KEEP_PAGES = 0
    page = Template(LOAD + "{% still of at %}{{ n }}{% endstill %}")

    assert [page.render(Context({"at": 1, "n": n})) for n in (1, 2)] == ["1", "2"]


@pytest.mark.parametrize("tag", ["still by x", "still of", "still x"])
def test_a_slip_in_the_template_is_said(tag):
    with pytest.raises(TemplateSyntaxError):
        Template(LOAD + "{% " + tag + " %}{% endstill %}")


@pytest.mark.django_db
def test_the_page_one_is_on_is_marked_on_each_page(client, county):
    for url in ("/", "/cases/", "/figures/", "/"):
        html = client.get(url).content.decode()
        assert html.count('aria-current="page"') == 1
        assert f'<a href="{url}" aria-current="page">' in html
