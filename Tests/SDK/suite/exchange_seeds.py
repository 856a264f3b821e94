"""Seeds for the recorded exchanges: what each call names, and the recorded answer as a script."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from exchange import Exchange, Request, exchanges

UNSCRIPTED = "unscripted"
CALLER = {"plugin": "acme/desk", "user": "host-user-1"}
# What these calls name is not there: Dify's refusal comes before any script.
ABSENT = {
    "app_errors: app not found",
    "fetch_app: app not found",
    "llm: provider missing",
    "system_summary: no system model",
}
CONVERSATION = "2b8f1f5c-8a53-4f5e-9a0c-61d2a7f5c001"
# One app of each mode for the unscripted calls, which all name the same app.
APPS = {
    "agent-chat": "a0a0a0a0-0000-4000-8000-000000000011",
    "chat": "a0a0a0a0-0000-4000-8000-000000000012",
    "advanced-chat": "a0a0a0a0-0000-4000-8000-000000000013",
    "completion": "a0a0a0a0-0000-4000-8000-000000000014",
    "workflow": "a0a0a0a0-0000-4000-8000-000000000015",
}
DEFAULT_MODEL = {"provider": "acme/quokka/quokka", "model": "quokka-mini", "default": True}
MODEL_TYPES = {
    "llm": "llm",
    "llm_structured_output": "llm",
    "text_embedding": "text-embedding",
    "multimodal_embedding": "text-embedding",
    "rerank": "rerank",
    "multimodal_rerank": "rerank",
    "tts": "tts",
    "speech2text": "speech2text",
    "moderation": "moderation",
}
INPUTS = [{"name": name, "type": "text-input", "label": name} for name in ("topic", "tone")]
Document = dict[str, Any]


def model(exchange: Exchange) -> Document | None:
    """The entry of the model that a call names or, for a summary, means."""
    request = exchange.request or {}
    if exchange.type in MODEL_TYPES:
        kind = MODEL_TYPES[exchange.type]
        return {"provider": request["provider"], "model": request["model"], "type": kind}
    if exchange.type.startswith("node_"):
        named = request["model"]
        return {"provider": named["provider"], "model": named["name"], "type": "llm"}
    if exchange.type == "system_summary":
        return {**DEFAULT_MODEL, "type": "llm"}
    return None


def app(mode: str, identity: str) -> Document:
    """The entry of an app."""
    return {"id": identity, "name": f"App {mode}", "mode": mode, "inputs": INPUTS}


def conversation(mode: str) -> Document:
    """The entry of the conversation that one call goes on with."""
    messages = [{"query": "Hello?", "answer": "Hello."}]
    user = CALLER["user"]
    return {"id": CONVERSATION, "app": f"App {mode}", "user": user, "messages": messages}


def respond(exchange: Exchange) -> list[Document]:
    """The recorded events as the items of a script."""
    items = {
        "response": lambda event: {"raw": event["data"]},
        "error": lambda event: {"error": {"raw": event["message"]}},
    }
    return [items[event["event"]](event) for event in exchange.events if event["event"] in items]


def scripted(exchange: Exchange, workspace: str) -> Document:
    """A workspace that holds what a call names, and gives the recorded answer."""
    document: Document = {
        "workspace": workspace,
        "caller": CALLER,
        "users": [{"session": CALLER["user"]}],
    }
    if exchange.id in ABSENT:
        return document
    if entry := model(exchange):
        document["models"] = [entry]
    if "app_id" in (exchange.request or {}):
        document["apps"] = [app(exchange.mode, exchange.request["app_id"])]
        if exchange.mode == "chat":
            document["conversations"] = [conversation("chat")]
    document["scripts"] = [{"match": {"type": exchange.type}, "respond": respond(exchange)}]
    return document


def unscripted(recorded: Iterable[Exchange]) -> Document:
    """One workspace that holds what all calls name, without any script."""
    named = [model(exchange) for exchange in recorded if exchange.id not in ABSENT]
    models = {(entry["model"], entry["type"]): entry for entry in named if entry}
    values = {"notes/today": {"base64": "d2FybSAA/w=="}, "blank": "", "k": "v"}
    return {
        "workspace": UNSCRIPTED,
        "caller": CALLER,
        "users": [{"session": CALLER["user"]}],
        "models": list(models.values()),
        "apps": [app(mode, identity) for mode, identity in APPS.items()],
        "conversations": [conversation("chat")],
        "moderation": {"flagged": ["rude"]},
        "storage": {CALLER["plugin"]: values},
    }


def unscripted_request(exchange: Exchange) -> Request | None:
    """The recorded request for the unscripted workspace, where each mode has an app of its own."""
    request = exchange.request
    if exchange.id in ABSENT or not request or "app_id" not in request:
        return request
    return {**request, "app_id": APPS[exchange.mode]}


def names() -> dict[str, str]:
    """The workspace of each exchange by the exchange's id."""
    return {exchange.id: f"exchange.{number}" for number, exchange in enumerate(exchanges())}


def write(folder: Path) -> list[Path]:
    """Write all seeds. The unscripted one is the first, so that new workspaces start as it."""
    recorded = exchanges()
    documents = [unscripted(recorded)]
    documents += [scripted(exchange, names()[exchange.id]) for exchange in recorded]
    paths = []
    for document in documents:
        paths.append(folder / f"{document['workspace']}.yaml")
        text = json.dumps(document, ensure_ascii=False, indent=1)
        paths[-1].write_text(text, encoding="utf-8")
    return paths
