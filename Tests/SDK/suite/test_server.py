"""The server as a process: what it prints, and how it ends."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import closing
from uuid import UUID

import pytest

from calls import PROBE, SCRIPTED, Workspace, open_session
from emulator import Emulator, running_emulator


@pytest.fixture
def own_emulator() -> Iterator[Emulator]:
    """A server for one test."""
    with running_emulator() as server:
        yield server


def test_first_line_is_the_address_as_json(emulator: Emulator) -> None:
    """`--json` prints one object that a test suite can read."""
    address = json.loads(emulator.start_line)
    assert re.fullmatch(r"http://127\.0\.0\.1:[1-9][0-9]*", address["url"])
    assert address["workspace"] == "sdk"
    assert str(UUID(address["tenant_id"])) == address["tenant_id"]


def test_tenant_id_follows_from_the_seed(emulator: Emulator, own_emulator: Emulator) -> None:
    """Two servers with the same seed have the same tenant, on ports of their own."""
    assert own_emulator.address["tenant_id"] == emulator.address["tenant_id"]
    assert own_emulator.url != emulator.url


def test_servers_with_the_same_seed_share_nothing(emulator: Emulator, own_emulator: Emulator) -> None:
    """Each server in memory counts for itself."""
    for server in (emulator, own_emulator):
        workspace = Workspace("steps", f"{server.url}/w/test_server.steps")
        assert workspace.builtin(SCRIPTED, "repeating").texts == ["one"]


def test_each_call_leaves_a_line_in_the_log(emulator: Emulator, workspace: Workspace) -> None:
    """The log names the tool that was called."""
    mark = len(emulator.log)
    assert workspace.builtin(PROBE, "echo", text="hi").error is None
    emulator.log_since(mark, "echo")


def test_sigterm_ends_the_server_cleanly(own_emulator: Emulator) -> None:
    """The exit status is 0."""
    assert own_emulator.stop() == 0


def test_sigterm_ends_the_server_while_a_stream_waits(own_emulator: Emulator) -> None:
    """An open stream whose next message is ten minutes away does not keep the server, and ends with an error."""
    session = open_session(own_emulator.url)
    with closing(session.tool.invoke_builtin_tool(SCRIPTED, "patient", {})) as stream:
        assert next(stream).message.text == "first"
        assert own_emulator.stop() == 0
        with pytest.raises(Exception, match="dify-emulator: the server is shutting down"):
            next(stream)
