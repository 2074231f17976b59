"""The addresses of members and units, of the own account, and of everybody."""

from __future__ import annotations

from tests.access.rows import AGREED, BOTH, HANDED, OPEN, POST, READ, RECORDERS, SCHEDULED, Row
from tests.access.visibility import (
    BUSINESS,
    DIRECTOR,
    EVERYBODY,
    INSIDE,
    LIAISON,
    MEMBER,
    OFFICE,
    OFFICER,
    PARTY,
    PREFECTURE,
    PROVINCE,
    SIGNED_IN,
    UNITS,
    VILLAGE,
)
from tests.access.world import PUBLISHED


def _mine(tail: str, about: str = "", roles: tuple[str, ...] = BUSINESS, **more) -> Row:
    return Row(f"/my/{tail}", about, roles, **more)


MY_PAGES = [
    _mine("", methods=READ),
    _mine("help/", methods=READ),
    _mine("help/guide/<slug:role>/", "", (OFFICE,), methods=POST,
          fixed={"role": "county_office"}),
    _mine("notices/", methods=READ),
    _mine("notices/read/", methods=POST),
    _mine("notices/<int:pk>/", "notice", (OFFICE,), methods=POST),
    _mine("notices/choices/"),
    _mine("mail/", methods=POST),
    _mine("mail/confirm/<str:token>/", get=(404,), post=(404,), fixed={"token": "nothing"}),
    _mine("calendar/"),
    _mine("meetings/<int:pk>/meeting.ics", "meeting", INSIDE, methods=READ,
          when=(*SCHEDULED, *AGREED)),
    # A feed that was never issued; what a real one opens stands in test_calendar_feed.
    Row("/my/calendar/feed/<slug:token>.ics", "", EVERYBODY, methods=READ, get=(404,),
        anonymous=OPEN, fixed={"token": "nothing"}),
    _mine("duty/", "", (MEMBER,), methods=READ),
    _mine("duty/photo/", "", (MEMBER,), methods=READ, get=(404,)),  # this one has no photo
    _mine("contacts/", "", (MEMBER,)),
    _mine("contacts/<int:pk>/back/", "contact", (MEMBER,), methods=POST),
    _mine("studio/", "", (MEMBER, DIRECTOR, LIAISON), methods=READ),
    _mine("studio/<int:pk>/", "my_studio", (MEMBER, DIRECTOR, LIAISON), methods=READ),
    _mine("studio/<int:pk>/plan/", "my_studio", (DIRECTOR, LIAISON)),
    _mine("studio/<int:pk>/activity/", "my_studio", (DIRECTOR, LIAISON)),
    _mine("studio/<int:pk>/checklist/", "my_studio", (DIRECTOR, LIAISON)),
    _mine("activities/<int:pk>/release/", "my_activity", (DIRECTOR, LIAISON), methods=POST),
    _mine("meetings/<int:pk>/answer/", "meeting", (MEMBER,), methods=POST, when=SCHEDULED,
          post=(302, 404)),
    _mine("topics/add/", "", (MEMBER,)),
    _mine("cases/", "", (VILLAGE,), methods=READ),
    _mine("approvals/<int:pk>/", "case", (PARTY,), post=(404,)),
    _mine("urgings/<int:pk>/", "urging", writers=(*UNITS, OFFICE, LIAISON), when=AGREED,
          whole=True),
    _mine("tasks/", "", UNITS, methods=READ),
    _mine("tasks/<int:pk>/verify/", "task", (MEMBER, VILLAGE, OFFICE), when=AGREED, post=(404,)),
    _mine("cases/<int:pk>/follow-up/", "case", (*RECORDERS, PREFECTURE, PROVINCE), when=HANDED),
    _mine("cases/<int:pk>/", "case", methods=READ, whole=True),
    # The file of each matter is a document: it is no picture for anybody.
    _mine("cases/<int:pk>/photos/<int:file_pk>/", "case", (), methods=READ),
    _mine("cases/<int:pk>/photos/<int:file_pk>/small/", "case", (), methods=READ),
    _mine("cases/<int:pk>/<slug:action>/", "case", (OFFICE,), fixed={"action": "restrict"}),
    _mine("tasks/<int:pk>/letter/", "task", methods=READ, when=HANDED, whole=True),
    # That the unit has seen what was handed over to it is kept when it opens it.
    _mine("tasks/<int:pk>/", "task", methods=READ, when=AGREED, whole=True, is_told=True),
    _mine("tasks/<int:pk>/<slug:action>/", "task", (OFFICER, OFFICE, LIAISON), when=AGREED,
          fixed={"action": "sign_for"}),
]  # fmt: skip


