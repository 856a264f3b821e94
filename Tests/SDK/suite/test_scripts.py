"""Scripts choose by what was called and how often, and answer instead of the canned reply."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from calls import (
    GOOGLE,
    PETSTORE,
    SCRIPTED,
    SUMMARIZE_REPORT,
    Reply,
    Workspace,
    collect,
    in_the_stream,
    open_session,
    refused,
)
from emulator import Emulator


def texts_of_calls(workspace: Workspace, tool: str, calls: int) -> list[list[str]]:
    """The texts of successive calls."""
    return [workspace.builtin(SCRIPTED, tool).texts for _ in range(calls)]


def test_times_limits_a_script(workspace: Workspace) -> None:
    """A used-up script makes way for the canned reply."""
    assert texts_of_calls(workspace, "limited", 4) == [["scripted"], ["scripted"], ["canned"], ["canned"]]


def test_sequence_repeats_its_last_answer(workspace: Workspace) -> None:
    """Without `then`, the last answer stays."""
    answers = [["one"], ["two", "two and a half"], ["three"], ["three"], ["three"]]
    assert texts_of_calls(workspace, "repeating", 5) == answers


def test_sequence_can_cycle(workspace: Workspace) -> None:
    """With `then: cycle` the answers start again, errors included."""
    replies = [workspace.builtin(SCRIPTED, "cycling") for _ in range(4)]
    failure = Reply([], in_the_stream("two fails"))
    assert [reply.texts for reply in replies] == [["one"], [], ["one"], []]
    assert [reply == failure for reply in replies] == [False, True, False, True]


def test_sequence_can_refuse(workspace: Workspace) -> None:
    """With `then: refuse` there is no answer after the last, not even the canned one."""
    replies = [workspace.builtin(SCRIPTED, "refusing") for _ in range(3)]
    assert [reply.texts for reply in replies] == [["one"], ["two"], []]
    assert (replies[2].error or "").startswith(in_the_stream("dify-emulator: "))


@pytest.mark.parametrize(
    ("parameters", "text"),
    [
        ({"query": "exact", "limit": 5}, "equal"),
        ({"query": "exact", "limit": 5.0}, "equal"),
        ({"query": "exact", "limit": "5"}, "equal"),
        ({"query": "exact", "limit": 5, "more": True}, "equal"),
        ({"query": "exact", "limit": 6}, "canned"),
        ({"query": "Exact", "limit": 5}, "canned"),
        ({"query": "exact"}, "canned"),
        ({"query": "about swift."}, "contains"),
        ({"query": ["swift"]}, "contains"),
        ({"query": "about Swift."}, "canned"),
        ({"query": "on 2024-05-01 at noon"}, "matches"),
        ({"query": "on 24-05-01"}, "canned"),
        ({"query": "green"}, "one of"),
        ({"query": "greenish"}, "canned"),
        ({"query": "bounded"}, "absent"),
        ({"query": "bounded", "limit": None}, "null"),
        ({"query": "bounded", "limit": ""}, "null"),
        ({"query": "bounded", "limit": 1}, "canned"),
        ({"options": {"lang": "fr", "page": 1}}, "object"),
        ({"options": '{"lang": "fr", "page": 1.0}'}, "object"),
        ({"options": {"lang": "fr"}}, "canned"),
        ({}, "canned"),
    ],
    ids=lambda value: "" if isinstance(value, dict) else None,
)
def test_script_matches_cast_parameters(workspace: Workspace, parameters: dict[str, Any], text: str) -> None:
    """Conditions see the value after the cast, and only the parameters they name."""
    assert workspace.builtin(SCRIPTED, "matched", **parameters).texts == [text]


@pytest.mark.parametrize(
    ("parameters", "text"),
    [
        ({"query": "a dog"}, "one condition"),
        ({"query": "a dog", "lang": "fr"}, "two conditions"),
        ({"query": "a dog", "lang": "de"}, "priority"),
        ({"query": "hot dog"}, "equal"),
        ({"query": "a cat"}, "first in the file"),
        ({"query": "a cow"}, "canned"),
    ],
    ids=["one", "two", "priority", "equal", "order", "none"],
)
def test_scripts_rank(workspace: Workspace, parameters: dict[str, Any], text: str) -> None:
    """Priority, then the more specific, then the order of the file."""
    assert workspace.builtin(SCRIPTED, "ranked", **parameters).texts == [text]


def test_script_streams_and_then_refuses(workspace: Workspace) -> None:
    """Messages, a pause, an error; the next call gets the canned reply."""
    reply = workspace.builtin("google", "google_search", query="swift")
    assert reply.texts == ["First half", ", second half"]
    assert reply.error == in_the_stream("429 Too Many Requests")
    assert workspace.builtin(GOOGLE, "google_search", query="swift").texts == ["3 results for swift"]


def test_script_cannot_pass_a_check_of_dify(workspace: Workspace) -> None:
    """Scripts are looked for after the call was resolved and prepared."""
    error = refused("tool parameter region not found in tool config")
    assert workspace.builtin(SCRIPTED, "guarded") == Reply([], error)
    assert workspace.builtin(SCRIPTED, "guarded", region="eu").texts == ["served in eu"]


def test_refused_calls_do_not_use_up_a_script(workspace: Workspace) -> None:
    """Only calls that a script answers count."""
    for _ in range(3):
        assert workspace.builtin("acme/scripted/absent", "limited").error
    assert texts_of_calls(workspace, "limited", 3) == [["scripted"], ["scripted"], ["canned"]]


def test_script_of_a_workflow_answers_outputs(workspace: Workspace) -> None:
    """A seed name stands for the UUID in a script."""
    scripted = workspace.workflow(SUMMARIZE_REPORT, "any", report="a scripted one")
    assert scripted.values == [{"summary": "from a script"}]
    assert workspace.workflow(SUMMARIZE_REPORT, "any", report="bees").variables[1] == ("pages", 3)


def test_script_of_an_api_answers_a_response(workspace: Workspace) -> None:
    """A scripted response goes through the same rules as a canned one."""
    url = "https://pets.example.test/v1/search"
    error = in_the_stream(f"Reached maximum retries (0) for URL {url}")
    assert workspace.api(PETSTORE, "searchPets", q="overload") == Reply([], error)


def test_workspaces_do_not_share_counters(new_workspace: Callable[[str], Workspace]) -> None:
    """Two workspaces used in turn each count for themselves."""
    left, right = new_workspace("left"), new_workspace("right")
    turns = [workspace.builtin(SCRIPTED, "repeating").texts[0] for workspace in [left, right] * 3]
    assert turns == ["one", "one", "two", "two", "three", "three"]


def test_bare_url_is_the_workspace_of_the_seed(emulator: Emulator) -> None:
    """Without `/w/NAME` the seed's own workspace answers, under its name as well."""
    urls = [emulator.url, f"{emulator.url}/w/{emulator.address['workspace']}", emulator.url]
    replies = [
        collect(open_session(url).tool.invoke_builtin_tool(SCRIPTED, "shared_steps", {})) for url in urls
    ]
    assert [reply.texts for reply in replies] == [["one"], ["two"], ["three"]]


def test_new_workspace_starts_as_seeded(emulator: Emulator, workspace: Workspace) -> None:
    """What was used up in the seed's workspace is whole in a new one."""
    session = open_session(emulator.url)
    for _ in range(3):
        collect(session.tool.invoke_builtin_tool(SCRIPTED, "limited", {}))
    assert texts_of_calls(workspace, "limited", 1) == [["scripted"]]
