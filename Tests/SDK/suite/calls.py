"""Calls through a real SDK session, and the texts that Dify puts around its errors."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from queue import Queue
from typing import Any
from uuid import uuid4

from dify_plugin.config.config import InstallMethod
from dify_plugin.core.runtime import Session
from dify_plugin.core.server.serverless.response_writer import ServerlessResponseWriter
from dify_plugin.entities.tool import ToolInvokeMessage

PROBE = "acme/probe/probe"
MESSAGES = "acme/messages/messages"
CASTS = "acme/casts/casts"
FAILING = "acme/failing/failing"
SCRIPTED = "acme/scripted/scripted"
GOOGLE = "langgenius/google/google"
SUMMARIZE_REPORT = "7d1c2b9e-6f0a-4c53-9d55-0f3f6a1f2b10"
ALL_VALUES = "7d1c2b9e-6f0a-4c53-9d55-0f3f6a1f2b11"
NO_OUTPUTS = "7d1c2b9e-6f0a-4c53-9d55-0f3f6a1f2b12"
FAILING_FLOW = "7d1c2b9e-6f0a-4c53-9d55-0f3f6a1f2b13"
SILENT_FLOW = "7d1c2b9e-6f0a-4c53-9d55-0f3f6a1f2b14"
PETSTORE = "0b7a5b62-7c0e-4d3f-9a68-2a3f3d0c9e11"
NOBODY = "00000000-0000-4000-8000-000000000000"

Messages = Iterator[ToolInvokeMessage]


def open_session(url: str, **options: Any) -> Session:
    """A session as a plugin has it in serverless mode; the HTTP way uses neither reader nor executor."""
    settings: dict[str, Any] = {"session_id": str(uuid4()), "max_invocation_timeout": 60, **options}
    return Session(
        executor=None,
        reader=None,
        writer=ServerlessResponseWriter(Queue()),
        install_method=InstallMethod.Serverless,
        dify_plugin_daemon_url=url,
        **settings,
    )


@dataclass
class Reply:
    """What a plugin got from one call: the messages, and the text of the exception that ended them."""

    messages: list[ToolInvokeMessage] = field(default_factory=list)
    error: str | None = None

    @property
    def kinds(self) -> list[str]:
        """The types of the messages."""
        return [message.type.value for message in self.messages]

    @property
    def texts(self) -> list[str]:
        """The texts of the text messages."""
        return [message.message.text for message in self.messages if message.type.value == "text"]

    @property
    def values(self) -> list[Any]:
        """The values of the json messages."""
        return [message.message.json_object for message in self.messages if message.type.value == "json"]

    @property
    def variables(self) -> list[tuple[str, Any]]:
        """The names and values of the variable messages."""
        bodies = [message.message for message in self.messages if message.type.value == "variable"]
        return [(body.variable_name, body.variable_value) for body in bodies]


def collect(stream: Iterable[ToolInvokeMessage]) -> Reply:
    """Read a stream to its end. What the platform says is raised as a plain `Exception`, nothing else."""
    reply = Reply()
    try:
        for message in stream:
            reply.messages.append(message)
    except Exception as error:
        if type(error) is not Exception:
            raise
        reply.error = str(error)
    return reply


@dataclass(frozen=True)
class Workspace:
    """One workspace of the server, addressed by its base URL."""

    name: str
    url: str

    def session(self, **options: Any) -> Session:
        """A session of its own in this workspace."""
        return open_session(self.url, **options)

    def stream(self, provider: str, tool: str, **parameters: Any) -> Messages:
        """A call of a builtin tool, not yet sent."""
        session = self.session(max_invocation_timeout=20)
        return session.tool.invoke_builtin_tool(provider, tool, parameters)

    def builtin(self, provider: str, tool: str, **parameters: Any) -> Reply:
        """The reply of a builtin tool."""
        return collect(self.session().tool.invoke_builtin_tool(provider, tool, parameters))

    def workflow(self, provider: str, tool: str, **parameters: Any) -> Reply:
        """The reply of a workflow tool."""
        return collect(self.session().tool.invoke_workflow_tool(provider, tool, parameters))

    def api(self, provider: str, tool: str, **parameters: Any) -> Reply:
        """The reply of a custom tool."""
        return collect(self.session().tool.invoke_api_tool(provider, tool, parameters))

    def call(self, kind: str, provider: str, tool: str, **parameters: Any) -> Reply:
        """The reply of a tool of the kind with this name."""
        return {"builtin": self.builtin, "workflow": self.workflow, "api": self.api}[kind](
            provider, tool, **parameters
        )


def before_the_stream(status: int, body: dict[str, Any], call: str = "invoke tool") -> str:
    """A refusal before the first byte: compact ASCII JSON, slashes escaped, a line feed at the end."""
    text = json.dumps(body, separators=(",", ":")).replace("/", "\\/")
    return f"{call} failed: request failed with status code: {status} and respond with: {text}\n"


def refused(message: str, call: str = "invoke tool") -> str:
    """The text of a refusal that Dify answers with status 400."""
    return before_the_stream(400, {"code": "invalid_param", "message": message, "status": 400}, call)


def not_installed() -> str:
    """The text of a call to a plugin that is not there."""
    return before_the_stream(500, {"message": "Internal Server Error", "code": "unknown", "status": 500})


def in_the_stream(message: str) -> str:
    """The text of an error that ends a stream."""
    return f"read tool response failed: request failed: {message}"


def invalid_request(message: str) -> str:
    """The text of a request that the plugin daemon does not pass on."""
    return f"unmarshal backwards invoke request failed: {message}"
