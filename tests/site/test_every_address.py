"""Every address there is: who is let in, who is refused, to whom nothing is there.

The addresses come from the resolver: one that is new fails here until ``DOORS`` says who may pass.
"""

from __future__ import annotations

import json
from base64 import b64decode
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone

from rexian.callbacks.domain.answers import Answers, Word, WordKind
from rexian.callbacks.models import HeardWord
from rexian.callbacks.services import ask_about_case, log_answers, promise_callback
from rexian.cases.domain.details import CaseDetails
from rexian.cases.domain.helping import Called, Kind
from rexian.cases.domain.standing import Source
from rexian.cases.queries import alerts_for
from rexian.cases.queries.keys import case_key
from rexian.cases.queries.notifications import field_key, notifications_of
from rexian.cases.services import Given, move_case, take_case
from rexian.cases.services.directory import HelperDetails, add_helper
from rexian.cases.services.dispatching import call_crew
from rexian.cases.services.duty import DutyDetails, set_duty
from rexian.cases.services.files import attach_file as attach_to_case
from rexian.clockwork.models import Work
from rexian.contacts.queries import hotline_named, visit_key
from rexian.contacts.services import (
    Arrival,
    accept_offer,
    arrive,
    attach_file,
    become_ready,
)
from rexian.dialogue.services.inspecting_batches import inspect_kept_batch
from rexian.dialogue.services.receiving import receive_conversations
from rexian.dialogue.services.replaying import Span, replay_version
from rexian.kernel.authority import Actor
from rexian.kernel.errors import NotFound, Refused
from rexian.knowledge.services import keep_phrase
from rexian.live.domain.topics import topics
from rexian.notices.services import post_notice
from rexian.org.domain.clients import Client as Computer
from rexian.org.domain.people import PersonDetails
from rexian.org.domain.roles import Role
from rexian.org.models import Unit
from rexian.org.queries import SignedIn, signed_in
from rexian.org.services import begin_session, join_person
from rexian.org.services.tokens import make_token
from rexian.places.queries import Wanted as Listed
from rexian.places.queries import road as listed_road
from rexian.places.queries import roads as listed_roads
from rexian.quality.models import Sample, SampledContact
from rexian.speech.domain.call_facts import CallFacts
from rexian.speech.domain.recordings import Sending
from rexian.speech.services.batches_receiving import SentRecordings, receive_recordings
from rexian.speech.services.receiving import receive_call
from rexian.standard.domain.editing.questions import Question
from rexian.standard.queries.published import standards_in_force
from rexian.standard.services import begin_draft_from
from tests.cast import OUTSIDER, Cast, nothing_changes

pytestmark = pytest.mark.django_db

ANYBODY, SIGNED_IN, NOBODY = "anybody", "signed in", "nobody"
WEST = "an administrator elsewhere"
EVERYBODY = [None, *Role, WEST, OUTSIDER]
# Who passes every door between them: their walk shows that a database answers each page.
PASSING = (Role.AGENT, Role.MANAGER, Role.ADMINISTRATOR, OUTSIDER)
# Who also asks in the way that an address does not take: it is refused alike to everybody.
ODD = (None, Role.MANAGER, OUTSIDER)
OURS = ("华通高速", "柳村收费站", "周军", "王芳", "liqiang", "huatong", "calls.jsonl")


@dataclass(frozen=True)
class Door:
    """The right that getting asks for, and the right that posting asks for.

    ``None`` where the method is not for this address; ``gives`` is what those get who are let in.
    """

    get: str | None = None
    post: str | None = None
    gives: int = 200


def page(right: str, gives: int = 200) -> Door:
    """Return the door of a page that is only looked at."""
    return Door(right, None, gives)


def form(right: str, gives: int = 200) -> Door:
    """Return the door of a page with a form that is sent to the same address."""
    return Door(right, right, gives)


def deed(right: str) -> Door:
    """Return the door of an address that only does something."""
    return Door(None, right)


