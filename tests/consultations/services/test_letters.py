"""Letters: claimed, handed over, marked; tried again; a killed worker sends nothing twice and
misses nothing."""

from __future__ import annotations

import datetime as dt
import os
import signal
from smtplib import SMTPServerDisconnected

import pytest
import time_machine
from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.backends.locmem import EmailBackend as Locmem
from django.db import connections
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from committees.models import MailAddress
from consultations import calendar
from consultations.models import Delivery, Notice
from consultations.services import addresses, letter_texts, mailing, notices, posting
from consultations.workflow.engine import Refused
from tests.factories import a_county, case_at, step, task_at, task_step
from tests.races import FORK

State = Delivery.State
MINUTE = dt.timedelta(minutes=1)


def reachable(user, address="a@b.example") -> MailAddress:
    return MailAddress.objects.create(user=user, address=address, confirmed_at=timezone.now())


def a_letter(user, key="k", **fields) -> Delivery:
    """A letter that asks for a confirmation: it needs nothing but its person."""
    MailAddress.objects.update_or_create(
        user=user, defaults={"address": f"{key}@b.example", "confirmed_at": None}
    )
    return Delivery.objects.create(recipient=user, what="confirm", key=key, **fields)


class Down(BaseEmailBackend):
    """A relay that is not there, and says so with an address."""

    def send_messages(self, messages):
        raise SMTPServerDisconnected("a@b.example: connection lost")


@pytest.fixture
def down(settings):
    settings.EMAIL_BACKEND = f"{__name__}.Down"


def on_working_morning(hour=8):
    day = calendar.add_working_days(timezone.localdate(), 1)
    return time_machine.travel(
        timezone.make_aware(dt.datetime.combine(day, dt.time(hour, 30))), tick=False
    )


# --- writing ------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_an_urgent_kind_goes_at_once_and_no_step_sends_anything_itself(county):
    reachable(county.officer)
    task = task_at("replied", county=county)
    task_step(task, "return_reply", county=county)

    letter = Delivery.objects.get(recipient=county.officer)
    assert (letter.what, letter.notice.kind, letter.state) == ("notice", "task_back", "waiting")
    assert DBTaskResult.objects.ready().count() == 1
    assert mail.outbox == []
    assert posting.send_due() == 1
    assert [message.to for message in mail.outbox] == [["a@b.example"]]


@pytest.mark.django_db
def test_a_letter_names_no_matter_and_no_person(county):
    reachable(county.officer)
    task = task_at("replied", county=county)
    task_step(task, "return_reply", county=county)
    posting.send_due()

    words = mail.outbox[0].subject + mail.outbox[0].body
    told = (task.title, task.case.title, task.case.code, str(county.officer), task.unit.name)
    assert not [word for word in told if word in words]
    assert "/my/notices/" in words


@pytest.mark.django_db
def test_without_a_confirmed_address_or_against_the_choice_there_is_no_letter(county):
    MailAddress.objects.create(user=county.officer, address="a@b.example")
    reachable(county.unit_leader)
    notices.choose(county.unit_leader, wishes={"task_back": "never"})
    task_step(task_at("replied", county=county), "return_reply", county=county)

    assert Notice.objects.filter(kind="task_back").exists()
    assert not Delivery.objects.exists()


@pytest.mark.django_db
def test_what_was_read_meanwhile_is_not_sent(county):
    reachable(county.officer)
    task_step(task_at("replied", county=county), "return_reply", county=county)
    notices.mark_read(county.officer)

    assert posting.send_due() == 0
    assert Delivery.objects.get().state == State.DROPPED
    assert mail.outbox == []


@pytest.mark.django_db
def test_one_digest_on_a_working_morning_with_counts_alone(county):
    reachable(county.office)
    case = case_at("proposed", county=county)
    case_at("proposed", county=county, title="第二件")
    with on_working_morning(hour=7):
        assert mailing.write_digests() == 0
    with on_working_morning():
        assert [mailing.write_digests() for _ in range(3)] == [1, 0, 0]
        assert posting.send_due() == 1

    message = mail.outbox[0]
    assert "：2" in message.body
    assert case.title not in message.body
    assert Notice.objects.filter(recipient=county.office, digest=None).count() == 0


