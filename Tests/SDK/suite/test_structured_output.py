"""Structured output: whatever the schema, the value is valid against it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from dify_plugin.core.runtime import Session

from calls import Workspace, invalid_request, refused
from invocations import (
    NOWHERE,
    data,
    failure,
    joined,
    model,
    only_usage,
    pieces,
    prompt,
    read,
    send,
)

CALL = "invoke llm with structured output model"
IN_STREAM = "read llm with structured output model failed: request failed: "
FILE = Path(__file__).parent / "schemas.json"
SCHEMAS: dict[str, dict[str, Any]] = (
    {entry["name"]: entry["schema"] for entry in json.loads(FILE.read_text(encoding="utf-8"))}
    if FILE.exists()
    else {}
)
ANIMAL = {
    "type": "object",
    "properties": {"animal": {"type": "string"}, "legs": {"type": "integer"}},
    "required": ["animal", "legs"],
}
QUESTION = "Which animal smiles?"
SCRIPT = model("quokka-script")
Sessions = Callable[..., Session]


def streamed(session: Session, schema: Any, text: str = QUESTION, config: Any = None) -> list[Any]:
    """The chunks of a streamed call."""
    invoke = session.model.llm_structured_output.invoke
    return list(invoke(config or model(), prompt(text), schema, stream=True))


def blocking(session: Session, schema: Any, text: str = QUESTION, config: Any = None) -> Any:
    """The result of a call that is not streamed."""
    invoke = session.model.llm_structured_output.invoke
    return invoke(config or model(), prompt(text), schema, stream=False)


def validate(value: Any, schema: dict[str, Any]) -> None:
    """Check a value with the `jsonschema` library, formats included."""
    library = pytest.importorskip("jsonschema", reason="jsonschema is missing: values go UNCHECKED")
    validator = library.validators.validator_for(schema, default=library.Draft202012Validator)
    validator(schema, format_checker=validator.FORMAT_CHECKER).validate(value)


def test_schemas_are_there() -> None:
    """Enough of them to mean something."""
    assert len(SCHEMAS) >= 30, f"{FILE.name} holds {len(SCHEMAS)} schemas"


def expected(text: str, schema: dict[str, Any]) -> Any:
    """The object that Dify makes of a text that is valid against a schema; None where it fails.

    Structured output is an object: of a list Dify takes the first one, and nothing else will do.
    """
    value = json.loads(text)
    validate(value, schema)
    objects = [value] if not isinstance(value, list) else value
    return next((found for found in objects if isinstance(found, dict)), None)


@pytest.mark.parametrize("name", SCHEMAS)
def test_streamed_value_is_valid(session: Sessions, name: str) -> None:
    """The text is the value as JSON, and an extra chunk holds the value itself."""
    invoke = session().model.llm_structured_output.invoke
    stream = read(invoke(model(), prompt(QUESTION), SCHEMAS[name], stream=True))
    text = joined(stream.items)
    values = [chunk.structured_output for chunk in stream.items]
    value = expected(text, SCHEMAS[name])
    if value is None:
        assert stream.error == f"{IN_STREAM}Failed to parse structured output: {text}"
    else:
        assert stream.error is None
        assert values == [None] * (len(values) - 1) + [value]


@pytest.mark.parametrize("name", SCHEMAS)
def test_blocking_value_is_valid(session: Sessions, name: str) -> None:
    """Text and value in one; the SDK takes an empty object for none."""
    try:
        result = blocking(session(), SCHEMAS[name])
    except Exception as error:
        body = json.loads(str(error).partition("respond with: ")[2])
        assert str(error) == refused(body["message"], CALL)
        text = body["message"].removeprefix("Failed to parse structured output: ")
        assert expected(text, SCHEMAS[name]) is None
    else:
        value = expected(result.message.content, SCHEMAS[name])
        assert value is not None
        assert result.structured_output == (value or None)


def test_text_streams_before_the_value(session: Sessions) -> None:
    """Many chunks of text, then usage and finish reason, then the value in a chunk of its own."""
    stream = streamed(session(), ANIMAL)
    assert len(pieces(stream)) >= 3
    assert only_usage(stream) == stream[-2].delta.usage
    assert stream[-2].delta.finish_reason == "stop"
    last = stream[-1].delta
    assert (last.index, last.message.content, last.usage, last.finish_reason) == (0, "", None, None)
    assert set(stream[-1].structured_output) >= {"animal", "legs"}


def test_chunks_have_the_daemons_form(workspace: Workspace) -> None:
    """Without `prompt_messages`, with `structured_output`."""
    request = {
        **model().model_dump(mode="json"),
        "prompt_messages": [{"role": "user", "content": QUESTION}],
        "structured_output_schema": ANIMAL,
        "stream": True,
    }
    answer = send(workspace.url, "llm_structured_output", request)
    for chunk in data(answer):
        assert set(chunk) == {"model", "system_fingerprint", "delta", "structured_output"}
    whole = send(workspace.url, "llm_structured_output", {**request, "stream": False})
    [chunk] = data(whole)
    assert chunk["delta"]["finish_reason"] == ""
    assert chunk["structured_output"]


@pytest.mark.parametrize("schema", [{}, {"type": "object"}], ids=["anything", "any object"])
def test_schema_that_asks_for_nothing(session: Sessions, schema: dict[str, Any]) -> None:
    """Structured output always is an object."""
    assert isinstance(streamed(session(), schema)[-1].structured_output, dict)


def test_value_is_the_same_in_every_workspace(new_workspace: Callable[[str], Workspace]) -> None:
    """Nothing is left to chance."""
    left, right = (streamed(new_workspace(name).session(), ANIMAL) for name in ("left", "right"))
    assert [chunk.model_dump() for chunk in left] == [chunk.model_dump() for chunk in right]


def test_scripted_value(session: Sessions) -> None:
    """Texts as written, then the value."""
    stream = streamed(session(), ANIMAL, "which animal", SCRIPT)
    assert pieces(stream) == ['{"animal":', ' "quokka"}']
    assert stream[-1].structured_output == {"animal": "quokka"}
    result = blocking(session(), ANIMAL, "which animal", SCRIPT)
    assert result.structured_output == {"animal": "quokka"}


def test_scripted_failure(session: Sessions) -> None:
    """A text that is no JSON breaks the stream off; not streamed it is a refusal."""
    text = "Failed to parse structured output: no idea"
    invoke = session().model.llm_structured_output.invoke
    result = read(invoke(SCRIPT, prompt("break off"), ANIMAL, stream=True))
    assert pieces(result.items) == ["no idea"]
    assert result.error == IN_STREAM + text
    assert failure(lambda: blocking(session(), ANIMAL, "break off", SCRIPT)) == refused(text, CALL)


@pytest.mark.parametrize("stream", [True, False])
def test_missing_schema(session: Sessions, stream: bool) -> None:
    """The daemon does not pass such a call on."""
    invoke = session().model.llm_structured_output.invoke
    error = failure(lambda: list(invoke(model(), prompt("Hi"), None, stream=stream)))
    path = "InvokeLLMWithStructuredOutputRequest.StructuredOutputSchema"
    assert error == invalid_request(
        f"error validating struct: Key: '{path}' Error:Field validation for "
        "'StructuredOutputSchema' failed on the 'required' tag"
    )


def test_unknown_provider(session: Sessions) -> None:
    """Dify's own words."""
    error = failure(lambda: streamed(session(), ANIMAL, config=model(provider=NOWHERE)))
    assert error == refused(f"Provider {NOWHERE} does not exist.", CALL)
