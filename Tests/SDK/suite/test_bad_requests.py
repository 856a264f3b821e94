"""Whatever arrives, the SDK gets a readable exception and the server goes on."""

from __future__ import annotations

import io
import re

import pytest

from calls import PROBE, Workspace
from emulator import Emulator
from transaction import Answer, half_a_request, post, transaction_body

LIMIT = 6 * 1024 * 1024
NAMES_THE_LIMIT = re.compile(f"6 MiB|{LIMIT}")
PLAIN = transaction_body(parameters={"text": "hi"})

BAD_BODIES: dict[str, tuple[bytes, str]] = {
    "malformed JSON": (b'{"event":"session",', "unmarshal invoke request failed"),
    "no JSON at all": (b"hello?\n\n", "unmarshal invoke request failed"),
    "empty": (b"", "unmarshal invoke request failed"),
    "two values": (PLAIN + PLAIN, "unmarshal invoke request failed"),
    "list": (b"[]", "unmarshal invoke request failed"),
    "text": (b'"session"', "unmarshal invoke request failed"),
    "null": (b"null", "unmarshal invoke request failed"),
    "empty object": (b"{}", "invoke"),
    "invalid UTF-8": (PLAIN.replace(b"hi", b"\xff\xfe"), "unmarshal invoke request failed"),
    "lone surrogate": (PLAIN.replace(b"hi", b"\\ud800"), "unmarshal invoke request failed"),
    "NaN": (PLAIN.replace(b'"hi"', b"NaN"), "unmarshal invoke request failed"),
    "nested too deeply": (b"[" * 100_000, "unmarshal invoke request failed"),
    "no session message": (transaction_body(line={"data": None}), "invoke"),
    "not an invoke message": (transaction_body(line={"data": {"type": "stream", "data": {}}}), "invoke"),
    "empty call": (
        transaction_body(line={"data": {"type": "invoke", "data": {}}}),
        "invoke request is empty",
    ),
    "missing type": (transaction_body(call={"type": None}), "invoke request missing type"),
    "type is a number": (transaction_body(call={"type": 5}), "invoke request missing type"),
    "missing id": (
        transaction_body(call={"backwards_request_id": None}),
        "invoke request missing request_id",
    ),
    "missing request": (transaction_body(call={"request": None}), "invoke request missing request"),
    "request is a list": (transaction_body(call={"request": ["tool"]}), "invoke request missing request"),
    "unknown type": (transaction_body(call={"type": "teleport"}), "unsupported invoke type: teleport"),
    "encrypt": (transaction_body(call={"type": "encrypt"}), "unsupported invoke type: encrypt"),
    "empty request": (
        transaction_body(call={"request": {}}),
        "Field validation for 'ToolType' failed on the 'required' tag",
    ),
    "provider is a number": (
        transaction_body(provider=5),  # type: ignore[arg-type]
        "'provider' expected type 'string', got unconvertible type 'float64', value: '5'",
    ),
}


def assert_readable(answer: Answer) -> None:
    """One error event, then the end, and the SDK raises the message."""
    assert answer.events == ["error", "end"]
    assert answer.error
    reply = answer.through_the_sdk()
    assert reply.messages == []
    assert reply.error == answer.error


def assert_alive(workspace: Workspace) -> None:
    """The server answers the next call."""
    assert workspace.builtin(PROBE, "echo", text="still here").texts == ["still here"]


@pytest.mark.parametrize("name", BAD_BODIES)
def test_bad_body_is_answered_in_a_form_that_the_sdk_reads(
    emulator: Emulator, workspace: Workspace, name: str
) -> None:
    """An error event and an end event, a line in the log, and the server goes on."""
    body, message = BAD_BODIES[name]
    mark = len(emulator.log)
    answer = post(workspace.url, body)
    assert_readable(answer)
    assert message in answer.error
    emulator.log_since(mark)
    assert_alive(workspace)


def test_log_names_the_unknown_type(emulator: Emulator, workspace: Workspace) -> None:
    """The line in the log says what was wrong."""
    mark = len(emulator.log)
    post(workspace.url, transaction_body(call={"type": "teleport"}))
    emulator.log_since(mark, "teleport")


def test_ids_of_a_bad_request_come_back(workspace: Workspace) -> None:
    """Whatever ids could be read stand in the answer."""
    answer = post(workspace.url, transaction_body(call={"type": "teleport"}))
    assert {(line["session_id"], line["data"]["backwards_request_id"]) for line in answer.lines} == {
        ("s-1", "b-1")
    }


def test_good_request_has_the_daemons_envelope(workspace: Workspace) -> None:
    """Status, media type, keys and words are those of Dify's daemon."""
    answer = post(workspace.url, PLAIN)
    assert answer.status == 200
    assert answer.content_type.startswith("text/event-stream")
    assert answer.events == ["response", "end"]
    first, last = answer.lines
    keys = [
        "session_id",
        "conversation_id",
        "message_id",
        "app_id",
        "endpoint_id",
        "context",
        "event",
        "data",
    ]
    assert list(first) == list(last) == keys
    assert first["data"] == {
        "backwards_request_id": "b-1",
        "event": "response",
        "message": "stream",
        "data": {"type": "text", "message": {"text": "hi"}, "meta": None},
    }
    assert last["data"] == {"backwards_request_id": "b-1", "event": "end", "message": "", "data": None}


