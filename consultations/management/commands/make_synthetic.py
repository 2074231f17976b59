from __future__ import annotations

import datetime as dt
from random import Random

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from consultations.management.synthetic import bulk, ground
from consultations.management.synthetic.cases import Maker
from consultations.models import Case


class Command(BaseCommand):
    help = "Make synthetic cases for load tests. They are marked 压测 and never counted."

    def add_arguments(self, parser):
        parser.add_argument("--cases", type=int, required=True, help="how many")
        parser.add_argument("--seed", type=int, default=1, help="the same seed, the same cases")
        parser.add_argument(
            "--until",
            type=dt.date.fromisoformat,
            default=None,
            help="the last day of the five years they spread over (default: today)",
        )
        parser.add_argument(
            "--database-is-disposable",
            action="store_true",
            help="go on although staff have entered cases here, or this is no trial installation",
        )

    @transaction.atomic
    def handle(self, *args, cases, seed, until, database_is_disposable, **options):
        if not database_is_disposable:
            self._check_disposable()
        if cases < 1:
            raise CommandError("--cases must be at least 1.")
        try:
            laid = ground.lay()
        except ground.NoGround:
            raise CommandError("Load the regions and the committees first.") from None
        maker = Maker(laid, Random(seed), until or timezone.localdate())  # noqa: S311  no secret is drawn
        tables = maker.tables.values()
        for _ in range(cases):
            maker.add()
            bulk.write(tables, only_full=True)
        bulk.write(tables)
        bulk.finish(tables)
        self.stdout.write(f"{cases} synthetic cases made.")

    def _check_disposable(self):
        if not settings.DEMO_DATA_ALLOWED:
            raise CommandError("Synthetic data is not allowed on this installation.")
        if Case.objects.countable().exists():
            raise CommandError(
                "Staff have entered cases here; synthetic ones do not belong beside."
            )
