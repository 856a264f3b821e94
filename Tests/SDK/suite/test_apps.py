"""Apps: the app's own mode decides what a plugin gets, whichever method it calls."""

from __future__ import annotations

import inspect
import json
from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from dify_plugin.core.runtime import Session

from calls import NOBODY, Workspace, refused
from exchange import exchanges
from invocations import (
    ANNS_CONVERSATION,
    BENS_CONVERSATION,
    FAILING_FLOW,
    FAILING_FLOW_CHAT,
    FLOW_CHAT,
    FORM_FLOW,
    HELP_CHAT,
    LETTER_WRITER,
    PLAIN_AGENT,
    PLAIN_CHAT,
    PLAIN_FLOW,
    PLAIN_FLOW_CHAT,
    PLAIN_WRITER,
    PLATFORM_USAGE_KEYS,
    PLOT_AGENT,
    REPORT_FLOW,
    SCRIPT_CHAT,
    SCRIPT_FLOW,
    Event,
    failure,
    names,
    read,
    said,
    shared,
)

QUERY = "Which colours?"
Sessions = Callable[..., Session]


def refusal(message: str) -> str:
    """A refusal before the app starts."""
    return refused(message, "invoke app")


def chat(session: Session, app: str, query: str = QUERY, **options: Any) -> list[Event]:
    """The events of a chat, an agent or a chatflow."""
    settings = {"inputs": {}, "response_mode": "streaming", **options}
    return list(session.app.chat.invoke(app, query, **settings))


def chat_blocking(session: Session, app: str, query: str = QUERY, **options: Any) -> Event:
    """The answer of a chat or a chatflow."""
    settings = {"inputs": {}, "response_mode": "blocking", **options}
    return session.app.chat.invoke(app, query, **settings)


def flow(session: Session, app: str, **inputs: Any) -> list[Event]:
    """The events of a workflow."""
    return list(session.app.workflow.invoke(app, inputs, "streaming"))


def flow_blocking(session: Session, app: str, **inputs: Any) -> Event:
    """The answer of a workflow."""
    return session.app.workflow.invoke(app, inputs, "blocking")


def nodes(events: list[Event]) -> list[tuple[str, str]]:
    """The nodes as they start and finish."""
    return [
        (event["event"].removeprefix("node_"), event["data"]["node_id"])
        for event in events
        if event["event"] in ("node_started", "node_finished")
    ]


def assert_nodes_finish(events: list[Event]) -> None:
    """Every node that started finished later, under the same id."""
    open_nodes: set[str] = set()
    for event in events:
        if event["event"] == "node_started":
            assert event["data"]["id"] not in open_nodes
            open_nodes.add(event["data"]["id"])
        elif event["event"] == "node_finished":
            open_nodes.remove(event["data"]["id"])
            assert event["data"]["status"] == "succeeded"
    assert not open_nodes


def assert_usage(metadata: dict[str, Any]) -> None:
    """Usage in the platform's own form."""
    usage = metadata["usage"]
    assert set(usage) == PLATFORM_USAGE_KEYS
    assert usage["total_tokens"] == usage["prompt_tokens"] + usage["completion_tokens"]
    assert isinstance(usage["total_price"], str)


# Chat


@pytest.mark.parametrize(
    ("app", "text"), [(HELP_CHAT, "The desk opens at nine."), (PLAIN_CHAT, None)]
)
def test_chat_stream(session: Sessions, app: str, text: str | None) -> None:
    """Messages, and an end with usage; the same ids in all of them."""
    events = chat(session(), app)
    assert names(events[-1:]) == ["message_end"]
    assert set(names(events[:-1])) == {"message"}
    assert said(events, "message")
    assert text in (None, said(events, "message"))
    for key in ("conversation_id", "message_id", "task_id"):
        assert str(UUID(shared(events, key)))
    assert shared(events, "id") == shared(events, "message_id")
    assert isinstance(shared(events, "created_at"), int)
    assert shared(events[:-1], "from_variable_selector") is None
    assert_usage(events[-1]["metadata"])
    assert events[-1]["metadata"]["retriever_resources"] == []


