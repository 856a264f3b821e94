"""Requests that the SDK would not make: the daemon's own words, never silence or status 500."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from calls import Workspace, invalid_request
from invocations import HELP_CHAT, QUOKKA, send
from transaction import Answer

Request = dict[str, Any]
MODEL: Request = {"provider": QUOKKA}
PROMPT = [{"role": "user", "content": "Hi", "name": None}]
NODE_MODEL = {"provider": QUOKKA, "name": "quokka-mini", "mode": "chat", "completion_params": {}}
TOOL = {"name": "weather", "description": "Weather", "parameters": {"type": "object"}}
TOWN = {"name": "town", "type": "string", "options": [], "description": "d", "required": True}
LLM: Request = {
    **MODEL,
    "model": "quokka-mini",
    "model_type": "llm",
    "mode": "chat",
    "completion_params": {"temperature": 0.2},
    "prompt_messages": PROMPT,
    "tools": [TOOL],
    "stop": ["x"],
    "stream": True,
}
CONTENT = {"content": "a", "content_type": "text"}
VALID: dict[str, Request] = {
    "llm": LLM,
    "llm_structured_output": {**LLM, "structured_output_schema": {"type": "object"}},
    "text_embedding": {**MODEL, "model": "quokka-embed", "texts": ["a"], "input_type": "query"},
    "multimodal_embedding": {
        **MODEL,
        "model": "quokka-mm",
        "tenant_id": "t1",
        "documents": [CONTENT],
        "input_type": "query",
    },
    "rerank": {
        **MODEL,
        "model": "quokka-rank",
        "score_threshold": 0.1,
        "top_n": 2,
        "docs": ["a"],
        "query": "a",
    },
    "multimodal_rerank": {
        **MODEL,
        "model": "quokka-rank",
        "score_threshold": None,
        "top_n": None,
        "docs": [CONTENT],
        "query": CONTENT,
    },
    "tts": {**MODEL, "model": "quokka-voice", "voice": "calm", "content_text": "Hi"},
    "speech2text": {**MODEL, "model": "quokka-ear", "file": "ff00"},
    "moderation": {**MODEL, "model": "quokka-guard", "text": "Hi"},
    "system_summary": {"text": "a text", "instruction": ""},
    "app": {
        "app_id": HELP_CHAT,
        "query": "Hi",
        "inputs": {},
        "response_mode": "streaming",
        "conversation_id": None,
        "user": None,
    },
    "fetch_app": {"app_id": HELP_CHAT},
    "node_parameter_extractor": {
        "parameters": [TOWN],
        "model": NODE_MODEL,
        "query": "town: Perth",
        "instruction": "",
    },
    "node_question_classifier": {
        "classes": [{"id": "1", "name": "Booking"}],
        "model": NODE_MODEL,
        "query": "Hi",
        "instruction": "",
    },
    "storage": {"opt": "set", "key": "k", "value": "00"},
    "upload_file": {"filename": "a.txt", "mimetype": "text/plain"},
}
JUNK: list[Any] = [None, 5, -1.5, True, "", "x", [], [5], ["x"], {}, {"x": 5}, [[]], [{}], [None]]

# Type, field, the validator's path of it. Each is missing, null and (a text) empty in turn.
REQUIRED = [
    ("llm", "provider", "InvokeLLMRequest.BaseRequestInvokeModel.Provider"),
    ("llm", "model", "InvokeLLMRequest.BaseRequestInvokeModel.Model"),
    ("llm", "mode", "InvokeLLMRequest.InvokeLLMSchema.Mode"),
    (
        "llm_structured_output",
        "structured_output_schema",
        "InvokeLLMWithStructuredOutputRequest.StructuredOutputSchema",
    ),
    ("llm_structured_output", "mode", "InvokeLLMWithStructuredOutputRequest.InvokeLLMSchema.Mode"),
    ("text_embedding", "texts", "InvokeTextEmbeddingRequest.InvokeTextEmbeddingSchema.Texts"),
    (
        "text_embedding",
        "input_type",
        "InvokeTextEmbeddingRequest.InvokeTextEmbeddingSchema.InputType",
    ),
    ("rerank", "query", "InvokeRerankRequest.InvokeRerankSchema.Query"),
    ("rerank", "docs", "InvokeRerankRequest.InvokeRerankSchema.Docs"),
    ("tts", "content_text", "InvokeTTSRequest.InvokeTTSSchema.ContentText"),
    ("tts", "voice", "InvokeTTSRequest.InvokeTTSSchema.Voice"),
    ("speech2text", "file", "InvokeSpeech2TextRequest.InvokeSpeech2TextSchema.File"),
    ("moderation", "text", "InvokeModerationRequest.InvokeModerationSchema.Text"),
    ("system_summary", "text", "InvokeSummaryRequest.InvokeSummarySchema.Text"),
    ("app", "app_id", "InvokeAppRequest.InvokeAppSchema.AppId"),
    ("fetch_app", "app_id", "FetchAppRequest.AppId"),
    ("node_parameter_extractor", "query", "InvokeParameterExtractorRequest.Query"),
    ("node_parameter_extractor", "parameters", "InvokeParameterExtractorRequest.Parameters"),
    ("node_question_classifier", "query", "InvokeQuestionClassifierRequest.Query"),
    ("node_question_classifier", "classes", "InvokeQuestionClassifierRequest.Classes"),
    ("storage", "opt", "InvokeStorageRequest.Opt"),
    ("storage", "key", "InvokeStorageRequest.Key"),
    ("upload_file", "filename", "UploadFileRequest.Filename"),
    ("upload_file", "mimetype", "UploadFileRequest.MimeType"),
]


def changed(kind: str, **members: Any) -> Request:
    """A valid request with members changed."""
    return {**copy.deepcopy(VALID[kind]), **members}


def without(kind: str, field: str) -> Request:
    """A valid request without one of its members."""
    return {name: value for name, value in VALID[kind].items() if name != field}


def error(workspace: Workspace, kind: str, request: Request) -> str:
    """The text of the error that is the whole answer."""
    answer = send(workspace.url, kind, request)
    assert answer.events == ["error", "end"]
    return answer.error


def failed(path: str, tag: str = "required") -> str:
    """What the daemon's validator says of a field."""
    field = path.rpartition(".")[2]
    return f"Key: '{path}' Error:Field validation for '{field}' failed on the '{tag}' tag"


