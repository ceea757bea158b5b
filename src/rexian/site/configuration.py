"""What an operator can set, read from the environment, with a plain sentence for what is wrong.

Every setting is a variable ``REXIAN_…``; ``OPTIONS`` is their list, and the reference page is made
from it. Nothing else in the program reads the environment for settings of the server.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from ipaddress import ip_network
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from rexian.kernel.errors import Invalid
from rexian.kernel.language import mark, translate

PREFIX = "REXIAN_"

# What stands for a password in an address, which a complaint about it need not repeat.
_PASSWORD = re.compile(r":[^/:@]*@")

# Variables that other parts of the program heed: the command line's language, the cache of packs.
ELSEWHERE = frozenset({"REXIAN_LANGUAGE", "REXIAN_CACHE"})


class WrongSetting(Invalid):
    """A setting that is unknown, missing, or makes no sense (422)."""

    code = "wrong-setting"

    def sentence(self, language: str) -> str:
        """Return what is wrong in ``language``, with what was wanted in it too."""
        wanted = self.details.get("wanted")
        filled = {**self.details, "wanted": translate(wanted, language)} if wanted else self.details
        return translate(self.template, language, **filled)


@dataclass(frozen=True, slots=True)
class Option:
    """A setting: its variable's name without the prefix, its reader, what it means."""

    name: str
    read: Callable[[str], Any]
    default: str
    meaning: str

    @property
    def variable(self) -> str:
        """The name of the variable of the environment."""
        return PREFIX + self.name


@dataclass(frozen=True, slots=True)
class Configuration:
    """All settings, read; paths are absolute."""

    home: Path
    database: Mapping[str, Any]
    secret: str
    public_url: SplitResult
    proxies: tuple[str, ...]
    mail: SplitResult | None
    mail_from: str
    packs: tuple[Path, ...]
    log: str
    upload_limit: int
    attachment_limit: int
    metrics_token: str
    asr: str
    recordings_from: tuple[Path, ...]
    recordings: str
    recordings_key: str
    recordings_key_file: Path | None
    recording_limit: int
    s3_endpoint: str
    s3_region: str
    s3_access_key: str
    s3_secret_key: str
    archive: Path | None

    @property
    def secret_file(self) -> Path:
        """Where the secret is kept that ``rexian init`` made."""
        return self.home / "secret"

    @property
    def files(self) -> Path:
        """The folder of what people upload."""
        return self.home / "files"

    @property
    def key_file(self) -> Path:
        """Where the keys of recordings lie, unless they are given themselves."""
        return self.recordings_key_file or self.home / "recordings.key"

    @property
    def recordings_folder(self) -> Path:
        """Where recordings lie that no bucket holds; they are sealed."""
        return _home(self.recordings) if self.recordings else self.home / "recordings"


def _home(text: str) -> Path:
    return Path(text).expanduser().absolute()


def _web_address(text: str) -> SplitResult:
    parts = urlsplit(text)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.path.strip("/"):
        raise ValueError(mark("a web address such as https://hotline.example.org, without a path"))
    return parts


def _mail(text: str) -> SplitResult | None:
    if not text:
        return None
    parts = urlsplit(text)
    if parts.scheme not in {"smtp", "smtps", "smtp+starttls"} or not parts.hostname:
        raise ValueError(mark("the address of a mail server such as smtps://name:password@host"))
    return parts


def _networks(text: str) -> tuple[str, ...]:
    try:
        return tuple(str(ip_network(one.strip())) for one in text.split(",") if one.strip())
    except ValueError:
        wanted = mark("addresses or networks such as 10.0.0.0/8, with commas between them")
        raise ValueError(wanted) from None


def _folders(text: str) -> tuple[Path, ...]:
    return tuple(_home(one) for one in text.split(":") if one)


def _file(text: str) -> Path | None:
    return _home(text) if text else None


def _place_of_recordings(text: str) -> str:
    if text.startswith("s3://") and not urlsplit(text).netloc:
        raise ValueError(mark("a folder, or a bucket such as s3://recordings/2026"))
    return text


def _endpoint(text: str) -> str:
    return _web_address(text).geturl() if text else ""


def _level(text: str) -> str:
    if text not in {"debug", "info", "warning", "error"}:
        raise ValueError(mark("one of debug, info, warning, error"))
    return text.upper()


def _size(text: str) -> int:
    units = {"K": 1024, "M": 1024**2, "G": 1024**3}
    number, unit = (text[:-1], units[text[-1]]) if text[-1:] in units else (text, 1)
    if not number.isdecimal() or not int(number):
        raise ValueError(mark("a size in bytes, or with K, M or G after it"))
    return int(number) * unit


def _database(text: str) -> Mapping[str, Any]:
    parts = urlsplit(text)
    if parts.scheme == "sqlite" and not parts.netloc and parts.path.strip("/"):
        return sqlite(Path(unquote(parts.path)))
    if parts.scheme in {"postgresql", "postgres"} and parts.path.strip("/"):
        return postgresql(parts)
    raise ValueError(mark("postgresql://name:password@host/database or sqlite:///file"))


