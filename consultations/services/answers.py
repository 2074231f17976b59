"""A member's answer to an invitation: comes or not; the last answer counts, a reason is not owed."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from committees import audit
from committees.models import AuditEntry, Member, User
from consultations.models import Meeting, MeetingAnswer
from consultations.workflow.engine import Refused


@transaction.atomic
def answer_invitation(
    meeting: Meeting, *, by: User, member: Member, is_coming: bool, reason: str = ""
) -> MeetingAnswer:
    """Write or change the answer. Raises `Refused` once the day has come and gone.

    A reason goes with staying away only; the audit log never has it.
    """
    fresh = Meeting.objects.select_for_update().get(pk=meeting.pk)
    over = fresh.starts_at is None or timezone.localdate(fresh.starts_at) < timezone.localdate()
    if fresh.status != Meeting.Status.PLANNED or over:
        raise Refused([_("This meeting is not to come any more.")])
    answer, _made = MeetingAnswer.objects.update_or_create(
        meeting=meeting, member=member,
        defaults={"is_coming": is_coming, "reason": "" if is_coming else reason.strip(),
                  "answered_by": by, "answered_at": timezone.now()},
    )  # fmt: skip
    facts = {"meeting": meeting.pk, "member": member.pk, "is_coming": is_coming}
    audit.record(AuditEntry.Kind.RECORD, by=by, about=meeting, facts=facts)
    return answer
