"""What the calendar does by itself; the pieces stand in `consultations/services/daily.py`.

Safe to run twice and after missed days: once a day at least, better every ten minutes.
"""

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from consultations.services import daily


class Command(BaseCommand):
    help = "Do what is due: acceptance by lapse, and the other pieces of the daily command."

    def handle(self, *args, **options):
        whole = daily.run_all()
        self.stdout.write(_("The daily command changed %s records.") % whole.changes)
