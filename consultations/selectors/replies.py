"""The reply that a step is about, to be read beside its form."""

from __future__ import annotations

from consultations.models import Case, Reply, Task

ABOUT_REPLY = ("reply", "accept_reply", "return_reply", "verify_true", "verify_false")


def replies_for(subject: Case | Task, action: str) -> list[Reply]:
    """One or none; whoever may take the step may read it."""
    if isinstance(subject, Case) or action not in ABOUT_REPLY:
        return []
    return [reply for reply in (subject.latest_reply,) if reply]
