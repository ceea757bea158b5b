"""What one does with standards: write drafts; import, publish and withdraw versions of them."""

from rexian.standard.services.draft_publishing import (
    DRAFT_ORIGIN,
    publish_draft,
    take_draft,
)
from rexian.standard.services.drafting import (
    begin_draft,
    begin_draft_from,
    change_draft,
    discard_draft,
    settle_question,
    undo_change,
)
from rexian.standard.services.importing import (
    AlreadyImported,
    UnsoundPack,
    import_archive,
    import_folder,
    set_parameters,
)
from rexian.standard.services.publishing import (
    discard_version,
    publish_shipped,
    publish_version,
    withdraw_version,
)

__all__ = [
    "DRAFT_ORIGIN",
    "AlreadyImported",
    "UnsoundPack",
    "begin_draft",
    "begin_draft_from",
    "change_draft",
    "discard_draft",
    "discard_version",
    "import_archive",
    "import_folder",
    "publish_draft",
    "publish_shipped",
    "publish_version",
    "set_parameters",
    "settle_question",
    "take_draft",
    "undo_change",
    "withdraw_version",
]
