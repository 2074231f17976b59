"""What is kept about one person, for the office that was asked by this person.

Numbers stand masked here, too: a file wanders.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from committees.grants import granted_within
from committees.models import AuditEntry, MailAddress, Member, RoleGrant, User
from committees.models.regions import at_or_below
from committees.sealed import masked
from committees.selectors.member_seats import members_of_county
from consultations.models import Attachment, Case, Event, Participant, Suggestion
from consultations.selectors.traces import INSTEAD, naming

MOST = 50
MOST_FILES = 200


@dataclass(frozen=True)
class Section:
    """One heading with its lines: what it is, and what is kept."""

    title: str
    lines: list[tuple[str, str]]


@dataclass
class Held:
    """All that was found under a name or a query code."""

    sections: list[Section] = field(default_factory=list)
    cases: list[Case] = field(default_factory=list)
    suggestion: Suggestion | None = None
    files: list[Attachment] = field(default_factory=list)

    @property
    def can_be_erased(self) -> bool:
        return bool(self.cases) or self.suggestion is not None

    def as_json(self) -> dict[str, Any]:
        return {
            part.title: [{"what": a, "kept": b} for a, b in part.lines] for part in self.sections
        }


def of_resident(words: str, *, within: Sequence[str]) -> Held:
    """By the name as it was written down, or by the query code of a suggestion."""
    held = Held(cases=list(naming(words, within=within).select_related("region")[:MOST]))
    for case in held.cases:
        held.sections.append(Section(f"{case.code} {case.title}", _in_case(case, words)))
    files = Attachment.objects.filter(case__in=held.cases, erased_at=None).select_related("case")
    held.files = list(files.order_by("case", "pk")[:MOST_FILES])
    found = Suggestion.objects.filter(query_code=words.upper()).filter(at_or_below(within))
    held.suggestion = found.select_related("region", "case").first()
    if held.suggestion is not None:
        held.sections.append(Section(_("Suggestion"), _in_suggestion(held.suggestion)))
    return held


def _in_case(case: Case, name: str) -> list[tuple[str, str]]:
    lines = [(_("raised by"), name)] if case.proposer == name else []
    people = Participant.objects.filter(meeting__case=case, name=name, member=None)
    for person in people.select_related("meeting", "side").prefetch_related("statements"):
        told = f"{person.get_capacity_display()} {person.organisation} {person.side or ''}".strip()
        lines.append((_("took part in a meeting"), f"{person.meeting} {told}"))
        lines += [(_("said"), statement.text) for statement in person.statements.all()]
    for link in case.supervisor_links.filter(called=name):
        day = timezone.localtime(link.issued_at)
        lines.append((_("supervisor's link"), f"{day:%Y-%m-%d}"))
    return lines


def _in_suggestion(suggestion: Suggestion) -> list[tuple[str, str]]:
    when = timezone.localtime(suggestion.received_at)
    return [
        (_("received"), f"{when:%Y-%m-%d %H:%M} {suggestion.get_channel_display()}"),
        (_("where"), suggestion.spot),
        (_("what is it about"), suggestion.title),
        (_("what is the trouble"), suggestion.problem),
        (_("what should happen"), suggestion.wish or "—"),
        (_("answer to the resident"), suggestion.answer or "—"),
        *_in_case_made_of(suggestion),
    ]


def _in_case_made_of(suggestion: Suggestion) -> list[tuple[str, str]]:
    """The case, and which of its boxes still read as the resident wrote them."""
    case = suggestion.case
    if case is None:
        return []
    copied = [
        str(box.verbose_name)
        for box in Case._meta.concrete_fields
        if box.name in INSTEAD
        and getattr(suggestion, box.name)
        and getattr(suggestion, box.name) == getattr(case, box.name)
    ]
    return [
        (_("taken up as a topic"), f"{case.code} {case.title}"),
        (_("still word for word in the case"), "、".join(copied) or "—"),
    ]


def of_account(words: str, *, within: Sequence[str]) -> Held:
    """An account by its user name, and a member by the name, of these counties."""
    held = Held()
    for person in _accounts(words, within).order_by("pk")[:MOST]:
        held.sections.append(Section(_("Account %s") % person.username, _in_account(person)))
    members = members_of_county(within).filter(Q(name=words) | Q(user__username=words))
    for member in members.order_by("pk")[:MOST]:
        held.sections.append(Section(_("Member %s") % member.name, _in_member(member)))
    return held


def _accounts(words: str, within: Iterable[str]) -> QuerySet[User]:
    granted = RoleGrant.objects.filter(granted_within(within))
    named = User.objects.filter(Q(username=words) | Q(display_name=words), is_superuser=False)
    return named.filter(pk__in=granted.values("user"))


def _in_account(person: User) -> list[tuple[str, str]]:
    grants = person.grants.select_related("region", "studio", "unit").order_by("pk")
    return [
        (_("person's name"), person.display_name or "—"),
        (_("mobile phone"), masked(person.mobile) or "—"),
        (_("e-mail"), person.email or "—"),
        (_("address for letters"), _letters_to(person)),
        (_("last sign-in"), _day(person.last_login)),
        *((_("role"), f"{g.get_role_display()} {g.scope} {g.valid_from} – {g.valid_until or ''}") for g in grants),
        (_("steps on record"), str(Event.objects.filter(actor=person).count())),
        (_("entries of the audit log"), str(AuditEntry.objects.filter(actor=person).count())),
    ]  # fmt: skip


def _letters_to(person: User) -> str:
    """Masked, and whether the person confirmed it."""
    kept = MailAddress.objects.filter(user=person).first()
    if kept is None:
        return "—"
    name, _at, domain = kept.address.partition("@")
    state = _("confirmed") if kept.confirmed_at else _("not confirmed")
    return f"{name[:1]}***@{domain} · {state} {_day(kept.confirmed_at or kept.asked_at)}"


def _in_member(member: Member) -> list[tuple[str, str]]:
    seats = member.seats.select_related("committee", "sector").order_by("pk")
    return [
        (_("mobile phone"), masked(member.mobile) or "—"),
        (_("photo"), _("yes") if member.photo else _("no")),
        (_("has a public page"), _("yes") if member.is_public else _("no")),
        *((_("seat"), f"{s.committee} {s.sector or ''} {s.position} {s.valid_from or ''} – {s.valid_until or ''}") for s in seats),
        (_("contacts with the sector"), str(member.contacts.count())),
        (_("meetings"), str(member.participations.count())),
    ]  # fmt: skip


def _day(moment: Any) -> str:
    return f"{timezone.localtime(moment):%Y-%m-%d %H:%M}" if moment else "—"