def assert_answered(answer: Answer) -> None:
    """Whatever it is, it is an answer."""
    assert len(answer.events) > 1
    assert answer.events[-1] == "end"
    assert set(answer.events[:-1]) in ({"response"}, {"error"}, {"response", "error"})


@pytest.mark.parametrize("kind", VALID)
def test_valid_request_is_answered(workspace: Workspace, kind: str) -> None:
    """The requests from which the bad ones are made."""
    answer = send(workspace.url, kind, VALID[kind])
    assert set(answer.events[:-1]) == {"response"}


@pytest.mark.parametrize(("kind", "field", "path"), REQUIRED)
def test_required_field(workspace: Workspace, kind: str, field: str, path: str) -> None:
    """Absent and null are alike, and an empty text is none."""
    expected = invalid_request(f"error validating struct: {failed(path)}")
    requests = [without(kind, field), changed(kind, **{field: None})]
    if isinstance(VALID[kind][field], str):
        requests.append(changed(kind, **{field: ""}))
    for request in requests:
        assert error(workspace, kind, request) == expected


@pytest.mark.parametrize(
    ("kind", "request_", "message"),
    [
        (
            "llm",
            changed("llm", tools=[{**TOOL, "name": ""}]),
            failed("InvokeLLMRequest.InvokeLLMSchema.Tools[0].Name"),
        ),
        (
            "node_parameter_extractor",
            changed("node_parameter_extractor", parameters=[TOWN, {**TOWN, "name": ""}]),
            failed("InvokeParameterExtractorRequest.Parameters[1].Name"),
        ),
        (
            "node_parameter_extractor",
            changed("node_parameter_extractor", parameters=[{**TOWN, "type": "integer"}]),
            failed("InvokeParameterExtractorRequest.Parameters[0].Type", "oneof"),
        ),
        (
            "node_parameter_extractor",
            changed("node_parameter_extractor", model={**NODE_MODEL, "name": ""}),
            failed("InvokeParameterExtractorRequest.Model.Name"),
        ),
        (
            "node_question_classifier",
            changed("node_question_classifier", classes=[{"id": "1", "name": ""}]),
            failed("InvokeQuestionClassifierRequest.Classes[0].Name"),
        ),
        (
            "node_question_classifier",
            changed("node_question_classifier", model={**NODE_MODEL, "provider": None}),
            failed("InvokeQuestionClassifierRequest.Model.Provider"),
        ),
        (
            "storage",
            changed("storage", opt="append"),
            failed("InvokeStorageRequest.Opt", "storage_opt"),
        ),
    ],
    ids=["tool", "parameter", "type", "model", "class", "provider", "operation"],
)
def test_field_inside(workspace: Workspace, kind: str, request_: Request, message: str) -> None:
    """Members of members are checked as well."""
    expected = invalid_request(f"error validating struct: {message}")
    assert error(workspace, kind, request_) == expected


@pytest.mark.parametrize(
    ("kind", "field", "tag"),
    [
        ("multimodal_embedding", "documents", "required"),
        ("multimodal_embedding", "input_type", "required"),
        ("multimodal_rerank", "docs", "required"),
    ],
)
def test_required_field_of_multimodal_calls(
    workspace: Workspace, kind: str, field: str, tag: str
) -> None:
    """The daemon checks these calls, too."""
    name = "".join(word.capitalize() for word in field.split("_"))
    text = error(workspace, kind, without(kind, field))
    assert text.startswith(invalid_request("error validating struct: Key: 'Invoke"))
    assert f"Field validation for '{name}' failed on the '{tag}' tag" in text


