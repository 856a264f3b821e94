"""Rerank: the documents that fit the query best come first."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from dify_plugin.core.runtime import Session
from dify_plugin.entities.model.rerank import (
    MultiModalRerankModelConfig,
    RerankModelConfig,
    RerankResult,
)
from dify_plugin.entities.model.text_embedding import MultiModalContent

from calls import Workspace
from invocations import NOWHERE, QUOKKA, data, failure, send

PREFIX = "invoke rerank model failed: "
DOCS = ["bus times", "quokka facts and figures", "quokka facts", "the diet of a quokka"]
Sessions = Callable[..., Session]


def config(name: str = "quokka-rank", provider: str = QUOKKA, **bounds: Any) -> RerankModelConfig:
    """The configuration of a rerank model; by default everything is wanted."""
    settings = {"score_threshold": 0.0, "top_n": 10, **bounds}
    return RerankModelConfig(provider=provider, model=name, **settings)


def rerank(session: Session, query: str, docs: list[str], **bounds: Any) -> RerankResult:
    """The result for documents."""
    return session.model.rerank.invoke(config(**bounds), docs, query)


def indices(result: Any) -> list[int]:
    """The positions of the documents in the request."""
    return [doc.index for doc in result.docs]


def test_best_document_comes_first(session: Sessions) -> None:
    """Those that hold the words of the query, before those that hold fewer or none."""
    result = rerank(session(), "quokka facts", DOCS)
    assert result.model == "quokka-rank"
    assert indices(result)[0] == 2
    assert indices(result)[-1] == 0
    assert sorted(indices(result)) == [0, 1, 2, 3]


def test_documents_keep_their_position_and_text(session: Sessions) -> None:
    """The index is the one in the request."""
    for doc in rerank(session(), "quokka facts", DOCS).docs:
        assert doc.text == DOCS[doc.index]


def test_scores_fall(session: Sessions) -> None:
    """From 1 at most to 0 at least."""
    scores = [doc.score for doc in rerank(session(), "quokka facts", DOCS).docs]
    assert scores == sorted(scores, reverse=True)
    assert 0 <= scores[-1] < scores[0] <= 1


def test_equal_documents_keep_their_order(session: Sessions) -> None:
    """What is equally good comes as it was given."""
    assert indices(rerank(session(), "bus", ["a bus", "a bus", "a bus"])) == [0, 1, 2]


@pytest.mark.parametrize("count", [1, 2, 4])
def test_top_n(session: Sessions, count: int) -> None:
    """No more than were asked for, and the best of them."""
    whole = indices(rerank(session(), "quokka facts", DOCS))
    assert indices(rerank(session(), "quokka facts", DOCS, top_n=count)) == whole[:count]


def test_score_threshold(session: Sessions) -> None:
    """What scores below it is left out."""
    whole = rerank(session(), "quokka facts", DOCS).docs
    bound = whole[1].score
    kept = rerank(session(), "quokka facts", DOCS, score_threshold=bound).docs
    assert kept == [doc for doc in whole if doc.score >= bound]


def test_no_document_reaches_the_threshold(session: Sessions) -> None:
    """An empty list is an answer."""
    assert rerank(session(), "quokka", ["bus times"], score_threshold=0.3).docs == []


def test_no_documents(session: Sessions) -> None:
    """Nothing to rank."""
    assert rerank(session(), "quokka", []).docs == []


def test_scores_are_the_same_in_every_workspace(
    new_workspace: Callable[[str], Workspace],
) -> None:
    """Nothing is left to chance."""
    left, right = (
        rerank(new_workspace(name).session(), "quokka facts", DOCS) for name in ("left", "right")
    )
    assert left == right


def test_answer_has_the_daemons_form(workspace: Workspace) -> None:
    """One response of the kind `struct`."""
    request = {**config().model_dump(mode="json"), "query": "quokka", "docs": DOCS}
    answer = send(workspace.url, "rerank", request)
    assert [line["data"]["message"] for line in answer.lines] == ["struct", ""]
    [result] = data(answer)
    assert {frozenset(doc) for doc in result["docs"]} == {frozenset({"index", "text", "score"})}


# Texts and images


def multimodal(session: Session, query: str, docs: list[tuple[str, str]], **bounds: Any) -> Any:
    """The result for texts and images."""
    settings = MultiModalRerankModelConfig(provider=QUOKKA, model="quokka-rank", **bounds)
    contents = [MultiModalContent(content=content, content_type=kind) for content, kind in docs]
    question = MultiModalContent(content=query, content_type="text")
    return session.model.rerank.invoke_multimodal(settings, question, contents)


def test_texts_and_images(session: Sessions) -> None:
    """Without bounds all of them come back, with their content as text."""
    docs = [("iVBORw0=", "image"), ("a small marsupial", "text")]
    result = multimodal(session(), "which marsupial", docs)
    assert indices(result) == [1, 0]
    assert [doc.text for doc in result.docs] == ["a small marsupial", "iVBORw0="]


def test_bounds_among_images(session: Sessions) -> None:
    """They are optional here, and count when they are there."""
    docs = [("iVBORw0=", "image"), ("a small marsupial", "text")]
    bounds = {"top_n": 1, "score_threshold": 0.01}
    assert indices(multimodal(session(), "which marsupial", docs, **bounds)) == [1]


# Scripts and failures


def test_scripted_scores(session: Sessions) -> None:
    """One for each document by its position; the order and the bounds follow."""
    assert indices(rerank(session(), "by position", ["a", "b"])) == [1, 0]
    assert indices(rerank(session(), "by position", ["a", "b"], score_threshold=0.5)) == [1]


def test_scripted_documents(session: Sessions) -> None:
    """The text is the request's."""
    [doc] = rerank(session(), "by index", ["a", "b"]).docs
    assert (doc.index, doc.text, doc.score) == (1, "b", 0.88)


def test_scripted_failure(session: Sessions) -> None:
    """In the words that Dify puts before it."""
    error = failure(lambda: rerank(session(), "failing", ["a"]))
    assert error == f"{PREFIX}request failed: [quokka] no ranks today"


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        (config(provider=NOWHERE), f"Provider {NOWHERE} does not exist."),
        (config("no-such-model"), "Model no-such-model credentials is not initialized."),
    ],
    ids=["provider", "model"],
)
def test_unknown_model(session: Sessions, settings: Any, message: str) -> None:
    """Dify reports the exception, because this call has a single answer."""
    error = failure(lambda: session().model.rerank.invoke(settings, ["a"], "q"))
    assert error == f"{PREFIX}request failed: {message}"
