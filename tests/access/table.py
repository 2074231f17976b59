"""One row for every address: what it is about, who reaches it inside, what the others get.

A row is `Row(route, about, roles, …)`; a new address needs a line in `table_staff` or
`table_others`, else the tests fail and
name it. `about` is a kind of `visibility.VISIBLE` ("case", "task", …), a kind of list row
("studio", …), or "" for a page about nothing in particular. Everybody who is not in `roles`, or
does not see the subject, gets 404; anonymous is led to the sign-in page unless the row says
otherwise.
"""

from __future__ import annotations

from tests.access import table_others, table_staff

TABLE = [*table_staff.ROWS, *table_others.ROWS]
