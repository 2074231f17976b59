"""The letters on their way, for whoever keeps the installation running: what failed, and again."""

from __future__ import annotations

from django.contrib import admin, messages
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from committees.admin.access import ReadOnly
from committees.admin.accounts import accounts_of
from committees.models import Role, User
from consultations.admin.paging import BoundedPaginator
from consultations.services import jobs, posting

MOST = 1000  # tried again at one go


class DeliveryAdmin(ReadOnly):
    """Each letter with its state; nothing of what it says. Of the own accounts only."""

    seen_by = (Role.SYSTEM_ADMIN,)
    list_display = ["created_at", "recipient", "what", "stands", "tries", "next_try_at", "sent_at",
                    "last_error"]  # fmt: skip
    list_filter = ["state", "what"]
    list_select_related = ["recipient"]
    ordering = ["-created_at", "-pk"]
    paginator = BoundedPaginator
    list_display_links = None
    actions = ["try_again"]

    def get_queryset(self, request):
        mine = User.objects.filter(accounts_of(request))
        return super().get_queryset(request).filter(recipient__in=mine.values("pk"))

    @admin.display(description=gettext_lazy("state"), ordering="state")
    def stands(self, letter):
        label = letter.get_state_display()
        return format_html('<span class="badge badge--letter-{}">{}</span>', letter.state, label)

    @admin.action(description=gettext_lazy("Try again"), permissions=["view"])
    def try_again(self, request, rows):
        """Those that failed or were given up; the worker takes them at once."""
        done = sum(posting.try_again(letter) for letter in rows[:MOST])
        if done:
            jobs.send_letters.enqueue()
        messages.success(request, _("%s letters are tried again.") % done)
