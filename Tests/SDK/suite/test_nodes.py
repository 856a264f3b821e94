"""Workflow nodes: parameters and classes found in the query."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from dify_plugin.core.runtime import Session
from dify_plugin.entities.workflow_node import (
    ClassConfig,
    ModelConfig,
    NodeResponse,
    ParameterConfig,
)

from calls import Workspace
from invocations import NOWHERE, PLATFORM_USAGE_KEYS, QUOKKA, data, failure, node_model, send

# What a failed node leaves: three empty maps, which the daemon refuses. The cause is lost.
EMPTY_MAPS = "validate request failed: " + "\n".join(
    f"Key: 'InvokeNodeResponse.{field}' Error:Field validation for '{field}' failed "
    "on the 'required' tag"
    for field in ("ProcessData", "Outputs", "Inputs")
)
EXTRACTOR = "invoke parameter extractor failed: "
CLASSIFIER = "invoke question classifier failed: "
CLASSES = [ClassConfig(id="1", name="Booking"), ClassConfig(id="2", name="Complaint")]
Sessions = Callable[..., Session]


def parameter(name: str, kind: str = "string", *options: str) -> ParameterConfig:
    """A parameter to extract."""
    return ParameterConfig(
        name=name, type=kind, options=list(options), description=f"the {name}", required=True
    )


def extract(
    session: Session, query: str, *parameters: ParameterConfig, name: str = "quokka-mini"
) -> NodeResponse:
    """The result of the extractor."""
    invoke = session.workflow_node.parameter_extractor.invoke
    return invoke(list(parameters), node_model(name), query, "Read carefully.")


def classify(session: Session, query: str, name: str = "quokka-mini") -> NodeResponse:
    """The result of the classifier."""
    invoke = session.workflow_node.question_classifier.invoke
    return invoke(CLASSES, node_model(name), query)


# Parameter extractor


@pytest.mark.parametrize(
    ("query", "wanted", "value"),
    [
        ("The town: Perth, please", parameter("town"), "Perth"),
        ("town is Alice Springs.", parameter("town"), "Alice Springs"),
        ("For 3 days in June", parameter("days", "number"), 3),
        ("days: 3.5", parameter("days", "number"), 3.5),
        ("the large one", parameter("size", "select", "small", "large"), "large"),
        ("urgent: yes", parameter("urgent", "bool"), True),
        ("tags: red, green and blue", parameter("tags", "array[string]"), ["red", "green", "blue"]),
        ("sizes: 1, 2, 3", parameter("sizes", "array[number]"), [1, 2, 3]),
    ],
    ids=["string", "words", "number", "fraction", "select", "bool", "strings", "numbers"],
)
def test_value_is_found(
    session: Sessions, query: str, wanted: ParameterConfig, value: Any
) -> None:
    """By the parameter's name and type."""
    outputs = extract(session(), query, wanted).outputs
    assert outputs[wanted.name] == value
    assert (outputs["__is_success"], outputs["__reason"]) == (1, None)
    assert type(outputs["__is_success"]) is int


def test_several_values_are_found(session: Sessions) -> None:
    """Each parameter gets its own."""
    wanted = [parameter("town"), parameter("days", "number")]
    outputs = extract(session(), "town: Perth, days: 3", *wanted).outputs
    assert (outputs["town"], outputs["days"]) == ("Perth", 3)
    assert set(outputs) == {"town", "days", "__is_success", "__reason", "__usage"}


@pytest.mark.parametrize(
    ("wanted", "zero"),
    [
        (parameter("town"), ""),
        (parameter("days", "number"), 0),
        (parameter("tags", "array[string]"), []),
    ],
    ids=lambda value: value.type if isinstance(value, ParameterConfig) else "",
)
def test_nothing_is_found(session: Sessions, wanted: ParameterConfig, zero: Any) -> None:
    """The call succeeds, the outputs say that the extraction did not."""
    outputs = extract(session(), "Hello there", wanted).outputs
    assert outputs["__is_success"] == 0
    assert isinstance(outputs["__reason"], str)
    assert outputs["__reason"]
    assert outputs[wanted.name] == zero


def test_found_values_are_kept(session: Sessions) -> None:
    """One that is missing spoils the success, not the others."""
    wanted = [parameter("town"), parameter("days", "number")]
    outputs = extract(session(), "town: Perth", *wanted).outputs
    assert (outputs["town"], outputs["days"], outputs["__is_success"]) == ("Perth", 0, 0)


def test_extractor_tells_what_it_did(session: Sessions) -> None:
    """The maps of Dify's node."""
    result = extract(session(), "town: Perth", parameter("town"))
    assert set(result.inputs) == {
        "query",
        "files",
        "parameters",
        "instruction",
        "model_provider",
        "model_name",
    }
    assert result.inputs["query"] == "town: Perth"
    assert (result.inputs["model_provider"], result.inputs["model_name"]) == (QUOKKA, "quokka-mini")
    assert set(result.process_data) == {
        "model_mode",
        "prompts",
        "usage",
        "function",
        "tool_call",
        "model_provider",
        "model_name",
        "llm_text",
    }
    assert set(result.process_data["usage"]) == PLATFORM_USAGE_KEYS
    assert result.outputs["__usage"] == result.process_data["usage"]


