"""Exchanges in Dify's form: what a plugin asks, the events of the answer, and what the SDK makes of them.

The payloads are our own; their forms are those of Dify's code, and the outcomes were taken from the SDK.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from dify_plugin.core.entities.invocation import InvokeType
from dify_plugin.core.runtime import Session
from dify_plugin.entities.model import EmbeddingInputType
from dify_plugin.entities.model.llm import LLMModelConfig
from dify_plugin.entities.model.message import (
    AssistantPromptMessage,
    PromptMessage,
    PromptMessageTool,
    SystemPromptMessage,
    ToolPromptMessage,
    UserPromptMessage,
)
from dify_plugin.entities.model.moderation import ModerationModelConfig
from dify_plugin.entities.model.rerank import MultiModalRerankModelConfig, RerankModelConfig
from dify_plugin.entities.model.speech2text import Speech2TextModelConfig
from dify_plugin.entities.model.text_embedding import (
    MultiModalContent,
    MultiModalEmbeddingModelConfig,
    TextEmbeddingModelConfig,
)
from dify_plugin.entities.model.tts import TTSModelConfig
from dify_plugin.entities.workflow_node import ClassConfig, ModelConfig, ParameterConfig
from pydantic import BaseModel

FOLDER = Path(__file__).parent / "exchanges"
MESSAGES: dict[str, type[PromptMessage]] = {
    "system": SystemPromptMessage,
    "user": UserPromptMessage,
    "assistant": AssistantPromptMessage,
    "tool": ToolPromptMessage,
}
MODES = {
    "app_agent": "agent-chat",
    "app_chat": "chat",
    "app_chatflow": "advanced-chat",
    "app_completion": "completion",
    "app_workflow": "workflow",
    "fetch_app": "workflow",
}
Request = dict[str, Any]


@dataclass(frozen=True)
class Exchange:
    """One row: a call, the events of its answer, what the plugin got (`returns` or `raises`)."""

    file: str
    name: str
    type: str
    request: Request | None
    events: list[dict[str, Any]]
    outcome: dict[str, Any]

    @property
    def id(self) -> str:
        """How tests call it."""
        return f"{self.file}: {self.name}"

    @property
    def mode(self) -> str:
        """The mode of the app that is called; an error row has it from the shape of its request."""
        by_shape = "chat" if "query" in (self.request or {}) else "workflow"
        return MODES.get(self.file, by_shape)

    @property
    def responses(self) -> list[dict[str, Any]]:
        """The data of its responses."""
        return [event["data"] for event in self.events if event["event"] == "response"]


def rows() -> Iterator[tuple[str, dict[str, Any]]]:
    """All rows with the name of their file."""
    for path in sorted(FOLDER.glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            yield path.stem, json.loads(line)


def exchanges() -> list[Exchange]:
    """All exchanges."""
    return [
        Exchange(file, row["name"], row["type"], row["request"], row["events"], row["sdk"])
        for file, row in rows()
        if "events" in row
    ]


def upload_bodies() -> list[dict[str, Any]]:
    """The answers of the upload address."""
    return [row["http_body"] for _, row in rows() if "http_body" in row]


# What the plugin gets


def outcome(session: Session, exchange: Exchange, request: Request | None = None) -> dict[str, Any]:
    """What a call gives through the SDK, in the form of the recorded outcomes."""
    try:
        return {"returns": plain(call(session, exchange, request or exchange.request))}
    except Exception as error:
        return {"raises": f"{type(error).__name__}: {error}"}


def plain(value: Any) -> Any:
    """A result as plain data; bytes as their hex digits."""
    if isinstance(value, BaseModel):
        return value.model_dump(mode="json")
    if isinstance(value, bytes):
        return {"$bytes_hex": value.hex()}
    if isinstance(value, list):
        return [plain(element) for element in value]
    return value


def same(actual: Any, recorded: Any, key: str = "") -> bool:
    """Whether a result is the recorded one.

    Newer SDKs add `opaque_body`, and a price may be written in two ways.
    """
    if isinstance(actual, dict) and isinstance(recorded, dict):
        known = actual.keys() - ({"opaque_body"} - recorded.keys())
        return known == recorded.keys() and all(
            same(actual[name], recorded[name], name) for name in known
        )
    if isinstance(actual, list) and isinstance(recorded, list):
        pairs = zip(actual, recorded)
        return len(actual) == len(recorded) and all(same(left, right, key) for left, right in pairs)
    if "price" in key and isinstance(actual, str) and isinstance(recorded, str):
        return Decimal(actual) == Decimal(recorded)
    return actual == recorded and isinstance(actual, bool) == isinstance(recorded, bool)


# Calls through the SDK


def call(session: Session, exchange: Exchange, request: Request | None) -> Any:
    """Make the call with the SDK's own methods; a stream is read to its end."""
    if request is None:
        return session.model.summary.invoke("tiny", "keep it short")
    if exchange.type == "app":
        return app(session, exchange, request)
    result = CALLS[exchange.type](session, request)
    return list(result) if isinstance(result, Iterator) else result