def _self(tail: str, *, get: tuple[int, ...] = (200,), **more) -> Row:
    """A page about the own account, the same for everybody signed in."""
    return Row(f"/account/{tail}", "", SIGNED_IN, get=get, **more)


ACCOUNT = [
    Row("/account/login/", "", EVERYBODY, get=(200, 302), anonymous=OPEN),
    Row("/account/logout/", "", EVERYBODY, get=(200, 302), anonymous=OPEN),
    _self("again/"),
    _self("password/"),
    _self("kept/", get=(302,)),
    _self("kept/drop/", methods=POST),
    _self("second/", get=(200, 302), methods=READ),
    _self("second/code/", get=(200, 302)),
    _self("second/again/", get=(200, 302)),
    _self("second/add/", get=(200, 302)),
    _self("second/remove/", get=(200, 302, 404), post=(200, 302, 404)),
    _self("second/recovery/", get=(200, 302, 404), methods=READ),
    _self("second/recovery/new/", get=(200, 302)),
    _self("sessions/", post=(404,)),
    Row("/account/sessions/left/", "", EVERYBODY, anonymous=OPEN),
    Row("/account/start/", "", EVERYBODY, get=(200, 302), anonymous=OPEN),
    Row("/account/start/<slug:code>/", "", EVERYBODY, get=(404,), post=(404,), anonymous=OPEN,
        fixed={"code": "nothing"}),
]  # fmt: skip


def _open(route: str, about: str = "", **more) -> Row:
    return Row(route, about, EVERYBODY, anonymous=OPEN, **({"methods": READ} | more))


PUBLIC = [
    *(_open(f"/{name}/") for name in (
        "cases", "studios", "rooms", "committees", "units", "campaigns", "reports", "figures", "how",
        "accessibility", "privacy", "corrections", "components")),
    _open("/api/cases/", refused=(403, 405)),
    _open("/api/units/", refused=(403, 405)),
    _open("/"),
    _open("/healthz"),
    _open("/readyz"),
    _open("/i18n/setlang/", get=(302,), methods=BOTH),
    _open("/display/", get=(200, 302)),
    _open("/propose/", methods=BOTH),
    _open("/propose/done/", get=(200, 302)),
    _open("/track/", methods=BOTH),
    _open("/cases/<key:pk>/", "public", whole=True),
    _open("/members/<key:pk>/", "public_member"),
    _open("/members/<key:pk>/photo/", "public_member"),
    # A link that was never handed out; what a real one opens stands in test_guessing.
    _open("/r/<slug:token>/", fixed={"token": "nothing"}, get=(404,), post=(404,), methods=BOTH),
    _open("/s/<slug:token>/", fixed={"token": "nothing"}, get=(404,), post=(404,), methods=BOTH),
    _open("/cases/<key:pk>/files/<slug:key>/", "public", when=PUBLISHED),
    _open("/api/cases/<int:pk>/", "public", whole=True, refused=(403, 405), blind=True),
    _open("/studios/<slug:code>/", fixed={"code": "studio-539921"}),
    _open("/rooms/<slug:code>/", fixed={"code": "room-539921"}),
    _open("/committees/<region:code>/", fixed={"code": "539921"}),
    _open("/units/<key:pk>/", "public_unit"),
    _open("/campaigns/<slug:code>/", fixed={"code": "brand-own_county"}),
    _open("/reports/<slug:code>/", fixed={"code": "report"}),
]  # fmt: skip


ROWS = [*MY_PAGES, *ACCOUNT, *PUBLIC]
