"""Make Django ready for a command: settings read, home folder and secret there, contexts loaded.

Commands that need none of it (``rexian inspect``) never import this; there is no Django in them.
"""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from rexian.kernel.errors import Invalid
from rexian.kernel.language import mark
from rexian.site.configuration import Configuration, read_configuration

_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


class UnwritableFolder(Invalid):
    """The home folder, or that of the database, cannot be written to (422)."""

    code = "unwritable-folder"


class MissingSecret(Invalid):
    """A server that is reached from elsewhere has no secret to sign sessions with (422)."""

    code = "missing-secret"


def set_up() -> Configuration:
    """Load all contexts and return the configuration; raise ``WrongSetting`` for a wrong one."""
    read_configuration(os.environ)  # what is wrong is said before a server is loaded
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rexian.site.settings")
    import django  # noqa: PLC0415 - whoever only asks for a folder or a secret need not load it
    from django.conf import settings  # noqa: PLC0415

    django.setup()
    configuration: Configuration = settings.CONFIGURATION
    return configuration


def prepare(configuration: Configuration) -> None:
    """See that the folders can be written to and that there is a secret, before ``set_up``.

    Raises ``UnwritableFolder``, and ``MissingSecret`` where others than this machine's own people
    would come: there, somebody has to decide that this installation begins.
    """
    prepare_folders(configuration)
    if not configuration.secret and not configuration.secret_file.is_file():
        if not is_loopback(configuration.public_url.hostname or ""):
            raise MissingSecret(
                mark(
                    "There is no secret in {file}; `rexian init` makes one, with an organisation "
                    "of your own, or set REXIAN_SECRET."
                ),
                file=configuration.secret_file,
            )
        make_secret(configuration.secret_file)


def prepare_folders(configuration: Configuration) -> None:
    """Make the home folder, its folder of files and that of an SQLite database, where missing."""
    folders = [configuration.home, configuration.files]
    if "sqlite3" in configuration.database["ENGINE"]:
        folders.append(Path(configuration.database["NAME"]).parent)
    for folder in folders:
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            _try_writing(folder)
        except OSError as error:
            raise UnwritableFolder(
                mark("The folder {folder} cannot be written to: {reason}."),
                folder=folder,
                reason=error.strerror,
            ) from None


def make_secret(file: Path) -> None:
    """Write a new secret that only this user can read; one that another has just made is kept."""
    made = file.with_name(f".{file.name}.{os.getpid()}")
    made.touch(mode=0o600)
    made.write_text(secrets.token_urlsafe(64) + "\n", "ascii")
    try:
        os.link(made, file)
    except FileExistsError:
        pass
    finally:
        made.unlink()


def is_loopback(host: str) -> bool:
    """Tell whether only this machine reaches ``host``."""
    return host in _LOOPBACK or host.startswith("127.")


def _try_writing(folder: Path) -> None:
    probe = folder / f".writable.{os.getpid()}"
    probe.touch()
    probe.unlink()