def test_texts_of_the_seed_are_pieces(session: Sessions) -> None:
    """What the seed writes apart arrives apart."""
    answers = [event.get("answer") for event in chat(session(), HELP_CHAT)]
    assert [answer for answer in answers if answer] == ["The desk ", "opens at nine."]


@pytest.mark.parametrize("app", [HELP_CHAT, PLAIN_CHAT])
def test_chat_blocking(session: Sessions, app: str) -> None:
    """One object with the whole text."""
    answer = chat_blocking(session(), app)
    assert set(answer) == {
        "event",
        "task_id",
        "id",
        "message_id",
        "conversation_id",
        "mode",
        "answer",
        "metadata",
        "created_at",
    }
    assert (answer["event"], answer["mode"]) == ("message", "chat")
    assert answer["id"] == answer["message_id"]
    assert answer["answer"] == said(chat(session(), app), "message")
    assert_usage(answer["metadata"])


def test_answer_is_the_same_in_every_workspace(new_workspace: Callable[[str], Workspace]) -> None:
    """Ids and texts, for a chat and a chatflow; only the time passes."""
    for app in (PLAIN_CHAT, PLAIN_FLOW_CHAT):
        left, right = (chat(new_workspace(name).session(), app) for name in ("left", "right"))
        assert names(left) == names(right)
        assert said(left, "message") == said(right, "message")
        for key in ("conversation_id", "message_id"):
            assert shared(left, key) == shared(right, key)


# Agent


def test_agent_stream(session: Sessions) -> None:
    """A thought before and after what the agent says, and an end."""
    events = chat(session(), PLAIN_AGENT)
    assert names(events[:1] + events[-1:]) == ["agent_thought", "message_end"]
    assert set(names(events)) == {"agent_thought", "agent_message", "message_end"}
    assert said(events, "agent_message")
    thoughts = [event for event in events if event["event"] == "agent_thought"]
    assert shared(thoughts, "position") == 1
    assert len({event["id"] for event in thoughts}) == 1
    assert_usage(events[-1]["metadata"])


def test_agent_calls_a_tool(session: Sessions) -> None:
    """A round with thought, tool and observation, the file, and a round that answers."""
    events = chat(session(), PLOT_AGENT)
    assert names(events)[-1] == "message_end"
    thoughts = [event for event in events if event["event"] == "agent_thought"]
    rounds = [event for event in thoughts if event["tool"]]
    assert {event["tool"] for event in rounds} == {"chart"}
    assert rounds[0]["thought"] == "Let me plot that."
    assert json.loads(rounds[0]["tool_input"]) == {"chart": {"kind": "bar"}}
    assert "It is plotted." in rounds[-1]["observation"]
    positions = [event["position"] for event in thoughts]
    assert positions == sorted(positions)
    assert {(event["id"], event["position"]) for event in rounds} == {(rounds[0]["id"], 1)}
    [file] = [event for event in events if event["event"] == "message_file"]
    assert (file["type"], file["belongs_to"]) == ("image", "assistant")
    assert file["url"] == "https://files.example.test/plot.png"
    assert said(events, "agent_message").endswith("Here it is.")


@pytest.mark.parametrize("app", [PLAIN_AGENT, PLOT_AGENT])
def test_agent_does_not_block(session: Sessions, app: str) -> None:
    """Dify refuses it."""
    error = failure(lambda: chat_blocking(session(), app))
    assert error == refusal("Agent Chat App does not support blocking mode")


# Chatflow