@pytest.mark.django_db
def test_the_digest_leaves_out_holidays_and_who_has_nothing_new(county):
    reachable(county.village_clerk)
    with on_working_morning():
        assert mailing.write_digests() == 0
    reachable(county.office, "o@b.example")
    case_at("proposed", county=county)
    with time_machine.travel(dt.datetime(2026, 10, 1, 9, tzinfo=dt.UTC)):
        assert mailing.write_digests() == 0


@pytest.mark.django_db
def test_supervisors_read_how_much_is_late_even_without_anything_new(county):
    task = task_at("handling", county=county)
    Notice.objects.all().delete()
    reachable(county.leader)
    day = calendar.add_working_days(task.due_on, 1)
    with time_machine.travel(timezone.make_aware(dt.datetime.combine(day, dt.time(9)))):
        assert mailing.write_digests() == 1
        posting.send_due()

    assert len(mail.outbox) == 1
    assert task.title not in mail.outbox[0].body


# --- sending ------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_failing_relay_is_tried_again_later_and_later_and_given_up_in_the_end(county, down):
    letter = a_letter(county.office)
    now, waits = timezone.now(), []
    for _try in range(posting.MOST_TRIES):
        with time_machine.travel(now, tick=False):
            assert posting.send_due() == 0
            assert posting.send_due() == 0  # not before its time
            letter.refresh_from_db()
            waits.append(letter.next_try_at - now)
            now = letter.next_try_at
    assert (letter.state, letter.tries) == (State.GIVEN_UP, posting.MOST_TRIES)
    assert waits[:4] == [5 * MINUTE, 15 * MINUTE, 45 * MINUTE, 135 * MINUTE]
    assert "@" not in letter.last_error
    assert letter.last_error == "SMTPServerDisconnected"


@pytest.mark.django_db
def test_a_letter_that_cannot_be_written_keeps_no_other_back(county, monkeypatch):
    first, second = a_letter(county.office, "k1"), a_letter(county.leader, "k2")
    compose = letter_texts.compose

    def stumbles(letter):
        if letter.pk == first.pk:
            raise KeyError("who")
        return compose(letter)

    monkeypatch.setattr(letter_texts, "compose", stumbles)
    assert posting.send_due() == 1
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, first.last_error) == (State.FAILED, "KeyError")
    assert second.state == State.SENT


@pytest.mark.django_db
def test_what_failed_can_be_tried_again_and_what_was_sent_cannot(county, settings):
    letter = a_letter(county.office, state=State.GIVEN_UP, tries=7)
    assert posting.send_due() == 0
    assert posting.try_again(letter)
    assert posting.send_due() == 1
    letter.refresh_from_db()
    assert (letter.state, letter.tries) == (State.SENT, 1)
    assert not posting.try_again(letter)


@pytest.mark.django_db
def test_a_claimed_letter_is_left_alone_until_it_counts_as_lost(county):
    letter = a_letter(county.office, state=State.SENDING, claimed_at=timezone.now(), tries=1)
    assert posting.send_due() == 0
    Delivery.objects.filter(pk=letter.pk).update(claimed_at=timezone.now() - 16 * MINUTE)
    assert posting.send_due() == 1


@pytest.mark.django_db
def test_an_account_switched_off_gets_nothing(county):
    a_letter(county.office)
    county.office.is_active = False
    county.office.save()

    assert posting.send_due() == 0
    assert mail.outbox == []


# --- a killed worker ----------------------------------------------------------------------------


