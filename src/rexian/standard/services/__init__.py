"""What one does with standards: import, publish and withdraw versions of them."""

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
    "AlreadyImported",
    "UnsoundPack",
    "discard_version",
    "import_archive",
    "import_folder",
    "publish_shipped",
    "publish_version",
    "set_parameters",
    "withdraw_version",
]
