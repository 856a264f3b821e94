"""A call that cannot start is refused before the stream, in Dify's own words."""

from __future__ import annotations

from typing import Any

import pytest
from dify_plugin.entities.tool import ToolProviderType

from calls import (
    CASTS,
    GOOGLE,
    NOBODY,
    PETSTORE,
    PROBE,
    SUMMARIZE_REPORT,
    Reply,
    Workspace,
    collect,
    invalid_request,
    not_installed,
    refused,
)
from emulator import Emulator

INT_ERROR = "invalid literal for int() with base 10: 'abc'"


def test_refusal_text_to_the_letter(workspace: Workspace) -> None:
    """Compact JSON, a line feed at the end, all of it in the exception's text."""
    assert workspace.api(NOBODY, "listPets").error == (
        "invoke tool failed: request failed with status code: 400 and respond with: "
        '{"code":"invalid_param","message":"api provider 00000000-0000-4000-8000-000000000000 not found",'
        '"status":400}\n'
    )


def test_missing_plugin_text_to_the_letter(workspace: Workspace) -> None:
    """A plugin that is not installed is an internal error of Dify's."""
    assert workspace.builtin("acme/absent/absent", "echo").error == (
        "invoke tool failed: request failed with status code: 500 and respond with: "
        '{"message":"Internal Server Error","code":"unknown","status":500}\n'
    )


@pytest.mark.parametrize(
    "provider",
    [
        "acme/absent/absent",
        "acme/probe/other",
        "absent",
        "langgenius/time/time",
        "probe",
        "langgenius/jina_tool/x",
    ],
)
def test_plugin_not_installed(workspace: Workspace, provider: str) -> None:
    """A provider that no installed plugin has answers with status 500."""
    assert_refused(workspace.builtin(provider, "echo"), not_installed())


@pytest.mark.parametrize(
    "provider", ["Acme/probe/probe", "acme/probe", "a/b/c/d", "a.b", " google", "acme//probe", "é"]
)
def test_bad_provider_id(workspace: Workspace, provider: str) -> None:
    """An id of another shape is quoted with its slashes escaped."""
    assert_refused(workspace.builtin(provider, "echo"), refused(f"Invalid plugin id {provider}"))


@pytest.mark.parametrize("tool", ["no_such_tool", "Echo", "echo ", "acme/échö \U0001f600"])
def test_unknown_tool_of_a_plugin(workspace: Workspace, tool: str) -> None:
    """Tool names are compared exactly."""
    assert_refused(workspace.builtin(PROBE, tool), refused(f"Tool with name {tool} not found"))


def test_unknown_tool_of_a_hard_coded_provider(workspace: Workspace) -> None:
    """The providers that Dify hard-codes have a text of their own."""
    assert_refused(workspace.builtin("time", "no_such_tool"), refused("builtin tool no_such_tool not found"))


@pytest.mark.parametrize("tool", ["nope", "ListPets", "petspetId_GET", "pets_get"])
def test_unknown_tool_of_an_api(workspace: Workspace, tool: str) -> None:
    """A generated name exists only where `operationId` is absent."""
    assert_refused(workspace.api(PETSTORE, tool), refused(f"tool {tool} not found"))


@pytest.mark.parametrize(
    ("kind", "provider"),
    [("workflow", NOBODY), ("workflow", PETSTORE), ("api", NOBODY), ("api", SUMMARIZE_REPORT)],
)
def test_unknown_uuid_and_uuid_of_the_other_kind(workspace: Workspace, kind: str, provider: str) -> None:
    """A UUID means nothing outside its own kind."""
    assert_refused(
        workspace.call(kind, provider, "listPets"), refused(f"{kind} provider {provider} not found")
    )


@pytest.mark.parametrize("kind", ["workflow", "api"])
@pytest.mark.parametrize("provider", ["petstore", "summarize_report", "not-a-uuid"])
def test_seed_name_is_no_provider_id(workspace: Workspace, kind: str, provider: str) -> None:
    """A plugin calls workflows and custom tools by UUID only."""
    reply = workspace.call(kind, provider, "listPets")
    assert reply.messages == []
    assert (reply.error or "").startswith("invoke tool failed: request failed with status code: ")


@pytest.mark.parametrize(
    ("kind", "provider", "tool", "arguments", "message"),
    [
        ("builtin", CASTS, "cast", {"number": "abc"}, INT_ERROR),
        ("builtin", CASTS, "cast", {"number": "1.2.3"}, "could not convert string to float: '1.2.3'"),
        ("builtin", CASTS, "cast", {"number": "it's"}, 'invalid literal for int() with base 10: "it\'s"'),
        ("builtin", CASTS, "cast", {"number": "é\n/"}, "invalid literal for int() with base 10: 'é\\n/'"),
        (
            "builtin",
            CASTS,
            "cast",
            {"file": []},
            "This parameter only accepts one file but got multiple files while invoking.",
        ),
        ("builtin", CASTS, "cast", {"app": "text"}, "The selector must be a dictionary."),
        ("api", PETSTORE, "petspetId_get", {"petId": "abc"}, INT_ERROR),
        ("workflow", SUMMARIZE_REPORT, "summarize_report", {"report": "x", "pages": "abc"}, INT_ERROR),
    ],
)
def test_argument_that_cannot_be_cast(
    workspace: Workspace, kind: str, provider: str, tool: str, arguments: dict[str, Any], message: str
) -> None:
    """Python's own error text arrives before any message."""
    assert_refused(workspace.call(kind, provider, tool, **arguments), refused(message))


