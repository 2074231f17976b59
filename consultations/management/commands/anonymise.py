"""Take residents' names out of what ended long enough ago; `run_due` does so every day.

Safe to run twice: what was done is not looked at again.
"""

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from consultations.selectors.traces import due_cases, due_suggestions, names_in
from consultations.services import daily


class Command(BaseCommand):
    help = "Take residents' names out of what ended longer ago than the local rule says."

    def add_arguments(self, parser):
        parser.add_argument("--dry-run", action="store_true", help="only say what would be done")

    def handle(self, *args, dry_run=False, **options):
        if dry_run:
            self._tell()
            return
        done = daily.run(daily.ANONYMISE).changes
        self.stdout.write(_("Residents' names taken out of %s records.") % done)

    def _tell(self):
        """Numbers and counts; a name would stay in whatever keeps what is printed."""
        cases = 0
        for case in due_cases():
            cases += 1
            names = len(names_in(case))
            self.stdout.write(_("%(code)s: %(n)s names") % {"code": case.code, "n": names})
        suggestions = sum(1 for _one in due_suggestions())
        counts = {"cases": cases, "suggestions": suggestions}
        self.stdout.write(_("Would change %(cases)s cases, %(suggestions)s suggestions.") % counts)