@pytest.mark.parametrize("app", [FLOW_CHAT, PLAIN_FLOW_CHAT])
def test_chatflow_stream(session: Sessions, app: str) -> None:
    """The run around the message, which ends before the run does."""
    events = chat(session(), app)
    assert names(events[:1]) == ["workflow_started"]
    assert names(events[-2:]) == ["message_end", "workflow_finished"]
    for key in ("conversation_id", "message_id", "task_id", "created_at"):
        assert shared(events, key)
    runs = [event for event in events if event["event"].startswith(("workflow_", "node_"))]
    assert shared(runs, "workflow_run_id") == events[0]["data"]["id"]
    assert_nodes_finish(events)
    finished = events[-1]["data"]
    assert (finished["status"], finished["error"]) == ("succeeded", None)
    assert finished["outputs"]["answer"] == said(events, "message")
    assert_usage(events[-2]["metadata"])


def test_chatflow_text_is_the_seeds(session: Sessions) -> None:
    """As in a chat."""
    assert said(chat(session(), FLOW_CHAT), "message") == "Red, then blue."


def test_chatflow_nodes_are_the_seeds(session: Sessions) -> None:
    """In the seed's order, with the seed's titles and outputs."""
    events = chat(session(), FLOW_CHAT)
    started = [name for state, name in nodes(events) if state == "started"]
    assert [name for name in started if name in ("classify", "answer")] == ["classify", "answer"]
    [answer] = [
        event["data"]
        for event in events
        if event["event"] == "node_finished" and event["data"]["node_id"] == "answer"
    ]
    assert (answer["node_type"], answer["title"]) == ("llm", "Answer")
    assert answer["outputs"]["text"] == "Red, then blue."


def test_chatflow_starts_with_its_variables(session: Sessions) -> None:
    """The form's inputs, and what the system adds to them."""
    events = chat(session(), FLOW_CHAT, inputs={"topic": "colours", "undeclared": 1})
    inputs = events[0]["data"]["inputs"]
    assert inputs["topic"] == "colours"
    assert "undeclared" not in inputs
    assert (inputs["sys.query"], inputs["sys.dialogue_count"]) == (QUERY, 1)
    assert (inputs["sys.app_id"], inputs["sys.files"]) == (FLOW_CHAT, [])
    assert inputs["sys.workflow_run_id"] == events[0]["data"]["id"]
    assert "sys.conversation_id" not in inputs


@pytest.mark.parametrize("app", [FLOW_CHAT, PLAIN_FLOW_CHAT])
def test_chatflow_blocking(session: Sessions, app: str) -> None:
    """A chatflow answers like a chat."""
    answer = chat_blocking(session(), app)
    assert set(answer) == set(chat_blocking(session(), HELP_CHAT))
    assert (answer["event"], answer["mode"]) == ("message", "advanced-chat")
    assert answer["answer"] == said(chat(session(), app), "message")


# Workflow


@pytest.mark.parametrize("app", [REPORT_FLOW, PLAIN_FLOW])
def test_workflow_stream(session: Sessions, app: str) -> None:
    """From the start of the run to its end, with neither message nor conversation."""
    events = flow(session(), app)
    assert names(events[:1] + events[-1:]) == ["workflow_started", "workflow_finished"]
    assert_nodes_finish(events)
    assert shared(events, "task_id")
    assert shared(events, "workflow_run_id") == events[0]["data"]["id"]
    for event in events:
        assert not event.keys() & {"conversation_id", "message_id", "created_at"}
    finished = events[-1]["data"]
    assert (finished["status"], finished["error"]) == ("succeeded", None)
    assert finished["total_steps"] == names(events).count("node_finished")
    assert finished["workflow_id"] == events[0]["data"]["workflow_id"]


def test_workflow_outputs_are_the_seeds(session: Sessions) -> None:
    """Templates filled in, types kept."""
    outputs = {"report": "About bees.", "pages": 3, "list": ["a", "b"]}
    assert flow(session(), REPORT_FLOW, topic="bees")[-1]["data"]["outputs"] == outputs
    assert flow_blocking(session(), REPORT_FLOW, topic="bees")["data"]["outputs"] == outputs