DOORS: Mapping[str, Door] = {
    "health/live": Door(ANYBODY, ANYBODY),
    "health/ready": Door(ANYBODY, ANYBODY),
    "metrics": Door(ANYBODY, ANYBODY),  # from this machine alone: tests/site/test_health.py
    "api/v1/": Door(ANYBODY, ANYBODY, 404),
    "api/v1/openapi.json": form(ANYBODY),
    "api/v1/organisation": page(SIGNED_IN),
    "api/v1/organisation/units": page("org.see"),
    "api/v1/organisation/people": page("org.see"),
    "api/v1/standards": page("standard.read"),
    "api/v1/standards/<standard_id>": page("standard.read"),
    "api/v1/recordings": Door("speech.send", "speech.send"),
    "api/v1/recordings/removed": page("speech.keep"),
    "api/v1/recordings/<recording_id>": page(SIGNED_IN),
    "api/v1/recordings/<recording_id>/sound": page(SIGNED_IN, 422),  # for no reason
    "api/v1/recordings/<recording_id>/hold": deed("speech.keep"),
    "api/v1/inspections": Door("dialogue.read", "dialogue.inspect"),
    "api/v1/inspections/files": deed("dialogue.inspect"),
    "api/v1/inspections/<inspection_id>": page("dialogue.read"),
    "api/v1/inspections/<inspection_id>/conversations": page("dialogue.read"),
    "api/v1/inspections/<inspection_id>/conversations/<position>": page("dialogue.read"),
    "api/v1/inspections/<inspection_id>/unreadable": page("dialogue.read"),
    "api/v1/notices": page("notices.read"),
    "api/v1/cases": Door("cases.see", "cases.take"),
    "api/v1/cases/export.csv": page("cases.export"),
    "api/v1/cases/letters": deed("cases.take"),
    "api/v1/cases/<case_id>": page("cases.see"),
    **{
        f"api/v1/cases/<case_id>/{name}": deed("cases.see")
        for name in ("moves", "approve", "refuse", "files")
    },
    "api/v1/cases/<case_id>/slips": page("cases.see"),
    "api/v1/cases/<case_id>/files/<file_id>": page("cases.see"),
    "account/": page(SIGNED_IN, 302),
    "account/sign-in/": form(ANYBODY),
    "account/sign-in/code/": form(ANYBODY, 401),  # nobody here has shown a password
    "account/sign-out/": deed(ANYBODY),
    "account/language/": deed(ANYBODY),
    "account/forgotten/": form(ANYBODY),
    "account/set-password/": form(ANYBODY, 403),
    "account/set-password/<str:token>/": page(ANYBODY, 403),
    "account/profile/": form(SIGNED_IN),
    "account/password/": form(SIGNED_IN),
    "account/sessions/": page(SIGNED_IN),
    "account/sessions/others/end/": deed(SIGNED_IN),
    "account/sessions/<int:session>/end/": deed(SIGNED_IN),
    "account/second-factor/": form(SIGNED_IN),
    "account/second-factor/backup-codes/": deed(SIGNED_IN),
    "account/second-factor/remove/": deed(SIGNED_IN),
    "account/tokens/": form(SIGNED_IN),
    "account/tokens/<int:token>/revoke/": deed(SIGNED_IN),
    # Customers come without an account; what they do takes the key of a conversation.
    "chat/<slug:code>/": form(ANYBODY),
    "chat/<slug:code>/message": form(ANYBODY),
    "chat/c/<str:key>/": page(ANYBODY),
    **{
        f"chat/c/<str:key>/{name}": page(ANYBODY)
        for name in ("news", "transcript", "transcript.txt", "files/<int:number>")
    },
    **{
        f"chat/c/<str:key>/{name}": deed(ANYBODY)
        for name in ("say", "here", "files", "leave", "ring-back", "rating")
    },
    "service/<slug:code>/": page(ANYBODY),
    "service/<slug:code>/submit": form(ANYBODY),
    "service/<slug:code>/follow": form(ANYBODY),
    "service/c/<str:case_key>/": page(ANYBODY),
    "service/c/<str:case_key>/slip": page(ANYBODY),
    # What colleagues have attached is not the customer's to see.
    "service/c/<str:case_key>/files/<int:file_id>": page(ANYBODY, 404),
    **{
        f"service/c/<str:case_key>/{name}": deed(ANYBODY)
        for name in ("add", "press", "resume", "withdraw", "rating")
    },
    "widget/<slug:code>.js": page(ANYBODY),
    "widget/<slug:code>/try": page(ANYBODY),
    "desk/": page("contacts.serve"),
    "desk/state": page("contacts.serve"),
    "desk/presence": deed("contacts.serve"),
    "desk/beat": deed("contacts.serve"),
    "desk/colleagues": page("contacts.serve"),
    "desk/notices": page("contacts.serve"),
    "desk/notices/<int:notice_id>/read": deed("contacts.serve"),
    "desk/phrases/at-hand": page("contacts.serve"),
    "desk/phrases/": form("knowledge.use"),
    "desk/phrases/<int:phrase_id>/": form("knowledge.use"),
    "desk/phrases/<int:phrase_id>/forget": deed("knowledge.use"),
    "desk/today/": page("contacts.serve"),
    "desk/callbacks/": page("contacts.serve"),
    "desk/callbacks/<int:callback_id>/": page("contacts.serve"),
    **{
        f"desk/callbacks/<int:callback_id>/{name}": deed("contacts.serve")
        for name in ("take", "release", "attempt")
    },
    "desk/callbacks/<int:callback_id>/withdraw": deed("contacts.intervene"),
    "desk/callbacks/cases/<int:call_id>/": page("cases.call"),
    **{
        f"desk/callbacks/cases/<int:call_id>/{name}": deed("cases.call")
        for name in ("take", "release", "vain", "answer", "correct", "give-up")
    },
    "callbacks/": page("cases.handle"),
    "callbacks/<int:call_id>/give": deed("cases.supervise"),
    "callbacks/dissatisfied/": page("cases.supervise"),
    "callbacks/dissatisfied.xlsx": page("cases.export"),
    "callbacks/heard/": page("cases.handle"),
    "callbacks/heard.xlsx": page("cases.handle"),
    "callbacks/words/<int:word_id>/answer": deed("cases.handle"),
    "figures/": page("cases.supervise"),
    "figures/close": deed("cases.supervise"),
    "figures/month.xlsx": page("cases.export"),
    "figures/<slug:figure>/": page("cases.supervise"),
    **{
        f"desk/contacts/<int:contact_id>/{name}": page("contacts.serve")
        for name in (
            *("state", "lines", "who", "cases", "record", "categories"),
            "clauses/<str:clause_id>",
        )
    },
    "desk/contacts/<int:contact_id>/files/<int:attachment_id>": page("contacts.serve"),
    **{
        f"desk/contacts/<int:contact_id>/{name}": deed("contacts.serve")
        for name in ("say", "note", "read", "accept", "decline", "hold", "retrieve", "transfer")
    },
    **{
        f"desk/contacts/<int:contact_id>/{name}": deed("contacts.serve")
        for name in ("help", "end", "finish", "promise", "record/save", "file", "case")
    },
    "desk/cases/<int:case_id>/<slug:name>": deed("contacts.serve"),
    "floor/": page("contacts.watch"),
    "floor/<int:hotline_id>/": page("contacts.watch"),
    "floor/contacts/<int:contact_id>/": page("contacts.watch"),
    "floor/contacts/<int:contact_id>/whisper": deed("contacts.intervene"),
    "floor/contacts/<int:contact_id>/take-over": deed("contacts.intervene"),
    "floor/agents/<int:person_id>/": page("contacts.watch", 404),  # of a handler
    "floor/agents/<int:person_id>/send": deed("contacts.intervene"),
    "hotlines/": page("contacts.manage"),
    "hotlines/new": form("contacts.manage"),
    "hotlines/<int:hotline_id>/": page("contacts.manage"),
    "hotlines/<int:hotline_id>/change": form("contacts.manage"),
    "hotlines/<int:hotline_id>/agents/<int:person_id>": form("contacts.manage"),
    "contacts/": page("dialogue.read"),
    "contacts/export.csv": page("dialogue.read"),
    "contacts/<int:contact_id>/": page(SIGNED_IN),
    "contacts/<int:contact_id>/part": page(SIGNED_IN),
    "contacts/<int:contact_id>/print": page(SIGNED_IN),
    "contacts/<int:contact_id>/files/<int:attachment_id>": page(SIGNED_IN),
    # Nothing is found in a contact that lasts, so there is nothing to review in it.
    "contacts/<int:contact_id>/findings/<int:finding_id>/review": deed(SIGNED_IN),
    "contacts/<int:contact_id>/findings/<int:finding_id>/change": form("dialogue.review", 404),
    "cases/": page("cases.see"),
    "cases/export.<str:form>": page("cases.export"),
    "cases/letters/": form("cases.take"),
    "cases/letters/take": deed("cases.take"),
    "cases/letters/template": page("cases.take"),
    "cases/letters/answers": page("cases.export"),
    "cases/letters/answers.xlsx": page("cases.export"),
    "cases/part": page("cases.see"),
    "cases/new/": form("cases.take"),
    "cases/alerts/": page("cases.see"),
    "cases/alerts/part": page("cases.see"),
    "cases/alerts/<int:alert_id>/seen": deed("cases.see"),
    "cases/<int:case_id>/": page("cases.see"),
    "cases/<int:case_id>/part": page("cases.see"),
    "cases/<int:case_id>/files/<int:file_id>": page("cases.see"),
    "cases/<int:case_id>/moves/<slug:move_id>": deed("cases.see"),
    "cases/<int:case_id>/approve": deed("cases.see"),
    "cases/<int:case_id>/refuse": deed("cases.see"),
    "cases/<int:case_id>/merge": form("cases.see"),
    "cases/<int:case_id>/join": form("cases.see"),
    "cases/<int:case_id>/leave": deed("cases.see"),
    "cases/<int:case_id>/split": form("cases.see"),
    "cases/<int:case_id>/call": form("cases.see"),
    "cases/<int:case_id>/called/<int:notification_id>/": form("cases.see"),
    # The move of the walk calls nobody in.
    "cases/<int:case_id>/dispatch/<slug:move_id>": form("cases.see", 404),
    "cases/<int:case_id>/slips/<slug:form_id>/": form("cases.see"),
    "cases/<int:case_id>/slips/<slug:form_id>/print": page("cases.see"),
    "cases/<int:case_id>/slips/<slug:form_id>/sign": deed("cases.see"),
    "cases/<int:case_id>/slips/<slug:form_id>/attach": deed("cases.see"),
    "cases/views/": page("cases.see"),
    "cases/views/new": form("cases.see"),
    "cases/views/everything": deed("cases.see"),
    "cases/views/<int:view_id>/rename": form("cases.see", 404),  # one's own alone
    "cases/views/<int:view_id>/remove": deed("cases.see"),
    "cases/views/<int:view_id>/open-with": deed("cases.see"),
    "cases/workload/": page("cases.supervise"),
    "cases/reassign": deed("cases.supervise"),
    "cases/directory/": page("cases.dispatch"),
    "cases/directory/new": form("cases.supervise"),
    "cases/directory/<int:helper_id>/change": form("cases.supervise"),
    "cases/directory/<int:helper_id>/retire": form("cases.supervise"),
    "cases/duty/": page("cases.dispatch"),
    "cases/duty/new": form("cases.supervise"),
    "cases/duty/copy": deed("cases.supervise"),
    "cases/duty/<int:duty_id>/remove": deed("cases.supervise"),
    # A crew comes without an account, by the key of its call.
    "field/<str:field_key>/": page(ANYBODY),
    **{f"field/<str:field_key>/{name}": deed(ANYBODY) for name in ("press", "pictures", "done")},
    "": form(SIGNED_IN),
    "notices/": page("notices.read"),
    "notices/part": page("notices.read"),
    "notices/new": form("notices.post"),
    "notices/<int:notice_id>/": page("notices.read"),
    "notices/<int:notice_id>/read": deed("notices.read"),
    "notices/<int:notice_id>/take-down": form("notices.post"),
    "places/": page("places.read"),
    "places/points": page("places.read"),
    "places/words": page("places.read"),
    "places/suggest": page("places.read"),
    "places/read": page("places.read"),
    "places/list.<str:form>": page("places.read"),
    "places/import/": form("places.manage"),
    "places/import/carry-out": deed("places.manage"),
    "places/import/drop": deed("places.manage"),
    "places/import/template": page("places.manage"),
    "places/roads/new": form("places.manage"),
    "places/roads/<int:road_id>/": page("places.read"),
    "places/roads/<int:road_id>/change": form("places.manage"),
    "places/roads/<int:road_id>/retire": form("places.manage"),
    "places/roads/<int:road_id>/points/new": form("places.manage"),
    "places/points/<int:point_id>/change": form("places.manage"),
    "places/points/<int:point_id>/retire": form("places.manage"),
    "standards/": page("standard.read"),
    "standards/import": form("standard.publish"),
    "standards/drafts/written": form("standard.draft"),
    "standards/drafts/<int:draft_id>/": page("standard.draft"),
    "standards/drafts/<int:draft_id>/clauses/<str:clause_id>": form("standard.draft"),
    "standards/drafts/<int:draft_id>/elements/<str:section>/<str:element_id>": form(
        "standard.draft"
    ),
    "standards/drafts/<int:draft_id>/parameters": form("standard.draft"),
    "standards/drafts/<int:draft_id>/files": deed("standard.draft"),
    "standards/drafts/<int:draft_id>/files/<path:file>": form("standard.draft"),
    "standards/drafts/<int:draft_id>/questions/<int:question>/settle": deed("standard.draft"),
    "standards/drafts/<int:draft_id>/undo": deed("standard.draft"),
    "standards/drafts/<int:draft_id>/compare": page("standard.draft"),
    "standards/drafts/<int:draft_id>/export": page("standard.draft"),
    "standards/drafts/<int:draft_id>/publish": form("standard.publish"),
    "standards/drafts/<int:draft_id>/discard": deed("standard.draft"),
    "standards/<int:version_id>/": page("standard.read"),
    "standards/<int:version_id>/draft": deed("standard.draft"),
    "standards/<int:version_id>/export": page("standard.read"),
    "standards/<int:version_id>/compare/<int:other_id>": page("standard.read"),
    "standards/<int:version_id>/publish": deed("standard.publish"),
    "standards/<int:version_id>/withdraw": deed("standard.publish"),
    "standards/<int:version_id>/discard": deed("standard.publish"),
    "standards/<int:version_id>/parameters": deed("standard.publish"),
    "standards/<int:version_id>/clauses/<str:clause_id>": page("standard.read"),
    "standards/<int:version_id>/work": page("dialogue.read"),
    "standards/<int:version_id>/rules": page("dialogue.read"),
    "samples/": page("quality.answer"),
    "samples/new": form("quality.sample"),
    "samples/<int:sample_id>/": page("quality.answer"),
    "samples/<int:sample_id>/listen": deed("quality.answer"),
    "samples/<int:sample_id>/close": deed("quality.sample"),
    "samples/<int:sample_id>/agreement.<str:form>": page("quality.sample"),
    "samples/<int:sample_id>/<int:contact_id>/": form("quality.answer"),
    "samples/<int:sample_id>/<int:contact_id>/leave": Door(None, "quality.answer", 404),
    "recordings/keeping/": page("speech.keep"),
    "recordings/keeping/removed.csv": page("speech.keep"),
    "recordings/keeping/rule": form("speech.keep"),
    "recordings/keeping/<int:recording_id>/hold": form("speech.keep"),
    "recordings/keeping/<int:recording_id>/release": form("speech.keep"),
    "recordings/keeping/<int:recording_id>/kind": form("speech.keep"),
    "recordings/keeping/<int:recording_id>/remove": form("speech.keep"),
    "standards/replays/": page("dialogue.inspect"),
    "standards/replays/new": form("dialogue.inspect", 404),  # of nothing that is named
    "standards/replays/<int:replay_id>/": page("dialogue.inspect"),
    "standards/replays/<int:replay_id>/stop": deed("dialogue.inspect"),
    "standards/replays/<int:replay_id>/changes.<str:form>": page("dialogue.inspect"),
    "recordings/": page("dialogue.read"),
    "recordings/new": form("speech.send"),
    "recordings/<int:recording_batch_id>/": page("dialogue.read"),
    "recordings/<int:recording_batch_id>/start": deed("speech.send"),
    "recordings/<int:recording_batch_id>/stop": form("speech.send"),
    "recordings/<int:recording_batch_id>/go-on": deed("speech.send"),
    "recordings/<int:recording_batch_id>/delete": form("speech.send"),
    "recordings/<int:recording_batch_id>/calls.csv": page("dialogue.read"),
    "contacts/<int:contact_id>/recordings/<int:recording_id>/listen": Door(None, SIGNED_IN, 404),
    "contacts/<int:contact_id>/sound/<int:grant_id>": page(SIGNED_IN, 404),
    "inspections/": page("dialogue.read"),
    "inspections/new": form("dialogue.inspect"),
    "inspections/<int:batch_id>/": page("dialogue.read"),
    "inspections/<int:batch_id>/cancel": form("dialogue.inspect"),
    "inspections/<int:batch_id>/go-on": deed("dialogue.inspect"),
    "inspections/<int:batch_id>/delete": form("dialogue.inspect"),
    "inspections/<int:batch_id>/report.<str:form>": page("dialogue.read"),
    "inspections/<int:batch_id>/conversations/<int:position>": page("dialogue.read"),
    "journal/": page("journal.read"),
    "journal/export/<str:form>": page("journal.read"),
    "work/": page("clockwork.tend"),
    "work/<int:work_id>/release": deed("clockwork.tend"),
    "work/<int:work_id>/drop": form("clockwork.tend"),
    "organisation/": page("org.see"),
    "organisation/settings/": form("org.manage"),
    "organisation/units/<int:unit_id>/": page("org.see"),
    "organisation/units/<int:unit_id>/open/": form("org.manage"),
    "organisation/units/<int:unit_id>/change/": form("org.manage"),
    "organisation/units/<int:unit_id>/move/": form("org.manage"),
    "organisation/units/<int:unit_id>/close/": form("org.manage"),
    "people/import/": form("org.manage"),
    "people/import/carry-out/": deed("org.manage"),
    "people/import/drop/": deed("org.manage"),
    "people/import/template/": page("org.manage"),
    "people/import/slips/": deed("org.manage"),
    "people/": page("org.see"),
    "people/new/": form("org.manage"),
    "people/<int:person_id>/": page("org.see"),
    "people/<int:person_id>/change/": form("org.manage"),
    "people/<int:person_id>/appoint/": form("org.manage"),
    "people/<int:person_id>/relieve/": deed("org.manage"),
    "people/<int:person_id>/move/": form("org.manage"),
    "people/<int:person_id>/leave/": form("org.manage"),
    "people/<int:person_id>/password-link/": deed("org.manage"),
    "people/<int:person_id>/<slug:name>/": deed("org.manage"),
}
# What lies in the unit of whoever it is about; everything else is the organisation's.
OF_A_UNIT = ("<int:unit_id>", "<int:person_id>")
OF_A_PERSON = {"account/sessions/<int:session>/end/", "account/tokens/<int:token>/revoke/"}
# Where customers come in, who see whose hotline it is.
PUBLIC = ("chat/", "service/", "widget/", "field/")
# What somebody is answered who is let in and has sent an empty form.
ANSWERED = {200, 201, 204, 302, 403, 404, 409, 422}
PICTURE = (
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk"
    "+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
TALK = {"turns": [{"speaker": "agent", "text": "喂，不知道。"}]}


def routes(resolver: Any = None, before: str = "") -> Iterator[str]:
    """Yield every address that the resolver knows, as it is written there."""
    one: URLPattern | URLResolver
    for one in (resolver or get_resolver()).url_patterns:
        route = before + str(one.pattern)
        if isinstance(one, URLResolver):
            yield from routes(one, route)
        else:
            yield route


@dataclass(frozen=True)
class House:
    """What there is of 华通高速 to be asked for: the values that addresses are made of."""

    cast: Cast
    west: int
    path: str
    values: Mapping[str, object]

    def address(self, route: str) -> str:
        """Return an address that leads to something of ours."""
        filled = route
        for name, value in self.values.items():
            filled = filled.replace(name, quote(str(value)))
        assert "<" not in filled, f"{route} asks for what this test does not have yet"
        return f"/{filled}"

    def person(self, who: str) -> SignedIn:
        """Return somebody of the cast, or whoever administers another branch."""
        found = signed_in(self.west) if who == WEST else self.cast.person(who)
        assert found is not None
        return found


@pytest.fixture
def house(cast: Cast, settings: Any, tmp_path: Path) -> House:
    """Return something of everything that our people make, in the branch in the east."""
    settings.CONFIGURATION = replace(settings.CONFIGURATION, home=tmp_path)
    at, station, machine = timezone.now(), cast.units["liucun"], Actor.system("tests")
    cast.put_standards_in_force(at)
    handler, manager = cast.id(Role.HANDLER), cast.actor(Role.MANAGER)
    notice = post_notice(
        station, text="封道", until_at=at + timedelta(days=1), actor=manager, at=at
    )
    token = make_token(
        handler,
        name="t",
        scopes=["standard.read"],
        lasts=timedelta(days=1),
        actor=cast.actor(Role.HANDLER),
        at=at,
    )
    session = begin_session(handler, key="k" * 32, client=Computer(address="::1"), at=at)
    batch, version = _inspected(cast, at), _version(cast, at)
    road = listed_road(listed_roads(manager, Listed(), offset=0, limit=1)[0].id, actor=manager)
    values = {
        "<int:version_id>": version,
        "<standard_id>": version,
        "<str:clause_id>": "HW-3.12",
        "<int:batch_id>": batch,
        "<int:recording_batch_id>": _recordings(cast, at),
        "<int:grant_id>": 0,
        "<inspection_id>": batch,
        "<int:position>": 0,
        "<position>": 0,
        "<int:draft_id>": _draft(cast, at),
        "<int:other_id>": version,
        "<str:section>": "forbidden",
        "<str:element_id>": "forbidden-words",
        "<path:file>": "pack.yaml",
        "<int:question>": 0,
        "<int:replay_id>": _replayed(cast, version, at),
        "changes.<str:form>": "changes.csv",
        "agreement.<str:form>": "agreement.csv",
        "report.<str:form>": "report.jsonl",
        "export/<str:form>": "export/csv",
        "list.<str:form>": "list.xlsx",
        "cases/export.<str:form>": "cases/export.csv",
        "<int:road_id>": road.id,
        "<int:point_id>": road.point_ids[0],
        "<int:work_id>": _parked(cast),
        "<int:unit_id>": station,
        "<int:person_id>": handler,
        "<int:notice_id>": notice,
        **(desk := _at_the_desk(cast, at)),
        "<int:sample_id>": _sampled(cast, desk["<int:contact_id>"], at),
        **(kept := _of_a_case(cast, at)),
        **_called_in(cast, kept["<int:case_id>"], at),
        **_called_back(cast, at),
        "<int:recording_id>": (recording := _recorded(cast, at)),
        "<recording_id>": recording,
        "<slug:figure>": "answered",
        "<slug:name>": "unlock",
        "<int:session>": session,
        "<int:token>": token.id,
        "<str:token>": "no-such-link",
    }
    details = PersonDetails(sign_in="westadmin", name="钱西")
    west = join_person(
        cast.units["west"], details=details, roles=[Role.ADMINISTRATOR], actor=machine, at=at
    )
    return House(cast, west, Unit.objects.get(pk=station).path, values)


def _at_the_desk(cast: Cast, at: Any) -> dict[str, object]:
    """Return a contact that the agent serves, with a picture, and a phrase of the agent's own."""
    agent = cast.actor(Role.AGENT)
    become_ready(actor=agent, at=at)
    contact = arrive("huatong", arrival=Arrival(sent_as="walk", text="封道了吗"), at=at)
    accept_offer(contact, actor=agent, at=at)
    picture = attach_file(
        contact, name="p.png", content=b64decode(PICTURE), sent_as="p", actor=agent, at=at
    )
    phrase = keep_phrase(shortcut="hi", text="您好", actor=agent, at=at)
    callback = promise_callback(contact, due_at=at + timedelta(hours=1), actor=agent, at=at)
    return {
        "<int:contact_id>": contact,
        "<int:callback_id>": callback,
        "<int:finding_id>": 1,
        "<int:attachment_id>": picture.attachment or 0,
        "<slug:code>": "huatong",
        "<int:hotline_id>": hotline_named("huatong").id,
        "<str:key>": visit_key(contact),
        "<int:number>": picture.attachment or 0,
        "<int:phrase_id>": phrase,
    }


def _recorded(cast: Cast, at: Any) -> int:
    """Return a recording of a call that the agent has served elsewhere."""
    agent = cast.person(Role.AGENT).agent_number
    received = receive_call(
        hotline_named("huatong").id,
        facts=CallFacts(id="walk", agent=agent, start=at),
        sending=Sending(name="walk.wav"),
        pieces=[b"a sound"],
        actor=cast.actor(Role.MANAGER),
        at=at,
    )
    return received.recording


def _sampled(cast: Cast, contact: Any, at: Any) -> int:
    """Return a sample whose one contact has been listened to."""
    sample = Sample.objects.create(
        organisation_id=cast.organisation,
        title="s",
        standard="highway",
        since=at.date(),
        until=at.date(),
        method="random",
        seed="s",
        candidates=1,
        clauses=["HW-3.12"],
        trusted_from=0.6,
        drawn_by="person:1",
        drawn_at=at,
    )
    SampledContact.objects.create(sample=sample, contact_id=contact, place=1, answered_at=at)
    return sample.pk


def _of_a_case(cast: Cast, at: Any) -> dict[str, object]:
    """Return a case with a picture that our handler has, and what they are told of it."""
    agent, handler = cast.actor(Role.AGENT), cast.actor(Role.HANDLER)
    details = CaseDetails(
        source=Source.PERSON, category="complaint-attitude", matter="态度", number="13800138000"
    )
    made = take_case("huatong", details=details, actor=agent, at=at)
    slip = Given(unit=cast.units["liucun"], values={"matter": "态度", "against": "收费员"})
    move_case(made, move="send-slip", given=slip, version=1, actor=agent, at=at)
    move_case(made, move="press", given=Given(), version=2, actor=agent, at=at)
    picture = attach_to_case(made, name="p.png", content=b64decode(PICTURE), actor=agent, at=at)
    return {
        "<int:case_id>": made,
        "<case_id>": made,
        "<str:case_key>": case_key(made),
        "<int:file_id>": picture,
        "<file_id>": picture,
        "<slug:move_id>": "press",
        "<int:alert_id>": alerts_for(handler, at=at)[0].id,
        "<int:view_id>": 0,
    }


def _called_in(cast: Cast, made: Any, at: Any) -> dict[str, object]:
    """Return a helper who was called in for a case, and is on duty."""
    manager = cast.actor(Role.MANAGER)
    police = HelperDetails(code="110", name="公安", kind=Kind.POLICE, telephone="110")
    helper = add_helper(cast.organisation, details=police, actor=manager, at=at)
    night = DutyDetails(begins_at=at, ends_at=at + timedelta(hours=12), helper=helper)
    duty = set_duty(cast.units["centre"], details=night, actor=manager, at=at)
    machine = Actor.system("tests")
    call_crew(made, called=[Called(helper=helper)], sent_as="walk", actor=machine, at=at)
    (call,) = notifications_of(made, actor=machine)
    return {
        "<int:helper_id>": helper,
        "<int:duty_id>": duty,
        "<int:notification_id>": call.id,
        "<str:field_key>": field_key(call.id),
        "<slug:form_id>": "complaint-slip",
    }


def _called_back(cast: Cast, at: Any) -> dict[str, object]:
    """Return a call that is to be made on a case, and something that was heard in another."""
    agent, dispatcher = cast.actor(Role.AGENT), cast.actor(Role.DISPATCHER)
    calls: list[int] = []
    for number in ("13800138001", "13800138002"):
        details = CaseDetails(
            source=Source.PERSON, category="breakdown", matter="抛锚", number=number
        )
        made = take_case("huatong", details=details, actor=agent, at=at)
        for version, move in enumerate(("dispatch", "finish"), 1):
            given = Given(text="已拖离")
            move_case(made, move=move, given=given, version=version, actor=dispatcher, at=at)
        calls.append(ask_about_case(made, seq=3, at=at) or 0)
    caller = cast.actor(Role.CALLBACK_AGENT)
    heard = Word(kind=WordKind.PRAISE, text="很快")
    told = {made: Answers(solved=True, satisfied=True, words=(heard,))}
    log_answers(calls[1], attempt=1, answers=told, actor=caller, at=at)
    return {"<int:call_id>": calls[0], "<int:word_id>": HeardWord.objects.get().pk}


def _inspected(cast: Cast, at: Any) -> int:
    batch = receive_conversations(
        cast.organisation,
        uploads=[SimpleUploadedFile("calls.jsonl", json.dumps(TALK).encode())],
        roles={},
        version_id=_version(cast, at),
        today=at.date(),
        actor=cast.actor(Role.MANAGER),
        at=at,
    )
    inspect_kept_batch(batch, clock=timezone.now, progress=lambda *_: None)
    return batch


def _draft(cast: Cast, at: Any) -> int:
    """Return a draft in which one thing is still to be looked at."""
    question = Question("clauses", "X-1", "pack.yaml", "Is this meant?")
    return begin_draft_from(
        cast.organisation,
        name="draft",
        title={"en": "A draft"},
        extends=["highway"],
        files={},
        questions=[question],
        origin="rules.txt",
        actor=cast.actor(Role.MANAGER),
        at=at,
    )


def _recordings(cast: Cast, at: Any) -> int:
    sent = SentRecordings(
        hotline=hotline_named("huatong").id,
        uploads=[SimpleUploadedFile("call.wav", b"no sound")],
    )
    return receive_recordings(sent, actor=cast.actor(Role.MANAGER), at=at)


def _replayed(cast: Cast, version: int, at: Any) -> int:
    span = Span(at.date(), at.date(), at.date())
    return replay_version(version, span=span, actor=cast.actor(Role.MANAGER), at=at)


def _version(cast: Cast, at: Any) -> int:
    return standards_in_force(cast.organisation, at.date())["highway"].id


def _parked(cast: Cast) -> int:
    work = Work.objects.filter(organisation=cast.organisation).latest("pk")
    Work.objects.filter(pk=work.pk).update(
        state="parked", failed_at=timezone.now(), next_at=None, claimed_at=None
    )
    return work.pk


class Visitor:
    """Somebody at the doors: with a browser, and with a token for what machines ask."""

    def __init__(self, house: House, who: str | None) -> None:
        self.house, self.who = house, who
        self.person = house.person(who) if who else None
        self._browser = Client(raise_request_exception=False)
        self._headers: dict[str, str] = {}
        if self.person:
            self._come_in(self.person)
        self._cookies = dict(self._browser.cookies.items())

    def _come_in(self, person: SignedIn) -> None:
        from django.contrib.auth import get_user_model  # noqa: PLC0415 - after the settings

        self._browser.force_login(get_user_model().objects.get(pk=person.id))
        token = make_token(
            person.id,
            name="walk",
            scopes=list(person.actor.grants),
            lasts=timedelta(days=1),
            actor=person.actor,
            at=timezone.now(),
        )
        self._headers["Authorization"] = f"Bearer {token.text}"
        self._browser.get("/api/v1/organisation", headers=self._headers)  # notes that it is used

    def ask(self, method: str, route: str) -> tuple[int, str]:
        """Return the status and the text of an answer; whatever it changed is taken back."""
        self._browser.cookies.clear()
        self._browser.cookies.update(self._cookies)
        with transaction.atomic():
            answer = self._asked(method, route)
            text = b"".join(answer.streaming_content) if answer.streaming else answer.content
            if self.expected(route, method) in {None, DOORS[route].gives}:
                transaction.set_rollback(True)
        if answer.status_code == 302 and "/sign-in/?next=" in answer["Location"]:
            return 401, ""
        return answer.status_code, text.decode(errors="replace")

    def _asked(self, method: str, route: str) -> Any:
        address = self.house.address(route)
        if not route.startswith("api/"):
            return getattr(self._browser, method)(address)
        if method == "get":
            return self._browser.get(address, headers=self._headers)
        if route.endswith("files"):
            sent = {"files": SimpleUploadedFile("calls.jsonl", json.dumps(TALK).encode())}
            return self._browser.post(address, sent, headers=self._headers)
        body = json.dumps({"conversations": [TALK]})
        kind = "application/json"
        return self._browser.post(address, body, content_type=kind, headers=self._headers)

    def expected(self, route: str, method: str) -> int | None:
        """Return the status that is due, or ``None`` where it depends on what was sent."""
        right = getattr(DOORS[route], method)
        if right is None:
            return 405
        refused = None if right == ANYBODY else self._refused(route, right)
        gives = DOORS[route].gives
        return refused or (gives if method == "get" or gives >= 400 else None)

    def _refused(self, route: str, right: str) -> int | None:
        if self.person is None or (right != SIGNED_IN and not self.person.actor.may(right)):
            return 403 if self.person else 401
        actor = self.person.actor
        is_ours = actor.organisation == self.house.cast.organisation
        if "<" in route.replace("<str:form>", "") and not is_ours:
            return 404
        for own, refused in (
            (route.startswith("api/v1/recordings/<"), self._refused_of_recording),
            (route in OF_A_PERSON, self._refused_of_handler),
            (route.startswith("hotlines/<"), self._refused_of_hotline),
            ("<int:contact_id>" in route or "<int:phrase_id>" in route, self._refused_of_agent),
        ):
            if own:
                return refused(route)
        if "<int:notice_id>" in route:
            is_concerned = actor.may("notices.post", self.house.path) or self.who == Role.HANDLER
            return None if is_concerned else 404
        if any(name in route for name in OF_A_UNIT) and not actor.may(right, self.house.path):
            return 404
        return None

    def _refused_of_hotline(self, route: str) -> int | None:
        """Return what somebody is told who leads a team: its centre's hotline is not theirs."""
        assert self.person is not None
        may, units = self.person.actor.may, self.house.cast.units
        if not may("contacts.manage", Unit.objects.get(pk=units["centre"]).path):
            return 403
        is_seen = "person_id" not in route or may("org.see", self.house.path)
        return None if is_seen else 404

    def _refused_of_agent(self, route: str) -> int | None:
        """Contacts are also seen by those who watch the team; a phrase is one's own."""
        assert self.person is not None
        team = Unit.objects.get(pk=self.house.cast.units["team-1"]).path
        watches = "<int:contact_id>" in route and self.person.actor.may("contacts.watch", team)
        if route.startswith(("contacts/", "samples/")):
            # Inspectors sit beside the teams, and read them all.
            may = self.person.actor.may
            beside = may("dialogue.read") and not may("contacts.watch")
            watches = watches or beside or may("dialogue.review")
        return None if watches or self.who == Role.AGENT else 404

    def _refused_of_recording(self, route: str) -> int | None:
        """Return what is told: who reads its contact knows of it; to hear it is another right."""
        assert self.person is not None
        if route.endswith("hold"):
            return None
        refused = self._refused_of_agent("contacts/<int:contact_id>/")
        hears = self.person.actor.may("speech.listen") or self.who == Role.AGENT
        return refused or (403 if route.endswith("sound") and not hears else None)

    def _refused_of_handler(self, route: str) -> int | None:
        """Sessions are one's own; a token is also ended by whoever manages its owner."""
        if self.who == Role.HANDLER or ("token" in route and self.who == Role.ADMINISTRATOR):
            return None
        sees = self.who in (Role.MANAGER, Role.INSPECTOR)
        return 403 if "token" in route and sees else 404


def test_every_address_has_an_expectation() -> None:
    assert set(routes()) == set(DOORS)


@pytest.mark.parametrize(
    "who",
    [
        pytest.param(who, marks=() if who in PASSING else pytest.mark.either_database)
        for who in EVERYBODY
    ],
    ids=str,
)
def test_everybody_gets_what_is_theirs_and_nothing_else(house: House, who: str | None) -> None:
    visitor = Visitor(house, who)
    wrong: list[tuple[object, ...]] = []
    with nothing_changes():
        for route in DOORS:
            for method in _methods(route, who):
                status, text = visitor.ask(method, route)
                if not _is_due(visitor, route, method, status):
                    wrong.append((method, route, status, visitor.expected(route, method)))
                is_public = route.startswith(PUBLIC)
                if who == OUTSIDER and not is_public and any(name in text for name in OURS):
                    wrong.append((method, route, status, "tells of us"))
    assert not wrong, "\n".join(map(str, wrong))


def _methods(route: str, who: str | None) -> list[str]:
    return [one for one in ("get", "post") if getattr(DOORS[route], one) or who in ODD]


def _is_due(visitor: Visitor, route: str, method: str, status: int) -> bool:
    due = visitor.expected(route, method)
    if due is None:
        return status in ANSWERED
    if due == 405:  # who may not pass need not be told what is behind the door
        return status in {405, 401, 403}
    is_inside = route.startswith("account/") and visitor.person is not None
    return status == due or (due == 200 and is_inside and status == 302)


def test_nobody_elsewhere_watches_what_is_ours(house: House) -> None:
    keys = {
        "inspection-batch": house.values["<int:batch_id>"],
        "recording-batch": house.values["<int:recording_batch_id>"],
        "replay": house.values["<int:replay_id>"],
        "work": house.cast.organisation,
        "notices": house.cast.organisation,
        "desk": house.cast.id(Role.AGENT),
        "contact": house.values["<int:contact_id>"],
        "contact-page": house.values["<int:contact_id>"],
        "queue": hotline_named("huatong").id,
        "callbacks": hotline_named("huatong").id,
        "floor": hotline_named("huatong").id,
        "read-along": house.values["<int:contact_id>"],
        "case": house.values["<int:case_id>"],
        "cases": house.cast.organisation,
        "visit": visit_key(0)[:-1],  # whoever has the whole key may watch
    }
    stranger = house.person(OUTSIDER).actor
    for topic in topics():
        assert topic.name in keys, f"a key of ours for the topic {topic.name}"
        with pytest.raises((NotFound, Refused)):
            topic.may_watch(stranger, str(keys[topic.name]))
