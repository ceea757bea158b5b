"""What one does with organisations, units and people."""

from rexian.org.services.attempts import unlock_sign_in
from rexian.org.services.departures import let_person_leave, move_person
from rexian.org.services.founding import (
    Founded,
    OrganisationSettings,
    change_organisation,
    found_organisation,
)
from rexian.org.services.passwords import (
    MailedLink,
    PasswordLink,
    ask_password_link,
    change_password,
    confirm_password,
    give_known_password,
    give_password,
    give_password_link,
    make_mailed_link,
    note_mailed_link,
    set_password_by_link,
)
from rexian.org.services.people import change_person, join_person
from rexian.org.services.posts import appoint_person, relieve_person
from rexian.org.services.rosters import (
    carry_out_roster,
    draft_roster,
    drop_roster,
    roster_template,
    slips_workbook,
)
from rexian.org.services.second_factor import (
    begin_second_factor,
    confirm_second_factor,
    make_backup_codes,
    recognise_code,
    remove_own_second_factor,
    remove_second_factor,
)
from rexian.org.services.sessions import (
    begin_session,
    end_other_sessions,
    end_session,
    end_sessions_of,
    see_session,
    sign_out,
)
from rexian.org.services.settings import OwnSettings, change_own_settings
from rexian.org.services.signing_in import Recognised, recognise_person
from rexian.org.services.tokens import MadeToken, make_token, revoke_token, use_token
from rexian.org.services.units import change_unit, close_unit, move_unit, open_unit

__all__ = [
    "Founded",
    "MadeToken",
    "MailedLink",
    "OrganisationSettings",
    "OwnSettings",
    "PasswordLink",
    "Recognised",
    "appoint_person",
    "ask_password_link",
    "begin_second_factor",
    "begin_session",
    "carry_out_roster",
    "change_organisation",
    "change_own_settings",
    "change_password",
    "change_person",
    "change_unit",
    "close_unit",
    "confirm_password",
    "confirm_second_factor",
    "draft_roster",
    "drop_roster",
    "end_other_sessions",
    "end_session",
    "end_sessions_of",
    "found_organisation",
    "give_known_password",
    "give_password",
    "give_password_link",
    "join_person",
    "let_person_leave",
    "make_backup_codes",
    "make_mailed_link",
    "make_token",
    "move_person",
    "move_unit",
    "note_mailed_link",
    "open_unit",
    "recognise_code",
    "recognise_person",
    "relieve_person",
    "remove_own_second_factor",
    "remove_second_factor",
    "revoke_token",
    "roster_template",
    "see_session",
    "set_password_by_link",
    "sign_out",
    "slips_workbook",
    "unlock_sign_in",
    "use_token",
]
