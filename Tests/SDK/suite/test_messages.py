"""Each message type of a seed arrives as the SDK's own object."""

from __future__ import annotations

from typing import Any
from urllib.parse import urljoin
from uuid import UUID

import pytest
import requests
from dify_plugin.entities.provider_config import LogMetadata
from dify_plugin.entities.tool import ToolInvokeMessage

from calls import MESSAGES, Workspace
from invocations import FORM_FLOW

Text = ToolInvokeMessage.TextMessage
Json = ToolInvokeMessage.JsonMessage
Variable = ToolInvokeMessage.VariableMessage
Log = ToolInvokeMessage.LogMessage
Resources = ToolInvokeMessage.RetrieverResourceMessage
Resource = Resources.RetrieverResource
SECONDS = 30

EXPECTED: dict[str, list[tuple[str, Any]]] = {
    "text": [("text", Text(text="Hello, plugin."))],
    "text_with_meta": [("text", Text(text="tagged"))],
    "empty_text": [("text", Text(text=""))],
    "link": [("link", Text(text="https://example.test/a?b=1&c=2"))],
    "image": [("image", Text(text="https://example.test/cat.png"))],
    "image_link": [("image_link", Text(text="https://example.test/stored/cat.png"))],
    "json_object": [("json", Json(json_object={"city": "Lyon", "days": [1, 2], "nested": {"warm": True}}))],
    "json_list": [("json", Json(json_object=[1, "two", None, {"three": 3}]))],
    "empty_json": [("json", Json(json_object={})), ("json", Json(json_object=[]))],
    "variables": [
        ("variable", Variable(variable_name="word", variable_value="blue")),
        ("variable", Variable(variable_name="nothing", variable_value=None)),
        ("variable", Variable(variable_name="flag", variable_value=False)),
        ("variable", Variable(variable_name="object", variable_value={"b": 1, "a": [2]})),
        ("variable", Variable(variable_name="piece", variable_value="streamed ", stream=True)),
        ("variable", Variable(variable_name="piece", variable_value="text", stream=True)),
    ],
    "file": [("file", None)],
    "retriever_resources": [
        (
            "retriever_resources",
            Resources(
                retriever_resources=[
                    Resource(
                        position=1,
                        dataset_name="Handbook",
                        document_name="Leave.md",
                        score=0.75,
                        content="Ask first.",
                    ),
                    Resource(position=2, dataset_name="Handbook", segment_id="s-2", page=4),
                ],
                context="Ask first.",
            ),
        )
    ],
    "nothing": [],
}


@pytest.mark.parametrize("tool", EXPECTED)
def test_message_arrives_as_the_object_of_its_type(workspace: Workspace, tool: str) -> None:
    """Type and body are what the seed says."""
    reply = workspace.builtin(MESSAGES, tool)
    assert reply.error is None
    assert [(message.type.value, message.message) for message in reply.messages] == EXPECTED[tool]


def test_binary_link_arrives_as_a_link(workspace: Workspace) -> None:
    """The SDK refuses `binary_link`, so a link is sent in its place."""
    reply = workspace.builtin(MESSAGES, "binary_link")
    assert reply.error is None
    assert reply.kinds == ["link"]
    assert reply.messages[0].message == Text(text="https://example.test/stored/report.pdf")


@pytest.mark.parametrize(
    ("tool", "kind", "extension", "meta"),
    [
        ("blob", "image_link", ".png", {"mime_type": "image/png", "filename": "dot.png"}),
        ("blob_of_text", "link", ".txt", {"mime_type": "text/plain", "filename": "size.txt"}),
    ],
)
def test_blob_arrives_as_the_link_of_a_stored_file(
    workspace: Workspace, tool: str, kind: str, extension: str, meta: dict[str, str]
) -> None:
    """The address is a path that ends with the id and the extension; the meta data hold the id as well."""
    reply = workspace.builtin(MESSAGES, tool)
    assert reply.error is None
    [message] = reply.messages
    assert message.type.value == kind
    file = message.meta["tool_file_id"]
    assert str(UUID(file)) == file
    assert message.message == Text(text=f"/files/tools/{file}{extension}")
    assert meta.items() <= message.meta.items()


