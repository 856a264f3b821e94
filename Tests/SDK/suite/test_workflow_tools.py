"""Workflow tools: outputs become messages in Dify's order."""

from __future__ import annotations

from calls import ALL_VALUES, FAILING_FLOW, NO_OUTPUTS, SUMMARIZE_REPORT, Reply, Workspace, in_the_stream

OUTPUTS = {
    "zulu": 1.0,
    "text": "in the text only: café 東 a/b",
    "alpha": {"b": 1, "a": [True, None]},
    "json": {"k": 1},
    "files": [],
    "big": 12345678901234567890,
}


def test_outputs_become_variables_then_text_then_json(workspace: Workspace) -> None:
    """A reader of any of the three finds the result."""
    reply = workspace.workflow(SUMMARIZE_REPORT, "summarize_report", report="bees")
    assert reply.error is None
    assert reply.kinds == ["variable", "variable", "text", "json"]
    assert reply.variables == [("summary", "About bees."), ("pages", 3)]
    assert reply.texts == ['{"summary": "About bees.", "pages": 3}']
    assert reply.values == [{"summary": "About bees.", "pages": 3}]


def test_outputs_named_like_a_message_are_no_variables(workspace: Workspace) -> None:
    """`text`, `json` and `files` stay out of the variables, in the order of the outputs."""
    reply = workspace.workflow(ALL_VALUES, "all_values")
    assert repr(reply.variables) == repr([(key, OUTPUTS[key]) for key in ("zulu", "alpha", "big")])
    assert not any(message.message.stream for message in reply.messages if message.type.value == "variable")


def test_text_of_outputs_is_pythons_json(workspace: Workspace) -> None:
    """Spaces after separators, characters as they are, numbers and order kept."""
    assert workspace.workflow(ALL_VALUES, "all_values").texts == [
        '{"zulu": 1.0, "text": "in the text only: café 東 a/b", "alpha": {"b": 1, "a": [true, null]}, '
        '"json": {"k": 1}, "files": [], "big": 12345678901234567890}'
    ]


def test_json_of_outputs_is_the_outputs(workspace: Workspace) -> None:
    """The json message holds all of them."""
    assert repr(workspace.workflow(ALL_VALUES, "all_values").values) == repr([OUTPUTS])


def test_no_outputs_still_give_text_and_json(workspace: Workspace) -> None:
    """An empty result is an empty object."""
    reply = workspace.workflow(NO_OUTPUTS, "no_outputs")
    assert (reply.kinds, reply.texts, reply.values) == (["text", "json"], ["{}"], [{}])


def test_failed_workflow_gives_only_its_error(workspace: Workspace) -> None:
    """Nothing is emitted before the error text."""
    error = in_the_stream("Node 'HTTP' failed: connection refused")
    assert workspace.workflow(FAILING_FLOW, "failing_flow") == Reply([], error)


def test_arguments_that_the_workflow_does_not_declare_are_dropped(workspace: Workspace) -> None:
    """Extra arguments are no mistake."""
    reply = workspace.workflow(SUMMARIZE_REPORT, "summarize_report", report="bees", colour="red")
    assert reply.error is None
