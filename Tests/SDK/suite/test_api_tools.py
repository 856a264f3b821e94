"""Custom tools: an HTTP response becomes the messages, or the error, that Dify makes of it."""

from __future__ import annotations

from typing import Any

import pytest

from calls import PETSTORE, Reply, Workspace, in_the_stream

SERVER = "https://pets.example.test/v1"
EMPTY = "Empty response from the tool, please check your parameters and try again."


@pytest.mark.parametrize(
    ("tool", "kinds", "values", "texts"),
    [
        (
            "favouritePet",
            ["json", "text"],
            [{"name": "Rex", "id": 1, "weight": 4.0, "owner": None}],
            ['{"name":"Rex","id":1,"weight":4.0,"owner":null}'],
        ),
        ("listPets", ["text"], [], ['[{"id":1,"name":"Rex"},{"id":2,"name":"Ida"}]']),
        ("exportPets", ["text"], [], ["id,name\n1,Rex\n"]),
        ("rawPets", ["json", "text"], [{"b": 1, "a": "é"}], ['{"b": 1,  "a": "\\u00e9"}']),
        ("problemPets", ["text"], [], ['{"a": 1}']),
        ("removePet", ["text"], [], [EMPTY]),
    ],
)
def test_response_becomes_messages(
    workspace: Workspace, tool: str, kinds: list[str], values: list[Any], texts: list[str]
) -> None:
    """An object gives json and text, everything else only text, and the text is the body as it stands."""
    reply = workspace.api(PETSTORE, tool)
    assert reply.error is None
    assert reply.kinds == kinds
    assert repr(reply.values) == repr(values)
    assert reply.texts == texts


@pytest.mark.parametrize(
    ("tool", "error"),
    [
        ("status400", 'Request failed with status code 400 and {"code":"bad","hint":"a/b"}'),
        ("status401", "Request failed with status code 401 and "),
        ("status404", "Request failed with status code 404 and no such pet"),
        ("status501", "Request failed with status code 501 and later"),
        ("status429", f"Reached maximum retries (0) for URL {SERVER}/status/429"),
        ("status500", f"Reached maximum retries (0) for URL {SERVER}/status/500"),
        ("status503", f"Reached maximum retries (0) for URL {SERVER}/status/503"),
    ],
)
def test_failing_response_becomes_an_error(workspace: Workspace, tool: str, error: str) -> None:
    """Some statuses never reach the tool, the others arrive with their body."""
    assert workspace.api(PETSTORE, tool) == Reply([], in_the_stream(error))


def test_missing_required_parameter_ends_the_stream(workspace: Workspace) -> None:
    """Dify builds the request inside the stream, also before a canned answer."""
    assert workspace.api(PETSTORE, "searchPets") == Reply([], in_the_stream("Missing required parameter q"))


def test_missing_required_property_of_the_body(workspace: Workspace) -> None:
    """Properties of the body count like parameters."""
    assert workspace.api(PETSTORE, "createPet", age=1) == Reply(
        [], in_the_stream("Missing required parameter name")
    )


@pytest.mark.parametrize("value", [None, ""])
def test_empty_argument_counts_as_given(workspace: Workspace, value: str | None) -> None:
    """Only an absent argument is missing."""
    assert workspace.api(PETSTORE, "searchPets", q=value).texts == ["found "]


def test_required_parameter_with_a_default_may_be_absent(workspace: Workspace) -> None:
    """`limit` is required and has a default."""
    assert workspace.api(PETSTORE, "searchPets", q="cats").texts == ["found cats"]


def test_unknown_arguments_are_ignored(workspace: Workspace) -> None:
    """What the document does not name does no harm."""
    assert workspace.api(PETSTORE, "searchPets", q="cats", colour="red").error is None