def test_workflow_nodes_are_the_seeds(session: Sessions) -> None:
    """In the seed's order, with the seed's types and outputs."""
    events = flow(session(), REPORT_FLOW)
    finished = {
        event["data"]["node_id"]: event["data"]
        for event in events
        if event["event"] == "node_finished"
    }
    assert [name for name in finished if name in ("fetch", "write")] == ["fetch", "write"]
    assert finished["fetch"]["node_type"] == "http-request"
    assert finished["fetch"]["outputs"] == {"status_code": 200}


@pytest.mark.parametrize("app", [REPORT_FLOW, PLAIN_FLOW])
def test_workflow_blocking(session: Sessions, app: str) -> None:
    """One object without `event`."""
    answer = flow_blocking(session(), app)
    assert set(answer) == {"task_id", "workflow_run_id", "data"}
    assert set(answer["data"]) == {
        "id",
        "workflow_id",
        "status",
        "outputs",
        "error",
        "elapsed_time",
        "total_tokens",
        "total_steps",
        "created_at",
        "finished_at",
    }
    assert answer["data"]["id"] == answer["workflow_run_id"]
    assert answer["data"]["outputs"] == flow(session(), app)[-1]["data"]["outputs"]


# Completion


@pytest.mark.parametrize(
    ("app", "text"), [(LETTER_WRITER, "Dear customer."), (PLAIN_WRITER, None)]
)
def test_completion(session: Sessions, app: str, text: str | None) -> None:
    """Like a chat, without a conversation."""
    invoke = session().app.completion.invoke
    events = list(invoke(app, {"tone": "warm"}, "streaming"))
    answer = invoke(app, {"tone": "warm"}, "blocking")
    assert names(events[-1:]) == ["message_end"]
    assert set(names(events[:-1])) == {"message"}
    assert said(events, "message") == answer["answer"]
    assert answer["answer"]
    assert text in (None, answer["answer"])
    assert all("conversation_id" not in event for event in [*events, answer])
    assert shared(events, "message_id")
    assert (answer["event"], answer["mode"]) == ("message", "completion")
    assert_usage(events[-1]["metadata"])


# The app's mode decides


def test_chat_method_runs_a_workflow(session: Sessions) -> None:
    """The query is of no use to it."""
    assert names(chat(session(), REPORT_FLOW))[-1] == "workflow_finished"


@pytest.mark.parametrize("app", [HELP_CHAT, PLAIN_AGENT, FLOW_CHAT])
@pytest.mark.parametrize("method", ["workflow", "completion"])
def test_methods_without_a_query_cannot_run_a_chat(
    session: Sessions, app: str, method: str
) -> None:
    """Only the chat method sends one."""
    invoke = getattr(session().app, method).invoke
    assert failure(lambda: list(invoke(app, {}, "streaming"))) == refusal("missing query")


@pytest.mark.parametrize("app", [HELP_CHAT, PLAIN_AGENT, FLOW_CHAT])
def test_empty_query(session: Sessions, app: str) -> None:
    """It counts as missing."""
    assert failure(lambda: chat(session(), app, "")) == refusal("missing query")


@pytest.mark.parametrize("mode", ["streaming", "blocking"])
def test_unknown_app(session: Sessions, mode: str) -> None:
    """An app of another workspace is none of this one."""
    app = session().app
    calls: list[Callable[[], Any]] = [
        lambda: list(app.chat.invoke(NOBODY, QUERY, {}, mode)),
        lambda: list(app.workflow.invoke(NOBODY, {}, mode)),
        lambda: list(app.completion.invoke(NOBODY, {}, mode)),
    ]
    assert [failure(call) for call in calls] == [refusal("app not found")] * 3


def test_user_of_newer_sdks_is_ignored(session: Sessions) -> None:
    """Who calls is never the plugin's choice."""
    if "user" not in inspect.signature(session().app.chat.invoke).parameters:
        pytest.skip("this SDK has no argument `user`")
    first = chat(session(), HELP_CHAT, user="somebody else")
    conversation = shared(first, "conversation_id")
    again = chat(session(), HELP_CHAT, "And then?", conversation_id=conversation)
    assert shared(again, "conversation_id") == conversation


