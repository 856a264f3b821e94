"""Calls of models, apps, nodes, storage and files: the seed's names, and what a plugin gets."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import pytest
from dify_plugin.core.runtime import Session
from dify_plugin.entities.model.llm import LLMModelConfig, LLMResultChunk, LLMUsage
from dify_plugin.entities.model.message import (
    PromptMessage,
    PromptMessageTool,
    SystemPromptMessage,
    UserPromptMessage,
)
from dify_plugin.entities.workflow_node import ModelConfig

from transaction import Answer, post, transaction_body

QUOKKA = "acme/quokka/quokka"
NOWHERE = "acme/none/none"
HELP_CHAT = "a1000000-0000-4000-8000-000000000001"
PLOT_AGENT = "a1000000-0000-4000-8000-000000000002"
FLOW_CHAT = "a1000000-0000-4000-8000-000000000003"
REPORT_FLOW = "a1000000-0000-4000-8000-000000000004"
LETTER_WRITER = "a1000000-0000-4000-8000-000000000005"
PLAIN_CHAT = "a1000000-0000-4000-8000-000000000011"
PLAIN_AGENT = "a1000000-0000-4000-8000-000000000012"
PLAIN_FLOW_CHAT = "a1000000-0000-4000-8000-000000000013"
PLAIN_FLOW = "a1000000-0000-4000-8000-000000000014"
PLAIN_WRITER = "a1000000-0000-4000-8000-000000000015"
FAILING_FLOW = "a1000000-0000-4000-8000-000000000021"
FAILING_FLOW_CHAT = "a1000000-0000-4000-8000-000000000022"
FORM_FLOW = "a1000000-0000-4000-8000-000000000031"
SCRIPT_CHAT = "a1000000-0000-4000-8000-000000000041"
SCRIPT_FLOW = "a1000000-0000-4000-8000-000000000042"
ANNS_CONVERSATION = "c0000000-0000-4000-8000-000000000001"
BENS_CONVERSATION = "c0000000-0000-4000-8000-000000000002"
LLM_USAGE_KEYS = set(LLMUsage.model_fields)
# Dify's own form of usage, in the metadata of apps and the outputs of nodes.
PLATFORM_USAGE_KEYS = LLM_USAGE_KEYS | {"time_to_first_token", "time_to_generate"}
PARAMETERS: dict[str, Any] = {
    "type": "object",
    "properties": {
        "town": {"type": "string"},
        "days": {"type": "integer", "minimum": 1, "maximum": 14},
        "unit": {"type": "string", "enum": ["C", "F"]},
    },
    "required": ["town", "days", "unit"],
}
WEATHER = PromptMessageTool(name="weather", description="Weather of a town", parameters=PARAMETERS)
LOOKUP = PromptMessageTool(name="lookup", description="Look up", parameters={"type": "object"})

Event = dict[str, Any]


# Prompts


def model(name: str = "quokka-mini", provider: str = QUOKKA, **params: Any) -> LLMModelConfig:
    """The configuration of a language model."""
    return LLMModelConfig(provider=provider, model=name, mode="chat", completion_params=params)


def node_model(name: str = "quokka-mini", provider: str = QUOKKA) -> ModelConfig:
    """The configuration of a node's model, as Dify's documentation writes it."""
    return ModelConfig(provider=provider, name=name, completion_params={})


def prompt(text: str, system: str | None = None) -> list[PromptMessage]:
    """A prompt of one question, and instructions before it."""
    question = UserPromptMessage(content=text)
    return [SystemPromptMessage(content=system), question] if system else [question]


# What a plugin gets


@dataclass
class Stream:
    """What a stream gave, and the text of the exception that ended it."""

    items: list[Any] = field(default_factory=list)
    error: str | None = None


def read(stream: Iterable[Any]) -> Stream:
    """Read a stream to its end. What the platform says is raised as a plain `Exception`."""
    result = Stream()
    try:
        for item in stream:
            result.items.append(item)
    except Exception as error:
        if type(error) is not Exception:
            raise
        result.error = str(error)
    return result


def failure(call: Callable[[], Any]) -> str:
    """The text of the plain exception that a call raises."""
    with pytest.raises(Exception) as raised:  # noqa: PT011  the texts are compared
        call()
    assert type(raised.value) is Exception, repr(raised.value)
    return str(raised.value)


def chunks(session: Session, *arguments: Any, **options: Any) -> list[LLMResultChunk]:
    """The chunks of a streamed call of a language model."""
    return list(session.model.llm.invoke(*arguments, stream=True, **options))


def pieces(stream: Iterable[LLMResultChunk]) -> list[str]:
    """The texts of chunks that have one."""
    return [str(chunk.delta.message.content) for chunk in stream if chunk.delta.message.content]


def joined(stream: Iterable[LLMResultChunk]) -> str:
    """The text of all chunks."""
    return "".join(pieces(stream))


def only_usage(stream: list[LLMResultChunk]) -> LLMUsage:
    """The usage, which one chunk alone carries: the SDK adds up what it gets."""
    [usage] = [chunk.delta.usage for chunk in stream if chunk.delta.usage]
    return usage


def price(tokens: int, unit_price: str, price_unit: str = "0.000001") -> Decimal:
    """What tokens cost by Dify's rule."""
    exact = Decimal(tokens) * Decimal(unit_price) * Decimal(price_unit)
    return exact.quantize(Decimal("0.0000001"), ROUND_HALF_UP)


def fits(arguments: str) -> bool:
    """Whether the text of a tool call's arguments is valid against `PARAMETERS`."""
    values = json.loads(arguments)
    return (
        set(values) == {"town", "days", "unit"}
        and isinstance(values["town"], str)
        and type(values["days"]) is int
        and 1 <= values["days"] <= 14
        and values["unit"] in ("C", "F")
    )


def names(events: Iterable[Event]) -> list[str]:
    """The words of an app's events."""
    return [event["event"] for event in events]


def said(events: Iterable[Event], *words: str) -> str:
    """The text that the events with these words add up to."""
    return "".join(event["answer"] for event in events if event["event"] in words)


def shared(events: Iterable[Event], key: str) -> Any:
    """The value that all events have in common."""
    [value] = {event[key] for event in events}
    return value


# Without the SDK


def send(url: str, invocation: str, request: dict[str, Any]) -> Answer:
    """Send a request that the SDK would not make, or look at an answer before the SDK does."""
    body = transaction_body(call={"type": invocation, "request": request})
    answer = post(url, body)
    assert answer.status == 200
    return answer


def data(answer: Answer) -> list[dict[str, Any]]:
    """The data of the responses."""
    return [line["data"]["data"] for line in answer.lines if line["data"]["event"] == "response"]
