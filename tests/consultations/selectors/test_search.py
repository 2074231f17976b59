"""Search finds exactly what reading every text would find, on either database."""

from __future__ import annotations

import random
import unicodedata

import pytest
from django.core.management import call_command
from django.db import connection

from consultations.models import AgreedItem, Case, SearchDoc
from consultations.models.search import words_of
from consultations.selectors import search as selector
from consultations.selectors.search import find_cases
from consultations.services import cases, items, publishing, search
from tests.factories import a_case, case_at

pytestmark = pytest.mark.django_db

NEWEST_FIRST = ("-listed_at", "-pk")


def found(text: str, queryset=None) -> set[str]:
    return {
        case.title
        for case in find_cases(Case.objects.all() if queryset is None else queryset, text)
    }


@pytest.fixture(params=["few hits", "many hits"])
def way(request, monkeypatch):
    """Both ways to an answer: from the index, and along the list."""
    if request.param == "many hits":
        monkeypatch.setattr(selector, "FEW", 0)


def test_a_case_is_found_by_its_title_problem_place_code_and_item(county, way):
    case = a_case(
        county=county,
        title="老街加装电梯",
        problem="六层住户上下楼困难",
        place="柳树村",
    )
    AgreedItem.objects.create(case=case, text="物业公司公示账目")
    search.index(case)
    for text in (
        "加装电梯",
        "上下楼",
        "柳树",
        case.code,
        "公示账目",
        "梯",
        "住户 电梯",
    ):
        assert found(text) == {"老街加装电梯"}, text


@pytest.mark.parametrize("text", ["装电加", "电梯困难", "老街 路灯", "梯加", "六住"])
def test_what_does_not_stand_there_is_not_found(county, way, text):
    a_case(county=county, title="老街加装电梯", problem="六层住户上下楼困难")
    assert found(text) == set()


def test_a_phrase_does_not_run_across_punctuation(county, way):
    a_case(county=county, title="修路", problem="通了水，电没有来。")
    assert found("水电") == set()
    assert found("通了水") == {"修路"}


def test_width_and_case_of_letters_do_not_matter(county, way):
    a_case(county=county, title="５Ｇ基站选址", problem="WiFi 信号弱")
    assert found("5g") == found("wifi") == found("ＷＩＦＩ 基站") == {"５Ｇ基站选址"}


def test_nothing_typed_changes_nothing_and_only_signs_find_nothing(county):
    a_case(county=county, title="修路")
    assert found("") == found("  ") == {"修路"}
    assert found("%_\"'") == set()


@pytest.mark.parametrize(
    "text",
    [
        "'",
        '"',
        "路' OR '1'='1",
        '路" OR "x',
        "路:*",
        "路 & !灯",
        "NEAR(路 灯)",
        "words:路",
        "路\x00",
        "{路}",
    ],
)
def test_query_syntax_is_only_text(county, way, text):
    a_case(county=county, title="修路")
    assert found(text) <= {"修路"}


def test_a_very_long_word_is_stored_and_found(county, way):
    a_case(county=county, title="网址", problem="x" * 3999)
    assert found("x" * 100) == {"网址"}


def test_the_order_and_the_scope_of_the_queryset_stay(county, way):
    first, second, third = (a_case(county=county, title=f"修路{n}") for n in range(3))
    scope = Case.objects.exclude(pk=second.pk).order_by(*NEWEST_FIRST)
    assert list(find_cases(scope, "修路")) == [third, first]


def test_random_phrases_are_found_exactly_as_by_reading_every_text(county, way):
    draw = random.Random(7)
    alphabet = "水路电灯修通桥沟村民，。"
    texts = {}
    for number in range(60):
        problem = "".join(draw.choices(alphabet, k=40))
        texts[a_case(county=county, title=f"{number}号", problem=problem).pk] = problem
    for _ in range(300):
        phrase = "".join(draw.choices(alphabet[:10], k=draw.randint(1, 4)))
        expected = {
            pk for pk, text in texts.items() if phrase in unicodedata.normalize("NFKC", text)
        }
        hits = set(
            find_cases(Case.objects.filter(pk__in=texts), phrase).values_list("pk", flat=True)
        )
        assert hits == expected, phrase


def test_the_index_follows_an_edit_a_published_text_and_a_deletion(county):
    case = case_at("rating", county=county)
    publishing.write_public_text(
        case,
        by=county.clerk,
        public_summary="沟渠通水",
        result="灌溉面积恢复",
        version=case.version,
    )
    assert found("灌溉面积恢复") == {case.title}
    Case.objects.filter(pk=case.pk).update(result="另一段文字")
    search.index(Case.objects.get(pk=case.pk))
    assert found("灌溉面积恢复") == set()
    assert found("另一段文字") == {case.title}
    SearchDoc.objects.filter(case=case).delete()
    assert found("另一段文字") == set()


def test_agreed_items_are_found_once_the_meeting_is_concluded(county):
    case = case_at("scheduled", county=county)
    AgreedItem.objects.create(case=case, number=9, text="疏浚东沟三百米", route="explain")
    assert found("疏浚东沟") == set()
    case = case_at("deliberated", county=county, title="另一案")
    assert found(case.items.get().text) == {"另一案"}


def test_items_written_in_the_grid_are_found_at_once(county):
    case = case_at("scheduled", county=county)
    row = {"text": "疏浚东沟三百米", "route": "explain"}
    items.save_outcome(case, by=county.clerk, version=case.version, items=[row])
    assert found("疏浚东沟") == {case.title}


def test_a_refused_case_leaves_no_index_row(county, monkeypatch):
    monkeypatch.setattr(cases.search, "index", lambda case: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        a_case(county=county, title="回滚的事项")
    assert not Case.objects.filter(title="回滚的事项").exists()


def test_rebuilding_makes_every_row_again(county):
    a_case(county=county, title="修路")
    a_case(county=county, title="修桥")
    SearchDoc.objects.all().delete()
    assert found("修") == set()
    call_command("rebuild_search", verbosity=0)
    assert found("修") == {"修路", "修桥"}


def test_only_missing_rows_may_be_made(county, capsys):
    a_case(county=county, title="修路")
    lost = a_case(county=county, title="修桥")
    SearchDoc.objects.filter(case=lost).delete()
    call_command("rebuild_search", missing=True)
    assert capsys.readouterr().out == "1 cases indexed.\n"
    assert found("修") == {"修路", "修桥"}


def test_one_query_looks_up_and_one_reads_the_page(county, django_assert_num_queries):
    for number in range(3):
        a_case(county=county, title=f"修路{number}")
    with django_assert_num_queries(2):
        assert len(list(find_cases(Case.objects.order_by(*NEWEST_FIRST), "修路")[:2])) == 2


@pytest.mark.skipif("connection.vendor != 'sqlite'")
def test_the_full_text_table_agrees_with_its_rows(county):
    case = a_case(county=county, title="修路")
    Case.objects.filter(pk=case.pk).update(title="修桥")
    search.index(Case.objects.get(pk=case.pk))
    with connection.cursor() as cursor:  # raises when they disagree
        cursor.execute(
            "INSERT INTO consultations_searchindex (consultations_searchindex) VALUES ('integrity-check')"
        )


def test_words_keep_runs_apart():
    assert words_of(["加装电梯，A1"]) == " 加装 装电 电梯 梯 a1 "
    assert words_of(["", "，"]) == " "