def app(session: Session, exchange: Exchange, request: Request) -> Any:
    """A call of an app: only those of chats carry a query."""
    common = {name: request[name] for name in ("app_id", "inputs", "response_mode")}
    if "query" in request:
        result: Any = session.app.chat.invoke(
            query=request["query"], conversation_id=request["conversation_id"], **common
        )
    elif exchange.mode == "completion":
        result = session.app.completion.invoke(**common)
    else:
        result = session.app.workflow.invoke(**common)
    return list(result) if request["response_mode"] == "streaming" else result


def members(request: Request, *names: str) -> dict[str, Any]:
    """The arguments of a model's configuration."""
    return {name: request[name] for name in ("provider", "model", "model_type", *names)}


def prompt(request: Request) -> dict[str, Any]:
    """The arguments that both kinds of LLM calls have."""
    return {
        "model_config": LLMModelConfig(**members(request, "mode", "completion_params")),
        "prompt_messages": [MESSAGES[sent["role"]](**sent) for sent in request["prompt_messages"]],
        "tools": [PromptMessageTool(**tool) for tool in request["tools"] or []] or None,
        "stop": request["stop"],
        "stream": request["stream"],
    }


def llm(session: Session, request: Request) -> Any:
    """A call of a language model."""
    return session.model.llm.invoke(**prompt(request))


def structured(session: Session, request: Request) -> Any:
    """A call of a language model with a schema."""
    return session.model.llm_structured_output.invoke(
        structured_output_schema=request["structured_output_schema"], **prompt(request)
    )


def text_embedding(session: Session, request: Request) -> Any:
    """A call of an embedding model."""
    config = TextEmbeddingModelConfig(**members(request))
    input_type = EmbeddingInputType(request["input_type"])
    return session.model.text_embedding.invoke(config, request["texts"], input_type)


def multimodal_embedding(session: Session, request: Request) -> Any:
    """A call of an embedding model with images."""
    config = MultiModalEmbeddingModelConfig(**members(request, "tenant_id"))
    documents = [MultiModalContent(**document) for document in request["documents"]]
    input_type = EmbeddingInputType(request["input_type"])
    return session.model.text_embedding.invoke_multimodal(config, documents, input_type)


def rerank(session: Session, request: Request) -> Any:
    """A call of a rerank model."""
    config = RerankModelConfig(**members(request, "score_threshold", "top_n"))
    return session.model.rerank.invoke(config, request["docs"], request["query"])


def multimodal_rerank(session: Session, request: Request) -> Any:
    """A call of a rerank model with images."""
    config = MultiModalRerankModelConfig(**members(request, "score_threshold", "top_n"))
    query = MultiModalContent(**request["query"])
    docs = [MultiModalContent(**document) for document in request["docs"]]
    return session.model.rerank.invoke_multimodal(config, query, docs)


def tts(session: Session, request: Request) -> Any:
    """A call of a model that speaks."""
    config = TTSModelConfig(**members(request, "voice"))
    return session.model.tts.invoke(config, request["content_text"])


def speech2text(session: Session, request: Request) -> Any:
    """A call of a model that listens."""
    audio = io.BytesIO(bytes.fromhex(request["file"]))
    return session.model.speech2text.invoke(Speech2TextModelConfig(**members(request)), audio)


def moderation(session: Session, request: Request) -> Any:
    """A call of a moderation model."""
    config = ModerationModelConfig(**members(request))
    return session.model.moderation.invoke(config, request["text"])


def parameter_extractor(session: Session, request: Request) -> Any:
    """A call of the parameter extractor."""
    return session.workflow_node.parameter_extractor.invoke(
        [ParameterConfig(**parameter) for parameter in request["parameters"]],
        ModelConfig(**request["model"]),
        request["query"],
        request["instruction"],
    )


def question_classifier(session: Session, request: Request) -> Any:
    """A call of the question classifier."""
    return session.workflow_node.question_classifier.invoke(
        [ClassConfig(**choice) for choice in request["classes"]],
        ModelConfig(**request["model"]),
        request["query"],
        request["instruction"],
    )


def stored(session: Session, request: Request) -> Any:
    """A call of the plugin's storage."""
    storage = session.storage
    if request["opt"] == "set":
        return storage.set(request["key"], bytes.fromhex(request["value"]))
    others = {"get": storage.get, "del": storage.delete, "exist": storage.exist}
    return others[request["opt"]](request["key"])


def upload_file(session: Session, request: Request) -> Any:
    """A call for an upload address; the SDK's own method would go on and send the file there."""
    answers = session.file._backwards_invoke(InvokeType.UploadFile, dict, request)
    for answer in answers:
        if answer["url"]:
            return answer
    return session.file.upload(request["filename"], b"x", request["mimetype"])


CALLS = {
    "llm": llm,
    "llm_structured_output": structured,
    "text_embedding": text_embedding,
    "multimodal_embedding": multimodal_embedding,
    "rerank": rerank,
    "multimodal_rerank": multimodal_rerank,
    "tts": tts,
    "speech2text": speech2text,
    "moderation": moderation,
    "system_summary": lambda session, request: session.model.summary.invoke(**request),
    "fetch_app": lambda session, request: session.app.fetch_app(**request),
    "node_parameter_extractor": parameter_extractor,
    "node_question_classifier": question_classifier,
    "storage": stored,
    "upload_file": upload_file,
}
