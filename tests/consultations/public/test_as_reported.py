"""What a report left unfinished says of when the report is: nobody followed it here since."""

from __future__ import annotations

import pytest
from django.utils import translation

from committees.models import SourceReport
from consultations.models import OutcomeMetric
from tests.public_cases import a_citation, a_public_case, a_report, a_reported_case, released

WORDS = "as of the report of 2023-06"


@pytest.fixture(autouse=True)
def _in_english(client):
    client.cookies["django_language"] = "en"
    with translation.override("en"):
        yield


@pytest.fixture
def unfinished(county):
    case = a_reported_case(county=county, stage="handling")
    SourceReport.objects.filter(pk=a_report().pk).update(published_on="2023-06")
    return case


def html(client, address: str) -> str:
    return client.get(address).content.decode()


def test_it_stands_beside_the_stage_wherever_the_case_is_shown(client, unfinished):
    OutcomeMetric.objects.create(
        case=unfinished, name="车费", before=40, after=4, unit="元", is_headline=True
    )

    assert html(client, "/").count(WORDS) == 2  # the story and the newest
    assert html(client, "/cases/").count(WORDS) == 1
    assert html(client, unfinished.get_absolute_url()).count(WORDS) == 2  # stage and steps


def test_it_stands_beside_a_number_told_on_the_home_page(client, unfinished):
    OutcomeMetric.objects.create(
        case=unfinished, name="任务", after=18, unit="项", is_headline=True
    )

    assert html(client, "/").count(WORDS) == 2  # the number and the newest


def test_it_stands_beside_the_cases_close_to_another(client, county, unfinished):
    other = a_public_case(county=county)

    assert html(client, other.get_absolute_url()).count(WORDS) == 1


def test_of_several_reports_the_latest_counts(client, unfinished):
    later = a_report("2024-paper")
    SourceReport.objects.filter(pk=later.pk).update(published_on="2024-01-05")
    unfinished.citations.add(a_citation(report=later))

    for page in ("/cases/", unfinished.get_absolute_url()):
        assert "as of the report of 2024-01-05" in html(client, page), page


def test_where_the_report_has_no_date_it_is_still_said(client, unfinished):
    SourceReport.objects.update(published_on=None)

    for page in ("/cases/", unfinished.get_absolute_url()):
        assert '<span class="note">as of the report</span>' in html(client, page), page


def test_what_has_ended_and_what_is_followed_here_say_nothing_of_it(client, county):
    ended = a_reported_case("ended", county=county, title="办完的事")
    followed = released(a_public_case(county=county), county=county)

    listed = html(client, "/cases/")

    assert ended.title in listed
    assert followed.title in listed
    assert "as of the report" not in listed
    for case in (ended, followed):
        page = html(client, case.get_absolute_url())
        assert "as of the report of" not in page
        assert "This is how far it was" not in page
