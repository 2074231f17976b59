"""The addresses of the staff site."""

from __future__ import annotations

from tests.access.rows import (
    AGREED,
    BOTH,
    CREATORS,
    EDITORS,
    KEEPERS,
    NOT_CLOSED_TO_ITEMS,
    NOTES,
    OFFICES,
    POST,
    READ,
    RECORDERS,
    REFERENCE,
    SCHEDULED,
    STAFF,
    Row,
)
from tests.access.visibility import (
    AUDIT,
    BUSINESS,
    DIRECTOR,
    DISPATCH,
    INSIDE,
    LEADER,
    LIAISON,
    OFFICE,
    OFFICER,
    PREFECTURE,
    PROVINCE,
    ROLES,
    SECURITY,
    SIGNED_IN,
    SYSTEM,
)

UNIT_READERS = (OFFICE, DISPATCH, LEADER, PREFECTURE, PROVINCE)
IMPORTERS = (*KEEPERS, DISPATCH, SECURITY)
CASE = "/admin/consultations/case/<int:pk>/"


def _page(tail: str, roles: tuple[str, ...], **more) -> Row:
    return Row(CASE + tail, "case", roles, **more)


def _list(
    name: str, kind: str, seen: tuple[str, ...], kept: tuple[str, ...] = (), *,
    added: tuple[str, ...] | None = None, deleted: tuple[str, ...] = (),
    history: tuple[str, ...] = BOTH, **more,
) -> list[Row]:  # fmt: skip
    """The six addresses of a list of the staff site; `more` is for the pages of one row."""
    above, row = f"/admin/{name}/", f"/admin/{name}/<path:object_id>/"
    readers = tuple({*seen, *kept})
    return [
        Row(above, "", readers, methods=BOTH),
        Row(f"{above}add/", "", kept if added is None else added),
        Row(f"{row}history/", kind, readers, **({"methods": history} | more)),
        Row(f"{row}delete/", kind, deleted, **more),
        Row(f"{row}change/", kind, readers, writers=kept, **more),
        # Leads to the record, whatever stands in it: that tells nothing.
        Row(row, "", ROLES, get=(302,), fixed={"object_id": "1"}),
    ]


STAFF_SITE = [
    Row("/admin/"),
    Row("/admin/login/", "", SIGNED_IN, get=(302, 403), post=(302, 403)),
    Row("/admin/logout/", "", SIGNED_IN, get=(302,)),
    Row("/admin/password_change/", get=(302,)),
    Row("/admin/jsi18n/", methods=READ),
    Row("/admin/notices/", "", BUSINESS, methods=READ),
    Row("/admin/notices/read/", "", BUSINESS, methods=POST),
    Row("/admin/notices/<int:pk>/", "notice", (OFFICE,), methods=POST),
    Row("/admin/(?P<app_label>consultations|committees|django_tasks_database)/", fixed={"app_label": "consultations"}),
    Row("/admin/(?P<url>.*)", "", (), fixed={"url": "nowhere"}),
    Row("/admin/help/", methods=READ),
    Row("/admin/help/guide/<slug:role>/", "", (OFFICE,), methods=POST,
        fixed={"role": "county_office"}),
    Row("/admin/views/<slug:listed>/", "", BUSINESS, fixed={"listed": "case"}),
    # Everybody has views of the own only.
    Row("/admin/views/<slug:listed>/<int:pk>/", "", (), fixed={"listed": "case", "pk": "1"}),
    Row("/admin/committees/parameter/in-force/", "", (*STAFF, SYSTEM), methods=READ),
    Row("/admin/committees/parameter/move/<slug:key>/", "", (OFFICE,),
        fixed={"key": "reply_months"}),
    Row("/admin/committees/calendar/", "", (*STAFF, SYSTEM), methods=READ, get=(302,)),
    Row("/admin/committees/calendar/<int:year>/", "", (*STAFF, SYSTEM),
        writers=(SYSTEM, PROVINCE), fixed={"year": "2026"}),
    Row("/admin/personal-data/", "", (OFFICE,)),
    Row("/admin/phone/<slug:kind>/<int:pk>/", "member", (OFFICE,), fixed={"kind": "member"}),
    Row("/admin/consultations/case/similar/"),
    Row("/admin/consultations/meeting/answers/", "", STAFF, methods=READ),
    Row("/admin/consultations/suggestion/similar/", "", EDITORS, methods=READ),
    Row("/admin/consultations/suggestion/<int:pk>/slip/", "suggestion", EDITORS, methods=READ,
        whole=True),
    Row("/admin/consultations/task/not-taken-up/", "", (OFFICE, DISPATCH), methods=READ),
    Row("/admin/consultations/task/<int:pk>/step/<slug:action>/", "task",
        (OFFICER, OFFICE, LIAISON), fixed={"action": "sign_for"}),
    Row("/admin/committees/user/<int:pk>/protection/", "user", (SYSTEM, SECURITY), post=(404,)),
]  # fmt: skip

