"""The residents' inbox: receive a suggestion, take it up as a topic, or answer it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any, TypeVar, cast

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from committees import audit
from committees.models import AuditEntry, Region, User
from committees.services import limits
from committees.services.limits import Kind
from consultations import calendar
from consultations.models import Case, Suggestion, TopicSource
from consultations.permissions import roles_in
from consultations.services import cases
from consultations.services.due_dates import answer_due, by_rule
from consultations.workflow.engine import Refused

Act = TypeVar("Act", bound=Callable[..., Any])

FIRST_ANSWER = "first_answer_days"
SCREENERS = ("county_office", "studio_director", "liaison")


def receive(
    *, title: str, problem: str, region: Region, wish: str = "", place: str = "", form_token: str
) -> Suggestion:
    """Keep a suggestion. The same form sent twice gives the same suggestion back."""
    told = {"title": title, "problem": problem, "wish": wish, "place": place}
    return _keep(region, told, form_token=form_token)[0]


@transaction.atomic
def receive_online(*, region: Region, form_token: str, **told: str) -> Suggestion:
    """As `receive`, from a browser. Raises `UsedUp` where too many new ones came from one network.

    What was sent twice is no new one; what is too much is not kept, since one transaction holds both.
    """
    kept, is_new = _keep(region, told, form_token=form_token)
    if is_new:
        limits.count(limits.by_address(Kind.PROPOSAL))
    return kept


@transaction.atomic
def enter(*, by: User, channel: str, region: Region, form_token: str, **told: str) -> Suggestion:
    """Keep what somebody said by phone, in person, by letter or at a meeting; `by` wrote it down."""
    role = next((role for role in SCREENERS if role in roles_in(by, region)), None)
    if role is None:
        raise Refused([_("You may not take down suggestions for this place.")])
    kept, is_new = _keep(region, told, form_token=form_token, channel=channel, entered_by=by)
    if is_new:
        facts = {"act": "entered", "channel": channel}
        _record(kept, by=by, role=role, facts=facts)
    return kept


def _keep(
    region: Region, told: Mapping[str, str], *, form_token: str, **how: Any
) -> tuple[Suggestion, bool]:
    """The suggestion of this form, and whether it is new."""
    calendar.reread()
    fields = {
        **told,
        **how,
        "region": region,
        **answer_due(by_rule(region, FIRST_ANSWER, start=timezone.localdate())),
        "is_demo": region.is_demo,
    }
    try:
        with transaction.atomic():
            return Suggestion.objects.create(form_token=form_token, **fields), True
    except IntegrityError:
        return Suggestion.objects.get(form_token=form_token), False


def _record(suggestion: Suggestion, *, by: User, facts: Mapping[str, Any], role: str = "") -> None:
    kind = AuditEntry.Kind.RECORD
    audit.record(kind, by=by, role=role, about=suggestion, region=suggestion.region_id, facts=facts)


def told_when_refused(act: Act) -> Act:
    """Marks a decision on a suggestion: who tried it in vain stands in the audit log, outside of
    the transaction that the refusal undoes."""

    @wraps(act)
    def told(suggestion: Suggestion, *, by: User, **given: Any) -> Any:
        try:
            return act(suggestion, by=by, **given)
        except Refused as refused:
            audit.record(
                AuditEntry.Kind.REFUSED,
                by=by,
                about=suggestion,
                region=suggestion.region_id,
                facts={"action": act.__name__, "reasons": len(refused.reasons)},
            )
            raise

    return cast(Act, told)


@told_when_refused
@transaction.atomic
def accept(suggestion: Suggestion, *, by: User) -> Case:
    """Make a draft case of the suggestion; the resident's query code leads to it."""
    _screen(suggestion, by)
    case = cases.create(
        by=by,
        title=suggestion.title,
        problem=suggestion.problem,
        wish=suggestion.wish,
        region=suggestion.region,
        place=suggestion.place,
        source=TopicSource.RESIDENTS,
    )
    _decide(suggestion, Suggestion.State.ACCEPTED, by=by, case=case)
    return case


@told_when_refused
@transaction.atomic
def decline(suggestion: Suggestion, *, by: User, state: str, answer: str) -> None:
    """Answer, refer or refuse, always with words for the resident."""
    _screen(suggestion, by)
    if not answer.strip():
        raise Refused([_("Write the answer the resident will read.")])
    _decide(suggestion, state, by=by, answer=answer.strip())


@told_when_refused
@transaction.atomic
def join(suggestion: Suggestion, *, by: User, to: Suggestion, answer: str) -> None:
    """The same was raised by `to`, which is dealt with; the resident follows that with his own code.

    What was joined with this one moves along, so that nobody has to follow a chain.
    """
    _screen(suggestion, by)
    root = to.joined_to or to
    _screen(root, by)
    if root.pk == suggestion.pk:
        raise Refused([_("A suggestion is not joined with itself.")])
    if root.is_demo != suggestion.is_demo:
        raise Refused([_("A demonstration is not joined with what is real.")])
    if not answer.strip():
        raise Refused([_("Write the answer the resident will read.")])
    _decide(suggestion, Suggestion.State.JOINED, by=by, joined_to=root, answer=answer.strip())
    Suggestion.objects.filter(joined_to=suggestion).update(joined_to=root)


@told_when_refused
@transaction.atomic
def give(suggestion: Suggestion, *, by: User, owner: User) -> None:
    """Put somebody in charge of a suggestion that nobody has answered yet."""
    _screen(suggestion, by)
    if not roles_in(owner, suggestion.region) & set(SCREENERS):
        raise Refused([_("%s has no role in this place.") % owner])
    given = Suggestion.objects.filter(pk=suggestion.pk, state=Suggestion.State.RECEIVED)
    if not given.update(owner=owner):
        raise Refused([_("Somebody has already dealt with this suggestion.")])
    _record(suggestion, by=by, facts={"act": "given", "owner": owner.pk})
    suggestion.refresh_from_db()


def _screen(suggestion: Suggestion, by: User) -> None:
    if not roles_in(by, suggestion.region) & set(SCREENERS):
        raise Refused([_("This step is taken by somebody else.")])


def _decide(suggestion: Suggestion, state: str, *, by: User, **fields: Any) -> None:
    decided = Suggestion.objects.filter(pk=suggestion.pk, state=Suggestion.State.RECEIVED).update(
        state=state, decided_by=by, decided_at=timezone.now(), **fields
    )
    if not decided:
        raise Refused([_("Somebody has already dealt with this suggestion.")])
    _record(suggestion, by=by, facts={"act": "decided", "state": state})
    suggestion.refresh_from_db()
