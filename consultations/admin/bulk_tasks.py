"""What can be done to many tasks at once: accept or return the replies under review."""

from __future__ import annotations

from django.db.models import Prefetch
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from committees.admin.access import grants_held
from committees.admin.bulk import Bulk
from consultations.forms import bulk as forms
from consultations.models import Event, Reply
from consultations.permissions import roles_on
from consultations.selectors.wording import names_once
from consultations.services import tasks
from consultations.services.steps import JustChanged
from consultations.workflow import engine
from consultations.workflow.engine import Ask, Refused
from consultations.workflow.tasks import TASKS

NAMES = (
    gettext_lazy("task"), gettext_lazy("unit"), gettext_lazy("case"), gettext_lazy("case number"),
)  # fmt: skip
SHOWN = 120  # characters of a reply


class StepForTasks(Bulk):
    """One step of the task table, with one text for all."""

    action = ""
    most = forms.NOTE
    related = ("unit", "item", "case__region")

    @classmethod
    def is_offered(cls, request) -> bool:
        held = {grant.role for grant in grants_held(request)}
        return any(held & set(row.roles) for row in TASKS if row.action == cls.action)

    def load(self, rows):
        replies = Prefetch("replies", Reply.objects.order_by("-pk"), to_attr="replies_read")
        return list(rows.select_related(*self.related).prefetch_related(replies))

    def title_of(self, task):
        return f"{task.title} · {task.unit_name}"

    def detail_of(self, task):
        """The reply of the present round, which is what the step is about."""
        reply = next((r for r in task.replies_read if r.round == task.round), None)
        if reply is None:
            return f"{task.case.code} {task.case}"
        body = reply.body if len(reply.body) <= SHOWN else f"{reply.body[:SHOWN]}…"
        return f"{task.case.code} · {reply.result_class} {reply.get_meaning_display()}：{body}"

    def state_of(self, task):
        return names_once(self.request).of_task(task, case=task.case)

    def is_demo(self, task):
        return task.case.is_demo

    def objections(self, task, data):
        row = engine.find(TASKS, self.action, task.state)
        held = roles_on(self.request.user, task, grants=grants_held(self.request))
        role = next((r for r in (row.roles if row else ()) if r in held), "")
        asked = None if data is None else {"reason": self.text(task, data)}
        reasons = engine.refusals(row, Ask(task, self.request.user, role, asked))
        return reasons + (forms.too_long(asked["reason"], self.most) if asked else [])

    def text(self, task, data):
        values = (task.title, task.unit_name, task.case.title, task.case.code)
        return forms.filled(data["text"], dict(zip(NAMES, values, strict=True)))

    def take(self, picked, data):
        task = picked.record
        text = self.text(task, data)
        if long := forms.too_long(text, self.most):
            return long
        try:
            tasks.advance(
                task, self.action, by=self.request.user, data={"reason": text},
                version=picked.version,
            )  # fmt: skip
        except Refused as refused:
            return self.told(task, refused)
        return []

    def told(self, task, refused: Refused) -> list[str]:
        """Who sends the page twice hears that it is done, not that somebody else was faster."""
        if isinstance(refused, JustChanged):
            last = Event.objects.filter(task=task).order_by("-at", "-pk").first()
            if last and last.action == self.action and last.actor_id == self.request.user.pk:
                return [_("You have done this already.")]
        return refused.reasons


class WithNote(forms.NoteForm):
    names = NAMES


class WithReason(forms.ReasonForm):
    names = NAMES


class AcceptReplies(StepForTasks):
    name, label, action = "accept", gettext_lazy("Accept the replies"), "accept_reply"
    form_class = WithNote


class ReturnReplies(StepForTasks):
    name, label, action = "return", gettext_lazy("Return the replies"), "return_reply"
    form_class = WithReason


TASK_ACTIONS = (AcceptReplies, ReturnReplies)
