"""The sentences of the journal's page: what each event of each context is called in words."""

from __future__ import annotations

from rexian.callbacks.domain.lifecycle import CAUSE_NAMES, RESULT_NAMES
from rexian.console import sentences_callbacks as _callbacks  # noqa: F401 - they are told there
from rexian.console import sentences_cases as _cases  # noqa: F401 - they are told there
from rexian.console import sentences_quality as _quality  # noqa: F401 - they are told there
from rexian.console import sentences_speech as _speech  # noqa: F401 - they are told there
from rexian.contacts.domain.presence import THERE_NAMES
from rexian.journal.domain import sentences
from rexian.kernel.language import mark
from rexian.org.domain.roles import ROLE_NAMES
from rexian.places.domain.roads import KIND_NAMES
from rexian.reports.inspection.words import OUTCOMES

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
PLACES = {
    "places.road_added": mark("The road {code} was added to the list of places."),
    "places.road_changed": mark("The road {code} was changed: {changed}."),
    "places.road_retired": mark("The road {code} was taken out of the list, with its points."),
    "places.point_added": mark("A point was added to {code}: {kind}, {stake}."),
    "places.point_changed": mark("A point of {code} was changed: {changed}."),
    "places.point_retired": mark("A point of {code} was taken out of the list: {kind}, {stake}."),
    "places.list_carried_out": mark("A list was carried out: {roads} roads, {points} points."),
}
KNOWLEDGE = {
    "knowledge.phrase_kept": mark("A phrase was kept for oneself."),
    "knowledge.phrase_shared": mark("A phrase was shared with {unit}."),
    "knowledge.phrase_changed": mark("A phrase was changed."),
    "knowledge.phrase_forgotten": mark("A phrase was removed."),
}
STANDARDS = {
    "standard.version_imported": mark("The standard {standard} {number} was imported."),
    "standard.version_published": mark(
        "The standard {standard} {number} was published, in force from {effective_on}."
    ),
    "standard.version_withdrawn": mark("The standard {standard} {number} was withdrawn."),
    "standard.version_discarded": mark("The standard {standard} {number} was removed."),
    "standard.draft_begun": mark("A draft of {standard} was begun."),
    "standard.draft_changed": mark("A draft of {standard} was changed; revision {revision}."),
    "standard.draft_question_settled": mark(
        "A question on a draft of {standard} was settled; still open: {left}."
    ),
    "standard.draft_taken": mark("A draft of {standard} became version {number}."),
    "standard.draft_discarded": mark("A draft of {standard} was removed."),
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
FINDINGS = {
    "dialogue.suspicion_raised": mark("Suspected while it lasted: {clause}, {outcome}."),
    "dialogue.contact_inspected": mark("Inspected: {missed} missed, {suspect} to confirm."),
    "dialogue.finding_confirmed": mark("A finding was confirmed: {clause}, {outcome}."),
    "dialogue.finding_rejected": mark("A finding was rejected: {clause}, {outcome}."),
    "dialogue.finding_changed": mark(
        "A finding was changed: {clause}, {outcome}, to {said_clause}, {said_outcome}."
    ),
}
RULES = {
    "dialogue.rule_doubted": mark(
        "The rule {rule} ({clause}) of {standard} only suspects from now on: reviews confirmed"
        " {confirmed} of {reviewed}."
    ),
    "dialogue.rule_trusted": mark(
        "The rule {rule} ({clause}) of {standard} is trusted again: reviews confirmed {confirmed}"
        " of {reviewed}."
    ),
    "dialogue.replay_started": mark("A replay of {standard} was started, from {since} to {until}."),
    "dialogue.replay_advanced": mark("A replay has compared {done} of {total} conversations."),
    "dialogue.replay_done": mark(
        "A replay is through: {conversations} conversations, of which {changed} change."
    ),
    "dialogue.replay_cancelled": mark("A replay was stopped."),
}
CONTACTS = {
    "contacts.contact_arrived": mark("A customer arrived by {channel}."),
    "contacts.contact_greeted": mark("A customer was greeted."),
    "contacts.contact_queued": mark("A customer waits in the queue {queue}."),
    "contacts.contact_offered": mark("A contact was offered to {agent}."),
    "contacts.offer_missed": mark("{agent} did not take a contact that was offered."),
    "contacts.contact_connected": mark("{agent} took a contact that had waited {waited} s."),
    "contacts.contact_held": mark("{agent} asked a customer to wait."),
    "contacts.contact_retrieved": mark("{agent} came back to a customer after {held_for} s."),
    "contacts.contact_transferred": mark("{source} transferred a contact to the queue {queue}."),
    "contacts.contact_taken_over": mark(
        "{agent} took a contact over from {source}, and has {load} of {capacity}."
    ),
    "contacts.contact_released": mark("{source} was gone; a contact went back to the queue."),
    "contacts.turn_taken": mark("A turn was taken: line {seq}, {speaker}."),
    "contacts.whisper_sent": mark("A line for colleagues was written: line {seq}."),
    "contacts.lines_read": mark("The {by} has read up to line {seq}."),
    "contacts.help_asked": mark("{agent} asked a supervisor for help: {reason}."),
    "contacts.contact_ended": mark("A conversation was ended; by: {by}."),
    "contacts.contact_resumed": mark("A customer wrote again before {agent} had finished."),
    "contacts.contact_abandoned": mark("A customer left the queue after {waited} s."),
    "contacts.message_left": mark("A customer left a message."),
    "contacts.contact_finished": mark("After-contact work ended after {worked} s."),
    "contacts.contact_rated": mark("A customer rated a contact: {satisfied} of 5."),
    "contacts.record_saved": mark("A contact record was saved: {category}, version {version}."),
    "contacts.customer_recognised": mark("A customer was recognised by their number."),
    "contacts.presence_changed": mark("{subject}: {state}."),
    "contacts.hotline_set_up": mark("A hotline was set up, or its settings were changed."),
    "contacts.agent_assigned": mark(
        "{subject} serves these queues: {queues}; at once: {capacity}."
    ),
}
CALLBACKS = {
    "callbacks.callback_promised": mark("A customer is to be called: {cause}."),
    "callbacks.callback_repeated": mark("A customer who is to be called tried again: {cause}."),
    "callbacks.callback_taken": mark("{agent} has taken it on to call a customer."),
    "callbacks.callback_attempted": mark("{agent} called a customer, time {attempt}: {result}."),
    "callbacks.callback_reached": mark("A customer was called back and reached."),
    "callbacks.callback_failed": mark("A customer was not reached in {attempts} calls."),
    "callbacks.callback_withdrawn": mark("A customer need not be called back any more."),
    "callbacks.callback_breached": mark("A customer was not called back in time."),
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
    "aliases": mark("other names"),
    "begin": mark("first stake"),
    "end": mark("last stake"),
    "rising": mark("direction of rising stakes"),
    "falling": mark("direction of falling stakes"),
    "kind": mark("kind"),
    "metres": mark("stake"),
    "line": mark("carriageway of the stake"),
    "way": mark("direction served"),
}

for _group in (
    ORGANISATION,
    SIGN_IN,
    NOTICES,
    KNOWLEDGE,
    PLACES,
    STANDARDS,
    INSPECTIONS,
    FINDINGS,
    RULES,
    CONTACTS,
    CALLBACKS,
    WORK,
):
    sentences.tell(_group)
sentences.word("role", {str(role): title for role, title in ROLE_NAMES.items()})
sentences.word("changed", _CHANGED)
for _field in ("outcome", "said_outcome"):
    sentences.word(_field, {str(outcome): word for outcome, word in OUTCOMES.items()})
sentences.word("importance", {"ordinary": mark("ordinary"), "urgent": mark("urgent")})
sentences.word("kind", {str(kind): title for kind, title in KIND_NAMES.items()})
sentences.word("kind", {"contacts.contact": mark("Open contacts")})
sentences.word("kind", {"callbacks.callback": mark("Callbacks to make")})
sentences.word("channel", {"chat": mark("chat"), "phone": mark("telephone")})
for _field in ("by", "speaker"):
    _sides = {"agent": mark("agent"), "customer": mark("customer"), "system": mark("system")}
    sentences.word(_field, _sides)
sentences.word("state", {str(state): word for state, word in THERE_NAMES.items()})
sentences.word("cause", {str(cause): word for cause, word in CAUSE_NAMES.items()})
sentences.word("result", {str(result): word for result, word in RESULT_NAMES.items()})
sentences.refer(
    {
        "unit": "unit",
        "parent": "unit",
        "from_parent": "unit",
        "to_parent": "unit",
        "from_unit": "unit",
        "to_unit": "unit",
        "successor": "person",
        "agent": "person",
        "source": "person",
    }
)
