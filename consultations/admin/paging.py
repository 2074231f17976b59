"""Pages of a list without counting a whole table: counting stops at a bound."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

BOUND = 1000


class BoundedPaginator(Paginator):
    """Counts at most one more than `BOUND`; what lies behind is reached by a narrower filter."""

    @cached_property
    def _counted(self) -> int:
        return self.object_list.order_by()[: BOUND + 1].count()

    @cached_property
    def count(self) -> int:
        return min(self._counted, BOUND)

    @property
    def total_text(self) -> str:
        """How many there are, in words that stay true beyond the bound."""
        if self._counted > BOUND:
            return _("more than %s; narrow the search to see the others") % f"{BOUND:,}"
        return str(self._counted)
