"""Walk the audit chain: say that it holds, or which entry is the first that does not."""

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from committees import audit


class Command(BaseCommand):
    help = "Verify the audit log. Write down what it prints: with --noted it is compared later."

    def add_arguments(self, parser):
        parser.add_argument("--noted", metavar="NUMBER:DIGEST", help="what an earlier run printed")

    def handle(self, *args, noted=None, **options):
        audit.seal_waiting(everything=True)
        verdict = audit.verify(noted=_noted(noted))
        if verdict.fault:
            where, fault = verdict.fault, verdict.fault.fault.label
            told = {"number": where.number, "entry": where.entry or "—", "fault": fault}
            raise CommandError(_("Link %(number)s, entry %(entry)s: %(fault)s") % told)
        self.stdout.write(_("The audit log holds: %s entries.") % verdict.sealed)
        self.stdout.write(f"{verdict.sealed}:{verdict.digest}")


def _noted(text: str | None) -> tuple[int, str] | None:
    if not text:
        return None
    number, _colon, digest = text.partition(":")
    if not number.isdecimal() or not digest:
        raise CommandError(_("Give what an earlier run printed: NUMBER:DIGEST."))
    return int(number), digest
