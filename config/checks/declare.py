"""How a check is declared: a function that yields (message, hint) for everything wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from django.core.checks import Error

Problem = tuple[str, str]
Check = Callable[[], Iterable[Problem]]

DECLARED: dict[str, Check] = {}
# These ask a live database, and only when one is named.
ABOUT_DATABASE: dict[str, Callable[[str], Iterable[Problem]]] = {}


def deploy_check(number: int) -> Callable[[Check], Check]:
    def declare(find: Check) -> Check:
        DECLARED[f"gov.E{number:03}"] = find
        return find

    return declare


def database_check(number: int):
    def declare(find):
        ABOUT_DATABASE[f"gov.E{number:03}"] = find
        return find

    return declare


def runner(name: str, find: Check):
    """What Django calls."""

    def check(app_configs, **kwargs) -> list[Error]:
        return [Error(message, hint=hint, id=name) for message, hint in find()]

    return check


def database_runner(name: str, find: Callable[[str], Iterable[Problem]]):
    def check(app_configs, databases: Sequence[str] | None = None, **kwargs) -> list[Error]:
        return [
            Error(message, hint=hint, id=name)
            for alias in databases or ()
            for message, hint in find(alias)
        ]

    return check


def unless(condition: object, message: str, hint: str) -> Iterator[Problem]:
    if not condition:
        yield message, hint
