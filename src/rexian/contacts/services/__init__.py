"""What one does with contacts, on either side."""

from rexian.contacts.services.arriving import (
    Arrival,
    arrive,
    ask_to_be_called,
    leave_message,
)
from rexian.contacts.services.customers import know_customer
from rexian.contacts.services.ending import (
    abandon_if_gone,
    end_contact,
    finish_contact,
    leave_as_customer,
)
from rexian.contacts.services.files import attach_file, remove_orphans
from rexian.contacts.services.hotlines import (
    assign_agent,
    change_hotline,
    dismiss_agent,
    set_up_hotline,
)
from rexian.contacts.services.lines import call_listener
from rexian.contacts.services.moving import (
    ask_for_help,
    hold_contact,
    retrieve_contact,
    take_over,
    transfer_to_agent,
    transfer_to_queue,
)
from rexian.contacts.services.offers import (
    accept_offer,
    decline_offer,
    expire_offer,
    restart_offer,
)
from rexian.contacts.services.records import RecordDetails, rate_contact, save_record
from rexian.contacts.services.talking import (
    Said,
    keep_visit,
    read_lines,
    say_as_customer,
    say_to_customer,
    whisper,
)
from rexian.contacts.services.there import (
    become_ready,
    end_lapsed,
    leave_desk,
    renew_lease,
    set_agent_state,
    take_break,
)

__all__ = [
    "Arrival",
    "RecordDetails",
    "Said",
    "abandon_if_gone",
    "accept_offer",
    "arrive",
    "ask_for_help",
    "ask_to_be_called",
    "assign_agent",
    "attach_file",
    "become_ready",
    "call_listener",
    "change_hotline",
    "decline_offer",
    "dismiss_agent",
    "end_contact",
    "end_lapsed",
    "expire_offer",
    "finish_contact",
    "hold_contact",
    "keep_visit",
    "know_customer",
    "leave_as_customer",
    "leave_desk",
    "leave_message",
    "rate_contact",
    "read_lines",
    "remove_orphans",
    "renew_lease",
    "restart_offer",
    "retrieve_contact",
    "save_record",
    "say_as_customer",
    "say_to_customer",
    "set_agent_state",
    "set_up_hotline",
    "take_break",
    "take_over",
    "transfer_to_agent",
    "transfer_to_queue",
    "whisper",
]
