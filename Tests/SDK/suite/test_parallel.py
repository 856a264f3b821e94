"""Many calls at once, each with its own answer."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from calls import CASTS, MESSAGES, PETSTORE, PROBE, SCRIPTED, SUMMARIZE_REPORT, Reply, Workspace

CALLS = 64


def at_once(call: Callable[[int], Reply], calls: int = CALLS) -> list[Reply]:
    """The replies of calls made from as many threads."""
    with ThreadPoolExecutor(calls) as threads:
        return list(threads.map(call, range(calls)))


def test_64_calls_at_once_get_their_own_answers(workspace: Workspace) -> None:
    """No message strays into another call's stream."""
    replies = at_once(lambda number: workspace.builtin(SCRIPTED, "dripping", number=str(number)))
    assert [reply.error for reply in replies] == [None] * CALLS
    expected = [[f"{number} begins", f"{number} goes on", f"{number} ends"] for number in range(CALLS)]
    assert [reply.texts for reply in replies] == expected


def test_64_calls_of_all_kinds_at_once(workspace: Workspace) -> None:
    """Answers, refusals and errors side by side are those of calls one by one."""
    calls: list[Callable[[], Reply]] = [
        lambda: workspace.builtin(PROBE, "echo", text="hi"),
        lambda: workspace.builtin(MESSAGES, "everything"),
        lambda: workspace.builtin(PROBE, "nope"),
        lambda: workspace.builtin(CASTS, "cast", number="abc"),
        lambda: workspace.workflow(SUMMARIZE_REPORT, "any", report="bees"),
        lambda: workspace.api(PETSTORE, "favouritePet"),
        lambda: workspace.api(PETSTORE, "searchPets"),
        lambda: workspace.api(PETSTORE, "status503"),
    ]
    alone = [call() for call in calls]
    replies = at_once(lambda number: calls[number % len(calls)]())
    assert replies == [alone[number % len(calls)] for number in range(CALLS)]


def test_counters_are_exact_under_load(workspace: Workspace) -> None:
    """`times: 2` means two calls, however many arrive at once."""
    texts = [reply.texts[0] for reply in at_once(lambda _: workspace.builtin(SCRIPTED, "limited"))]
    assert sorted(texts) == ["canned"] * (CALLS - 2) + ["scripted"] * 2


def test_sequence_gives_each_answer_once_under_load(workspace: Workspace) -> None:
    """Successive answers are handed out one by one."""
    texts = [reply.texts[0] for reply in at_once(lambda _: workspace.builtin(SCRIPTED, "repeating"))]
    assert sorted(texts) == ["one"] + ["three"] * (CALLS - 2) + ["two"]


def test_two_workspaces_at_once(new_workspace: Callable[[str], Workspace]) -> None:
    """Calls of two workspaces interleave, their counters do not."""
    workspaces = [new_workspace("left"), new_workspace("right")]
    replies = at_once(lambda number: workspaces[number % 2].builtin(SCRIPTED, "limited"))
    for side in range(2):
        texts = sorted(reply.texts[0] for reply in replies[side::2])
        assert texts == ["canned"] * (CALLS // 2 - 2) + ["scripted"] * 2


def test_one_new_workspace_is_made_once(new_workspace: Callable[[str], Workspace]) -> None:
    """First calls that arrive together find the same new workspace."""
    fresh = new_workspace("fresh")
    texts = [reply.texts[0] for reply in at_once(lambda _: fresh.builtin(SCRIPTED, "repeating"), 16)]
    assert sorted(texts) == ["one"] + ["three"] * 14 + ["two"]


def test_many_workspaces_at_once(new_workspace: Callable[[str], Workspace]) -> None:
    """Each of many workspaces starts from the seed."""
    replies = at_once(lambda number: new_workspace(str(number)).builtin(SCRIPTED, "repeating"))
    assert [reply.texts for reply in replies] == [["one"]] * CALLS
