"""Many rows at once, by hand: ticked, looked at, done."""

from __future__ import annotations

from zeal import zeal_ignore

CASES = "/admin/consultations/case/"
TASKS = "/admin/consultations/task/"
INBOX = "/admin/consultations/suggestion/"


def tick(client, url, action, *rows, **data):
    """The rows ticked in the list."""
    return client.post(url, {"action": action, "_selected_action": [r.pk for r in rows], **data})


def look(client, url, page, **data):
    """The form filled in: each row with what would happen to it."""
    return client.post(
        url, {"action": page.context["action"], "keys": page.context["keys"], "look": 1, **data}
    )


def do(client, url, page, **data):
    """One row after the other, each in its own transaction: so the same statements come again."""
    sent = {"action": page.context["action"], "keys": page.context["keys"], "do": 1, **data}
    with zeal_ignore():
        return client.post(url, sent)


def whole(client, url, action, *rows, **data):
    """From the ticks to the end."""
    asked = tick(client, url, action, *rows)
    return do(client, url, look(client, url, asked, **data), **data)


def able(page) -> list:
    return [line.picked.record for line in page.context["able"]]


def unable(page) -> dict:
    return {line.picked.record: line.reasons for line in page.context["unable"]}