@pytest.mark.parametrize(
    ("kind", "field"), [("multimodal_embedding", "documents"), ("multimodal_rerank", "docs")]
)
def test_unknown_type_of_content(workspace: Workspace, kind: str, field: str) -> None:
    """Texts and images only."""
    request = changed(kind, **{field: [{"content": "a", "content_type": "video"}]})
    assert "failed on the 'multimodal_content_type' tag" in error(workspace, kind, request)


def test_several_missing_fields(workspace: Workspace) -> None:
    """All of them are told, one a line."""
    text = error(workspace, "tts", {"provider": QUOKKA, "model": "quokka-voice"})
    schema = "InvokeTTSRequest.InvokeTTSSchema"
    lines = [failed(f"{schema}.ContentText"), failed(f"{schema}.Voice")]
    assert text == invalid_request("error validating struct: " + "\n".join(lines))


@pytest.mark.parametrize("kind", VALID)
def test_empty_request(workspace: Workspace, kind: str) -> None:
    """Every type needs something."""
    assert error(workspace, kind, {}).startswith(invalid_request("error validating struct: Key: '"))


@pytest.mark.parametrize(
    ("kind", "field"),
    [
        (kind, field)
        for kind, request in VALID.items()
        for field, value in request.items()
        if isinstance(value, str) and field not in ("model_type", "tenant_id")
    ],
)
def test_number_for_a_text(workspace: Workspace, kind: str, field: str) -> None:
    """The decoder's words, as for tools."""
    wanted = "dify_invocation.StorageOpt" if field == "opt" else "string"
    assert error(workspace, kind, changed(kind, **{field: 5})) == invalid_request(
        "error decoding map: 1 error(s) decoding:\n\n"
        f"* '{field}' expected type '{wanted}', got unconvertible type 'float64', value: '5'"
    )


@pytest.mark.parametrize(
    ("kind", "field", "value"),
    [
        ("llm", "completion_params", "x"),
        ("llm", "prompt_messages", "x"),
        ("llm", "tools", "x"),
        ("llm", "stop", "x"),
        ("llm", "stream", "yes"),
        ("llm_structured_output", "structured_output_schema", "x"),
        ("text_embedding", "texts", "x"),
        ("text_embedding", "texts", [5]),
        ("multimodal_embedding", "documents", "x"),
        ("rerank", "docs", "x"),
        ("rerank", "top_n", "2"),
        ("rerank", "score_threshold", "0.1"),
        ("multimodal_rerank", "query", "x"),
        ("app", "inputs", "x"),
        ("node_parameter_extractor", "parameters", "x"),
        ("node_parameter_extractor", "model", "x"),
        ("node_question_classifier", "classes", "x"),
    ],
    ids=lambda value: str(value),
)
def test_value_of_another_kind(workspace: Workspace, kind: str, field: str, value: Any) -> None:
    """A text where a list, an object, a number or a truth value belongs."""
    text = error(workspace, kind, changed(kind, **{field: value}))
    assert text.startswith(invalid_request("error decoding map: 1 error(s) decoding:\n\n* '"))
    assert f"'{field}" in text


@pytest.mark.parametrize("kind", VALID)
def test_unknown_fields_are_dropped(workspace: Workspace, kind: str) -> None:
    """Newer SDKs send more, and nobody can pretend to be somebody else."""
    more = {"tenant_id": "t2", "user_id": "u2", "type": "x", "tool_choice": {"mode": "auto"}}
    answer = send(workspace.url, kind, changed(kind, **more))
    assert set(answer.events[:-1]) == {"response"}


@pytest.mark.parametrize("kind", VALID)
def test_every_field_survives_junk(workspace: Workspace, kind: str) -> None:
    """Whatever stands in a field, there is an answer and an end."""
    for field in VALID[kind]:
        for junk in JUNK:
            assert_answered(send(workspace.url, kind, changed(kind, **{field: junk})))


@pytest.mark.parametrize(
    "message",
    [
        {},
        {"role": "user"},
        {"role": "", "content": "a"},
        {"role": "nobody", "content": "a"},
        {"role": 5, "content": "a"},
        {"role": "user", "content": 5},
        {"role": "user", "content": {"a": 1}},
        {"role": "user", "content": [{"type": "text"}]},
        {"role": "user", "content": [{"type": "smell", "data": "a"}]},
        {"role": "user", "content": ["a"]},
        {"role": "assistant", "content": "", "tool_calls": [{}]},
        {"role": "assistant", "content": "", "tool_calls": "x"},
        {"role": "tool", "content": "a"},
        {"role": "developer", "content": "a"},
        None,
        "a",
    ],
    ids=lambda message: str(message)[:40],
)
@pytest.mark.parametrize("kind", ["llm", "llm_structured_output"])
def test_prompt_survives_junk(workspace: Workspace, kind: str, message: Any) -> None:
    """Also what stands deeper inside."""
    request = changed(kind, prompt_messages=[message, *PROMPT])
    assert_answered(send(workspace.url, kind, request))


def test_server_goes_on(workspace: Workspace) -> None:
    """After all of that a good request is answered."""
    error(workspace, "llm", {})
    assert send(workspace.url, "llm", LLM).events[-1] == "end"
