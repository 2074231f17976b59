"""How the installation runs: secrets, debugging, log, time."""

from __future__ import annotations

import logging

from django.conf import settings
from django.db import connections
from django.utils.translation import gettext as _
from django_tasks_db.models import DBTaskResult

from config.checks.declare import database_check, deploy_check, unless
from config.logs import Masked
from consultations.models import JobRun
from consultations.selectors import jobs

# They stand in the repository, or in examples.
SAMPLES = ("django-insecure", "for-tests-only", "change-me", "changeme", "secret", "example")
LEAST_KEY, LEAST_LETTERS, DATA_KEY = 50, 16, 32
DEBUGGING = {"zeal", "debug_toolbar", "django_extensions", "silk"}
ZONE = "Asia/Shanghai"
QUEUE = "django_tasks_db.DatabaseBackend"
LATE_HOURS = int(jobs.LATEST.total_seconds() // 3600)


@deploy_check(8)
def no_page_is_kept_for_everybody():
    names = {name.rpartition(".")[2] for name in settings.MIDDLEWARE}
    yield from unless(
        not names & {"UpdateCacheMiddleware", "FetchFromCacheMiddleware"},
        _("A cache of whole pages shows one person's page to another."),
        _("Take the cache middleware out."),
    )


@deploy_check(19)
def the_secret_key_is_secret():
    key = settings.SECRET_KEY
    yield from unless(
        len(key) >= LEAST_KEY
        and len(set(key)) >= LEAST_LETTERS
        and not key.lower().startswith(SAMPLES),
        _("The secret key is a sample, or too easy."),
        _("Make one with: python3 -c 'import secrets; print(secrets.token_urlsafe(64))'"),
    )


@deploy_check(22)
def the_data_keys_are_keys():
    keys = settings.DATA_KEYS
    for key in keys:
        yield from unless(
            len(key) == DATA_KEY and len(set(key)) > 8 and key != settings.SECRET_KEY.encode(),
            _("A data key is a sample, too easy, or the secret key again."),
            _("Make one with: python3 -c 'import secrets; print(secrets.token_urlsafe(32))'"),
        )
    yield from unless(
        keys and len(set(keys)) == len(keys),
        _("There is no data key, or one stands there twice."),
        _("Name each key once in TXY_DATA_KEYS."),
    )


@deploy_check(20)
def nothing_is_silenced():
    yield from unless(
        not settings.SILENCED_SYSTEM_CHECKS,
        _("Checks are silenced: %s.") % ", ".join(settings.SILENCED_SYSTEM_CHECKS),
        _("Mend what they say, and empty SILENCED_SYSTEM_CHECKS."),
    )


@deploy_check(21)
def no_tool_of_developers_runs():
    yield from unless(
        not settings.DEBUG
        and not settings.INTERNAL_IPS
        and not DEBUGGING & set(settings.INSTALLED_APPS),
        _("A tool for developers shows the inside of the program."),
        _("Run with config.settings.prod, and without TXY_DEBUG."),
    )


@deploy_check(32)
def the_demonstration_stays_out():
    yield from unless(
        not settings.DEMO_DATA_ALLOWED,
        _("Demonstration accounts with a printed password may be made here."),
        _("Run with config.settings.prod."),
    )


@deploy_check(31)
def the_log_holds_no_secrets():
    for name, handler in settings.LOGGING["handlers"].items():
        made = settings.LOGGING["formatters"].get(handler.get("formatter", ""), {})
        yield from unless(
            made.get("()") == f"{Masked.__module__}.{Masked.__name__}"
            and "AdminEmailHandler" not in handler["class"],
            _("The log “%s” may hold phone numbers, links or what people typed.") % name,
            _("Give it the formatter config.logs.Masked, and mail no errors."),
        )
    foreign = [
        h for h in logging.getLogger("django").handlers if not isinstance(h.formatter, Masked)
    ]
    yield from unless(
        not foreign and not settings.ADMINS,
        _("Errors are written or mailed past the masked log."),
        _("Empty ADMINS, and leave LOGGING as it is."),
    )


@deploy_check(33)
def the_clock_is_that_of_the_place():
    yield from unless(
        settings.USE_TZ and settings.TIME_ZONE == ZONE,
        _("Days and deadlines are not counted in the time of the place."),
        _("Keep USE_TZ and TIME_ZONE = %s.") % ZONE,
    )


@deploy_check(42)
def work_waits_in_the_database():
    """Elsewhere nothing is kept of a job, or it is done inside the request that asked for it."""
    yield from unless(
        settings.TASKS["default"]["BACKEND"] == QUEUE,
        _("Letters and long work are not put into the queue of the database."),
        _("Leave TASKS as it is, and keep manage.py db_worker running."),
    )


@database_check(52)
def somebody_does_the_work(alias: str):
    """Of a database that has its tables."""
    kept_in = {model._meta.db_table for model in (JobRun, DBTaskResult)}
    if not kept_in <= set(connections[alias].introspection.table_names()):
        return
    yield from unless(
        not jobs.daily().is_late,
        _("The daily command has not ended well within the last %s hours.") % LATE_HOURS,
        _("Have manage.py run_due run every ten minutes: docs/operator-guide.md."),
    )
    yield from unless(
        not jobs.worker().is_late and jobs.last_finished() is not None,
        _("No job worker has done anything lately: letters and long work wait."),
        _("Keep manage.py db_worker running: docs/operator-guide.md."),
    )
