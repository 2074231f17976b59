"""`{% csrf_token %}` of every form, ours and the stock ones: the token, and a one-time key beside it.

The key makes a form that is sent twice do its work once: config.sent_once.
"""

from __future__ import annotations

import secrets

from django import template
from django.conf import settings
from django.template.defaulttags import CsrfTokenNode
from django.utils.html import format_html

from committees.services.sent_once import FIELD

register = template.Library()


class KeyedNode(CsrfTokenNode):
    def render(self, context):
        return super().render(context) + _key(context.get("request"))


def _key(request) -> str:
    """A new one for each form; without a session nobody is signed in, and none is needed."""
    if request is None or settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return ""
    return format_html(
        '<input type="hidden" name="{}" value="{}">', FIELD, secrets.token_urlsafe(16)
    )


@register.tag
def csrf_token(parser, token):
    return KeyedNode()
