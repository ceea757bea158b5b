"""The sentences of the journal's page: what each event of each context is called in words."""

from __future__ import annotations

from rexian.journal.domain import sentences
from rexian.kernel.language import mark
from rexian.org.domain.roles import ROLE_NAMES

ORGANISATION = {
    "org.organisation_founded": mark("{subject} was founded."),
    "org.organisation_changed": mark("Settings of {subject} were changed: {changed}."),
    "org.demonstration_opened": mark("{subject} was opened as a demonstration."),
    "org.roster_carried_out": mark("A workbook was carried out: {units} units, {people} people."),
    "org.top_unit_opened": mark("The unit {subject} was opened at the top."),
    "org.unit_opened": mark("The unit {subject} was opened below {parent}."),
    "org.unit_changed": mark("The unit {subject} was changed: {changed}."),
    "org.unit_moved": mark("The unit {subject} was moved from {from_parent} to {to_parent}."),
    "org.unit_closed": mark("The unit {subject} was closed."),
    "org.person_joined": mark("{subject} joined {unit}."),
    "org.person_changed": mark("What is known of {subject} was changed: {changed}."),
    "org.person_appointed": mark("{subject} became {role} in {unit}."),
    "org.person_relieved": mark("{subject} is {role} in {unit} no longer."),
    "org.person_moved": mark("{subject} was moved from {from_unit} to {to_unit}."),
    "org.person_left": mark("{subject} left."),
    "org.holdings_handed_over": mark("{subject} handed over to {successor}: {kind}, {count}."),
}
SIGN_IN = {
    "org.password_link_given": mark("A link for a new password of {subject} was handed out."),
    "org.password_link_asked": mark("{subject} asked for a link for a new password."),
    "org.password_changed": mark("{subject} chose a new password."),
    "org.person_signed_in": mark("{subject} signed in."),
    "org.session_ended": mark("A session of {subject} was ended."),
    "org.sign_in_locked": mark(
        "Signing in as {subject} was locked for {minutes} minutes after {failures} failures."
    ),
    "org.key_locked": mark(
        "Signing in was locked for {minutes} minutes after {failures} failures: {subject}."
    ),
    "org.sign_in_unlocked": mark("Signing in as {subject} was unlocked."),
    "org.second_factor_added": mark(
        "{subject} signs in with a code from the telephone from now on."
    ),
    "org.second_factor_removed": mark("{subject} signs in without a code from now on."),
    "org.backup_codes_made": mark("{subject} made new backup codes."),
    "org.backup_code_used": mark("{subject} signed in with a backup code; left: {left}."),
    "org.token_made": mark("A token of {subject} was made."),
    "org.token_revoked": mark("A token of {subject} was revoked."),
}
NOTICES = {
    "notices.notice_posted": mark("A notice ({importance}) was put up for {unit}."),
    "notices.notice_read": mark("A notice for {unit} was read."),
    "notices.notice_taken_down": mark("A notice for {unit} was taken down."),
    "notices.notice_expired": mark("A notice for {unit} came down at its end."),
}
STANDARDS = {
    "standard.version_imported": mark("The standard {standard} {number} was imported."),
    "standard.version_published": mark(
        "The standard {standard} {number} was published, in force from {effective_on}."
    ),
    "standard.version_withdrawn": mark("The standard {standard} {number} was withdrawn."),
    "standard.version_discarded": mark("The standard {standard} {number} was removed."),
}
INSPECTIONS = {
    "dialogue.batch_uploaded": mark("Conversations were sent in for inspection; files: {files}."),
    "dialogue.batch_started": mark("An inspection of {total} records began."),
    "dialogue.batch_advanced": mark("An inspection has done {done} of {total} records."),
    "dialogue.batch_inspected": mark(
        "An inspection was done: {conversations} conversations, {unreadable} records unreadable."
    ),
    "dialogue.batch_cancelled": mark("An inspection was stopped."),
    "dialogue.batch_continued": mark("An inspection goes on."),
    "dialogue.batch_deleted": mark("An inspection was deleted."),
}
WORK = {
    "clockwork.job_progressed": mark("The work {work} has done {done} of {total}."),
    "clockwork.job_done": mark("The work {work} was done: {done} of {total}."),
    "clockwork.work_parked": mark("The work {work} was parked after {attempts} attempts: {error}."),
    "clockwork.work_released": mark("The parked work {work} is tried anew."),
    "clockwork.work_dropped": mark("The parked work {work} was given up."),
}
_CHANGED = {
    "name": mark("name"),
    "code": mark("code"),
    "tier": mark("tier"),
    "email": mark("e-mail address"),
    "extension": mark("extension"),
    "agent_number": mark("agent number"),
    "sign_in": mark("name to sign in with"),
    "language": mark("language"),
    "theme": mark("colours"),
    "density": mark("density"),
    "time_zone": mark("time zone"),
    "password": mark("password"),
    "administrators_need_codes": mark("whether administrators sign in with a code"),
}

for _group in (ORGANISATION, SIGN_IN, NOTICES, STANDARDS, INSPECTIONS, WORK):
    sentences.tell(_group)
sentences.word("role", {str(role): title for role, title in ROLE_NAMES.items()})
sentences.word("changed", _CHANGED)
sentences.word("importance", {"ordinary": mark("ordinary"), "urgent": mark("urgent")})
sentences.refer(
    {
        "unit": "unit",
        "parent": "unit",
        "from_parent": "unit",
        "to_parent": "unit",
        "from_unit": "unit",
        "to_unit": "unit",
        "successor": "person",
    }
)
