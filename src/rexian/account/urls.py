"""Addresses of signing in and of one's own settings."""

from __future__ import annotations

from django.urls import path

from rexian.account.views import entering, passwords, profile, second_factor, sessions, tokens

app_name = "account"
urlpatterns = [
    path("", profile.settings, name="settings"),
    path("sign-in/", entering.sign_in, name="sign-in"),
    path("sign-in/code/", second_factor.code, name="code"),
    path("sign-out/", entering.sign_out, name="sign-out"),
    path("language/", entering.language, name="language"),
    path("forgotten/", passwords.forgotten, name="forgotten"),
    path("set-password/", passwords.new_password, name="new-password"),
    path("set-password/<str:token>/", passwords.open_link, name="set-password"),
    path("profile/", profile.profile, name="profile"),
    path("password/", passwords.password, name="password"),
    path("sessions/", sessions.sessions, name="sessions"),
    path("sessions/others/end/", sessions.end_others, name="end-others"),
    path("sessions/<int:session>/end/", sessions.end_one, name="end-session"),
    path("second-factor/", second_factor.second_factor, name="second-factor"),
    path("second-factor/backup-codes/", second_factor.backup_codes, name="backup-codes"),
    path("second-factor/remove/", second_factor.remove, name="remove-second-factor"),
    path("tokens/", tokens.tokens, name="tokens"),
    path("tokens/<int:token>/revoke/", tokens.revoke, name="revoke-token"),
]
