"""The addresses of `/my/`: what members, units, approvers and village clerks work with."""

from django.urls import path

from consultations.portal.views import (
    approvals,
    duty,
    entries,
    home,
    letters,
    members,
    photos,
    records,
    steps,
    studio_life,
    tasks,
    topics,
    urgings,
    verify,
    village,
)

app_name = "my"
urlpatterns = [
    path("", home.home, name="home"),
    path("duty/", duty.duty, name="duty"),
    path("duty/photo/", duty.own_photo, name="own_photo"),
    path("contacts/", duty.contacts, name="contacts"),
    path("contacts/<int:pk>/back/", duty.contact_back, name="contact_back"),
    path("studio/", members.studio, name="studio"),
    path("studio/<int:pk>/", studio_life.page, name="studio_life"),
    path("studio/<int:pk>/plan/", studio_life.plan, name="studio_plan"),
    path("studio/<int:pk>/activity/", studio_life.activity, name="activity_add"),
    path("studio/<int:pk>/checklist/", studio_life.checklist, name="checklist"),
    path("activities/<int:pk>/release/", studio_life.release, name="activity_release"),
    path("meetings/<int:pk>/answer/", members.answer, name="answer"),
    path("topics/add/", topics.add, name="topic_add"),
    path("cases/", village.cases, name="village"),
    path("cases/<int:pk>/", records.case, name="case"),
    path("cases/<int:pk>/follow-up/", entries.follow_up, name="follow_up"),
    path("cases/<int:pk>/photos/<int:file_pk>/", photos.photo, name="photo"),
    path("cases/<int:pk>/photos/<int:file_pk>/small/", photos.small, name="photo_small"),
    path("cases/<int:pk>/<slug:action>/", steps.case_step, name="case_step"),
    path("approvals/<int:pk>/", approvals.approval, name="approval"),
    path("urgings/<int:pk>/", urgings.urging, name="urging"),
    path("tasks/", tasks.tasks, name="tasks"),
    path("tasks/<int:pk>/", records.task, name="task"),
    path("tasks/<int:pk>/letter/", letters.letter, name="letter"),
    path("tasks/<int:pk>/verify/", verify.verify, name="verify"),
    path("tasks/<int:pk>/<slug:action>/", steps.task_step, name="task_step"),
]