CASE_PAGES = [
    _page("edit/", EDITORS),
    _page("sides/", EDITORS),
    _page("figures/", EDITORS),
    _page("preview/", (OFFICE,), methods=READ),
    _page("step/<slug:action>/", (OFFICE,), fixed={"action": "restrict"}),
    _page("meeting/<int:meeting_pk>/", EDITORS, when=(*SCHEDULED, *AGREED)),
    _page("meeting/<int:meeting_pk>/reports/", EDITORS, when=(*SCHEDULED, *AGREED)),
    _page("visit/<int:visit_pk>/", EDITORS, when=SCHEDULED),
    _page("supervisor/", (OFFICE, LIAISON)),
    _page("supervisor/<int:link_pk>/", (OFFICE, LIAISON), when=(*SCHEDULED, *AGREED)),
    _page("outcome/", EDITORS, when=NOT_CLOSED_TO_ITEMS),
    _page("follow-up/", (*RECORDERS, PREFECTURE, PROVINCE)),
    _page("follow-up/<int:follow_up_pk>/slips/", (OFFICE, LIAISON), when=AGREED),
    _page("follow-up/<int:follow_up_pk>/slips/revoke/", (OFFICE, LIAISON), when=AGREED),
    _page("look-back/", (OFFICE,)),
    _page("rating/", RECORDERS),
    _page("rating/tally/", RECORDERS),
    _page("rating/slips/", (OFFICE, LIAISON)),
    _page("rating/slips/revoke/", (OFFICE, LIAISON)),
    _page("rating/<int:rating_pk>/judge/", (OFFICE, LEADER), when=AGREED),
    _page("key-supervision/", (OFFICE,)),
    _page("key-supervision/<int:kept_pk>/", (OFFICE,), when=AGREED),
    _page("conversion/", (OFFICE,)),
    _page("conversion/<int:made_pk>/", (OFFICE,), when=AGREED),
    _page("conversion/<int:made_pk>/draft/", (OFFICE,), methods=READ, when=AGREED, is_told=True),
    _page("instruction/", (OFFICE,)),
    _page("instruction/<int:instruction_pk>/", (OFFICE,), when=AGREED),
    _page("promise/<int:promise_pk>/", RECORDERS, when=AGREED),
    _page("item/<int:item_pk>/settle/", RECORDERS, methods=POST, when=AGREED),
    _page("item/<int:item_pk>/milestone/", EDITORS, when=AGREED),
    _page("milestone/<int:milestone_pk>/", EDITORS, when=AGREED),
    _page("milestone/<int:milestone_pk>/done/", EDITORS, methods=POST, when=AGREED),
    _page("note/", NOTES),
    _page("link/", EDITORS),
    _page("assign/", EDITORS),
    _page("public-text/", EDITORS),
    _page("file/", NOTES),
    _page("file/<int:file_pk>/", INSIDE),
    _page("file/<int:file_pk>/describe/", EDITORS),
    _page("file/<int:file_pk>/release/", (OFFICE,)),
    _page("file/<int:file_pk>/take-down/", (*EDITORS, LEADER)),
    _page("file/<int:file_pk>/people/", EDITORS),
]  # fmt: skip