# Conversations


@pytest.mark.parametrize("app", [HELP_CHAT, PLAIN_CHAT, PLAIN_AGENT, FLOW_CHAT, PLAIN_FLOW_CHAT])
def test_conversation_goes_on(session: Sessions, app: str) -> None:
    """The same conversation, a new message."""
    first = chat(session(), app)
    conversation = shared(first, "conversation_id")
    second = chat(session(), app, "And then?", conversation_id=conversation)
    assert shared(second, "conversation_id") == conversation
    assert shared(second, "message_id") != shared(first, "message_id")
    assert shared(second, "task_id") != shared(first, "task_id")


def test_conversation_goes_on_blocking(session: Sessions) -> None:
    """Also from one way of answering to the other."""
    first = chat_blocking(session(), HELP_CHAT)
    options = {"conversation_id": first["conversation_id"]}
    second = chat_blocking(session(), HELP_CHAT, "And then?", **options)
    third = chat(session(), HELP_CHAT, "And now?", **options)
    assert first["conversation_id"] == second["conversation_id"]
    assert shared(third, "conversation_id") == first["conversation_id"]


def test_turns_are_counted(session: Sessions) -> None:
    """A chatflow knows how often it was asked."""
    first = chat(session(), FLOW_CHAT)
    conversation = shared(first, "conversation_id")
    second = chat(session(), FLOW_CHAT, conversation_id=conversation)
    counts = [events[0]["data"]["inputs"]["sys.dialogue_count"] for events in (first, second)]
    assert counts == [1, 2]


@pytest.mark.parametrize("empty", [None, ""])
def test_no_conversation_starts_one(session: Sessions, empty: str | None) -> None:
    """Each call its own."""
    ids = {
        shared(chat(session(), HELP_CHAT, conversation_id=empty), "conversation_id")
        for _ in range(3)
    }
    assert len(ids) == 3


def test_conversation_of_the_seed(session: Sessions) -> None:
    """What the seed began goes on."""
    conversation = ANNS_CONVERSATION
    events = chat(session(), HELP_CHAT, "And then?", conversation_id=conversation)
    assert shared(events, "conversation_id") == conversation


@pytest.mark.parametrize("app", [HELP_CHAT, PLAIN_AGENT])
def test_unknown_conversation(session: Sessions, app: str) -> None:
    """Dify refuses it without a word."""
    assert failure(lambda: chat(session(), app, conversation_id=NOBODY)) == refusal("")


def test_conversation_of_another_app(session: Sessions) -> None:
    """It belongs to one app."""
    conversation = shared(chat(session(), HELP_CHAT), "conversation_id")
    error = failure(lambda: chat(session(), PLAIN_CHAT, conversation_id=conversation))
    assert error == refusal("")


def test_conversation_of_another_user(session: Sessions) -> None:
    """It belongs to one user."""
    conversation = BENS_CONVERSATION
    error = failure(lambda: chat(session(), HELP_CHAT, conversation_id=conversation))
    assert error == refusal("")


def test_conversation_of_another_workspace(new_workspace: Callable[[str], Workspace]) -> None:
    """It stays where it began."""
    left, right = (new_workspace(name).session() for name in ("left", "right"))
    chat(left, HELP_CHAT)
    second = chat(left, HELP_CHAT, "And then?")
    conversation = shared(second, "conversation_id")
    assert failure(lambda: chat(right, HELP_CHAT, conversation_id=conversation)) == refusal("")


@pytest.mark.parametrize("app", [FLOW_CHAT, PLAIN_FLOW_CHAT])
def test_chatflow_starts_anew(session: Sessions, app: str) -> None:
    """An unknown conversation is no mistake there."""
    events = chat(session(), app, conversation_id=NOBODY)
    assert shared(events, "conversation_id") != NOBODY
    assert events[0]["data"]["inputs"]["sys.dialogue_count"] == 1