class Killed(Locmem):
    """Writes each letter to a file of its own, and dies at the second: before, or after it."""

    def send_messages(self, messages):
        for message in messages:
            folder = os.environ["LETTERS"]
            number = len(os.listdir(folder)) + 1
            dies = os.environ["DIES"]
            if number == 2 and dies == "before":
                os.kill(os.getpid(), signal.SIGKILL)
            with open(f"{folder}/{number}", "w") as file:
                file.write(f"{message.to[0]} {message.extra_headers['Message-ID']}")
                file.flush()
            if number == 2 and dies == "after":
                os.kill(os.getpid(), signal.SIGKILL)


def in_a_process_of_its_own() -> int:
    """Send what is due; the exit code of the process."""
    connections.close_all()
    worker = FORK.Process(target=posting.send_due)
    worker.start()
    worker.join(60)
    return worker.exitcode


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("dies", "copies"), [("before", 1), ("after", 2)])
def test_a_worker_killed_half_way_misses_nothing(dies, copies, settings, tmp_path, monkeypatch):
    """Killed before the relay took the letter: each arrives once. Killed in the one moment between
    the relay's answer and the mark: that letter comes again, under the same Message-ID."""
    county = a_county()
    people = [county.office, county.leader, county.director]
    for number, person in enumerate(people):
        a_letter(person, f"k{number}")
    settings.EMAIL_BACKEND = f"{__name__}.Killed"
    monkeypatch.setenv("LETTERS", str(tmp_path))
    monkeypatch.setenv("DIES", dies)

    assert in_a_process_of_its_own() == -signal.SIGKILL
    states = list(Delivery.objects.order_by("pk").values_list("state", flat=True))
    assert states == [State.SENT, State.SENDING, State.WAITING]

    monkeypatch.setenv("DIES", "never")
    assert in_a_process_of_its_own() == 0  # the claimed one is not lost yet
    Delivery.objects.filter(state=State.SENDING).update(claimed_at=timezone.now() - 16 * MINUTE)
    assert in_a_process_of_its_own() == 0
    assert in_a_process_of_its_own() == 0

    arrived = [path.read_text() for path in tmp_path.iterdir()]
    assert set(Delivery.objects.values_list("state", flat=True)) == {State.SENT}
    assert len(set(arrived)) == 3
    assert sorted(arrived.count(one) for one in set(arrived)) == [1, 1, copies]


# --- addresses ----------------------------------------------------------------------------------


@pytest.mark.django_db
def test_an_address_counts_once_its_own_person_confirmed_it(county):
    asked = addresses.ask(county.office, address="me@b.example")
    posting.send_due()
    token = mail.outbox[0].body.split("/my/mail/confirm/")[1].split("/")[0]
    assert mail.outbox[0].to == ["me@b.example"]
    assert addresses.asked_by(token, user=county.leader) is None
    assert addresses.asked_by(token + "x", user=county.office) is None

    addresses.confirm(addresses.asked_by(token, user=county.office))
    asked.refresh_from_db()
    assert asked.confirmed_at is not None

    addresses.ask(county.office, address="other@b.example")
    assert addresses.asked_by(token, user=county.office) is None
    with time_machine.travel(timezone.now() + dt.timedelta(days=4)):
        again = MailAddress.objects.get(user=county.office)
        assert addresses.asked_by(token, user=county.office) is None
        assert again.confirmed_at is None


@pytest.mark.django_db
def test_nobody_floods_an_address(county):
    with time_machine.travel(timezone.now(), tick=False) as clock:
        for _ in range(addresses.MOST_A_DAY):
            addresses.ask(county.office, address="me@b.example")
            clock.shift(MINUTE)
        with pytest.raises(Refused):
            addresses.ask(county.office, address="me@b.example")


@pytest.mark.django_db
def test_who_wants_no_letters_gets_none_at_once(county):
    reachable(county.officer)
    task_step(task_at("replied", county=county), "return_reply", county=county)
    addresses.remove(county.officer)

    assert posting.send_due() == 0
    assert mail.outbox == []
    step(case_at("proposed", county=county), "approve", county=county)
