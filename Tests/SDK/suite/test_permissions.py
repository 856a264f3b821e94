"""Permissions: a plugin may call what its manifest asks for, and nothing else."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pytest
from dify_plugin.core.runtime import Session
from dify_plugin.entities.model.moderation import ModerationModelConfig
from dify_plugin.entities.model.rerank import MultiModalRerankModelConfig, RerankModelConfig
from dify_plugin.entities.model.speech2text import Speech2TextModelConfig
from dify_plugin.entities.model.text_embedding import (
    MultiModalContent,
    MultiModalEmbeddingModelConfig,
    TextEmbeddingModelConfig,
)
from dify_plugin.entities.model.tts import TTSModelConfig
from dify_plugin.entities.workflow_node import ClassConfig, ParameterConfig

from calls import GOOGLE, Workspace, open_session
from invocations import (
    HELP_CHAT,
    QUOKKA,
    REPORT_FLOW,
    failure,
    model,
    node_model,
    prompt,
    send,
)

TEXT = MultiModalContent(content="a", content_type="text")
TOWN = ParameterConfig(name="town", type="string", description="a town", required=True)
BOOKING = ClassConfig(id="1", name="Booking")


EMBEDDING = TextEmbeddingModelConfig(provider=QUOKKA, model="quokka-mm")


def named(config: Callable[..., Any], name: str, **members: Any) -> Any:
    """The configuration of a model of the seed."""
    return config(provider=QUOKKA, model=name, **members)


# What the daemon calls it, and a call that needs it.
CALLS: dict[str, tuple[str, Callable[[Session], Any]]] = {
    "tool": (
        "tool",
        lambda s: list(s.tool.invoke_builtin_tool(GOOGLE, "google_search", {"query": "a"})),
    ),
    "llm": ("llm", lambda s: s.model.llm.invoke(model(), prompt("a"), stream=False)),
    "structured output": (
        "llm",
        lambda s: s.model.llm_structured_output.invoke(model(), prompt("a"), {}, stream=False),
    ),
    "summary": ("llm", lambda s: s.model.summary.invoke("a text", "", min_summarize_length=1)),
    "text embedding": (
        "text-embedding",
        lambda s: s.model.text_embedding.invoke(EMBEDDING, ["a"]),
    ),
    "multimodal embedding": (
        "text-embedding",
        lambda s: s.model.text_embedding.invoke_multimodal(
            named(MultiModalEmbeddingModelConfig, "quokka-mm", tenant_id="t1"), [TEXT]
        ),
    ),
    "rerank": (
        "rerank",
        lambda s: s.model.rerank.invoke(
            named(RerankModelConfig, "quokka-rank", score_threshold=0, top_n=1), ["a"], "a"
        ),
    ),
    "multimodal rerank": (
        "rerank",
        lambda s: s.model.rerank.invoke_multimodal(
            named(MultiModalRerankModelConfig, "quokka-rank"), TEXT, [TEXT]
        ),
    ),
    "tts": (
        "tts",
        lambda s: list(s.model.tts.invoke(named(TTSModelConfig, "quokka-voice", voice="v"), "a")),
    ),
    "speech2text": (
        "speech2text",
        lambda s: s.model.speech2text.invoke(
            named(Speech2TextModelConfig, "quokka-ear"), io.BytesIO(b"a")
        ),
    ),
    "moderation": (
        "moderation",
        lambda s: s.model.moderation.invoke(named(ModerationModelConfig, "quokka-guard"), "a"),
    ),
    "extractor": (
        "node",
        lambda s: s.workflow_node.parameter_extractor.invoke([TOWN], node_model(), "a"),
    ),
    "classifier": (
        "node",
        lambda s: s.workflow_node.question_classifier.invoke([BOOKING], node_model(), "a"),
    ),
    "chat": ("app", lambda s: list(s.app.chat.invoke(HELP_CHAT, "a", {}, "streaming"))),
    "workflow": ("app", lambda s: s.app.workflow.invoke(REPORT_FLOW, {}, "blocking")),
    "fetch app": ("app", lambda s: s.app.fetch_app(HELP_CHAT)),
    "storage get": ("storage", lambda s: s.storage.get("cursor")),
    "storage set": ("storage", lambda s: s.storage.set("key", b"value")),
    "storage exist": ("storage", lambda s: s.storage.exist("cursor")),
    "storage delete": ("storage", lambda s: s.storage.delete("cursor")),
}


def denied(name: str) -> str:
    """The daemon's words."""
    return f"permission denied, you need to enable {name} access in plugin manifest"


