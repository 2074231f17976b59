"""What the calendar does by itself, once a day: nothing but the acceptance by lapse.

Residents' names are taken out of what ended long enough ago. What has run out of sessions and
counted tries is swept out on the way, and audit entries that a crash left unsealed are sealed.

Safe to run twice and after missed days: it looks at what is due now, not at what ran before.
"""

from django.core.management.base import BaseCommand
from django.utils import timezone
from django.utils.translation import gettext as _

from committees import audit
from committees.services import limits, sent_once, sessions
from consultations.models import JobRun, Task
from consultations.selectors.jobs import DAILY
from consultations.services import anonymising, tasks
from consultations.workflow.engine import Refused
from consultations.workflow.tasks import TaskState


class Command(BaseCommand):
    help = "Accept by lapse what nobody signed for in time. Run it once a day."

    def handle(self, *args, **options):
        run = JobRun.objects.create(name=DAILY, started_at=timezone.now())
        try:
            for task in _unsigned():
                run.changes += _lapse(task)
            limits.forget()
            sent_once.forget()
            sessions.forget()
            anonymising.run_daily()
            audit.seal_waiting(everything=True)
        except Exception as error:
            run.error = f"{type(error).__name__}: {error}"[:300]
            raise
        finally:
            run.ended_at = timezone.now()
            run.save(update_fields=["ended_at", "changes", "error"])
        self.stdout.write(_("%s tasks accepted by lapse.") % run.changes)


def _unsigned():
    waiting = Task.objects.filter(state=TaskState.DISPATCHED).select_related("case__region", "unit")
    return waiting.order_by("dispatched_on", "pk").iterator()


def _lapse(task: Task) -> int:
    """1 when the task was accepted by lapse, 0 when its time has not run out."""
    try:
        tasks.advance(task, "accept_by_lapse", by=None)
    except Refused:  # still in time, or signed for since the list was read
        return 0
    return 1
