"""Values survive the journey: number text, key order, characters."""

from __future__ import annotations

from typing import Any

import pytest

from calls import CASTS, MESSAGES, PROBE, Workspace

ODD_TEXTS = {
    "line separator": "line\u2028separator",
    "paragraph separator": "paragraph\u2029separator",
    "next line": "next\u0085line",
    "emoji": "\U0001f469\u200d\U0001f469\u200d\U0001f467 \U0001f1eb\U0001f1f7 \u6771",
    "controls": "bell\x07 escape\x1b separators\x1c\x1d\x1e\x1f delete\x7f",
    "white space": "tab\t vertical\x0b form\x0c return\r\nfeed\n",
    "mark and accents": "\ufeffmark and e\u0301 beside \u00e9",
}
MORE_TEXTS = {
    "last plane": "\U0010fffd \uffff \ufffe",
    "quotes": "\"double\" 'single' `back` \\ \\n \\u0041 / \\/",
    "markup": "<b>&amp;</b> </script> ${x} %s {0}",
    "template": "{{text}} {{{text}}} {{#text}}{{/text}} {{",
    "server-sent": "data: x\n\nevent: end\n\n",
    "json": '{"event":"error","message":"not one"}',
    "blank": " \n\t ",
    "one accent": "e\u0301",
}
NUMBERS: dict[str, Any] = {
    "one": 1,
    "one_point_zero": 1.0,
    "minus_zero": -0.0,
    "tenth": 0.1,
    "twenty_digits": 12345678901234567890,
    "beyond_double": 9007199254740993,
    "negative": -9223372036854775808,
    "tiny": 1e-07,
}


def test_numbers_keep_their_text(workspace: Workspace) -> None:
    """`1` stays an integer, `1.0` a float, and no digit of a large integer is lost."""
    variables = workspace.builtin(MESSAGES, "numbers").variables
    assert repr(dict(variables)) == repr(NUMBERS)


def test_numbers_keep_their_text_inside_json(workspace: Workspace) -> None:
    """The same holds in objects and lists."""
    [value] = workspace.builtin(MESSAGES, "numbers").values
    expected = {"one": 1, "one_point_zero": 1.0, "twenty_digits": 12345678901234567890, "list": [2.0, 2]}
    assert repr(value) == repr(expected)


@pytest.mark.parametrize("number", [0, 1, 1.0, -2.5, 12345678901234567890, 2**63, 1e20, 1e-07])
def test_numbers_of_arguments_keep_their_text(workspace: Workspace, number: float) -> None:
    """A number that a plugin sends comes back as that number."""
    [value] = workspace.builtin(CASTS, "cast", any={"n": number, "list": [number]}).values
    assert repr(value["any"]) == repr({"n": number, "list": [number]})


def test_keys_keep_their_order(workspace: Workspace) -> None:
    """Objects of a seed are not sorted."""
    [value] = workspace.builtin(MESSAGES, "key_order").values
    assert list(value) == ["zebra", "alpha", "10", "9", "Beta", "nested"]
    assert list(value["nested"]) == ["second", "first", ""]


def test_keys_of_arguments_keep_their_order(workspace: Workspace) -> None:
    """Objects that a plugin sends are not sorted."""
    argument = {"zebra": 1, "alpha": {"two": 2, "one": 1}, "10": 3, "9": 4, "": 5}
    [value] = workspace.builtin(CASTS, "cast", object=argument).values
    assert repr(value["object"]) == repr(argument)


def test_keys_that_look_alike_stay_apart(workspace: Workspace) -> None:
    """Two spellings of an accented letter are two keys, as in Python."""
    argument = {"\u00e9": "one character", "e\u0301": "two characters"}
    [value] = workspace.builtin(CASTS, "cast", object=argument).values
    assert value["object"] == argument


def test_odd_characters_of_a_seed_arrive(workspace: Workspace) -> None:
    """Nothing that breaks line readers breaks a text."""
    reply = workspace.builtin(MESSAGES, "odd_texts")
    assert reply.error is None
    assert reply.texts == list(ODD_TEXTS.values())
    assert reply.values == [{"key\u2028with": "value\u0085with"}]


@pytest.mark.parametrize(
    "text", [pytest.param(text, id=name) for name, text in (ODD_TEXTS | MORE_TEXTS).items()]
)
def test_odd_characters_of_an_argument_come_back(workspace: Workspace, text: str) -> None:
    """A text that a plugin sends is quoted to the letter."""
    assert workspace.builtin(PROBE, "echo", text=text).texts == [text]


def test_long_text_comes_back(workspace: Workspace) -> None:
    """A text of two megabytes is no problem."""
    text = "0123456789 \u6771\U0001f600 " * 100_000
    assert workspace.builtin(PROBE, "echo", text=text).texts == [text]


def test_deeply_nested_argument_comes_back(workspace: Workspace) -> None:
    """Depth within reason is kept."""
    argument: Any = "core"
    for _ in range(60):
        argument = {"in": [argument]}
    [value] = workspace.builtin(CASTS, "cast", object=argument).values
    assert value["object"] == argument