# The form


@pytest.mark.parametrize(
    ("inputs", "message"),
    [
        ({}, "topic is required in input form"),
        ({"topic": None}, "topic is required in input form"),
        ({"topic": 5}, "(type 'text-input') topic in input form must be a string"),
        ({"topic": "a long topic"}, "topic in input form must be less than 10 characters"),
        ({"notes": ["a"]}, "(type 'paragraph') notes in input form must be a string"),
        ({"tone": "hot"}, "tone in input form must be one of the following: ['warm', 'cold']"),
        ({"tone": True}, "(type 'select') tone in input form must be a string"),
        ({"count": "many"}, "count in input form must be a valid number"),
        ({"picture": "a.png"}, "picture in input form must be a file"),
        ({"pictures": "a.png"}, "pictures in input form must be a list of files"),
        ({"urgent": {"a": 1}}, "Invalid input type for ['urgent']"),
        ({"urgent": [{"a": 1}]}, "Invalid input type for ['urgent']"),
    ],
    ids=lambda value: json.dumps(value) if isinstance(value, dict) else "",
)
@pytest.mark.parametrize("mode", ["streaming", "blocking"])
def test_input_that_does_not_fit(
    session: Sessions, inputs: dict[str, Any], message: str, mode: str
) -> None:
    """Dify refuses it before the app starts."""
    given = inputs if "topic" in inputs or not inputs else {"topic": "bees", **inputs}
    invoke = session().app.workflow.invoke
    assert failure(lambda: list(invoke(FORM_FLOW, given, mode))) == refusal(message)


@pytest.mark.parametrize(
    ("given", "name", "value"),
    [
        ({}, "notes", "none"),
        ({}, "tone", "warm"),
        ({}, "count", None),
        ({}, "urgent", None),
        ({"tone": "cold"}, "tone", "cold"),
        ({"count": "3"}, "count", 3),
        ({"count": "3.5"}, "count", 3.5),
        ({"count": 7}, "count", 7),
        ({"count": " "}, "count", None),
        ({"urgent": "yes"}, "urgent", True),
        ({"urgent": 0}, "urgent", False),
        ({"urgent": True}, "urgent", True),
        ({"options": {"a": 1}}, "options", {"a": 1}),
        ({"topic": "ten letter"}, "topic", "ten letter"),
    ],
    ids=lambda value: json.dumps(value),
)
def test_input_that_fits(session: Sessions, given: dict[str, Any], name: str, value: Any) -> None:
    """Defaults are filled in, and texts become what the form asks for."""
    events = flow(session(), FORM_FLOW, **{"topic": "bees", **given})
    started = events[0]["data"]["inputs"]
    assert started[name] == value
    assert type(started[name]) is type(value)


def test_inputs_that_the_form_lacks_are_dropped(session: Sessions) -> None:
    """They never reach the app."""
    started = flow(session(), FORM_FLOW, topic="bees", colour="red")[0]["data"]["inputs"]
    own = {name for name in started if not name.startswith("sys.")}
    form = {"topic", "notes", "tone", "count", "urgent", "options", "picture", "pictures"}
    assert own <= form


# Runs that fail


def test_failed_workflow_stream(session: Sessions) -> None:
    """The run ends with status and error, and nothing else is wrong."""
    events = flow(session(), FAILING_FLOW)
    assert names(events)[-1] == "workflow_finished"
    finished = events[-1]["data"]
    assert (finished["status"], finished["error"]) == ("failed", "Server returned 502")
    assert "error" not in names(events)


def test_failed_workflow_blocking(session: Sessions) -> None:
    """A failed run is a normal answer."""
    answer = flow_blocking(session(), FAILING_FLOW)["data"]
    assert (answer["status"], answer["error"]) == ("failed", "Server returned 502")


