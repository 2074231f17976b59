from django.core.management.base import BaseCommand

from consultations.models import Case
from consultations.services import search


class Command(BaseCommand):
    help = "Write the search index of the cases anew (after loaddata or a change of the rules)."

    def add_arguments(self, parser):
        parser.add_argument(
            "--missing",
            action="store_true",
            help="only cases that have no index row yet",
        )

    def handle(self, *args, missing, **options):
        cases = Case.objects.filter(search_doc=None) if missing else Case.objects.all()
        done = search.rebuild(cases)
        self.stdout.write(f"{done} cases indexed.")
