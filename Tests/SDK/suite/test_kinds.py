"""Every kind of call reaches the tool that Dify would find."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from dify_plugin.core.runtime import Session
from dify_plugin.entities.tool import ToolProviderType

from calls import GOOGLE, PETSTORE, PROBE, SUMMARIZE_REPORT, Workspace, collect


@pytest.mark.parametrize("provider", [GOOGLE, "google"])
def test_builtin_tool_by_full_id_and_by_bare_name(workspace: Workspace, provider: str) -> None:
    """A bare name stands for `langgenius/NAME/NAME`."""
    reply = workspace.builtin(provider, "google_search", query="dify")
    assert reply.error is None
    assert reply.texts == ["3 results for dify"]
    assert reply.values == [{"results": [{"title": "Swift", "link": "https://swift.org"}]}]


@pytest.mark.parametrize("name", ["jina", "siliconflow", "stepfun", "gitee_ai"])
@pytest.mark.parametrize(
    "pattern", ["{0}", "langgenius/{0}/{0}", "langgenius/{0}_tool/{0}", "langgenius/foo/{0}"]
)
def test_special_names_lead_to_their_tool_plugins(workspace: Workspace, name: str, pattern: str) -> None:
    """Four names of Dify's own live in the plugin `langgenius/NAME_tool`."""
    assert workspace.builtin(pattern.format(name), "ping").texts == [f"pong from {name}"]


def test_hard_coded_provider_is_always_there(workspace: Workspace) -> None:
    """`time` needs no plugin and no seed entry."""
    reply = workspace.builtin("time", "current_time")
    assert reply.error is None
    assert len(reply.texts) == 1


def test_workflow_tool_by_uuid(workspace: Workspace) -> None:
    """A workflow tool answers under its provider's id."""
    reply = workspace.workflow(SUMMARIZE_REPORT, "summarize_report", report="bees")
    assert reply.error is None
    assert reply.values == [{"summary": "About bees.", "pages": 3}]


@pytest.mark.parametrize("tool", ["summarize_report", "anything", "SUMMARIZE REPORT", "é/東"])
def test_workflow_tool_name_is_not_compared(workspace: Workspace, tool: str) -> None:
    """A workflow provider has one tool, and any name means it."""
    assert workspace.workflow(SUMMARIZE_REPORT, tool, report="bees").kinds[-1] == "json"


def test_api_tool_by_operation_id(workspace: Workspace) -> None:
    """A custom tool is called what its document calls it."""
    reply = workspace.api(PETSTORE, "listPets")
    assert reply.error is None
    assert reply.texts == ['[{"id":1,"name":"Rex"},{"id":2,"name":"Ida"}]']


@pytest.mark.parametrize(
    ("tool", "kinds"),
    [("petspetId_get", ["json"]), ("petspetIdjson_get", ["text"]), ("<root>_get", ["text"])],
)
def test_api_tool_by_generated_name(workspace: Workspace, tool: str, kinds: list[str]) -> None:
    """An operation without `operationId` is called by its path and method."""
    reply = workspace.api(PETSTORE, tool, petId=7)
    assert reply.error is None
    assert reply.kinds == kinds


@pytest.mark.parametrize(
    ("kind", "provider", "tool", "arguments"),
    [
        (ToolProviderType.BUILT_IN, PROBE, "echo", {"text": "hi"}),
        (ToolProviderType.WORKFLOW, SUMMARIZE_REPORT, "summarize_report", {"report": "hi"}),
        (ToolProviderType.API, PETSTORE, "searchPets", {"q": "hi"}),
    ],
)
def test_general_invoke_equals_the_three_special_ones(
    session: Callable[..., Session], kind: ToolProviderType, provider: str, tool: str, arguments: dict
) -> None:
    """`session.tool.invoke` takes the kind as an argument."""
    reply = collect(session().tool.invoke(kind, provider, tool, arguments))
    assert reply.error is None
    assert any("hi" in text for text in reply.texts)


@pytest.mark.parametrize(
    "options",
    [
        {"app_id": "1f4b6c1e-2a77-4a55-8a0e-5b9d6f1f7c30"},
        {"conversation_id": "c-1", "message_id": "m-1", "endpoint_id": "e-1"},
        {"context": {"credentials": {"tool_credentials": {PROBE: "1f4b6c1e-2a77-4a55-8a0e-5b9d6f1f7c30"}}}},
        {"session_id": ""},
    ],
    ids=["app", "conversation", "credential", "empty session id"],
)
def test_what_else_a_session_carries_does_no_harm(workspace: Workspace, options: dict) -> None:
    """A tool without credentials answers whatever the session knows."""
    stream = workspace.session(**options).tool.invoke_builtin_tool(PROBE, "echo", {"text": "hi"})
    assert collect(stream).texts == ["hi"]


def test_one_session_makes_many_calls(session: Callable[..., Session]) -> None:
    """A plugin keeps its session for all its calls."""
    tool = session().tool
    replies = [collect(tool.invoke_builtin_tool(PROBE, "echo", {"text": str(n)})) for n in range(5)]
    assert [reply.texts for reply in replies] == [[str(n)] for n in range(5)]


def test_mcp_tool_raises_a_readable_exception(workspace: Workspace) -> None:
    """Dify knows the kind `mcp`, the emulator does not offer it."""
    reply = collect(workspace.session().tool.invoke(ToolProviderType.MCP, "server", "echo", {}))
    assert reply.messages == []
    assert "dify-emulator" in (reply.error or "")