def test_failed_chatflow_stream(session: Sessions) -> None:
    """The end of the run, then an error event in place of the message's end."""
    events = chat(session(), FAILING_FLOW_CHAT)
    assert names(events[-2:]) == ["workflow_finished", "error"]
    assert events[-2]["data"]["status"] == "failed"
    error = events[-1]
    assert (error["code"], error["status"]) == ("invalid_param", 400)
    assert error["message"] == "Run failed: Server returned 502"
    assert "message_end" not in names(events)
    assert "task_id" not in error


def test_failed_chatflow_blocking(session: Sessions) -> None:
    """A failed chat raises."""
    error = failure(lambda: chat_blocking(session(), FAILING_FLOW_CHAT))
    assert error == refusal("Run failed: Server returned 502")


# Scripts


def test_script_is_chosen_by_the_query(session: Sessions) -> None:
    """Streamed and blocking."""
    assert said(chat(session(), SCRIPT_CHAT, "Do you sell tents?"), "message") == "about tents"
    assert chat_blocking(session(), SCRIPT_CHAT, "tents?")["answer"] == "about tents"
    assert said(chat(session(), SCRIPT_CHAT), "message") == "canned"


def test_script_is_chosen_by_the_turn(session: Sessions) -> None:
    """Counted from 1 in each conversation."""
    first = chat(session(), SCRIPT_CHAT)
    options = {"conversation_id": shared(first, "conversation_id")}
    texts = [said(chat(session(), SCRIPT_CHAT, **options), "message") for _ in range(2)]
    assert (said(first, "message"), *texts) == ("canned", "the second turn", "canned")


def test_script_is_chosen_by_the_response_mode(session: Sessions) -> None:
    """Only a blocking call gets this answer."""
    assert chat_blocking(session(), SCRIPT_CHAT, "which way")["answer"] == "at once"
    assert said(chat(session(), SCRIPT_CHAT, "which way"), "message") == "canned"


def test_script_is_chosen_by_the_inputs(session: Sessions) -> None:
    """As they are after the form's checks."""
    answers = [
        flow_blocking(session(), SCRIPT_FLOW, topic=topic)["data"]["outputs"]["answer"]
        for topic in ("bees", "wasps")
    ]
    assert answers == ["about bees", "canned"]


def test_scripted_error_event(session: Sessions) -> None:
    """In a started stream Dify reports an error as data, and nothing follows."""
    events = chat(session(), SCRIPT_CHAT, "error event")
    assert said(events, "message") == "Some"
    assert names(events)[-1] == "error"
    error = events[-1]
    assert (error["code"], error["status"]) == ("completion_request_error", 400)
    assert error["message"] == "[quokka] Rate limit"
    assert {"conversation_id", "message_id", "created_at"} <= set(error)
    assert "message_end" not in names(events)


def test_scripted_exception(session: Sessions) -> None:
    """An exception of Dify's is such an event as well; a blocking call is refused."""
    events = chat(session(), SCRIPT_CHAT, "exception")
    assert said(events, "message") == "Some"
    assert (events[-1]["event"], events[-1]["code"]) == ("error", "invalid_param")
    assert (events[-1]["message"], events[-1]["status"]) == ("The reranker is missing.", 400)
    error = failure(lambda: chat_blocking(session(), SCRIPT_CHAT, "exception"))
    assert error == refusal("The reranker is missing.")


def test_scripted_crash(session: Sessions) -> None:
    """A broken stream raises after what it gave, with the words of the script."""
    result = read(session().app.chat.invoke(SCRIPT_CHAT, "crash", {}, "streaming"))
    assert said(result.items, "message") == "Some"
    assert result.error == (
        "read app failed: request failed: queue listening stopped unexpectedly."
    )


@pytest.mark.parametrize("mode", ["streaming", "blocking"])
def test_scripted_refusal(session: Sessions, mode: str) -> None:
    """Before the first byte, slashes escaped."""
    invoke = session().app.chat.invoke
    error = failure(lambda: list(invoke(SCRIPT_CHAT, "refuse", {}, mode)))
    assert error == refusal("Model provider acme/quokka quota exceeded.")


