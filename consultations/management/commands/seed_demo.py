from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from committees.models import Committee
from consultations.demo.places import PROVINCE
from consultations.demo.seed import seed
from consultations.models import Case, Task


class Command(BaseCommand):
    help = "Tell the demonstration story. Refused in production; a second run does nothing."

    def handle(self, *args, **options):
        if not settings.DEMO_DATA_ALLOWED:
            raise CommandError(_("These settings refuse demonstration data. Nothing was done."))
        if not Committee.objects.filter(region=PROVINCE).exists():
            raise CommandError(_("Load the reference data first: manage.py load_reference"))
        if not seed():
            self.stdout.write(_("The demonstration story is there already."))
            return
        cases = Case.objects.filter(origin="demo")
        self.stdout.write(
            _("Demonstration story: %(cases)s cases, %(tasks)s tasks.")
            % {"cases": cases.count(), "tasks": Task.objects.filter(case__in=cases).count()}
        )