@pytest.fixture
def plugin(workspace: Workspace) -> Callable[[str], Session]:
    """Sessions of the seed's plugins, which differ in their permissions."""
    return lambda name: open_session(f"{workspace.url}/as/acme/{name}")


@pytest.mark.parametrize("call", CALLS)
@pytest.mark.parametrize("name", ["locked", "silent"])
def test_call_without_permission(plugin: Callable[[str], Session], name: str, call: str) -> None:
    """Switched off, or not mentioned in the manifest."""
    permission, invoke = CALLS[call]
    assert failure(lambda: invoke(plugin(name))) == denied(permission)


@pytest.mark.parametrize("call", CALLS)
@pytest.mark.parametrize("name", ["open", "desk"])
def test_call_with_permission(plugin: Callable[[str], Session], name: str, call: str) -> None:
    """Switched on, or a plugin of which the seed says nothing."""
    CALLS[call][1](plugin(name))


@pytest.mark.parametrize("call", CALLS)
def test_permission_for_language_models_only(plugin: Callable[[str], Session], call: str) -> None:
    """Each type of models has a permission of its own, and llm covers three kinds of calls."""
    permission, invoke = CALLS[call]
    if permission == "llm":
        invoke(plugin("talker"))
    else:
        assert failure(lambda: invoke(plugin("talker"))) == denied(permission)


@pytest.mark.parametrize("call", ["llm", "tts", "storage set"])
def test_permission_that_is_not_enabled(plugin: Callable[[str], Session], call: str) -> None:
    """A type of models needs models to be enabled, and a size is no permission."""
    permission, invoke = CALLS[call]
    assert failure(lambda: invoke(plugin("half"))) == denied(permission)


@pytest.mark.parametrize("name", ["locked", "silent", "talker"])
def test_files_need_no_permission(plugin: Callable[[str], Session], name: str) -> None:
    """Every plugin may upload."""
    assert plugin(name).file.upload("a.txt", b"text", "text/plain").size == 4


def test_permission_is_checked_first(workspace: Workspace) -> None:
    """Before the request is read, so a bad one is denied as well."""
    answer = send(f"{workspace.url}/as/acme/locked", "llm", {"provider": 5})
    assert answer.events == ["error", "end"]
    assert answer.error == denied("llm")


def test_denial_comes_before_scripts(plugin: Callable[[str], Session]) -> None:
    """A script cannot answer what the plugin may not ask."""
    call = plugin("locked").model.llm.invoke
    error = failure(lambda: list(call(model("quokka-script"), prompt("the weather"))))
    assert error == denied("llm")


def test_plugin_without_an_entry(workspace: Workspace) -> None:
    """A plugin that the seed does not name may do everything."""
    session = open_session(f"{workspace.url}/as/somebody/else")
    for call in ("llm", "chat", "storage set", "extractor"):
        CALLS[call][1](session)


@pytest.mark.parametrize("path", ["/as/acme", "/as/acme/", "/as/a/b/c", "/as/A B/c", "/as//x"])
def test_address_that_names_no_plugin(workspace: Workspace, path: str) -> None:
    """A readable exception, not silence."""
    session = open_session(workspace.url + path)
    error = failure(lambda: session.storage.get("cursor"))
    assert "dify-emulator" in error