WORK = [
    Row("/admin/consultations/case/", "", BUSINESS),
    Row("/admin/consultations/case/add/", "", CREATORS),
    Row("/admin/consultations/case/<path:object_id>/history/", "case", INSIDE, methods=READ,
        whole=True),
    Row("/admin/consultations/case/<path:object_id>/delete/", "case", ()),
    Row("/admin/consultations/case/<path:object_id>/change/", "case", BUSINESS, methods=READ,
        whole=True),
    Row("/admin/consultations/case/<path:object_id>/", "", ROLES, get=(302,),
        fixed={"object_id": "1"}),
    Row("/admin/consultations/task/", "", BUSINESS),
    Row("/admin/consultations/task/add/", "", ()),
    Row("/admin/consultations/task/<path:object_id>/history/", "task", BUSINESS, when=AGREED),
    Row("/admin/consultations/task/<path:object_id>/delete/", "task", ()),
    Row("/admin/consultations/task/<path:object_id>/change/", "task", BUSINESS, methods=READ,
        when=AGREED, whole=True),
    Row("/admin/consultations/task/<path:object_id>/", "", ROLES, get=(302,),
        fixed={"object_id": "1"}),
    # Slips are looked at by the staff, sent by who dispatches, answered from paper by an office.
    Row("/admin/consultations/urging/", "", STAFF, methods=BOTH),
    Row("/admin/consultations/urging/<path:object_id>/change/", "urging", STAFF, methods=READ,
        when=AGREED, whole=True),
    *(Row(f"/admin/consultations/urging/{tail}", "urging" if "object" in tail else "", ())
      for tail in ("add/", "<path:object_id>/history/", "<path:object_id>/delete/")),
    Row("/admin/consultations/urging/<path:object_id>/", "", ROLES, get=(302,),
        fixed={"object_id": "1"}),
    *(Row(f"/admin/consultations/urging/<int:pk>/{step}/", "urging", roles, when=AGREED)
      for step, roles in (("send", (OFFICE, DISPATCH)), ("drop", (OFFICE, DISPATCH)),
                          ("answer", (OFFICE, LIAISON)))),
    Row("/admin/consultations/urging/<int:pk>/sheet/", "urging", STAFF, methods=READ, when=AGREED),
    *_list("consultations/suggestion", "suggestion", EDITORS, EDITORS, history=READ),
    # The history is a list of its own; no line of it has a page.
    Row("/admin/consultations/event/", "", (*STAFF, AUDIT), methods=READ),
    *(Row(f"/admin/consultations/event/{tail}", "event" if "object" in tail else "", ())
      for tail in ("add/", "<path:object_id>/history/", "<path:object_id>/delete/",
                   "<path:object_id>/change/")),
    Row("/admin/consultations/event/<path:object_id>/", "", ROLES, get=(302,),
        fixed={"object_id": "1"}),
]  # fmt: skip

