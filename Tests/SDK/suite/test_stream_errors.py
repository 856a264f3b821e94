"""An error inside the stream: the messages before it stand, nothing comes after it."""

from __future__ import annotations

import pytest

from calls import FAILING, PETSTORE, SCRIPTED, SILENT_FLOW, Workspace, in_the_stream


@pytest.mark.parametrize(
    ("tool", "kinds"),
    [("at_once", []), ("after_one", ["text"]), ("after_three", ["text", "text", "json"]), ("late", ["text"])],
)
def test_messages_before_an_error_are_delivered(workspace: Workspace, tool: str, kinds: list[str]) -> None:
    """The plugin sees n messages and then the exception."""
    reply = workspace.builtin(FAILING, tool)
    assert reply.kinds == kinds
    assert reply.error == "read tool response failed: request failed: no luck"


def test_error_text_arrives_to_the_letter(workspace: Workspace) -> None:
    """Quotes, line feeds, slashes and odd characters are not escaped in the exception."""
    error = workspace.builtin(FAILING, "odd_text").error
    assert error == in_the_stream('429 "Too\\Many"\nRéquests\u2028東 a/b')


@pytest.mark.parametrize(
    ("kind", "provider", "tool"),
    [
        ("builtin", FAILING, "silent"),
        ("workflow", SILENT_FLOW, "silent_flow"),
        ("api", PETSTORE, "silentPets"),
    ],
)
def test_tool_without_reply_refuses(workspace: Workspace, kind: str, provider: str, tool: str) -> None:
    """A call that nobody scripted fails aloud and names the tool."""
    reply = workspace.call(kind, provider, tool)
    assert reply.messages == []
    assert (reply.error or "").startswith(in_the_stream("dify-emulator: no reply for "))
    assert tool in reply.error


def test_refusal_names_the_nearest_script(workspace: Workspace) -> None:
    """A script for another argument is what the author wants to hear of."""
    error = workspace.builtin(SCRIPTED, "only_scripted", topic="dogs").error or ""
    assert error.startswith(in_the_stream("dify-emulator: no reply for "))
    assert "only about cats" in error


def test_workspace_goes_on_after_errors(workspace: Workspace) -> None:
    """An error ends its call and nothing else."""
    first, second = (workspace.builtin(FAILING, "after_one") for _ in range(2))
    assert first == second