def test_extraction_is_the_same_in_every_workspace(
    new_workspace: Callable[[str], Workspace],
) -> None:
    """Nothing is left to chance."""
    left, right = (
        extract(new_workspace(name).session(), "town: Perth", parameter("town"))
        for name in ("left", "right")
    )
    assert left == right


def test_completion_params_may_be_null(session: Sessions) -> None:
    """The SDK's own default."""
    config = ModelConfig(provider=QUOKKA, name="quokka-mini")
    invoke = session().workflow_node.parameter_extractor.invoke
    assert invoke([parameter("town")], config, "town: Perth").outputs["town"] == "Perth"
    classifier = session().workflow_node.question_classifier.invoke
    assert classifier(CLASSES, config, "Hello").outputs["class_name"] == "Booking"


def test_scripted_extraction(session: Sessions) -> None:
    """As written, with success and usage around it."""
    result = extract(session(), "scripted", parameter("town"), name="quokka-script")
    outputs = result.outputs
    assert (outputs["town"], outputs["__is_success"]) == ("Perth", 1)
    assert "__usage" in outputs


def test_scripted_failure_of_the_extractor(session: Sessions) -> None:
    """The plugin never learns why."""
    arguments = ("failing", parameter("town"))
    error = failure(lambda: extract(session(), *arguments, name="quokka-script"))
    assert error == EXTRACTOR + EMPTY_MAPS


# Question classifier


@pytest.mark.parametrize(
    ("query", "number"),
    [
        ("I have a complaint about my room", 2),
        ("A booking for two, please", 1),
        ("What is the time?", 1),
    ],
    ids=["second", "first", "none"],
)
def test_class_is_found(session: Sessions, query: str, number: int) -> None:
    """The first class whose name occurs in the query, else the first."""
    outputs = classify(session(), query).outputs
    chosen = CLASSES[number - 1]
    assert (outputs["class_id"], outputs["class_name"]) == (chosen.id, chosen.name)
    assert outputs["class_label"] == f"CLASS {number}"
    assert set(outputs) == {"class_id", "class_name", "class_label", "usage"}
    assert set(outputs["usage"]) == PLATFORM_USAGE_KEYS


def test_classifier_tells_what_it_did(session: Sessions) -> None:
    """The maps of Dify's node."""
    result = classify(session(), "Hello")
    assert result.inputs == {
        "query": "Hello",
        "model_provider": QUOKKA,
        "model_name": "quokka-mini",
    }
    assert set(result.process_data) == {
        "model_mode",
        "prompts",
        "usage",
        "finish_reason",
        "model_provider",
        "model_name",
    }


def test_no_classes(session: Sessions) -> None:
    """The daemon passes them on, and the node breaks."""
    invoke = session().workflow_node.question_classifier.invoke
    assert failure(lambda: invoke([], node_model(), "Hello")) == CLASSIFIER + EMPTY_MAPS


@pytest.mark.parametrize("query", ["by name", "by id"])
def test_scripted_class(session: Sessions, query: str) -> None:
    """Its name or its id will do."""
    outputs = classify(session(), query, "quokka-script").outputs
    assert (outputs["class_id"], outputs["class_name"]) == ("2", "Complaint")
    assert outputs["class_label"] == "CLASS 2"


def test_scripted_failure_of_the_classifier(session: Sessions) -> None:
    """The plugin never learns why."""
    error = failure(lambda: classify(session(), "failing", "quokka-script"))
    assert error == CLASSIFIER + EMPTY_MAPS


# Both


def test_answer_has_the_daemons_form(workspace: Workspace) -> None:
    """One response of the kind `struct`, keys sorted as Go writes a map."""
    request = {
        "classes": [choice.model_dump() for choice in CLASSES],
        "model": node_model().model_dump(mode="json"),
        "query": "Hello",
        "instruction": "",
    }
    answer = send(workspace.url, "node_question_classifier", request)
    assert [line["data"]["message"] for line in answer.lines] == ["struct", ""]
    [result] = data(answer)
    assert set(result) == {"process_data", "inputs", "outputs"}
    for part in result.values():
        assert list(part) == sorted(part)


@pytest.mark.parametrize(
    "config",
    [node_model(provider=NOWHERE), node_model("no-such-model"), node_model("quokka-embed")],
    ids=["provider", "model", "type"],
)
def test_unknown_model(session: Sessions, config: ModelConfig) -> None:
    """The node fails, and its maps stay empty."""
    wanted = [parameter("town")]
    extractor = session().workflow_node.parameter_extractor.invoke
    classifier = session().workflow_node.question_classifier.invoke
    assert failure(lambda: extractor(wanted, config, "Hi")) == EXTRACTOR + EMPTY_MAPS
    assert failure(lambda: classifier(CLASSES, config, "Hi")) == CLASSIFIER + EMPTY_MAPS
