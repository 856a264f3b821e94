"""Arguments are cast and completed as Dify does it before a tool sees them; templates show the result."""

from __future__ import annotations

from typing import Any

import pytest

from calls import CASTS, PETSTORE, SUMMARIZE_REPORT, Workspace

SAMPLE = {"k": 1, "t": True, "n": None, "f": 1.0, "l": ["x", "it's"]}
SAMPLE_REPR = "{'k': 1, 't': True, 'n': None, 'f': 1.0, 'l': ['x', \"it's\"]}"

CASTS_TO: dict[str, list[tuple[Any, Any]]] = {
    "string": [
        ("text", "text"),
        ("", ""),
        (None, ""),
        (5, "5"),
        (1.0, "1.0"),
        (1e20, "1e+20"),
        (12345678901234567890, "12345678901234567890"),
        (True, "True"),
        (False, "False"),
        ([], "[]"),
        (["q", 1, None], "['q', 1, None]"),
        (SAMPLE, SAMPLE_REPR),
    ],
    "secret": [(5, "5"), (None, "")],
    "select": [("z", "z"), (1, "1")],
    "number": [
        (5, 5),
        (1.0, 1.0),
        (True, True),
        ("5", 5),
        (" 7 ", 7),
        ("1_000", 1000),
        ("1.5e3", 1500.0),
        ("123456789012345678901234567890", 123456789012345678901234567890),
        ("", None),
        (None, None),
        ([1], None),
        ({"a": 1}, None),
    ],
    "boolean": [
        (True, True),
        (False, False),
        ("true", True),
        ("YES", True),
        ("1", True),
        ("no", False),
        ("0", False),
        ("", False),
        ("off", True),
        ("anything", True),
        (None, False),
        (0, False),
        (2, True),
        ([], False),
        ({"a": 1}, True),
    ],
    "array": [
        ([1, "a"], [1, "a"]),
        ('[1, "a", null, 1.0]', [1, "a", None, 1.0]),
        ("plain", ["plain"]),
        ('{"a": 1}', ['{"a": 1}']),
        (5, [5]),
        (None, [None]),
        ({"a": 1}, [{"a": 1}]),
    ],
    "object": [
        (SAMPLE, SAMPLE),
        ('{"b": 1, "a": 2.0}', {"b": 1, "a": 2.0}),
        ("plain", {}),
        ("[1]", {}),
        (5, {}),
        (None, {}),
    ],
    "file": [({"url": "u"}, {"url": "u"}), ([{"url": "u"}], {"url": "u"}), ("text", "text"), (None, None)],
    "files": [([1, 2], [1, 2]), ({"url": "u"}, [{"url": "u"}])],
    "any": [("5", "5"), (5, 5), (None, None), ([1.0], [1.0]), (SAMPLE, SAMPLE)],
    "app": [({"app_id": "a"}, {"app_id": "a"})],
    "undeclared": [(5, 5), ("5", "5"), (SAMPLE, SAMPLE)],
}


@pytest.mark.parametrize(
    ("name", "given", "cast"),
    [
        pytest.param(name, given, cast, id=f"{name}-{number}")
        for name, rows in CASTS_TO.items()
        for number, (given, cast) in enumerate(rows)
    ],
)
def test_argument_is_cast_to_its_declared_type(
    workspace: Workspace, name: str, given: Any, cast: Any
) -> None:
    """A tool sees the cast value; what is not declared passes untouched."""
    reply = workspace.builtin(CASTS, "cast", **{name: given})
    assert reply.error is None
    assert repr(reply.values[0][name]) == repr(cast)


@pytest.mark.parametrize(
    ("given", "completed"),
    [
        ({}, {"mode": "fast", "limit": 5, "note": "", "verbose": False}),
        ({"mode": "it's slow", "limit": 0}, {"mode": "it's slow", "limit": 0, "note": "", "verbose": False}),
        ({"mode": "", "limit": "", "note": []}, {"mode": "fast", "limit": 5, "note": "", "verbose": False}),
        ({"limit": "7", "note": 1}, {"mode": "fast", "limit": 7, "note": "1", "verbose": False}),
        ({"verbose": "off"}, {"mode": "fast", "limit": 5, "note": "", "verbose": True}),
    ],
    ids=["nothing given", "all valid", "empty values", "casts", "boolean"],
)
def test_form_parameters_are_completed(
    workspace: Workspace, given: dict[str, Any], completed: dict[str, Any]
) -> None:
    """Parameters with `form: form` get their defaults and casts also when absent."""
    reply = workspace.builtin(CASTS, "form", **given)
    assert reply.error is None
    assert repr(reply.values) == repr([completed])


def test_form_parameter_that_is_required_and_given(workspace: Workspace) -> None:
    """A required form parameter reaches the tool."""
    assert workspace.builtin(CASTS, "form_required", region="eu").texts == ["in eu"]


def test_llm_parameters_are_neither_required_nor_completed(workspace: Workspace) -> None:
    """With `form: llm` neither `required` nor `default` has an effect on a plugin's tool."""
    reply = workspace.builtin(CASTS, "llm_required")
    assert reply.error is None
    assert reply.texts == ["<>"]


def test_parameters_of_workflow_tools_are_cast(workspace: Workspace) -> None:
    """A paragraph of a start node is text."""
    reply = workspace.workflow(SUMMARIZE_REPORT, "any", report=SAMPLE)
    assert reply.values == [{"summary": f"About {SAMPLE_REPR}.", "pages": 3}]


def test_parameters_of_api_tools_are_cast(workspace: Workspace) -> None:
    """An object argument of a custom tool turns into Python's text, as it does in Dify."""
    reply = workspace.api(PETSTORE, "createPet", name=5, age="4", tags=SAMPLE)
    assert repr(reply.values) == repr([{"name": "5", "age": 4, "tags": SAMPLE_REPR}])


def test_template_takes_the_exact_name_before_a_path(workspace: Workspace) -> None:
    """`{{filter.lang}}` is first a parameter of that name, then a member."""
    both = {"who": "Ida", "filter": {"lang": "fr"}, "filter.lang": "exact"}
    assert workspace.builtin(CASTS, "template", **both).texts == ["Ida & <exact> ."]
    path = {"who": "Ida", "filter": {"lang": "fr"}}
    assert workspace.builtin(CASTS, "template", **path).texts == ["Ida & <fr> ."]


def test_template_escapes_nothing(workspace: Workspace) -> None:
    """Templates make text, not HTML."""
    assert workspace.builtin(CASTS, "template", who="<b>\"&'").texts == ["<b>\"&' & <> ."]


def test_template_stands_in_every_text(workspace: Workspace) -> None:
    """Variables and links quote arguments as texts do."""
    reply = workspace.builtin(CASTS, "template", who="Ida")
    assert reply.variables == [("who", "Ida")]
    assert reply.messages[-1].message.text == "https://example.test/?q=Ida"
