"""The places where Dify cannot answer: usefully by default, as in Dify when asked to."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from dify_plugin.core.runtime import Session
from dify_plugin.entities.model.rerank import MultiModalRerankModelConfig
from dify_plugin.entities.model.speech2text import Speech2TextModelConfig
from dify_plugin.entities.model.text_embedding import (
    MultiModalContent,
    MultiModalEmbeddingModelConfig,
)
from dify_plugin.entities.workflow_node import ClassConfig, ModelConfig, ParameterConfig

from calls import Workspace, before_the_stream, collect, invalid_request, open_session, refused
from emulator import PLATFORM, Emulator, running_emulator
from invocations import (
    HELP_CHAT,
    LETTER_WRITER,
    PLAIN_AGENT,
    PLAIN_FLOW_CHAT,
    QUOKKA,
    failure,
    node_model,
    shared,
)

SERVER_ERROR = {"message": "Internal Server Error", "code": "unknown", "status": 500}
NO_ROUTE = "failed: invalid character '<' looking for beginning of value"
ANONYMOUS_CHAT = "a1000000-0000-4000-8000-000000000091"
ANONYMOUS = {
    "workspace": "anonymous",
    "apps": [{"id": ANONYMOUS_CHAT, "name": "Anonymous chat", "mode": "chat"}],
}
TEXT = MultiModalContent(content="a marsupial", content_type="text")
IMAGE = MultiModalContent(content="iVBORw0=", content_type="image")
KNOWN = b"good morning audio"
Sessions = Callable[..., Session]


@pytest.fixture(scope="module")
def dify_emulator(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Emulator]:
    """A server that does what Dify does. A second workspace of it has a caller without a user."""
    anonymous = tmp_path_factory.mktemp("quirks") / "anonymous.yaml"
    anonymous.write_text(json.dumps(ANONYMOUS), encoding="utf-8")
    with running_emulator(PLATFORM, anonymous, options=["--quirks", "dify"]) as server:
        yield server
        assert server.stop() == 0


@pytest.fixture
def dify(dify_emulator: Emulator, workspace: Workspace) -> Session:
    """A session on that server."""
    return open_session(f"{dify_emulator.url}/w/{workspace.name}")


@pytest.fixture
def useful(workspace: Workspace) -> Session:
    """A session on the suite's server."""
    return workspace.session()


def hear(session: Session, audio: bytes) -> str:
    """A call of a model that listens."""
    config = Speech2TextModelConfig(provider=QUOKKA, model="quokka-ear")
    return session.model.speech2text.invoke(config, io.BytesIO(audio))


def embed(session: Session) -> Any:
    """A call with a text and an image."""
    config = MultiModalEmbeddingModelConfig(provider=QUOKKA, model="quokka-mm", tenant_id="t1")
    return session.model.text_embedding.invoke_multimodal(config, [TEXT, IMAGE])


def rank(session: Session) -> Any:
    """A call with a text and an image."""
    config = MultiModalRerankModelConfig(provider=QUOKKA, model="quokka-rank")
    return session.model.rerank.invoke_multimodal(config, TEXT, [IMAGE, TEXT])


def talk(session: Session, app: str, conversation: str | None = None) -> list[dict[str, Any]]:
    """The events of a chat."""
    invoke = session.app.chat.invoke
    return list(invoke(app, "Hello", {}, "streaming", conversation))


def extract(session: Session, kind: str, config: ModelConfig, query: str) -> Any:
    """A call of the extractor for one parameter."""
    wanted = ParameterConfig(name="flag", type=kind, description="a flag", required=True)
    return session.workflow_node.parameter_extractor.invoke([wanted], config, query)


# Completion apps


@pytest.mark.parametrize("mode", ["streaming", "blocking"])
def test_completion_app(useful: Session, dify: Session, mode: str) -> None:
    """Dify reads a query that the call never carries."""
    assert list(useful.app.completion.invoke(LETTER_WRITER, {}, mode))
    error = failure(lambda: list(dify.app.completion.invoke(LETTER_WRITER, {}, mode)))
    assert error == before_the_stream(500, SERVER_ERROR, "invoke app")


# Speech to text


@pytest.mark.parametrize(
    ("audio", "reason"),
    [(KNOWN, "Non-hexadecimal digit found"), (b"odd", "Odd-length string")],
    ids=["even", "odd"],
)
def test_speech_to_text(useful: Session, dify: Session, audio: bytes, reason: str) -> None:
    """Dify decodes the hex digits twice."""
    assert hear(useful, audio)
    error = failure(lambda: hear(dify, audio))
    assert error == f"invoke speech2text model failed: request failed: {reason}"


def test_speech_in_hex_digits(dify: Session) -> None:
    """A file of hex digits survives being decoded twice."""
    assert hear(dify, KNOWN.hex().encode()) == "good morning"


# Texts with images


def test_multimodal_embedding(useful: Session, dify: Session) -> None:
    """Dify has no such route, and its page of status 404 is not JSON."""
    assert len(embed(useful).embeddings) == 2
    assert failure(lambda: embed(dify)) == f"invoke multimodal embedding model {NO_ROUTE}"