LISTS = [
    *_list("committees/studio", "studio", STAFF, KEEPERS),
    *_list("committees/room", "room", STAFF, KEEPERS),
    *_list("committees/member", "member", STAFF, KEEPERS),
    Row("/admin/committees/member/<int:pk>/duty/", "member", (OFFICE,), methods=READ),
    Row(
        "/admin/committees/member/<int:pk>/duty/sheet/",
        "member",
        (OFFICE,),
        methods=READ,
        is_told=True,
    ),
    Row("/admin/committees/member/<int:pk>/photo/", "member", (OFFICE,), methods=READ),
    Row("/admin/committees/member/<int:pk>/profile/", "member", (OFFICE,)),
    Row("/admin/people/import/", "", IMPORTERS, methods=READ),
    Row("/admin/people/import/<slug:kind>/", "", KEEPERS, fixed={"kind": "members"}),
    Row(
        "/admin/people/import/<slug:kind>/template/",
        "",
        (*KEEPERS, DISPATCH),
        methods=READ,
        fixed={"kind": "units"},
    ),
    Row("/admin/people/import/done/<int:pk>/", "site:import", (), methods=READ),
    Row("/admin/committees/member/attendance/", "", (OFFICE, DIRECTOR, LIAISON), methods=READ),
    Row("/admin/committees/member/changes/", "", (OFFICE,), methods=READ),
    Row("/admin/committees/studio/sleeping/", "", (OFFICE,), methods=READ),
    *_list("committees/checklist", "checklist", STAFF, OFFICES),
    *_list("committees/checklistmark", "mark", OFFICES, OFFICES),
    *_list("committees/dutyscheme", "scheme", (OFFICE,), (OFFICE,)),
    *_list("committees/membergroup", "group", STAFF, OFFICES),
    *_list("committees/studioactivity", "activity", STAFF, OFFICES),
    *_list("committees/studioplan", "plan", STAFF, OFFICES),
    *_list("committees/handlingunit", "unit", STAFF, (*KEEPERS, DISPATCH)),
    *_list("committees/region", "site:region", REFERENCE),
    *_list("committees/committee", "committee", REFERENCE, (SYSTEM,)),
    Row("/admin/committees/handlingunit/report/", "", UNIT_READERS, methods=READ),
    Row(
        "/admin/committees/handlingunit/<int:pk>/report/ratings/",
        "unit",
        UNIT_READERS,
        methods=READ,
    ),
    Row(
        "/admin/committees/handlingunit/<int:pk>/report/<slug:figure>/",
        "unit",
        UNIT_READERS,
        methods=READ,
        fixed={"figure": "received"},
    ),
    *_list("committees/specialcommittee", "special", STAFF, KEEPERS),
    *_list("committees/sector", "site:sector", REFERENCE, (SYSTEM,)),
    *_list("committees/parameter", "parameter", STAFF, KEEPERS),
    *_list("committees/resultclass", "result", STAFF, KEEPERS),
    *_list("committees/emptyphrase", "phrase", STAFF, KEEPERS),
    *_list("committees/sourcereport", "site:report", REFERENCE),
    *_list("committees/citation", "site:citation", REFERENCE),
    *_list("committees/user", "user", (SECURITY,), (SYSTEM,)),
    *_list("committees/rolegrant", "grant", (SYSTEM, AUDIT), (SECURITY,)),
    *_list("committees/trycount", "site:try", (SYSTEM,)),
    *_list("committees/auditentry", "audit", (AUDIT,)),
    *_list("consultations/campaign", "campaign", REFERENCE, KEEPERS),
    *_list("consultations/advice", "advice", STAFF, KEEPERS),
    *_list("consultations/instruction", "instruction", STAFF),
    *_list("consultations/topicfield", "site:field", REFERENCE, (SYSTEM,)),
    *_list("consultations/reasontext", "site:reason", STAFF, KEEPERS),
    *_list("consultations/stagename", "stage_name", STAFF, KEEPERS, deleted=KEEPERS),
    *_list("consultations/homeblock", "home_block", (), KEEPERS),
    *_list("consultations/reportedfigure", "site:figure", REFERENCE),
    *_list("consultations/jobrun", "site:job", (SYSTEM, AUDIT)),
    *_list("consultations/delivery", "letter", (SYSTEM,)),
    *_list("django_tasks_database/dbtaskresult", "site:queued", (SYSTEM, AUDIT)),
]


ROWS = [*STAFF_SITE, *CASE_PAGES, *WORK, *LISTS]
