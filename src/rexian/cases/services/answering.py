"""Hear from whoever was called in: taken, on the way, arrived, done, refused; the flow follows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from rexian.cases import events, models
from rexian.cases.domain.helping import Press, next_state, pressed_at
from rexian.cases.domain.moving import offers, parts_of
from rexian.cases.domain.refusals import Lacking, NotTheirMove, nothing_there
from rexian.cases.domain.signatures import signature_svg
from rexian.cases.queries.notifications import DISPATCHING, is_all_settled, is_settled_but_for
from rexian.cases.services.customers import Sent
from rexian.cases.services.dispatching import UNTAKEN, tell_dispatchers
from rexian.cases.services.files import attach_file
from rexian.cases.services.giving import Given
from rexian.cases.services.making import Making
from rexian.cases.services.moving import move_case
from rexian.cases.services.slips import sign_slip, write_slip
from rexian.cases.services.stepping import MACHINE, about, save
from rexian.clockwork.services import stop_deadlines
from rexian.contacts.domain.words import one_line, request_name, several_lines
from rexian.contacts.services.transactions import in_one_transaction
from rexian.kernel.authority import Actor
from rexian.kernel.errors import NotFound
from rexian.kernel.language import mark
from rexian.org.queries import signed_in
from rexian.standard.domain.flows import OVER, Flow
from rexian.standard.domain.pack.casework import MoveSpec

FIELD = Actor.system("field")
"""Whoever has shown the key of a field page; they may no more than answer for their own call."""

_WHEN: Mapping[str, str] = {
    Press.TAKEN: "taken_at",
    Press.ON_WAY: "on_way_at",
    Press.ARRIVED: "arrived_at",
    Press.DONE: "done_at",
    Press.REFUSED: "refused_at",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What somebody who was called in says; ``who`` of theirs says it.

    ``ago`` is how long before it reached us it was pressed, ``sent_as`` the name of the request.
    """

    press: Press
    who: str = ""
    reason: str = ""
    text: str = ""
    ago: timedelta = timedelta(0)
    sent_as: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """What was done there: words, the order's form, and who signed for the customer.

    ``drawing`` are the lines of a signature; with a ``signer`` alone the name was typed.
    """

    text: str
    values: Mapping[str, str] = field(default_factory=dict)
    missing: Mapping[str, str] = field(default_factory=dict)
    signer: str = ""
    drawing: str = ""
    ago: timedelta = timedelta(0)
    sent_as: str = ""


@in_one_transaction
def answer_notification(notification_id: int, *, answer: Answer, actor: Actor, at: datetime) -> str:
    """Note what somebody who was called in says, and return how far they have come.

    What is reached already changes nothing, so it may be sent again and again. The first who
    arrives begins the work in the flow of the case; a refusal, and the end of it all, are told to
    the dispatchers. Raises ``NothingToAnswer``, ``Lacking`` for a refusal without a reason.
    """
    hearing = _Hearing.of(notification_id, actor, at)
    hearing.see_that_they_may()
    before, state = hearing.made.state, hearing.note(answer)
    if state != before and answer.press is Press.DONE:
        _tell_that_all_are_done(hearing)
    return state


@in_one_transaction
def finish_work(notification_id: int, *, work: Work, actor: Actor, at: datetime) -> str:
    """Note that the work is done, with its slip at once (GH-4.5), and return how far it has come.

    Whoever is of the house finishes the case by it, where the flow lets them and everybody else who
    was called is done too; for helpers from outside a dispatcher does. Raises ``BadSlip``.
    """
    hearing = _Hearing.of(notification_id, actor, at)
    hearing.see_that_they_may()
    if hearing.made.state == Press.DONE:
        return hearing.made.state
    text, signer = several_lines(work.text), one_line(work.signer, most=80)
    if not text:
        raise Lacking(mark("Say it in words."), field="text")
    if work.drawing.strip() and not signer:
        raise Lacking(mark("Say who signs."), field="signer")
    drawn = signature_svg(work.drawing) if work.drawing.strip() else ""
    given = Given(
        text=text,
        values=work.values,
        missing=work.missing,
        signer=signer,
        signature=drawn,
        sent_as=f"done:{notification_id}",
    )
    finish = finishing_move(hearing.making.flow, hearing.row.state)
    person = _finisher(hearing, finish, given)
    if finish is not None and finish.form and person is None:
        _write_down(hearing, finish.form, given)
    said = Answer(press=Press.DONE, text=text, ago=work.ago, sent_as=work.sent_as)
    state = hearing.note(said)
    if finish is not None and person is not None:
        version = hearing.row.version
        move_case(hearing.row.pk, move=finish.id, given=given, version=version, actor=person, at=at)
    else:
        _tell_that_all_are_done(hearing)
    return state


@in_one_transaction
def send_pictures(
    notification_id: int, *, pictures: Sequence[Sent], sent_as: str, actor: Actor, at: datetime
) -> int:
    """Keep pictures from where the work is done, and return how many of the call there are.

    The same request again, and the same picture again, are kept once.
    """
    hearing = _Hearing.of(notification_id, actor, at)
    hearing.see_that_they_may()
    row, name = hearing.row, request_name(sent_as)
    known = models.Step.objects.filter(case=row, kind="photos", data__notification=notification_id)
    if pictures and not (name and known.filter(sent_as=name).exists()):
        ids = [
            attach_file(row.pk, name=one.name, content=one.content, actor=actor, at=at)
            for one in pictures
        ]
        loose = models.File.objects.filter(case=row, pk__in=ids, step=None)
        if loose.exists():
            told = {"notification": notification_id, "name": hearing.made.name}
            step = hearing.making.step("photos", data=told, sent_as=name)
            count = loose.update(step=step)
            save(row)
            hearing.making.note(
                events.HelpPictured(**about(row), notification=notification_id, count=count)
            )
    return models.File.objects.filter(step__in=known).count()


