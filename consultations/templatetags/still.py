"""Parts of a page that are the same for everybody, drawn once in each process and language.

`{% still %}…{% endstill %}` holds only fixed words and addresses; `{% still of value %}…{% endstill %}`
is drawn anew as soon as the value is another. A third of what a page costs is drawn here.
"""

from __future__ import annotations

from typing import Any

from django import template
from django.conf import settings
from django.utils.translation import get_language

register = template.Library()


class StillNode(template.Node):
    """What was drawn is kept for each language and page, for blocks inside differ by page."""

    def __init__(self, nodelist: template.NodeList, of: Any = None) -> None:
        self.nodelist, self.of = nodelist, of
        self.kept: dict[tuple[str | None, str | None], tuple[Any, str]] = {}

    def render(self, context: template.Context) -> str:
        if self.of is not None and not settings.KEEP_PAGES:
            return self.nodelist.render(context)
        key = get_language(), context.template and context.template.name
        of = self.of and self.of.resolve(context)
        found = self.kept.get(key)
        if found is None or found[0] != of:
            found = self.kept[key] = of, self.nodelist.render(context)
        return found[1]


@register.tag
def still(parser, token):
    match token.split_contents():
        case [_tag]:
            of = None
        case [_tag, "of", value]:
            of = parser.compile_filter(value)
        case _:
            raise template.TemplateSyntaxError("{% still %} or {% still of value %}")
    nodelist = parser.parse(("endstill",))
    parser.delete_first_token()
    return StillNode(nodelist, of)