_OFTEN = 5
"""So many times a statement is asked before the server keeps it prepared; psycopg's own figure."""


def sqlite(file: Path) -> dict[str, Any]:
    """Return Django's settings for SQLite in ``file``.

    Transactions take their lock when they begin: one that reads first and writes later would fail
    at once where another has written in between, whatever its patience.
    """
    return {
        "ENGINE": "rexian.site.sqlite3",
        "NAME": str(file),
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
        },
    }


def postgresql(parts: SplitResult) -> dict[str, Any]:
    """Return Django's settings for the PostgreSQL server that an address names.

    What follows a ``?`` is handed on (``sslmode=require``); ``host`` there may be a folder. What
    is asked often is parsed and planned once for a connection: a case is taken a third faster.
    """
    options = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.strip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(options.pop("host", parts.hostname or "")),
        "PORT": str(parts.port or ""),
        "OPTIONS": {"server_side_binding": True, "prepare_threshold": _OFTEN, **options},
    }


OPTIONS = (
    Option(
        "HOME",
        _home,
        "~/.local/share/rexian",
        mark("folder of the database, of uploaded files and of the secret"),
    ),
    Option(
        "DATABASE", _database, "", mark("where the data are; a file in the home folder if empty")
    ),
    Option("SECRET", str, "", mark("key that signs sessions; kept in the home folder if empty")),
    Option(
        "PUBLIC_URL",
        _web_address,
        "http://localhost:8000",
        mark("address under which people reach the server"),
    ),
    Option(
        "PROXIES",
        _networks,
        "",
        mark("proxies in front of the server, whose word on a client's address is believed"),
    ),
    Option("MAIL", _mail, "", mark("mail server; without one, administrators hand out links")),
    Option("MAIL_FROM", str, "rexian@localhost", mark("sender of mail")),
    Option("PACKS", _folders, "", mark("folders with standards of your own, with : between them")),
    Option("LOG", _level, "info", mark("least level of what is logged")),
    Option("UPLOAD_LIMIT", _size, "200M", mark("greatest size of an uploaded file")),
    Option(
        "ATTACHMENT_LIMIT", _size, "10M", mark("greatest size of a file sent in a conversation")
    ),
    Option(
        "METRICS_TOKEN",
        str,
        "",
        mark("what a collector of figures shows; without one, only this machine reads them"),
    ),
    Option(
        "ASR",
        str.strip,
        "",
        mark("engine that reads recordings, such as whisper:FOLDER; without one they wait"),
    ),
    Option(
        "RECORDINGS_FROM",
        _folders,
        "",
        mark("folders from which recordings may be taken in, with : between them"),
    ),
    Option(
        "RECORDINGS",
        _place_of_recordings,
        "",
        mark("where recordings are kept: a folder, or s3://bucket/prefix; in the home if empty"),
    ),
    Option(
        "RECORDINGS_KEY",
        str.strip,
        "",
        mark("keys that recordings are sealed under, in Base64, the one in use first"),
    ),
    Option(
        "RECORDINGS_KEY_FILE",
        _file,
        "",
        mark("file of these keys; recordings.key in the home folder if empty, made at first use"),
    ),
    Option("RECORDING_LIMIT", _size, "4G", mark("greatest size of one recording")),
    Option(
        "S3_ENDPOINT",
        _endpoint,
        "",
        mark("address of an object store such as MinIO; Amazon's own if empty"),
    ),
    Option("S3_REGION", str.strip, "", mark("region of the bucket")),
    Option(
        "S3_ACCESS_KEY",
        str.strip,
        "",
        mark("name under which the bucket is used; what the machine itself is given if empty"),
    ),
    Option("S3_SECRET_KEY", str.strip, "", mark("password to that name")),
    Option(
        "ARCHIVE",
        _file,
        "",
        mark("folder of the archive in which what is removed is to be forgotten too"),
    ),
)


def read_configuration(environment: Mapping[str, str]) -> Configuration:
    """Read all settings; raise ``WrongSetting`` for the first that is unknown or makes no sense."""
    _refuse_unknown(environment)
    read = {option.name.lower(): _read(option, environment) for option in OPTIONS}
    home: Path = read["home"]
    if not environment.get("REXIAN_DATABASE"):
        read["database"] = sqlite(home / "rexian.sqlite3")
    return Configuration(**read)


def _read(option: Option, environment: Mapping[str, str]) -> Any:
    text = environment.get(option.variable, "") or option.default
    if option.name == "DATABASE" and not text:
        return {}
    try:
        return option.read(text)
    except ValueError as error:
        raise WrongSetting(
            mark("{variable} is {value!r}; wanted is {wanted}."),
            variable=option.variable,
            value=_PASSWORD.sub(":…@", text),
            wanted=str(error),
        ) from None


def _refuse_unknown(environment: Mapping[str, str]) -> None:
    known = {option.variable for option in OPTIONS} | ELSEWHERE
    for name in environment:
        if name.startswith(PREFIX) and name not in known:
            near = get_close_matches(name, known, n=1)
            raise WrongSetting(
                mark("There is no setting {variable}. Nearest: {near}."),
                variable=name,
                near=near[0] if near else "-",
            )
