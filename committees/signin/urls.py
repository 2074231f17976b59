"""The addresses of signing in. Their names are those that allauth looks for."""

from django.urls import path

from committees.signin import activation, views

urlpatterns = [
    path("login/", views.login, name="account_login"),
    path("logout/", views.logout, name="account_logout"),
    path("again/", views.again, name="account_reauthenticate"),
    path("password/", views.password, name="account_change_password"),
    path("kept/", views.kept_form, name="account_kept"),
    path("kept/drop/", views.drop_kept, name="account_kept_drop"),
    path("second/", views.factor, name="mfa_index"),
    path("second/code/", views.code, name="mfa_authenticate"),
    path("second/again/", views.code_again, name="mfa_reauthenticate"),
    path("second/add/", views.enrol, name="mfa_activate_totp"),
    path("second/remove/", views.remove_factor, name="mfa_deactivate_totp"),
    path("second/recovery/", views.recovery_codes, name="mfa_view_recovery_codes"),
    path("second/recovery/new/", views.new_recovery_codes, name="mfa_generate_recovery_codes"),
    path("sessions/", views.session_list, name="usersessions_list"),
    path("sessions/left/", views.session_left, name="session_left"),
    path("start/", activation.slip, name="account_start"),
    path("start/<slug:code>/", activation.start, name="account_start_code"),
]
