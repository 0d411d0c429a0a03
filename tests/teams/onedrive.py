"""People's OneDrives, as far as a bot sees them: addresses that take a file piece by piece.

https://learn.microsoft.com/graph/api/driveitem-createuploadsession
"""

import re
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from aiohttp import web

from tests.teams.chats import Bell

PATH = "/onedrive"
UNIT = 320 * 1024
"""Every piece but the last has a multiple of so many bytes."""

_RANGE = re.compile(r"bytes (\d+)-(\d+)/(\d+)")


@dataclass(eq=False)
class Upload:
    """One file on its way; `done` once it is whole, after that its address is gone."""

    name: str
    id: str = field(default_factory=lambda: uuid4().hex)
    secret: str = field(default_factory=lambda: uuid4().hex)
    content: bytearray = field(default_factory=bytearray)
    pieces: list[tuple[int, int]] = field(default_factory=list)
    done: bool = False


@dataclass(eq=False)
class OneDrive:
    """All upload sessions there were, the oldest first; `url` is where they are.

    `files` are what people keep there, by the addresses that they can be had at for a while.
    """

    bell: Bell
    complaints: list[str]
    url: str = ""
    uploads: list[Upload] = field(default_factory=list)
    files: dict[str, bytes] = field(default_factory=dict)

    def routes(self) -> list[web.RouteDef]:
        """Give the routes of the upload sessions and the files."""
        path = f"{PATH}/{{upload}}"
        files = web.get(f"{PATH}/files/{{file}}", self._file)
        return [files, web.put(path, self._put), web.get(path, self._get)]

    def keep(self, name: str, content: bytes) -> dict[str, Any]:
        """Keep a file, and give what Teams tells a bot that it is sent to."""
        file = Upload(name)
        self.files[f"{file.id}?{file.secret}"] = content
        return {
            "downloadUrl": f"{self.url}/files/{file.id}?tempauth={file.secret}",
            "uniqueId": file.id,
            "fileType": name.rpartition(".")[2],
        }

    def begin(self, name: str) -> tuple[Upload, dict[str, Any]]:
        """Begin an upload session; gives it and what Teams tells the bot of it."""
        upload = Upload(name)
        self.uploads.append(upload)
        return upload, {
            "contentUrl": f"https://contoso-my.sharepoint.com/personal/Documents/{name}",
            "name": name,
            "uploadUrl": f"{self.url}/{upload.id}?tempauth={upload.secret}",
            "uniqueId": upload.id,
            "fileType": name.rpartition(".")[2],
        }

    async def _put(self, request: web.Request) -> web.Response:
        upload = self._find(request)
        if upload is None:
            return _error(404, "itemNotFound")
        if "Authorization" in request.headers:
            self.complaints.append("an upload session takes no Authorization header")
            return _error(401, "unauthenticated")
        piece = await request.read()
        match = _RANGE.fullmatch(request.headers.get("Content-Range", ""))
        first, last, size = map(int, match.groups()) if match else (-1, -1, -1)
        if last - first + 1 != len(piece) or (last + 1 < size and len(piece) % UNIT):
            self.complaints.append(f"not a piece of a file: {request.headers['Content-Range']!r}")
            return _error(400, "invalidRequest")
        if first != len(upload.content):
            return _error(416, "invalidRange")
        upload.content += piece
        upload.pieces.append((first, last))
        upload.done = last + 1 == size
        self.bell.ring()
        if upload.done:
            return web.json_response({"id": upload.id, "name": upload.name}, status=201)
        return web.json_response(_expected(upload), status=202)

    async def _get(self, request: web.Request) -> web.Response:
        upload = self._find(request)
        if upload is None:
            return _error(404, "itemNotFound")
        return web.json_response(_expected(upload))

    async def _file(self, request: web.Request) -> web.Response:
        if "Authorization" in request.headers:
            self.complaints.append("a file's address takes no Authorization header")
            return _error(401, "unauthenticated")
        key = f"{request.match_info['file']}?{request.query.get('tempauth')}"
        if key not in self.files:
            return _error(404, "itemNotFound")
        return web.Response(body=self.files[key])

    def _find(self, request: web.Request) -> Upload | None:
        wanted, secret = request.match_info["upload"], request.query.get("tempauth")
        alive = (one for one in self.uploads if not one.done and one.secret == secret)
        return next((one for one in alive if one.id == wanted), None)


def _expected(upload: Upload) -> dict[str, Any]:
    return {"nextExpectedRanges": [f"{len(upload.content)}-"]}


def _error(status: int, code: str) -> web.Response:
    return web.json_response({"error": {"code": code}}, status=status)
