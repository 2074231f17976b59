"""The reference files come in once, in order, and staff have the last word."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from committees.models import Committee, Region
from consultations.models import Case, Event, LoadedFile, Note, ReasonText, SearchDoc
from tests.factories import a_case

pytestmark = pytest.mark.django_db

PROVINCE = {
    "model": "committees.region",
    "pk": "53",
    "fields": {"name": "云南省", "short_name": "云南", "level": "province", "parent": None},
}
COMMITTEE = {
    "model": "committees.committee",
    "fields": {"region": ["53"], "name": "省政协", "short_name": "省政协", "parent": None},
}
REASON = {
    "model": "consultations.reasontext",
    "pk": 900001,
    "fields": {
        "subject": "case",
        "action": "reject",
        "title": "已有结论",
        "text": "已有生效的结论。",
        "order": 1,
    },
}


@pytest.fixture
def files(tmp_path):
    return tmp_path


def write(files: Path, name: str, *objects: dict) -> None:
    (files / name).write_text(json.dumps(objects, ensure_ascii=False))


def changed(source: dict, **fields) -> dict:
    return source | {"fields": source["fields"] | fields}


def load(files: Path, capsys) -> list[str]:
    """The lines printed, one for each file."""
    call_command("load_reference", directory=files)
    return [line.split("  ", 1)[1] for line in capsys.readouterr().out.splitlines()]


def test_files_come_in_in_the_order_of_their_numbers(files, capsys):
    write(files, "02_committees.json", COMMITTEE)
    write(files, "01_regions.json", PROVINCE)

    lines = load(files, capsys)

    assert len(lines) == 2
    assert Committee.objects.get().region == Region.objects.get(pk="53")


def test_a_second_run_reads_the_digests_and_nothing_else(files, capsys, django_assert_num_queries):
    write(files, "01_regions.json", PROVINCE)
    load(files, capsys)
    Region.objects.update(name="改过")

    with django_assert_num_queries(1):
        load(files, capsys)

    assert Region.objects.get().name == "改过"


def test_a_correction_reaches_a_record_nobody_touched(files, capsys):
    write(files, "01_regions.json", PROVINCE)
    write(files, "02_committees.json", COMMITTEE)
    load(files, capsys)

    write(files, "02_committees.json", changed(COMMITTEE, short_name="云南省政协"))
    load(files, capsys)

    assert Committee.objects.get().short_name == "云南省政协"


def test_what_staff_changed_stays_when_the_file_changes(files, capsys):
    write(files, "01_regions.json", PROVINCE)
    write(files, "02_reasons.json", REASON)
    load(files, capsys)
    ReasonText.objects.update(text="我们自己的说法。")

    write(files, "02_reasons.json", changed(REASON, text="新的说法。"))
    for _ in range(2):
        load(files, capsys)

    assert ReasonText.objects.get().text == "我们自己的说法。"


def test_what_staff_deleted_does_not_come_back(files, capsys):
    write(files, "02_reasons.json", REASON)
    load(files, capsys)
    ReasonText.objects.all().delete()

    for order in (2, 3):
        write(files, "02_reasons.json", changed(REASON, order=order))
        load(files, capsys)

    assert not ReasonText.objects.exists()


def test_a_record_that_was_there_before_is_left_alone(files, capsys):
    Region.objects.create(code="53", name="我们的省", short_name="省", level="province")
    write(files, "01_regions.json", PROVINCE)

    load(files, capsys)

    assert Region.objects.get().name == "我们的省"


def test_a_new_field_in_the_file_still_reaches_untouched_records(files, capsys):
    write(files, "01_regions.json", PROVINCE)
    load(files, capsys)

    write(files, "01_regions.json", changed(PROVINCE, pinyin="yunnan"))
    load(files, capsys)

    assert Region.objects.get().pinyin == "yunnan"


def test_history_is_written_once_and_new_lines_are_added(files, capsys, county):
    case = a_case(county=county)
    before = case.events.count()
    line = {"case": [case.code], "action": "note", "at": "2021-01-01T12:00:00+08:00", "data": {}}
    first = {"model": "consultations.event", "pk": 900001, "fields": line}
    write(files, "09_events.json", first)
    load(files, capsys)

    second = {"model": "consultations.event", "pk": 900002, "fields": line}
    write(files, "09_events.json", changed(first, reason="改写"), second)
    load(files, capsys)

    assert case.events.count() == before + 2
    assert not Event.objects.filter(reason="改写").exists()


def test_new_rows_are_numbered_after_the_range_of_the_files(files, capsys, county):
    case = a_case(county=county)
    note = {"case": [case.code], "text": "来自文件"}
    stamp = {"written_at": "2021-01-01T12:00:00+08:00"}
    write(files, "06_notes.json",
          {"model": "consultations.note", "pk": 900001, "fields": note | stamp})  # fmt: skip

    load(files, capsys)

    assert Note.objects.create(case=case, text="新写的").pk == 1_000_000


def test_a_broken_file_brings_nothing_in_and_names_itself(files, capsys):
    write(files, "01_regions.json", PROVINCE, changed(COMMITTEE, region=["99"]))

    with pytest.raises(CommandError, match=r"01_regions\.json"):
        load(files, capsys)

    assert not Region.objects.exists()
    assert not LoadedFile.objects.exists()


def test_an_empty_directory_is_said(files):
    with pytest.raises(CommandError):
        call_command("load_reference", directory=files)


def test_the_files_of_the_project_load_and_load_again(capsys):
    call_command("load_reference")
    counts = [model.objects.count() for model in (Region, Case, Event, ReasonText)]
    capsys.readouterr()

    call_command("load_reference")

    assert [model.objects.count() for model in (Region, Case, Event, ReasonText)] == counts
    assert min(counts) > 10
    assert SearchDoc.objects.count() == Case.objects.count()
    assert LoadedFile.objects.count() == len(capsys.readouterr().out.splitlines())
