"""What a browser says it is, in two words a person knows. It may say anything: only for the eye."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

# The first mark found decides: WeChat and Edge call themselves Chrome too, Chrome Safari.
BROWSERS = (
    ("MicroMessenger", "微信"), ("Edg", "Edge"), ("OPR", "Opera"), ("QQBrowser", "QQ"),
    ("360", "360"), ("Firefox", "Firefox"), ("Chrome", "Chrome"), ("Safari", "Safari"),
)  # fmt: skip
SYSTEMS = (
    ("HarmonyOS", "HarmonyOS"), ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"),
    ("Windows", "Windows"), ("Mac OS", "macOS"), ("Linux", "Linux"),
)  # fmt: skip


@dataclass(frozen=True)
class Device:
    """One line of the list of sessions."""

    pk: int
    name: str
    address: str
    since: object
    seen: object
    is_this: bool


def device(row, *, here: str) -> Device:
    """A session as it is shown; `here` is the key of the session that asks."""
    name = " · ".join(
        filter(None, (_first(BROWSERS, row.user_agent), _first(SYSTEMS, row.user_agent)))
    )
    return Device(row.pk, name or _("Unknown device"), row.ip, row.created_at, row.last_seen_at,
                  row.session_key == here)  # fmt: skip


def _first(marks, text: str) -> str:
    return next((name for mark, name in marks if mark in text), "")
