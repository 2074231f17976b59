"""The addresses of signing in. Their names are those that allauth looks for."""

from django.urls import path
from django.views.decorators.cache import never_cache

from committees.signin import activation, views


def private(route, view, *, name):
    """No browser keeps these pages, for nobody."""
    return path(route, never_cache(view), name=name)


urlpatterns = [
    private("login/", views.login, name="account_login"),
    private("logout/", views.logout, name="account_logout"),
    private("again/", views.again, name="account_reauthenticate"),
    private("password/", views.password, name="account_change_password"),
    private("kept/", views.kept_form, name="account_kept"),
    private("kept/drop/", views.drop_kept, name="account_kept_drop"),
    private("second/", views.factor, name="mfa_index"),
    private("second/code/", views.code, name="mfa_authenticate"),
    private("second/again/", views.code_again, name="mfa_reauthenticate"),
    private("second/add/", views.enrol, name="mfa_activate_totp"),
    private("second/remove/", views.remove_factor, name="mfa_deactivate_totp"),
    private("second/recovery/", views.recovery_codes, name="mfa_view_recovery_codes"),
    private("second/recovery/new/", views.new_recovery_codes, name="mfa_generate_recovery_codes"),
    private("sessions/", views.session_list, name="usersessions_list"),
    private("sessions/left/", views.session_left, name="session_left"),
    private("start/", activation.slip, name="account_start"),
    private("start/<slug:code>/", activation.start, name="account_start_code"),
]