def finishing_move(flow: Flow, state: str) -> MoveSpec | None:
    """Return the move by which the work of a case is done: the one with the order, if any."""
    ends = [one for one in flow.moves_from(state) if one.does == "resolve"]
    return next((one for one in ends if one.form), next(iter(ends), None))


@dataclass(frozen=True, slots=True)
class _Hearing:
    """A notification of a case that is held."""

    making: Making
    made: models.Notification

    @classmethod
    def of(cls, notification_id: int, actor: Actor, at: datetime) -> _Hearing:
        """Take hold of the case first, as everybody does, then of what is answered."""
        calls = models.Notification.objects.filter(pk=notification_id)
        case_id = calls.values_list("case", flat=True).first()
        if case_id is None:
            raise nothing_there(f"notification:{notification_id}")
        making = Making.begin(case_id, actor=actor, at=at)
        if making.row.standing in OVER:
            raise nothing_there(f"notification:{notification_id}")
        return cls(making, calls.get())

    @property
    def row(self) -> models.Case:
        """The case."""
        return self.making.row

    def see_that_they_may(self) -> None:
        """Let whoever has shown the key answer, those who dispatch, and the person called."""
        actor = self.making.actor
        is_theirs = actor.person is not None and actor.person == self.made.person_id
        if actor.is_system or is_theirs or DISPATCHING & parts_of(self.making.standing, actor):
            return
        raise NotTheirMove(mark("This is for somebody else to do."), move="answer")

    def note(self, answer: Answer) -> str:
        """Write down what was said, unless it is so already, and have the flow follow."""
        made, at = self.made, self.making.at
        state = next_state(made.state, answer.press)
        if state is None:
            return made.state
        reason = one_line(answer.reason, most=500)
        if answer.press is Press.REFUSED and not reason:
            raise Lacking(mark("Say why."), field="reason")
        last = max(filter(None, (made.told_at, *(getattr(made, one) for one in _WHEN.values()))))
        came_at = pressed_at(answer.ago, after=last, at=at)
        made.state, made.reason = state, reason or made.reason
        setattr(made, _WHEN[answer.press], came_at)
        made.taken_by = made.taken_by or one_line(answer.who, most=80)
        made.result = several_lines(answer.text) or made.result
        made.save()
        stop_deadlines(f"notification:{made.pk}", at=at, name=UNTAKEN)
        self._tell(answer, came_at)
        self._follow(answer.press)
        return state

    def _tell(self, answer: Answer, came_at: datetime) -> None:
        way = "field" if self.making.actor == FIELD else "desk"
        told = {
            "notification": self.made.pk,
            "name": self.made.name,
            "told": way,
            "who": one_line(answer.who, most=80),
            "came_at": came_at.isoformat(),
        }
        self.making.step(
            "answered",
            effect=answer.press.value,
            reason=one_line(answer.reason, most=500),
            text=several_lines(answer.text),
            data=told,
        )
        self.row.moved_at = self.making.at
        save(self.row, "moved_at")
        heard = events.HelpAnswered(
            **about(self.row),
            notification=self.made.pk,
            press=answer.press.value,
            told=way,
            came_at=came_at.isoformat(),
        )
        self.making.note(heard)

    def _follow(self, press: Press) -> None:
        """Begin the work with the first who arrives; tell those who dispatch of what needs them."""
        row, at = self.row, self.making.at
        if press is Press.ARRIVED and self.made.round == row.round:
            start = next(
                (
                    one.move
                    for one in offers(self.making.standing, self.making.flow, MACHINE)
                    if one.move.does == "start"
                ),
                None,
            )
            if start is not None:
                given = Given(sent_as=f"arrived:{self.made.pk}")
                move_case(
                    row.pk, move=start.id, given=given, version=row.version, actor=MACHINE, at=at
                )
        elif press is Press.REFUSED:
            tell_dispatchers(row, "help-refused", at)


def _tell_that_all_are_done(hearing: _Hearing) -> None:
    row = hearing.row
    if is_all_settled(row.pk, row.round):
        tell_dispatchers(row, "help-done", hearing.making.at)


def _write_down(hearing: _Hearing, form: str, given: Given) -> None:
    """Write the order's slip as the work is done, and sign it where the customer has."""
    actor, at = hearing.making.actor, hearing.making.at
    values, missing = given.values or {}, given.missing or {}
    slip = write_slip(hearing.row, form, values=values, missing=missing, actor=actor, at=at)
    if given.signer:
        sign_slip(
            hearing.row,
            slip,
            signer=given.signer,
            signature=given.signature,
            actor=actor,
            at=at,
        )


def _finisher(hearing: _Hearing, finish: MoveSpec | None, given: Given) -> Actor | None:
    """Return the person of the house who was called, where the flow lets them finish the case now.

    What it does not let them do is for whoever has the case.
    """
    row, made = hearing.row, hearing.made
    person = signed_in(made.person_id) if made.person_id else None
    is_last = made.round == row.round and is_settled_but_for(made.pk, row.pk, row.round)
    if finish is None or person is None or not is_last:
        return None
    if "signature" in finish.needs and not given.signer:
        return None
    try:
        making = Making.begin(row.pk, actor=person.actor, at=hearing.making.at)
    except NotFound:  # they were sent, and do not see the cases of the unit
        return None
    offered = offers(making.standing, making.flow, person.actor)
    return person.actor if any(one.move.id == finish.id for one in offered) else None