def test_error_is_followed_by_an_end(workspace: Workspace) -> None:
    """A refused call and a broken stream both end with `end`."""
    assert post(workspace.url, transaction_body(tool="nope")).events == ["error", "end"]
    failing = transaction_body("acme/failing/failing", "after_one")
    assert post(workspace.url, failing).events == ["response", "error", "end"]


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Content-Type": "text/plain"},
        {"Content-Type": "application/json"},
        {"Dify-Plugin-Session-ID": "other"},
    ],
    ids=["none", "text", "json", "session"],
)
def test_headers_do_not_matter(workspace: Workspace, headers: dict[str, str]) -> None:
    """The session is read from the body, and the media type is not looked at."""
    assert post(workspace.url, PLAIN, headers).events == ["response", "end"]


@pytest.mark.parametrize("ending", [b"", b"\n", b"\r\n\r\n", b" \n\n\n"])
def test_ending_of_the_body_does_not_matter(workspace: Workspace, ending: bytes) -> None:
    """White space after the line is no second line."""
    assert post(workspace.url, PLAIN.strip() + ending).events == ["response", "end"]


def test_chunked_body_is_read(workspace: Workspace) -> None:
    """A body without a length, in pieces that split a character."""
    body = transaction_body(parameters={"text": "東"})
    cut = body.index("東".encode()) + 1
    chunked = post(workspace.url, [body[:cut], body[cut:]], {"Transfer-Encoding": "chunked"}, chunked=True)
    assert chunked.lines[0]["data"]["data"]["message"] == {"text": "東"}


@pytest.mark.parametrize("session", [None, 5], ids=["missing", "a number"])
def test_session_id_that_is_no_text_is_answered(workspace: Workspace, session: int | None) -> None:
    """The SDK would not understand an answer without a session id."""
    assert post(workspace.url, transaction_body(line={"session_id": session})).events[-1] == "end"


def test_body_just_under_the_limit_is_read(workspace: Workspace) -> None:
    """A body of 6 MiB is the largest one."""
    body = transaction_body("acme/messages/messages", "text", {"padding": ""})
    padding = b"x" * (LIMIT - len(body))
    answer = post(workspace.url, body.replace(b'"padding": ""', b'"padding": "' + padding + b'"'))
    assert answer.events == ["response", "end"]


def test_body_over_the_limit_is_refused(emulator: Emulator, workspace: Workspace) -> None:
    """The answer names the limit, and the log has a line."""
    mark = len(emulator.log)
    answer = post(workspace.url, transaction_body(parameters={"text": "x" * (LIMIT + 1)}))
    assert_readable(answer)
    assert NAMES_THE_LIMIT.search(answer.error)
    emulator.log_since(mark)
    assert_alive(workspace)


def test_body_over_the_limit_without_a_length_is_refused(workspace: Workspace) -> None:
    """A body in chunks is counted while it arrives."""
    pieces = io.BytesIO(transaction_body(parameters={"text": "x" * (LIMIT + 1)}))
    answer = post(workspace.url, pieces, {"Transfer-Encoding": "chunked"}, chunked=True)
    assert_readable(answer)
    assert NAMES_THE_LIMIT.search(answer.error)
    assert_alive(workspace)


def test_argument_over_the_limit_raises_in_the_sdk(workspace: Workspace) -> None:
    """The plugin gets an exception that says what is wrong."""
    reply = workspace.builtin(PROBE, "echo", text="x" * (LIMIT + 1))
    assert reply.messages == []
    assert NAMES_THE_LIMIT.search(reply.error or "")
    assert_alive(workspace)


@pytest.mark.parametrize("reset", [False, True], ids=["closed", "reset"])
@pytest.mark.parametrize("sent", [0, 1, 40], ids=["no body", "one byte", "half a body"])
def test_connection_that_closes_half_way(
    emulator: Emulator, workspace: Workspace, sent: int, reset: bool
) -> None:
    """A request that never becomes whole leaves a line in the log and a server that answers."""
    mark = len(emulator.log)
    half_a_request(workspace.url, PLAIN[:sent], announced=len(PLAIN), reset=reset)
    if not reset:
        emulator.log_since(mark)
    assert_alive(workspace)


@pytest.mark.parametrize(
    "name", ["two words", "x" * 201, "a%2Fb", "東"], ids=["space", "long", "slash", "other"]
)
def test_bad_workspace_name_is_answered_in_a_form_that_the_sdk_reads(emulator: Emulator, name: str) -> None:
    """A name of other characters is refused as an exception of the SDK's, not as a crash."""
    reply = Workspace(name, f"{emulator.url}/w/{name}").builtin(PROBE, "echo", text="hi")
    assert reply.messages == []
    assert "workspace" in (reply.error or "").lower()
