"""The transaction endpoint without the SDK: raw requests, and answers read as strictly as by the SDK."""

from __future__ import annotations

import http.client
import json
import socket
from contextlib import suppress
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from dify_plugin.core.entities.plugin.io import PluginInStreamBase, PluginInStreamEvent
from dify_plugin.core.runtime import BackwardsInvocation
from dify_plugin.entities.tool import ToolInvokeMessage

from calls import Reply, collect

PATH = "/backwards-invocation/transaction"
SECONDS = 30


@dataclass
class Answer:
    """The answer to a raw request."""

    status: int
    content_type: str
    lines: list[dict[str, Any]]

    @property
    def events(self) -> list[str]:
        """The words of the events."""
        return [line["data"]["event"] for line in self.lines]

    @property
    def error(self) -> str:
        """The message of the error event."""
        return next(line["data"]["message"] for line in self.lines if line["data"]["event"] == "error")

    def through_the_sdk(self) -> Reply:
        """What the SDK's own line parser makes of these lines."""
        stream = (
            PluginInStreamBase(
                session_id=line["session_id"],
                event=PluginInStreamEvent.value_of(line["event"]),
                data=line["data"],
            )
            for line in self.lines
        )
        return collect(BackwardsInvocation()._line_converter_wrapper(stream, ToolInvokeMessage))


def transaction_body(
    provider: str = "acme/probe/probe",
    tool: str = "echo",
    parameters: dict[str, Any] | None = None,
    *,
    call: dict[str, Any] | None = None,
    line: dict[str, Any] | None = None,
) -> bytes:
    """The SDK's body for a builtin tool, with members of the call or the line changed or (None) left out."""
    request = {
        "tool_type": "builtin",
        "provider": provider,
        "tool": tool,
        "tool_parameters": parameters or {},
    }
    inner = {"type": "tool", "backwards_request_id": "b-1", "request": request, **(call or {})}
    inner = {key: value for key, value in inner.items() if value is not None}
    outer = {
        "event": "session",
        "session_id": "s-1",
        "data": {"type": "invoke", "data": inner},
        **(line or {}),
    }
    outer = {key: value for key, value in outer.items() if value is not None}
    return json.dumps(outer, ensure_ascii=False).encode() + b"\n\n"


def post(url: str, body: Any, headers: dict[str, str] | None = None, *, chunked: bool = False) -> Answer:
    """Send a body to the endpoint under a base URL and read the whole answer."""
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=SECONDS)
    try:
        # A server may refuse a body before it has read all of it; its answer is still there to read.
        with suppress(BrokenPipeError, ConnectionResetError):
            connection.request("POST", parts.path + PATH, body, headers or {}, encode_chunked=chunked)
        response = connection.getresponse()
        content_type = response.headers.get("Content-Type", "")
        return Answer(response.status, content_type, read_lines(response.read()))
    finally:
        connection.close()


def read_lines(body: bytes) -> list[dict[str, Any]]:
    """The lines of an answer; each must hold what the SDK insists on."""
    text = body.decode("utf-8")
    lines = [line for line in text.split("\n") if line]
    assert lines == [line for line in text.splitlines() if line], "the SDK's HTTP client splits a line in two"
    return [checked(json.loads(line)) for line in lines]


def checked(line: dict[str, Any]) -> dict[str, Any]:
    """A line that the SDK can read."""
    assert isinstance(line["session_id"], str)
    assert line["event"] == "backwards_response"
    data = line["data"]
    assert data["event"] in {"response", "error", "end"}
    assert isinstance(data["backwards_request_id"], str)
    assert isinstance(data["message"], str)
    assert isinstance(data["data"], dict) if data["event"] == "response" else data["data"] is None
    return line


def half_a_request(url: str, sent: bytes, *, announced: int, reset: bool) -> None:
    """Announce a body, send a part of it and go away, with a clean end or with a reset."""
    parts = urlsplit(url)
    head = f"POST {parts.path}{PATH} HTTP/1.1\r\nHost: {parts.netloc}\r\nContent-Length: {announced}\r\n\r\n"
    with socket.create_connection((parts.hostname, parts.port), timeout=SECONDS) as connection:
        connection.sendall(head.encode() + sent)
        if reset:
            linger_zero = b"\x01\x00\x00\x00\x00\x00\x00\x00"
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger_zero)
