"""The reply that a step is about, to be read beside its form, and the one it replaces."""

from __future__ import annotations

from collections.abc import Iterable

from consultations.models import Case, Reply, Task
from consultations.selectors.compared import pieces
from consultations.workflow.reply_checks import told

ABOUT_REPLY = (
    "draft_reply", "reply", "accept_reply", "return_reply", "verify_true", "verify_partly",
    "verify_false",
)  # fmt: skip


def replies_for(subject: Case | Task, action: str) -> list[Reply]:
    """One or none; whoever may take the step may read it. Who drafts sees what came back."""
    if isinstance(subject, Case) or action not in ABOUT_REPLY:
        return []
    found = [reply for reply in [subject.latest_reply] if reply]
    if action == "draft_reply":
        return [reply for reply in found if reply.accepted is False]
    return compared(found, before=subject.replies.all())


def compared(replies: Iterable[Reply], *, before: Iterable[Reply]) -> list[Reply]:
    """Each with what was pointed out, and beside the version returned before it, where one was."""
    returned = sorted((r for r in before if r.accepted is False), key=lambda reply: reply.pk)
    found = list(replies)
    for reply in found:
        reply.told = told(reply.flags)  # type: ignore[attr-defined]
        earlier = [old for old in returned if old.pk < reply.pk]
        reply.before = earlier[-1] if earlier else None  # type: ignore[attr-defined]
        if earlier:
            reply.both = pieces(earlier[-1].body, reply.body)  # type: ignore[attr-defined]
    return found
