"""A small object store that speaks as much of S3 as recordings need, in this process."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import md5
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit
from xml.etree import ElementTree as ET

WHEN = "2026-11-22T09:00:00.000Z"


class ObjectStore(ThreadingHTTPServer):
    """The server with what it keeps: objects by key, parts by upload; ``broken`` refuses all."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.objects: dict[str, bytes] = {}
        self.uploads: dict[str, tuple[str, dict[int, bytes]]] = {}
        self.methods: list[str] = []
        self.broken = False

    @property
    def url(self) -> str:
        """Return the endpoint."""
        return f"http://127.0.0.1:{self.server_port}"


@contextmanager
def object_store() -> Iterator[ObjectStore]:
    """Serve an object store while the block lasts."""
    server = ObjectStore()
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: ObjectStore

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - as it is called there
        """Say nothing."""

    def _asked(self) -> tuple[str, dict[str, str], bytes]:
        parts = urlsplit(self.path)
        query = parse_qs(parts.query, keep_blank_values=True)
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self.server.methods.append(self.command)
        key = unquote(parts.path).split("/", 2)[2] if parts.path.count("/") > 1 else ""
        return key, {name: values[0] for name, values in query.items()}, body

    def _answer(
        self, status: int, body: bytes = b"", headers: dict[str, str] | None = None, size: int = -1
    ) -> None:
        self.send_response(status)
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body) if size < 0 else size))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def _refused(self) -> bool:
        if self.server.broken or "AWS4-HMAC-SHA256" not in self.headers.get("Authorization", ""):
            self._error(403, "AccessDenied")
            return True
        return False

    def _error(self, status: int, code: str) -> None:
        self._answer(status, f"<Error><Code>{code}</Code></Error>".encode())

    def do_PUT(self) -> None:
        key, query, body = self._asked()
        if self._refused():
            return
        if "uploadId" in query:
            self.server.uploads[query["uploadId"]][1][int(query["partNumber"])] = body
        else:
            self.server.objects[key] = body
        self._answer(200, headers={"ETag": f'"{md5(body, usedforsecurity=False).hexdigest()}"'})

    def do_POST(self) -> None:
        key, query, body = self._asked()
        if self._refused():
            return
        if "uploads" in query:
            upload = f"upload-{len(self.server.uploads)}"
            self.server.uploads[upload] = (key, {})
            told = {"Bucket": "b", "Key": key, "UploadId": upload}
            self._answer(200, _xml("InitiateMultipartUploadResult", told))
            return
        _, parts = self.server.uploads.pop(query["uploadId"])
        wanted = [int(one) for one in re.findall(rb"<PartNumber>([0-9]+)<", body)]
        assert wanted == sorted(parts)
        self.server.objects[key] = b"".join(parts[one] for one in wanted)
        told = {"Bucket": "b", "Key": key, "ETag": '"x"'}
        self._answer(200, _xml("CompleteMultipartUploadResult", told))

    def do_GET(self) -> None:
        key, query, _ = self._asked()
        if self._refused():
            return
        if "uploads" in query:
            begun = [
                {"Key": name, "UploadId": upload, "Initiated": WHEN}
                for upload, (name, _) in self.server.uploads.items()
                if name.startswith(query.get("prefix", ""))
            ]
            self._answer(200, _xml("ListMultipartUploadsResult", {}, Upload=begun))
        elif "list-type" in query:
            there = [
                {"Key": name, "LastModified": WHEN, "Size": str(len(content))}
                for name, content in self.server.objects.items()
                if name.startswith(query.get("prefix", ""))
            ]
            self._answer(200, _xml("ListBucketResult", {}, Contents=there))
        elif key not in self.server.objects:
            self._error(404, "NoSuchKey")
        else:
            content = self.server.objects[key]
            start = int(self.headers.get("Range", "bytes=0-")[6:].rstrip("-"))
            told = {"Content-Range": f"bytes {start}-{len(content) - 1}/{len(content)}"}
            self._answer(206, content[start:], told)

    def do_HEAD(self) -> None:
        key, _, _ = self._asked()
        there = key in self.server.objects
        self._answer(200 if there else 404, size=len(self.server.objects.get(key, b"")))

    def do_DELETE(self) -> None:
        key, query, _ = self._asked()
        if "uploadId" in query:
            self.server.uploads.pop(query["uploadId"], None)
        else:
            self.server.objects.pop(key, None)
        self._answer(204)


def _xml(name: str, told: dict[str, str], **several: list[dict[str, str]]) -> bytes:
    root = ET.Element(name, xmlns="http://s3.amazonaws.com/doc/2006-03-01/")
    for key, value in told.items():
        ET.SubElement(root, key).text = value
    for key, rows in several.items():
        for row in rows:
            one = ET.SubElement(root, key)
            for field, value in row.items():
                ET.SubElement(one, field).text = value
    return ET.tostring(root)
