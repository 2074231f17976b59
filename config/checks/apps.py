from importlib import import_module

from django.apps import AppConfig
from django.core.checks import Error, Tags, register
from django.utils.translation import gettext_lazy as _

from config.checks.declare import ABOUT_DATABASE, DECLARED

MODULES = ("platform", "storage", "running", "safety", "code")


class ChecksConfig(AppConfig):
    name = "config.checks"
    label = "deploy_checks"
    verbose_name = _("Checks of an installation")

    def ready(self):
        register(every_check, Tags.security, deploy=True)


def every_check(app_configs, databases=None, **kwargs) -> list[Error]:
    """Everything declared; what it looks at, the whole site, is only loaded here."""
    load()
    found = [(name, told) for name, find in DECLARED.items() for told in find()]
    found += [
        (name, told)
        for alias in databases or ()
        for name, find in ABOUT_DATABASE.items()
        for told in find(alias)
    ]
    return [Error(message, hint=hint, id=name) for name, (message, hint) in found]


def load() -> None:
    for module in MODULES:
        import_module(f"config.checks.{module}")
