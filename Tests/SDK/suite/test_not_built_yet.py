"""Calls that the emulator does not answer yet say so in the form that the SDK reads."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from dify_plugin.core.runtime import Session
from dify_plugin.entities.model.llm import LLMModelConfig
from dify_plugin.entities.model.message import UserPromptMessage
from dify_plugin.entities.model.moderation import ModerationModelConfig
from dify_plugin.entities.model.rerank import RerankModelConfig
from dify_plugin.entities.model.text_embedding import TextEmbeddingModelConfig
from dify_plugin.entities.model.tts import TTSModelConfig
from dify_plugin.entities.tool import ToolProviderType

from calls import PROBE, Workspace, collect

APP = "1f4b6c1e-2a77-4a55-8a0e-5b9d6f1f7c30"
MODEL = {"provider": "langgenius/openai/openai", "model": "gpt-4o-mini"}
PROMPT = [UserPromptMessage(content="hi")]

CALLS: dict[str, Callable[[Session], Any]] = {
    "llm stream": lambda s: list(s.model.llm.invoke(LLMModelConfig(**MODEL, mode="chat"), PROMPT)),
    "llm blocking": lambda s: s.model.llm.invoke(LLMModelConfig(**MODEL, mode="chat"), PROMPT, stream=False),
    "summary": lambda s: s.model.summary.invoke("a long text", "be brief", min_summarize_length=1),
    "moderation": lambda s: s.model.moderation.invoke(ModerationModelConfig(**MODEL), "text"),
    "rerank": lambda s: s.model.rerank.invoke(
        RerankModelConfig(**MODEL, score_threshold=0.5, top_n=1), ["a"], "q"
    ),
    "text embedding": lambda s: s.model.text_embedding.invoke(TextEmbeddingModelConfig(**MODEL), ["a"]),
    "tts": lambda s: list(s.model.tts.invoke(TTSModelConfig(**MODEL, voice="v"), "text")),
    "chat app": lambda s: list(s.app.chat.invoke(APP, "hi", {}, "streaming")),
    "workflow app": lambda s: s.app.workflow.invoke(APP, {}, "blocking"),
    "fetch app": lambda s: s.app.fetch_app(APP),
    "storage get": lambda s: s.storage.get("key"),
    "storage set": lambda s: s.storage.set("key", b"value"),
    "storage exist": lambda s: s.storage.exist("key"),
    "storage delete": lambda s: s.storage.delete("key"),
    "file upload": lambda s: s.file.upload("a.txt", b"a", "text/plain"),
}


@pytest.mark.parametrize("name", CALLS)
def test_other_invocation_raises_a_readable_exception(session: Callable[..., Session], name: str) -> None:
    """The exception names the emulator, not a parser's complaint."""
    with pytest.raises(Exception, match="dify-emulator") as raised:
        CALLS[name](session())
    assert type(raised.value) is Exception


def test_mcp_tool_raises_a_readable_exception(workspace: Workspace) -> None:
    """Dify knows the kind `mcp`, the emulator does not offer it."""
    reply = collect(workspace.session().tool.invoke(ToolProviderType.MCP, "server", "echo", {}))
    assert reply.messages == []
    assert "dify-emulator" in (reply.error or "")


def test_workspace_goes_on(workspace: Workspace) -> None:
    """A refused invocation is followed by an answered one."""
    with pytest.raises(Exception, match="dify-emulator"):
        workspace.session().storage.get("key")
    assert workspace.builtin(PROBE, "echo", text="hi").texts == ["hi"]
