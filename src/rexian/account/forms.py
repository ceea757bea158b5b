"""What people fill in to sign in, and to set what is their own."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from rexian.kernel.language import mark
from rexian.look.environment import translated

_NAME = {"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}


def _password(label: str, autocomplete: str, help_text: str = "") -> forms.CharField:
    widget = forms.PasswordInput(attrs={"autocomplete": autocomplete})
    return forms.CharField(
        label=label, max_length=200, strip=False, widget=widget, help_text=help_text
    )


class SignInForm(forms.Form):
    """A name and a password."""

    sign_in = forms.CharField(
        label=mark("Sign-in name"), max_length=60, widget=forms.TextInput(attrs=_NAME)
    )
    password = _password(mark("Password"), "current-password")


class CodeForm(forms.Form):
    """The code of the moment, or one from paper."""

    code = forms.CharField(
        label=mark("Code"),
        max_length=20,
        help_text=mark("The six digits on your telephone, or one of your backup codes."),
        widget=forms.TextInput(
            attrs={
                "autocomplete": "one-time-code",
                "autocapitalize": "none",
                "spellcheck": "false",
                "class": "code-input",
                "autofocus": True,
            }
        ),
    )


class FirstCodeForm(CodeForm):
    """The first code of a telephone that is being set up; nothing is on paper yet."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].help_text = mark("The six digits that your telephone shows now.")


class ForgottenForm(forms.Form):
    """Who has forgotten their password."""

    who = forms.CharField(
        label=mark("Sign-in name or mail address"),
        max_length=254,
        widget=forms.TextInput(attrs=_NAME),
    )


class NewPasswordForm(forms.Form):
    """A new password, twice."""

    new = _password(
        mark("New password"),
        "new-password",
        mark("At least 10 characters; not digits alone, and none that everybody uses."),
    )
    again = _password(mark("New password, once more"), "new-password")

    def clean(self) -> dict[str, Any]:
        """See that both are the same."""
        given = super().clean() or {}
        if given.get("new") and given.get("again") and given["new"] != given["again"]:
            self.add_error("again", mark("The two are not the same."))
        return given


class ChangePasswordForm(NewPasswordForm):
    """The password of now, and a new one."""

    old = _password(mark("Password of now"), "current-password")
    field_order = ("old", "new", "again")


class ProfileForm(forms.Form):
    """How the interface looks to oneself."""

    language = forms.ChoiceField(
        label=mark("Language"),
        choices=[("zh-Hans", "简体中文"), ("zh-Hant", "繁體中文"), ("en", "English")],
        widget=forms.RadioSelect,
    )
    theme = forms.ChoiceField(
        label=mark("Colours"),
        choices=[
            ("auto", mark("as the computer has it")),
            ("light", mark("light")),
            ("dark", mark("dark")),
        ],
        widget=forms.RadioSelect,
    )
    density = forms.ChoiceField(
        label=mark("Density"),
        choices=[("comfortable", mark("comfortable")), ("compact", mark("compact"))],
        widget=forms.RadioSelect,
    )


class OwnPasswordForm(forms.Form):
    """One's own password, before something that makes signing in less safe."""

    password = _password(mark("Password"), "current-password")


# A list to choose from is drawn by Django, which knows nothing of our catalogues.
_DAYS = (
    (7, mark("7 days")),
    (30, mark("30 days")),
    (90, mark("90 days")),
    (365, mark("365 days")),
)


class TokenForm(forms.Form):
    """What a machine is let do, and for how long."""

    name = forms.CharField(
        label=mark("What it is for"),
        max_length=80,
        help_text=mark("So that you know it again: the name of the other system."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    scopes = forms.MultipleChoiceField(
        label=mark("Rights"),
        help_text=mark("It can do no more than you can yourself."),
        widget=forms.CheckboxSelectMultiple,
    )
    days = forms.TypedChoiceField(
        label=mark("Good for"),
        coerce=int,
        initial=90,
    )

    def __init__(self, *args: Any, rights: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["scopes"]
        assert isinstance(field, forms.MultipleChoiceField)  # noqa: S101 - as declared above
        field.choices = list(rights)
        days = self.fields["days"]
        assert isinstance(days, forms.TypedChoiceField)  # noqa: S101 - as declared above
        days.choices = [(one, translated(title)) for one, title in _DAYS]
