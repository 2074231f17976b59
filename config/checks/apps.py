from django.apps import AppConfig
from django.core.checks import Tags, register
from django.utils.translation import gettext_lazy as _

from config.checks.declare import ABOUT_DATABASE, DECLARED, database_runner, runner


class ChecksConfig(AppConfig):
    name = "config.checks"
    label = "deploy_checks"
    verbose_name = _("Checks of an installation")

    def ready(self):
        # The declarations import models and views, which exist from here on.
        from config.checks import code, platform, running, safety, storage  # noqa: F401, PLC0415

        for name, find in DECLARED.items():
            register(runner(name, find), Tags.security, deploy=True)
        for name, find in ABOUT_DATABASE.items():
            register(database_runner(name, find), Tags.database, deploy=True)