def test_link_of_a_stored_file_is_not_signed(workspace: Workspace) -> None:
    """The plugin cannot fetch it as it stands, in Dify either."""
    [message] = workspace.builtin(MESSAGES, "blob").messages
    response = requests.get(urljoin(workspace.url, message.message.text), timeout=SECONDS)
    assert response.status_code == 400
    assert "Field required" in response.json()["message"]


@pytest.mark.parametrize(
    ("tool", "content"),
    [("blob", b"\x89PNG\r\n\x1a\n\xff\x00\xfe"), ("blob_of_text", "größe\n".encode())],
)
def test_blob_is_stored_byte_for_byte(workspace: Workspace, tool: str, content: bytes) -> None:
    """An app that is given the file by its id sees it under a signed address."""
    [message] = workspace.builtin(MESSAGES, tool).messages
    file = {"transfer_method": "tool_file", "tool_file_id": message.meta["tool_file_id"]}
    inputs = {"topic": "blobs", "picture": file}
    [started, *_] = workspace.session().app.workflow.invoke(FORM_FLOW, inputs, "streaming")
    picture = started["data"]["inputs"]["picture"]
    assert (picture["size"], picture["mime_type"]) == (len(content), message.meta["mime_type"])
    assert requests.get(picture["url"], timeout=SECONDS).content == content


def test_meta_goes_with_the_message(workspace: Workspace) -> None:
    """Meta data of the seed stands beside the body."""
    [message] = workspace.builtin(MESSAGES, "text_with_meta").messages
    assert {"source": "seed", "page": 3}.items() <= message.meta.items()


def test_text_without_meta_has_none(workspace: Workspace) -> None:
    """Nothing is put into the meta data of a plain text."""
    [message] = workspace.builtin(MESSAGES, "text").messages
    assert not message.meta


def test_file_stands_in_the_meta_data(workspace: Workspace) -> None:
    """The SDK reads a file from `meta.file`; the message itself is empty."""
    [message] = workspace.builtin(MESSAGES, "file").messages
    assert message.message is None
    expected = {
        "id": "5c1f0f3e-52a7-4a54-a0a5-3c8b0f9b7a11",
        "type": "document",
        "transfer_method": "remote_url",
        "remote_url": "https://example.test/report.pdf",
        "filename": "report.pdf",
        "extension": ".pdf",
        "mime_type": "application/pdf",
        "size": 20480,
    }
    assert expected.items() <= message.meta["file"].items()


def test_logs_make_a_tree(workspace: Workspace) -> None:
    """A log entry keeps its id, parent, status, error, data and metadata."""
    reply = workspace.builtin(MESSAGES, "logs")
    assert reply.error is None
    assert reply.kinds == ["log"] * 3
    start, fetch, end = (message.message for message in reply.messages)
    assert start == Log(
        id="log-1",
        label="Search",
        status=Log.LogStatus.START,
        data={"query": "swift"},
        metadata={LogMetadata.STARTED_AT: 1.5, LogMetadata.PROVIDER: "langgenius/google/google"},
    )
    assert (fetch.id, fetch.parent_id, fetch.error) == ("log-2", "log-1", "timed out")
    assert (fetch.status, fetch.data) == (Log.LogStatus.ERROR, {})
    assert end.id == start.id
    assert end.status is Log.LogStatus.SUCCESS
    assert end.metadata == {
        LogMetadata.ELAPSED_TIME: 0.25,
        LogMetadata.TOTAL_TOKENS: 12,
        LogMetadata.TOTAL_PRICE: "0.0001",
        LogMetadata.CURRENCY: "USD",
    }


def test_log_without_id_gets_one(workspace: Workspace) -> None:
    """An entry that names no id still arrives with one."""
    [message] = workspace.builtin(MESSAGES, "log_without_id").messages
    assert message.message.id
    assert message.message.label == "Think"


def test_messages_keep_their_order(workspace: Workspace) -> None:
    """Messages of several types arrive in the order of the seed."""
    reply = workspace.builtin(MESSAGES, "everything")
    assert reply.error is None
    assert reply.kinds == ["json", "text", "link", "variable", "text", "image_link", "link", "text"]
    assert reply.texts == ["2", "5", "8"]


def test_same_call_gives_the_same_messages(workspace: Workspace) -> None:
    """A canned reply does not wear out or change."""
    first, second = (workspace.builtin(MESSAGES, "everything") for _ in range(2))
    assert first == second
