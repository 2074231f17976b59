from unicodedata import east_asian_width

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from committees.models import Role, User
from consultations.demo.people import MAIN, PASSWORD


class Command(BaseCommand):
    help = "Print the demonstration accounts with what each may try, where there are any."

    def handle(self, *args, **options):
        there = set(User.objects.filter(is_demo=True).values_list("username", flat=True))
        accounts = [account for account in MAIN if account.username in there]
        if not accounts:
            self.stdout.write(_("There is no demonstration story here."))
            return
        self.stdout.write(_("Demonstration accounts, all with the password %s") % PASSWORD)
        for account in accounts:
            role = str(Role(account.role).label)
            name = f"{account.name}（{account.post}）"
            cells = (_wide(account.username, 12), _wide(role, 22), _wide(name, 34), account.tries)
            self.stdout.write("  " + "".join(cells))
        self.stdout.write(_("Everybody else in the story has the same password."))


def _wide(text: str, width: int) -> str:
    """The text filled up to a width in columns; a Chinese character takes two."""
    used = sum(2 if east_asian_width(letter) in "WF" else 1 for letter in text)
    return text + " " * max(width - used, 1)
