"""The links above the lists: each for those who may open what it leads to."""

from __future__ import annotations

import re

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db
TABLE = "/admin/people/import/{}/"
OFFICERS, MEMBERS, UNITS, REMITS = map(TABLE.format, ("officers", "members", "units", "remits"))
ATTENDANCE, CHANGES = "/admin/committees/member/attendance/", "/admin/committees/member/changes/"
SLEEPING = "/admin/committees/studio/sleeping/"
SHOWN = [
    ("user", "system_admin", [OFFICERS]),
    ("user", "security_admin", []),
    ("rolegrant", "security_admin", [OFFICERS]),
    ("rolegrant", "system_admin", []),
    ("member", "office", [ATTENDANCE, CHANGES, MEMBERS]),
    ("member", "clerk", [ATTENDANCE]),
    ("member", "leader", []),
    ("handlingunit", "office", [UNITS, REMITS]),
    ("handlingunit", "dispatch_office", [UNITS, REMITS]),
    ("handlingunit", "leader", []),
    ("studio", "office", [SLEEPING]),
    ("studio", "clerk", []),
    ("room", "office", []),
]


@pytest.mark.parametrize(("listed", "who", "shown"), SHOWN)
def test_each_link_is_there_for_whoever_it_opens_for(county, listed, who, shown):
    client = Client()
    client.force_login(getattr(county, who))

    page = client.get(f"/admin/committees/{listed}/").content.decode()

    (tools,) = re.findall(r'<ul class="object-tools">(.*?)</ul>', page, re.DOTALL)
    links = [link for link in re.findall(r'href="([^"?]*)', tools) if not link.endswith("/add/")]
    assert links == shown
    assert {client.get(link).status_code for link in links} <= {200}
