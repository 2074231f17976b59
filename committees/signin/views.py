"""The pages of signing in, staying signed in and signing out."""

from __future__ import annotations

from allauth.account import views as account
from allauth.mfa.base import views as factors
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from committees import audit
from committees.models import AuditEntry, TryCount, User
from committees.services import sessions
from committees.signin import forms, kept
from committees.signin.devices import device
from committees.signin.landing import landing_of
from committees.signin.middleware import seconds_left

Kind = AuditEntry.Kind


class LoginView(account.LoginView):
    form_class = forms.LoginForm
    template_name = "signin/login.html"

    def get(self, request, *args, **kwargs):
        if request.user.is_authenticated:
            return HttpResponseRedirect(self.get_authenticated_redirect_url())
        return super().get(request, *args, **kwargs)

    def form_valid(self, form):
        if self.request.user.is_authenticated:  # whoever was here before is signed out first
            account.get_adapter(self.request).logout(self.request)
        return super().form_valid(form)

    def form_invalid(self, form):
        response = super().form_invalid(form)
        if form.has_error("__all__", code="locked"):
            response.status_code = 429
            response["Retry-After"] = int(settings.LIMITS[TryCount.Kind.ACCOUNT][1].total_seconds())
        return response

    def get_context_data(self, **kwargs):
        story = settings.DEMO_DATA_ALLOWED and User.objects.filter(is_demo=True).exists()
        return super().get_context_data(**kwargs) | {"is_demo": story}


class LogoutView(account.LogoutView):
    template_name = "signin/logout.html"


class AgainView(account.ReauthenticateView):
    form_class = forms.AgainForm
    template_name = "signin/again.html"

    def form_valid(self, form):
        new_key(self.request)
        return super().form_valid(form)


@method_decorator(login_required, name="dispatch")
class PasswordView(account.PasswordChangeView):
    form_class = forms.ChangePasswordForm
    template_name = "signin/password.html"

    def form_valid(self, form):
        with transaction.atomic():
            response = super().form_valid(form)
            sessions.end_all(self.request.user, but=self.request.session.session_key)
        messages.success(self.request, _("The password is changed. Other devices are signed out."))
        return response

    def get_default_success_url(self):
        if kept.is_there(self.request):
            return kept.address()
        return landing_of(self.request.user)


class CodeView(factors.AuthenticateView):
    form_class = forms.CodeForm
    template_name = "signin/code.html"


class CodeAgainView(factors.ReauthenticateView):
    form_class = forms.CodeAgainForm
    template_name = "signin/again.html"

    def form_valid(self, form):
        new_key(self.request)
        return super().form_valid(form)


class EnrolView(totp.ActivateTOTPView):
    form_class = forms.EnrolForm
    template_name = "signin/enrol.html"

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"session": self.request.session}

    @transaction.atomic
    def form_valid(self, form):
        response = super().form_valid(form)
        audit.record(Kind.SECOND_FACTOR_ADDED, by=self.request.user, about=self.request.user)
        new_key(self.request)
        sessions.end_all(self.request.user, but=self.request.session.session_key)
        return response


class RemoveFactorView(totp.DeactivateTOTPView):
    template_name = "signin/remove_factor.html"

    @transaction.atomic
    def form_valid(self, form):
        response = super().form_valid(form)
        audit.record(Kind.SECOND_FACTOR_REMOVED, by=self.request.user, about=self.request.user)
        sessions.end_all(self.request.user, but=self.request.session.session_key)
        messages.success(self.request, _("The second factor is removed."))
        return response


class FactorView(factors.IndexView):
    template_name = "signin/factor.html"


class RecoveryCodesView(recovery.ViewRecoveryCodesView):
    template_name = "signin/recovery.html"


class NewRecoveryCodesView(recovery.GenerateRecoveryCodesView):
    template_name = "signin/new_recovery.html"


login = LoginView.as_view()
logout = LogoutView.as_view()
again = AgainView.as_view()
password = PasswordView.as_view()
code = CodeView.as_view()
code_again = CodeAgainView.as_view()
enrol = EnrolView.as_view()
remove_factor = RemoveFactorView.as_view()
factor = FactorView.as_view()
recovery_codes = RecoveryCodesView.as_view()
new_recovery_codes = NewRecoveryCodesView.as_view()


def new_key(request) -> None:
    """Another session key for the same session; its line in the list of sessions follows."""
    before = request.session.session_key
    request.session.cycle_key()
    row = UserSession.objects.filter(session_key=before)
    row.update(session_key=request.session.session_key)


@login_required
def session_list(request):
    """Where somebody is signed in; ends one of them, or all the others."""
    here = request.session.session_key
    if request.method == "POST":
        return _end_sessions(request, here=here)
    rows = [device(row, here=here) for row in sessions.of(request.user)]
    others = any(not row.is_this for row in rows)
    context = {"rows": rows, "others": others, "most": settings.SESSIONS_AT_ONCE}
    return render(request, "signin/sessions.html", context)


def _end_sessions(request, *, here: str):
    if request.POST.get("end") == "others":
        with transaction.atomic():
            number = sessions.end_all(request.user, but=here)
            audit.record(Kind.SESSION_ENDED, by=request.user, about=request.user,
                         facts={"why": "others", "sessions": number})  # fmt: skip
    else:
        key = forms.digits(request.POST.get("end", ""))[:18] or "0"
        sessions.end(get_object_or_404(UserSession, pk=key, user=request.user), by=request.user)
    messages.success(request, _("The session is ended."))
    return redirect("usersessions_list")


@require_http_methods(["GET", "POST"])
def session_left(request):
    """Seconds until the session ends by itself; POST says that somebody is there."""
    warn = int(settings.SESSION_WARNING.total_seconds())
    if not request.user.is_authenticated:
        return JsonResponse({"left": 0, "warn": warn})
    return JsonResponse({"left": seconds_left(request.session), "warn": warn})


@login_required
def kept_form(request):
    """What was being sent when the session ended: look at it, send it, or let it go."""
    found = kept.look(request)
    if found is None:
        kept.drop(request)
        return redirect(landing_of(request.user))
    return render(request, "signin/kept.html", {"kept": found})


@login_required
@require_POST
def drop_kept(request):
    kept.drop(request)
    return redirect(landing_of(request.user))
