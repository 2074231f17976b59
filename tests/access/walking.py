"""Cells asked for one after the other, and what is wrong with the answers."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from functools import cache as kept_by_key
from unittest import mock

from django.core.cache import cache
from django.db import transaction
from django.http import HttpResponse
from django.test import Client

from committees import grants
from tests import headers
from tests.access import asking
from tests.access.asking import Cell
from tests.access.rows import SIGN_IN
from tests.access.visibility import ANONYMOUS
from tests.access.watching import TOLD_APART, watched
from tests.access.world import World

# Stock addresses that only lead on, and whatever is no address at all; pages on which a form that
# names no answer is no try.
SILENT = (re.compile(r"<path:object_id>/$"), re.compile(r"<url>"),
          re.compile(r"^/my/(approvals/<int:pk>|tasks/<int:pk>/verify)/$"))  # fmt: skip
# Marks of what one has read or put away; and slips of which there was none left to revoke.
UNTOLD = TOLD_APART | {
    "consultations_notice",
    "consultations_guideputaway",
    "consultations_ratingcode",
}
# Where somebody who did not sign in is led.
SIGN_IN_PAGES = ("/account/", "/admin/login/")


def browser(world: World, who: str) -> Client:
    client = Client(raise_request_exception=False)
    if who != ANONYMOUS:
        client.force_login(world.people[who])
    return client


def wrong_cells(
    world: World, who: str, *, routes: Collection[str] = (), client: Client | None = None
) -> list[str]:
    """What is wrong for one person, at some addresses or (none said) at all of them."""
    cache.clear()
    client, secrets, wrong = client or browser(world, who), asking.secrets_of(who), []
    with watched() as writes, grants_kept():
        for cell in asking.cells(who):
            if routes and cell.row.route not in routes:
                continue
            url = asking.address(cell.row, cell.subject, world)
            writes.taken()
            response = asked(client, cell, url)
            wrong += complaints(cell, response, writes.taken(), secrets)
            if response.streaming:
                list(response)  # read to its end, which closes the file
    return wrong


@contextmanager
def grants_kept() -> Iterator[None]:
    """The grants of a person stay the same on one walk: read them for the first request alone."""
    read = kept_by_key(grants._held_by)
    with mock.patch.object(grants, "_held_by", read):
        yield


def asked(client: Client, cell: Cell, url: str) -> HttpResponse:
    """The answer; what a form that may be sent did is taken back, and so is the new cookie."""
    cookies = client.cookies.copy()
    try:
        if not cell.may_write:
            return client.generic(cell.method, url)
        with transaction.atomic():
            response = client.generic(cell.method, url)
            transaction.set_rollback(True)
            return response
    finally:
        client.cookies = cookies


def untold(cell: Cell, response: HttpResponse, written: set[str]) -> bool:
    """Whether somebody signed in was turned away with a form, or wrote something, and no entry tells
    of it."""
    if cell.method != "POST" or cell.who == ANONYMOUS or "POST" not in cell.row.methods:
        return False
    nothing = asking.NOTHING in response.wsgi_request.path or any(
        one.search(cell.row.route) for one in SILENT
    )
    tried = not cell.may_write and not nothing
    return (tried or bool(written - UNTOLD)) and "committees_auditentry" not in written


def complaints(
    cell: Cell, response: HttpResponse, written: set[str], secrets: set[str]
) -> list[str]:
    found = []
    if response.status_code not in cell.right_answers:
        found.append(f"{response.status_code} instead of {sorted(cell.right_answers)}")
    if unsafe := headers.wrong(response):
        found.append(f"unsafe: {unsafe}")
    if untold(cell, response, written):
        found.append("left nothing in the audit log")
    written = written - (TOLD_APART if cell.method == "POST" else set())
    if written and not cell.may_write:
        found.append(f"wrote to {sorted(written)}")
    if response.status_code == 302 and cell.who == ANONYMOUS and cell.row.anonymous == SIGN_IN:
        place = response.headers["Location"]
        if not place.startswith(SIGN_IN_PAGES) and place != "/admin/":
            found.append(f"leads to {place}")
    found += [f"shows {word}" for word in shown(response, secrets)]
    return [f"{cell}: {text}" for text in found]


def shown(response: HttpResponse, secrets: set[str]) -> list[str]:
    if response.streaming:
        return []
    text = response.content.decode(errors="replace")
    return [word for word in sorted(secrets) if word in text]