def test_scripted_replacement(session: Sessions) -> None:
    """Moderation takes the answer back."""
    events = chat(session(), SCRIPT_CHAT, "replace")
    [replacement] = [event for event in events if event["event"] == "message_replace"]
    assert replacement["answer"] == "This answer was withheld."
    assert names(events)[-1] == "message_end"
    answer = chat_blocking(session(), SCRIPT_CHAT, "replace")["answer"]
    assert answer == "This answer was withheld."


def test_scripted_file(session: Sessions) -> None:
    """A file of the assistant's."""
    events = chat(session(), SCRIPT_CHAT, "file")
    [file] = [event for event in events if event["event"] == "message_file" and "url" in event]
    assert (file["type"], file["belongs_to"]) == ("image", "assistant")
    assert file["url"] == "https://files.example.test/plot.png"
    # Once there is a file, Dify sends the text under the same word.
    assert said([event for event in events if "answer" in event], "message", "message_file")


def test_scripted_sources_and_usage(session: Sessions) -> None:
    """They stand in the metadata of the end."""
    [metadata] = [
        event["metadata"]
        for event in chat(session(), SCRIPT_CHAT, "sources")
        if event["event"] == "message_end"
    ]
    [source] = metadata["retriever_resources"]
    assert (source["dataset_name"], source["score"]) == ("Handbook", 0.9)
    assert source["content"] == "The desk opens at nine."
    assert metadata["usage"]["prompt_tokens"] == 5


def test_scripted_events(session: Sessions) -> None:
    """As written, completed by the envelope."""
    events = chat(session(), SCRIPT_CHAT, "events")
    [audio] = [event for event in events if event["event"] == "tts_message"]
    assert audio["audio"] == "//uQxAAA"
    assert audio["conversation_id"] == events[0]["conversation_id"]


# Parameters


def test_parameters_have_the_recorded_keys(session: Sessions) -> None:
    """The service API's object, for an app of any mode."""
    recorded = [
        set(exchange.outcome["returns"])
        for exchange in exchanges()
        if exchange.type == "fetch_app" and "returns" in exchange.outcome
    ]
    for app in (HELP_CHAT, PLAIN_AGENT, FLOW_CHAT, REPORT_FLOW, LETTER_WRITER):
        assert set(session().app.fetch_app(app)) in recorded


def test_parameters_of_the_seed(session: Sessions) -> None:
    """Laid over what an app without settings has."""
    parameters = session().app.fetch_app(HELP_CHAT)
    assert parameters["opening_statement"] == "Hello"
    assert parameters["suggested_questions"] == ["When do you open?"]
    assert parameters["user_input_form"] == []
    assert parameters["system_parameters"]["image_file_size_limit"] == 10


def test_parameters_show_the_form(session: Sessions) -> None:
    """One entry for each input, under its type."""
    form = session().app.fetch_app(FORM_FLOW)["user_input_form"]
    entries = {entry["variable"]: kind for item in form for kind, entry in item.items()}
    assert entries == {
        "topic": "text-input",
        "notes": "paragraph",
        "tone": "select",
        "count": "number",
        "urgent": "checkbox",
        "options": "json_object",
        "picture": "file",
        "pictures": "file-list",
    }
    topic = form[0]["text-input"]
    assert (topic["label"], topic["required"], topic["max_length"]) == ("Topic", True, 10)
    assert form[2]["select"]["options"] == ["warm", "cold"]


def test_parameters_of_a_script(session: Sessions) -> None:
    """What a script gives."""
    assert session().app.fetch_app(SCRIPT_CHAT)["opening_statement"] == "from a script"


def test_parameters_of_an_unknown_app(session: Sessions) -> None:
    """The daemon loses the cause."""
    assert failure(lambda: session().app.fetch_app(NOBODY)) == "fetch app failed: data is nil"