@pytest.mark.parametrize(
    ("tool", "arguments", "message"),
    [
        ("form", {"mode": "slow"}, "tool parameter mode value slow not in options ['fast', \"it's slow\"]"),
        ("form", {"mode": 1}, "tool parameter mode value 1 not in options ['fast', \"it's slow\"]"),
        (
            "form",
            {"mode": ["fast"]},
            "tool parameter mode value ['fast'] not in options ['fast', \"it's slow\"]",
        ),
        ("form", {"limit": "abc"}, INT_ERROR),
        ("form_required", {}, "tool parameter region not found in tool config"),
        ("form_required", {"region": ""}, "tool parameter region not found in tool config"),
        ("form_required", {"region": None}, "tool parameter region not found in tool config"),
        ("form_required", {"region": []}, "tool parameter region not found in tool config"),
    ],
)
def test_form_parameter_that_does_not_pass(
    workspace: Workspace, tool: str, arguments: dict[str, Any], message: str
) -> None:
    """Parameters with `form: form` are checked by the platform."""
    assert_refused(workspace.builtin(CASTS, tool, **arguments), refused(message))


@pytest.mark.parametrize(
    ("kind", "provider", "tool", "failures"),
    [
        (ToolProviderType.BUILT_IN, "", "echo", ["InvokeToolSchema.Provider required"]),
        (ToolProviderType.BUILT_IN, PROBE, "", ["InvokeToolSchema.Tool required"]),
        (
            ToolProviderType.API,
            "",
            "",
            ["InvokeToolSchema.Provider required", "InvokeToolSchema.Tool required"],
        ),
        (ToolProviderType.APP, PROBE, "echo", ["ToolType tool_type"]),
        (ToolProviderType.DATASET_RETRIEVAL, PROBE, "echo", ["ToolType tool_type"]),
    ],
)
def test_request_that_the_daemon_refuses(
    workspace: Workspace, kind: ToolProviderType, provider: str, tool: str, failures: list[str]
) -> None:
    """The plugin daemon checks a request before Dify sees it."""
    reply = collect(workspace.session().tool.invoke(kind, provider, tool, {}))
    lines = [validation_failure(*failure.split()) for failure in failures]
    assert_refused(reply, invalid_request("error validating struct: " + "\n".join(lines)))


def test_arguments_that_are_no_object(workspace: Workspace) -> None:
    """The daemon's decoder wants a map."""
    reply = collect(workspace.session().tool.invoke_builtin_tool(PROBE, "echo", ["text"]))
    text = "error decoding map: 1 error(s) decoding:\n\n* 'tool_parameters' expected a map, got 'slice'"
    assert_refused(reply, invalid_request(text))


@pytest.mark.parametrize(
    ("kind", "provider", "tool", "said"),
    [
        ("builtin", PROBE, "Echo", "echo"),
        ("builtin", GOOGLE, "google_serch", "google_search"),
        ("builtin", "acme/prob/probe", "echo", PROBE),
        ("workflow", PETSTORE, "listPets", "petstore"),
        ("api", PETSTORE, "listPet", "listPets"),
    ],
    ids=["another case", "a slip", "another plugin", "another kind", "a letter short"],
)
def test_log_says_what_came_nearest(
    emulator: Emulator, workspace: Workspace, kind: str, provider: str, tool: str, said: str
) -> None:
    """The plugin sees Dify's text; the log has the diagnosis."""
    mark = len(emulator.log)
    assert workspace.call(kind, provider, tool).error
    assert emulator.log_since(mark, said)


def test_refusals_leave_the_workspace_as_it_was(workspace: Workspace) -> None:
    """After a refusal the next call is answered."""
    for provider in ["acme/absent/absent", "Bad Id", PROBE]:
        assert workspace.builtin(provider, "nope").error
    assert workspace.builtin(PROBE, "echo", text="hi").texts == ["hi"]


def assert_refused(reply: Reply, error: str) -> None:
    """Nothing but this error arrived."""
    assert reply.messages == []
    assert reply.error == error


def validation_failure(path: str, tag: str) -> str:
    """One line of the daemon's validator."""
    field = path.split(".")[-1]
    return f"Key: 'InvokeToolRequest.{path}' Error:Field validation for '{field}' failed on the '{tag}' tag"
