"""How a check is declared: a function that yields (message, hint) for everything wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

Problem = tuple[str, str]
Check = Callable[[], Iterable[Problem]]
DatabaseCheck = Callable[[str], Iterable[Problem]]

DECLARED: dict[str, Check] = {}
# These ask a live database, and only when one is named.
ABOUT_DATABASE: dict[str, DatabaseCheck] = {}


def deploy_check(number: int) -> Callable[[Check], Check]:
    def declare(find: Check) -> Check:
        DECLARED[f"gov.E{number:03}"] = find
        return find

    return declare


def database_check(number: int) -> Callable[[DatabaseCheck], DatabaseCheck]:
    def declare(find: DatabaseCheck) -> DatabaseCheck:
        ABOUT_DATABASE[f"gov.E{number:03}"] = find
        return find

    return declare


def unless(condition: object, message: str, hint: str) -> Iterator[Problem]:
    if not condition:
        yield message, hint
