"""Moderation by the seed's words, and summaries by the workspace's default model."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from dify_plugin.core.runtime import Session
from dify_plugin.entities.model.moderation import ModerationModelConfig

from calls import Workspace, invalid_request, open_session
from invocations import NOWHERE, QUOKKA, data, failure, send

FIRST = "Quokkas smile at everyone they meet on the island."
STORY = " ".join([FIRST] + [f"Sentence number {number} adds detail." for number in range(60)])
BOOK = " ".join([STORY] * 20)
Sessions = Callable[..., Session]


def config(name: str = "quokka-guard", provider: str = QUOKKA) -> ModerationModelConfig:
    """The configuration of a moderation model."""
    return ModerationModelConfig(provider=provider, model=name)


def flagged(session: Session, text: str) -> bool:
    """Whether a text is flagged."""
    return session.model.moderation.invoke(config(), text)


# Moderation


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("my secret diary", True),
        ("secret", True),
        ("this is a rude word", True),
        ("a word that is rude", False),
        ("good morning", False),
        ("a borderline case", True),
    ],
    ids=["word", "alone", "phrase", "phrase apart", "clean", "scripted"],
)
def test_moderation(session: Sessions, text: str, result: bool) -> None:
    """True when a flagged word of the seed occurs, or when a script says so."""
    assert flagged(session(), text) is result


def test_moderation_has_the_daemons_form(workspace: Workspace) -> None:
    """One response of the kind `struct`."""
    answer = send(workspace.url, "moderation", {**config().model_dump(mode="json"), "text": "a"})
    assert [line["data"]["message"] for line in answer.lines] == ["struct", ""]
    assert data(answer) == [{"result": False}]


def test_nothing_to_moderate(session: Sessions) -> None:
    """The daemon does not pass an empty text on."""
    path = "InvokeModerationRequest.InvokeModerationSchema.Text"
    assert failure(lambda: flagged(session(), "")) == invalid_request(
        f"error validating struct: Key: '{path}' Error:Field validation for 'Text' failed "
        "on the 'required' tag"
    )


def test_scripted_failure_of_moderation(session: Sessions) -> None:
    """In the words that Dify puts before it."""
    error = failure(lambda: flagged(session(), "overload"))
    assert error == "invoke moderation model failed: request failed: [quokka] overloaded"


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        (config(provider=NOWHERE), f"Provider {NOWHERE} does not exist."),
        (config("no-such-model"), "Model no-such-model credentials is not initialized."),
    ],
    ids=["provider", "model"],
)
def test_unknown_model(session: Sessions, settings: Any, message: str) -> None:
    """Dify reports the exception, because this call has a single answer."""
    error = failure(lambda: session().model.moderation.invoke(settings, "Hi"))
    assert error == f"invoke moderation model failed: request failed: {message}"


# Summary


def test_short_text_never_leaves_the_plugin() -> None:
    """The SDK gives it back without a call; nobody listens at this address."""
    session = open_session("http://127.0.0.1:9")
    text = STORY[:1023]
    assert session.model.summary.invoke(text, "be brief") == text


@pytest.mark.parametrize("text", [STORY, BOOK], ids=["story", "book"])
def test_summary_is_the_beginning(session: Sessions, text: str) -> None:
    """At least the first sentence, and nothing that is not in the text."""
    summary = session().model.summary.invoke(text, "be brief")
    assert summary.startswith(FIRST)
    assert text.startswith(summary)


def test_long_text_becomes_short(session: Sessions) -> None:
    """A book does not come back as a book."""
    assert len(session().model.summary.invoke(BOOK, "")) < len(BOOK) / 4


def test_short_text_may_be_summarised(session: Sessions) -> None:
    """The SDK's bound is an argument of the call."""
    summary = session().model.summary.invoke(FIRST, "be brief", min_summarize_length=1)
    assert summary == FIRST


def test_summary_is_the_same_in_every_workspace(
    new_workspace: Callable[[str], Workspace],
) -> None:
    """Nothing is left to chance."""
    left, right = (new_workspace(name).session() for name in ("left", "right"))
    assert left.model.summary.invoke(BOOK, "") == right.model.summary.invoke(BOOK, "")


def test_summary_has_the_daemons_form(workspace: Workspace) -> None:
    """One response of the kind `struct`."""
    answer = send(workspace.url, "system_summary", {"text": FIRST, "instruction": ""})
    assert [line["data"]["message"] for line in answer.lines] == ["struct", ""]
    assert data(answer) == [{"summary": FIRST}]


def test_scripted_summary(session: Sessions) -> None:
    """Chosen by text and instruction."""
    invoke = session().model.summary.invoke
    assert invoke(f"scripted {STORY}", "be brief") == "in short"
    assert invoke(f"scripted {STORY}", "in full") != "in short"


def test_scripted_failure_of_a_summary(session: Sessions) -> None:
    """In the words that Dify puts before it."""
    error = failure(lambda: session().model.summary.invoke(f"overload {STORY}", ""))
    assert error == "invoke summary failed: request failed: [quokka] overloaded"


def test_nothing_to_summarise(session: Sessions) -> None:
    """The daemon does not pass an empty text on."""
    error = failure(lambda: session().model.summary.invoke("", "", min_summarize_length=0))
    path = "InvokeSummaryRequest.InvokeSummarySchema.Text"
    assert error == invalid_request(
        f"error validating struct: Key: '{path}' Error:Field validation for 'Text' failed "
        "on the 'required' tag"
    )
