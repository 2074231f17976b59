"""A resident's words leave the case that was made of them; what the office wrote itself stays."""

from __future__ import annotations

import pytest
from django.test import Client

from committees import audit
from committees.models import AuditEntry
from consultations.models import Case, CaseLink, FieldVisit, Notice, SearchDoc, Suggestion
from consultations.services import anonymising, records, suggestions
from consultations.services.steps import JustChanged
from consultations.workflow.cases import Stage
from tests.factories import a_case

pytestmark = pytest.mark.django_db
TOLD = {
    "title": "我家门口的老路灯不亮",
    "problem": "我是柳树村小学对面开小卖部的，晚上收摊看不见路，摔过两次。",
    "wish": "早点修",
    "place": "小学对面",
}


@pytest.fixture
def suggestion(county) -> Suggestion:
    return Suggestion.objects.create(region=county.village, **TOLD)


@pytest.fixture
def case(county, suggestion) -> Case:
    return suggestions.accept(suggestion, by=county.clerk)


def erase(suggestion, county) -> list[Case]:
    return anonymising.erase_suggestion(suggestion, by=county.office, why="本人要求")


def everything(case) -> str:
    """Every text of the record, of its versions and of what the search knows."""
    rows = [*Case.objects.filter(pk=case.pk).values(), *Case.history.filter(id=case.pk).values()]
    return repr([*rows, *SearchDoc.objects.filter(case=case).values()])


def test_what_was_copied_goes_from_the_case_and_its_versions(county, case, suggestion):
    assert all(words in everything(case) for words in TOLD.values())

    assert erase(suggestion, county) == [case]

    assert not [words for words in TOLD.values() if words in everything(case)]
    case.refresh_from_db()
    assert (case.title, case.wish, case.place) == ("群众点题（原文已去掉）", "", "")
    assert (case.stage, case.region) == (Stage.DRAFT, county.village)


def test_what_the_office_wrote_itself_stays_and_its_first_version_goes(county, case, suggestion):
    own = {"title": "村小学门前照明", "problem": "村小学门前一百米没有照明。"}
    case.refresh_from_db()
    records.edit(case, by=county.clerk, version=case.version, changes=own)

    erase(suggestion, county)

    case.refresh_from_db()
    assert (case.title, case.problem) == (own["title"], own["problem"])
    assert not [words for words in TOLD.values() if words in everything(case)]


def test_long_words_go_where_they_are_quoted_and_short_ones_are_left_alone(
    county, case, suggestion
):
    quoted = f"群众来信说：“{TOLD['problem']}”应当早点修好。"
    visit = FieldVisit.objects.create(case=case, visited_on="2026-11-02", place="小学对面",
                                      findings=quoted)  # fmt: skip

    erase(suggestion, county)

    visit.refresh_from_db()
    assert visit.findings == "群众来信说：“（群众原话已按本人要求去掉）”应当早点修好。"
    assert visit.place == "小学对面"


def test_what_was_split_off_loses_them_too_and_another_case_keeps_its_own(county, case, suggestion):
    part = a_case(county=county, title="另一半", problem=TOLD["problem"])
    CaseLink.objects.create(case=part, other=case, kind=CaseLink.Kind.SPLIT)
    other = a_case(county=county, title=TOLD["title"], problem="另一个村的事。")

    assert erase(suggestion, county) == [case, part]

    part.refresh_from_db()
    other.refresh_from_db()
    assert (part.title, TOLD["problem"] in part.problem) == ("另一半", False)
    assert other.title == TOLD["title"]


def test_who_works_on_the_case_and_the_auditor_are_told(county, case, suggestion):
    erase(suggestion, county)

    line = case.events.get(action="take_words_out")
    assert (line.actor, line.role, line.is_public) == (county.office, "county_office", False)
    told = Notice.objects.filter(case=case, action="take_words_out")
    assert [notice.recipient for notice in told] == [county.clerk]
    entry = AuditEntry.objects.get(kind="erased")
    assert audit.facts_of(entry) == {"why": "本人要求", "cases": [case.pk]}


def test_whoever_has_the_case_open_does_not_write_them_back(county, case, suggestion):
    case.refresh_from_db()
    seen = case.version
    erase(suggestion, county)
    with pytest.raises(JustChanged):
        records.edit(case, by=county.clerk, version=seen, changes={"problem": TOLD["problem"]})


def test_a_case_all_in_the_offices_words_is_not_touched(county, suggestion):
    case = a_case(county=county)
    Suggestion.objects.filter(pk=suggestion.pk).update(case=case)
    suggestion.refresh_from_db()
    before = Case.objects.filter(pk=case.pk).values().get()

    assert erase(suggestion, county) == []

    assert Case.objects.filter(pk=case.pk).values().get() == before
    assert not case.events.filter(action="take_words_out").exists()


def test_the_office_sees_beforehand_what_goes_and_is_asked_for_its_own_words(
    county, case, suggestion
):
    client = Client()
    client.force_login(county.office)
    asked = {"kind": "resident", "words": suggestion.query_code}
    page = client.post("/admin/personal-data/", asked | {"look": "1"})
    kept = dict(page.context["found"].sections[0].lines)
    assert f"{case.code} {case.title}" in kept.values()
    boxes = {box.name: str(box.verbose_name) for box in Case._meta.concrete_fields}
    assert "、".join(boxes[name] for name in TOLD) in kept.values()

    sure = {"erase": "1", "why": "本人要求", "sure": "on"}
    after = client.post("/admin/personal-data/", asked | sure, follow=True)

    assert f"/admin/consultations/case/{case.pk}/change/" in after.content.decode()
    assert not [words for words in TOLD.values() if words in everything(case)]