def test_multimodal_rerank(useful: Session, dify: Session) -> None:
    """Dify has no such route either."""
    assert [doc.index for doc in rank(useful).docs] == [1, 0]
    assert failure(lambda: rank(dify)) == f"invoke multimodal rerank model {NO_ROUTE}"


# Conversations


@pytest.mark.parametrize("app", [HELP_CHAT, PLAIN_AGENT])
def test_conversation_of_a_named_user(useful: Session, dify: Session, app: str) -> None:
    """For Dify each call of a named user comes from a new one."""
    conversation = shared(talk(useful, app), "conversation_id")
    assert shared(talk(useful, app, conversation), "conversation_id") == conversation
    lost = shared(talk(dify, app), "conversation_id")
    assert failure(lambda: talk(dify, app, lost)) == refused("", "invoke app")


def test_chatflow_of_a_named_user(useful: Session, dify: Session) -> None:
    """A chatflow starts anew instead."""
    conversation = shared(talk(useful, PLAIN_FLOW_CHAT), "conversation_id")
    again = talk(useful, PLAIN_FLOW_CHAT, conversation)
    assert shared(again, "conversation_id") == conversation
    lost = shared(talk(dify, PLAIN_FLOW_CHAT), "conversation_id")
    assert shared(talk(dify, PLAIN_FLOW_CHAT, lost), "conversation_id") != lost


def test_conversation_of_nobody(dify_emulator: Emulator) -> None:
    """Without a user all calls come from one, for Dify as well."""
    session = open_session(f"{dify_emulator.url}/w/anonymous")
    conversation = shared(talk(session, ANONYMOUS_CHAT), "conversation_id")
    assert shared(talk(session, ANONYMOUS_CHAT, conversation), "conversation_id") == conversation


# Nodes


@pytest.mark.parametrize(
    ("kind", "query", "value"),
    [("boolean", "flag: yes", True), ("array[boolean]", "flag: yes, no", [True, False])],
)
def test_boolean_parameter(
    useful: Session, dify: Session, kind: str, query: str, value: Any
) -> None:
    """Dify knows the types, its daemon does not."""
    assert extract(useful, kind, node_model(), query).outputs["flag"] == value
    error = failure(lambda: extract(dify, kind, node_model(), query))
    assert error == invalid_request(
        "error validating struct: Key: 'InvokeParameterExtractorRequest.Parameters[0].Type' "
        "Error:Field validation for 'Type' failed on the 'oneof' tag"
    )


def test_completion_params_null(useful: Session, dify: Session) -> None:
    """The SDK's own default is refused by Dify."""
    config = ModelConfig(provider=QUOKKA, name="quokka-mini")
    assert extract(useful, "string", config, "flag: red").outputs["flag"] == "red"
    error = failure(lambda: extract(dify, "string", config, "flag: red"))
    assert error == "invoke parameter extractor failed: data is nil"
    classes = [ClassConfig(id="1", name="Booking")]
    classify = dify.workflow_node.question_classifier.invoke
    error = failure(lambda: classify(classes, config, "Hello"))
    assert error == "invoke question classifier failed: data is nil"
    assert classify(classes, node_model(), "Hello").outputs["class_id"] == "1"


# Messages of tools


def test_binary_link(useful: Session, dify: Session) -> None:
    """The SDK refuses to read what Dify sends."""
    arguments = ("acme/links/links", "download", {})
    reply = collect(useful.tool.invoke_builtin_tool(*arguments))
    assert (reply.kinds, reply.error) == (["link"], None)
    assert reply.messages[0].message.text == "https://files.example.test/a.bin"
    reply = collect(dify.tool.invoke_builtin_tool(*arguments))
    assert reply.messages == []
    assert (reply.error or "").startswith("Failed to parse response: ")


# Storage


def test_value_over_the_quota(dify_emulator: Emulator, workspace: Workspace) -> None:
    """Dify writes the value before it looks at the quota, and refuses it all the same."""
    too_large = bytes(1025)
    servers = [f"{dify_emulator.url}/w/{workspace.name}", workspace.url]
    dify, useful = (open_session(f"{url}/as/acme/small").storage for url in servers)
    for storage in (dify, useful):
        error = failure(lambda storage=storage: storage.set("key", too_large))
        assert error == "save data failed: allocated size is greater than max storage size"
    assert dify.get("key") == too_large
    assert not useful.exist("key")


# Everything else


def test_the_rest_is_alike(useful: Session, dify: Session) -> None:
    """What Dify can answer does not depend on it."""
    assert talk(dify, HELP_CHAT)[-1]["event"] == talk(useful, HELP_CHAT)[-1]["event"]
    for session in (useful, dify):
        session.storage.set("key", b"value")
        assert session.storage.get("key") == b"value"
        assert session.file.upload("a.txt", b"text", "text/plain").size == 4
        assert extract(session, "bool", node_model(), "flag: yes").outputs["flag"] is True
