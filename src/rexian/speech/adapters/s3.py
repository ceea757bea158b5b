"""Recordings in a bucket of an object store: Amazon's, MinIO's, Ceph's, whoever speaks S3."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import datetime
from typing import Any

from rexian.kernel.errors import Invalid, NotFound, Refused
from rexian.kernel.language import mark
from rexian.speech.domain.recordings import STORED_AS

PART = 8 << 20
"""Bytes of a part of what is sent in several; a store takes none below 5 MB but the last."""

_BLOCK = 1 << 18
_NOT_THERE = frozenset({"404", "NoSuchKey", "NotFound", "NoSuchUpload"})


class S3Missing(Invalid):
    """The extra that speaks to object stores is not installed (422)."""

    code = "s3-not-installed"


class StoreAway(Refused):
    """The object store does not answer, or refuses (503)."""

    code = "store-away"
    status = 503


def client_of(endpoint: str, *, region: str, access_key: str, secret_key: str) -> Any:
    """Return a client; what is empty is as the machine itself has it. Raises ``S3Missing``.

    With an endpoint of one's own the bucket stands in the path, since MinIO and its like have no
    names for each; and a sum is sent only where it must be, since not all of them take it.
    """
    try:
        import boto3  # noqa: PLC0415 - an extra
        from botocore.config import Config  # noqa: PLC0415
    except ImportError:
        raise S3Missing(
            mark("Recordings in s3:// need the extra “s3”: install rexian[s3].")
        ) from None
    return boto3.client(
        "s3",
        endpoint_url=endpoint or None,
        region_name=region or ("us-east-1" if endpoint else None),
        aws_access_key_id=access_key or None,
        aws_secret_access_key=secret_key or None,
        config=Config(
            s3={"addressing_style": "path" if endpoint else "auto"},
            retries={"max_attempts": 4, "mode": "standard"},
            connect_timeout=10,
            read_timeout=60,
            request_checksum_calculation="when_required",
            response_checksum_validation="when_required",
        ),
    )


class S3Store:
    """Keeps sealed recordings as objects of a bucket; an object appears when all of it is there."""

    def __init__(self, client: Any, bucket: str, *, prefix: str = "") -> None:
        self._client = client
        self._bucket = bucket
        self._prefix = f"{prefix}/" if prefix else ""

    def put(self, name: str, pieces: Iterator[bytes]) -> int:
        """Send it in parts, or at once where it is small; what breaks off is withdrawn."""
        parts = _parts(pieces)
        first = next(parts, b"")
        second = next(parts, None)
        if second is None:
            with _told(name):
                self._client.put_object(**self._at(name), Body=first)
            return len(first)
        return self._put_parts(name, first, second, parts)

    def open(self, name: str, *, start: int = 0) -> Iterator[bytes]:
        """Yield the bytes from ``start`` on. Raises ``NotFound``."""
        with _told(name):
            found = self._client.get_object(**self._at(name), Range=f"bytes={start}-")
        return _read(found["Body"], name)

    def remove(self, name: str) -> bool:
        """Remove it for good; tell whether it was there."""
        was_there = True
        try:
            with _told(name):
                self._client.head_object(**self._at(name))
        except NotFound:
            was_there = False
        with _told(name):
            self._client.delete_object(**self._at(name))
        return self._withdraw(name) or was_there

    def stored_before(self, before: datetime) -> Iterator[str]:
        """Yield the names of what was stored before, or begun and never finished.

        Whatever else lies in the bucket is somebody else's.
        """
        for key, at in self._all():
            name = key.removeprefix(self._prefix)
            if at < before and STORED_AS.fullmatch(name):
                yield name

    def _all(self) -> Iterator[tuple[str, datetime]]:
        """Yield every object with its instant, and then what was begun and never finished."""
        with _told(self._bucket):
            pages = self._client.get_paginator("list_objects_v2").paginate(
                Bucket=self._bucket, Prefix=self._prefix
            )
            for page in pages:
                for one in page.get("Contents", ()):
                    yield one["Key"], one["LastModified"]
        for one in self._unfinished(""):
            yield one["Key"], one["Initiated"]

    def _put_parts(self, name: str, first: bytes, second: bytes, rest: Iterator[bytes]) -> int:
        with _told(name):
            upload = self._client.create_multipart_upload(**self._at(name))["UploadId"]
        try:
            size, sent = 0, []
            for number, part in enumerate(_all(first, second, rest), 1):
                with _told(name):
                    told = self._client.upload_part(
                        **self._at(name), UploadId=upload, PartNumber=number, Body=part
                    )
                sent.append({"ETag": told["ETag"], "PartNumber": number})
                size += len(part)
            with _told(name):
                self._client.complete_multipart_upload(
                    **self._at(name), UploadId=upload, MultipartUpload={"Parts": sent}
                )
        except BaseException:
            with suppress(Exception):  # what is left of it is swept up a day later
                self._client.abort_multipart_upload(**self._at(name), UploadId=upload)
            raise
        return size

    def _withdraw(self, name: str) -> bool:
        """Withdraw what was begun under a name and never finished; tell whether there was any."""
        begun = [one for one in self._unfinished(name) if one["Key"] == self._prefix + name]
        for one in begun:
            with _told(name), suppress(NotFound):
                self._client.abort_multipart_upload(**self._at(name), UploadId=one["UploadId"])
        return bool(begun)

    def _unfinished(self, name: str) -> Iterator[dict[str, Any]]:
        with _told(self._bucket):
            pages = self._client.get_paginator("list_multipart_uploads").paginate(
                Bucket=self._bucket, Prefix=self._prefix + name
            )
            for page in pages:
                yield from page.get("Uploads", ())

    def _at(self, name: str) -> dict[str, str]:
        return {"Bucket": self._bucket, "Key": self._prefix + name}


def _parts(pieces: Iterator[bytes]) -> Iterator[bytes]:
    buffer = bytearray()
    for piece in pieces:
        buffer += piece
        while len(buffer) >= PART:
            yield bytes(buffer[:PART])
            del buffer[:PART]
    if buffer:
        yield bytes(buffer)


def _all(first: bytes, second: bytes, rest: Iterator[bytes]) -> Iterator[bytes]:
    yield first
    yield second
    yield from rest


def _read(body: Any, name: str) -> Iterator[bytes]:
    with closing(body), _told(name):
        while block := body.read(_BLOCK):
            yield block


@contextmanager
def _told(name: str) -> Iterator[None]:
    """Say in our words what the object store says."""
    from botocore.exceptions import BotoCoreError, ClientError  # noqa: PLC0415 - an extra

    try:
        yield
    except ClientError as error:
        code = str(error.response.get("Error", {}).get("Code", ""))
        if code in _NOT_THERE:
            raise NotFound(mark("The store has no recording under {code}."), code=name) from None
        raise _away(code) from error
    except BotoCoreError as error:
        raise _away(type(error).__name__) from error


def _away(problem: str) -> StoreAway:
    return StoreAway(
        mark("The store of recordings cannot be used now ({problem}). Nothing is lost; try later."),
        problem=problem,
    )
