"""Messages are sent when they are due, not when the answer is complete."""

from __future__ import annotations

from contextlib import closing

import pytest

from calls import PROBE, SCRIPTED, Workspace


def test_first_message_arrives_while_the_last_is_far_away(workspace: Workspace) -> None:
    """The last message of this tool is due in ten minutes; the SDK gives up after 20 seconds of silence."""
    with closing(workspace.stream(SCRIPTED, "patient")) as stream:
        assert next(stream).message.text == "first"


def test_waiting_stream_holds_nobody_up(workspace: Workspace) -> None:
    """While one call waits for its next message, others of the same workspace are answered."""
    with closing(workspace.stream(SCRIPTED, "patient")) as stream:
        assert next(stream).message.text == "first"
        assert workspace.builtin(PROBE, "echo", text="hi").texts == ["hi"]


def test_plugin_that_goes_away_leaves_the_server_whole(workspace: Workspace) -> None:
    """A stream that is dropped half way is no reason to stop."""
    for _ in range(10):
        with closing(workspace.stream(SCRIPTED, "patient")) as stream:
            next(stream)
    assert workspace.builtin(PROBE, "echo", text="hi").texts == ["hi"]


def test_delayed_messages_keep_their_order(workspace: Workspace) -> None:
    """A short delay never overtakes a long one before it."""
    reply = workspace.builtin(SCRIPTED, "dripping", number="7")
    assert reply.error is None
    assert reply.kinds == ["text", "text", "json", "text"]
    assert reply.texts == ["7 begins", "7 goes on", "7 ends"]


def test_nothing_is_sent_before_the_first_message_is_asked_for(workspace: Workspace) -> None:
    """The SDK's calls are lazy: a stream that nobody reads uses up no script."""
    workspace.stream(SCRIPTED, "repeating")
    assert workspace.builtin(SCRIPTED, "repeating").texts == ["one"]


@pytest.mark.parametrize("calls", [64])
def test_many_streams_stay_open_at_once(workspace: Workspace, calls: int) -> None:
    """All of these calls wait for their last message at the same time."""
    streams = [workspace.stream(SCRIPTED, "patient") for _ in range(calls)]
    try:
        assert [next(stream).message.text for stream in streams] == ["first"] * calls
    finally:
        for stream in streams:
            stream.close()
