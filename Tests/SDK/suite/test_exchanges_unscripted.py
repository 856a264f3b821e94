"""The calls of the recorded exchanges without scripts: what is canned has Dify's form."""

from __future__ import annotations

from typing import Any

import pytest

from calls import invalid_request, open_session, refused
from emulator import Emulator
from exchange import Exchange, exchanges, outcome
from exchange_seeds import unscripted_request

RECORDED = exchanges()
TRAVERSAL = "invalid key: path traversal attempt detected"


def required(path: str) -> str:
    """What the daemon says when a field is missing."""
    field = path.rpartition(".")[2]
    return invalid_request(
        f"error validating struct: Key: '{path}' Error:Field validation for '{field}' failed "
        "on the 'required' tag"
    )


# The calls that Dify's own rules refuse, and its words.
REFUSED = {
    "app_agent: blocking is refused": refused(
        "Agent Chat App does not support blocking mode", "invoke app"
    ),
    "app_chat: unknown conversation": refused("", "invoke app"),
    "app_chat: empty query": refused("missing query", "invoke app"),
    "app_errors: app not found": refused("app not found", "invoke app"),
    "fetch_app: app not found": "fetch app failed: data is nil",
    "llm: provider missing": refused("Provider acme/none/none does not exist.", "invoke llm model"),
    "llm_structured_output: schema missing": required(
        "InvokeLLMWithStructuredOutputRequest.StructuredOutputSchema"
    ),
    "rerank: empty query": required("InvokeRerankRequest.InvokeRerankSchema.Query"),
    "storage: get missing": (
        "load data failed, please check if the key is correct or you have not set it"
    ),
    "storage: key too long": "save data failed: key length must be less than 256 characters",
    "storage: path traversal on set": f"save data failed: {TRAVERSAL}",
    "storage: path traversal on exist": f"exist data failed: {TRAVERSAL}",
}
ANSWERED = [exchange for exchange in RECORDED if exchange.id not in REFUSED]
APPS = [exchange for exchange in ANSWERED if exchange.type == "app"]


def answer(emulator: Emulator, exchange: Exchange) -> dict[str, Any]:
    """The outcome of a call in a workspace of its own."""
    workspace = f"unscripted.{RECORDED.index(exchange)}"
    session = open_session(f"{emulator.url}/w/{workspace}")
    return outcome(session, exchange, unscripted_request(exchange))


def shape(event: dict[str, Any]) -> tuple[set[str], set[str]]:
    """The keys of an event, and those of its `data`."""
    data = event.get("data")
    return set(event), set(data) if isinstance(data, dict) else set()


def recorded_shapes(mode: str, event: str | None) -> list[tuple[set[str], set[str]]]:
    """The shapes in which apps of a mode were recorded to send an event."""
    return [
        shape(response)
        for exchange in RECORDED
        if exchange.type == "app" and exchange.mode == mode
        for response in exchange.responses
        if response.get("event") == event
    ]


def test_refused_exchanges_are_recorded() -> None:
    """Each of them was recorded with this very text, so that none goes untested."""
    recorded = {exchange.id: exchange.outcome.get("raises") for exchange in RECORDED}
    assert {name: recorded.get(name) for name in REFUSED} == {
        name: f"Exception: {text}" for name, text in REFUSED.items()
    }


@pytest.mark.parametrize("exchange", ANSWERED, ids=lambda exchange: exchange.id)
def test_call_is_answered(exchange_emulator: Emulator, exchange: Exchange) -> None:
    """Every call has an answer that the SDK can read."""
    assert "raises" not in answer(exchange_emulator, exchange)


@pytest.mark.parametrize("name", REFUSED)
def test_call_is_refused_by_rules_of_dify(exchange_emulator: Emulator, name: str) -> None:
    """What Dify refuses whatever the models say is refused here as well."""
    [exchange] = [exchange for exchange in RECORDED if exchange.id == name]
    assert answer(exchange_emulator, exchange) == {"raises": f"Exception: {REFUSED[name]}"}


@pytest.mark.parametrize("exchange", APPS, ids=lambda exchange: exchange.id)
def test_events_of_apps_have_the_recorded_keys(
    exchange_emulator: Emulator, exchange: Exchange
) -> None:
    """Each event, and the `data` in it, has the keys that Dify's has in an app of the same mode."""
    result = answer(exchange_emulator, exchange)["returns"]
    for event in result if isinstance(result, list) else [result]:
        known = recorded_shapes(exchange.mode, event.get("event"))
        assert not known or shape(event) in known, event
