"""The forms of signing in: allauth's, with our words, our counting and no placeholders."""

from __future__ import annotations

import unicodedata

from allauth.account.forms import ChangePasswordForm as StockChange
from allauth.account.forms import LoginForm as StockLogin
from allauth.account.forms import ReauthenticateForm as StockAgain
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm as StockCode
from allauth.mfa.base.forms import ReauthenticateForm as StockCodeAgain
from allauth.mfa.totp.forms import ActivateTOTPForm as StockEnrol
from allauth.mfa.totp.internal.auth import SECRET_SESSION_KEY, generate_totp_secret
from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from committees.sealed import seal, unseal
from committees.services import codes, tries
from committees.services.limits import UsedUp
from committees.signin.adapter import locked

LONGEST = 128  # of a password
ENROLLING = "second-factor-to-be"
RULES = _(
    "At least 10 characters, for administrators 12. Not only digits, nothing common, nothing like "
    "your name, and none of your last five passwords."
)


def password_box(label, *, new: bool = False) -> forms.CharField:
    """A box that takes the password as it is typed, pasted or filled in by the browser."""
    kind = "new-password" if new else "current-password"
    widget = forms.PasswordInput(attrs={"autocomplete": kind, "class": "in"})
    return forms.CharField(label=label, max_length=LONGEST, strip=False, widget=widget)


def code_box(label) -> forms.CharField:
    attrs = {"autocomplete": "one-time-code", "inputmode": "numeric", "autofocus": True,
             "class": "in"}  # fmt: skip
    return forms.CharField(label=label, max_length=20, widget=forms.TextInput(attrs=attrs))


def counted(name: str, check):
    """The answer of `check()`, counted as a try of this account. Raises ValidationError."""
    try:
        tried = tries.begin(name)
    except UsedUp as refused:
        raise locked(refused.until) from None
    found = check()
    if found:
        tries.right(tried)
    else:
        tries.wrong(tried)
    return found


class LoginForm(StockLogin):
    """A user name and a password; the answer to anything wrong is one and the same."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        attrs = {"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false",
                 "autofocus": True, "class": "in"}  # fmt: skip
        del self.fields["login"]
        self.fields["username"] = forms.CharField(
            label=_("User name"), max_length=150, widget=forms.TextInput(attrs=attrs)
        )
        self.fields["password"] = password_box(_("Password"))
        self.order_fields(["username", "password"])

    def clean(self):
        self.cleaned_data["login"] = self.cleaned_data.get("username", "")
        return super().clean()


class AgainForm(StockAgain):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["password"] = password_box(_("Password"))


class ChangePasswordForm(StockChange):
    """The present password, and twice a new one."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["oldpassword"] = password_box(_("Present password"))
        self.fields["password1"] = password_box(_("New password"), new=True)
        self.fields["password2"] = password_box(_("New password, once more"), new=True)
        self.fields["password1"].help_text = RULES

    def clean_oldpassword(self):
        typed = self.cleaned_data["oldpassword"]
        if not counted(self.user.get_username(), lambda: self.user.check_password(typed)):
            raise ValidationError(_("This is not your present password."))
        return typed

    def clean_password1(self):
        validate_password(self.cleaned_data["password1"], self.user)
        return self.cleaned_data["password1"]


class NewPasswordForm(forms.Form):
    """A first or a fresh password, set with a one-time link."""

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user
        self.fields["password1"] = password_box(_("New password"), new=True)
        self.fields["password2"] = password_box(_("New password, once more"), new=True)
        self.fields["password1"].help_text = RULES

    def clean_password1(self):
        validate_password(self.cleaned_data["password1"], self.user)
        return self.cleaned_data["password1"]

    def clean_password2(self):
        again = self.cleaned_data["password2"]
        if self.cleaned_data.get("password1", again) != again:
            raise ValidationError(_("The two passwords are not the same."))
        return again


class SlipForm(forms.Form):
    """The code of a printed slip, typed by hand."""

    code = forms.CharField(
        label=_("Code on the slip"),
        max_length=60,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "class": "in"}
        ),
    )


class Code:
    """The box of a one-time code, for signing in and for confirming."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["code"] = code_box(_("One-time code"))
        self.fields["code"].help_text = _(
            "The six digits of your authenticator app, or one of your recovery codes."
        )

    def clean_code(self):
        typed = digits(self.cleaned_data["code"])
        name = self.user.get_username()
        self.authenticator = counted(name, lambda: codes.matching(self.user, typed))
        if self.authenticator is None:
            raise get_adapter().validation_error("incorrect_code")
        self.authenticator.user = self.user
        return typed


class CodeForm(Code, StockCode):
    pass


class CodeAgainForm(Code, StockCodeAgain):
    pass


class EnrolForm(StockEnrol):
    """The first code of an authenticator app; its secret waits sealed in the session."""

    def __init__(self, *args, user, session, **kwargs):
        forms.Form.__init__(self, *args, **kwargs)
        self.user = user
        self.fields["code"] = code_box(_("One-time code"))
        self.fields["code"].help_text = _("The six digits that the app shows now.")
        kept = session.get(SECRET_SESSION_KEY) if self.is_bound else None
        self.secret = unseal(kept, purpose=ENROLLING) if kept else generate_totp_secret()
        session[SECRET_SESSION_KEY] = seal(self.secret, purpose=ENROLLING)

    def clean_code(self):
        typed = digits(self.cleaned_data["code"])
        name = self.user.get_username()
        if not counted(name, lambda: codes.spend(self.user, secret=self.secret, code=typed)):
            raise get_adapter().validation_error("incorrect_code")
        return typed


def digits(typed: str) -> str:
    """The digits of a code, in whatever width and grouping they were typed."""
    return "".join(c for c in unicodedata.normalize("NFKC", typed) if c.isdigit())
