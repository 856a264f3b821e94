"""Embeddings: vectors that follow from the text."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import pytest
from dify_plugin.core.runtime import Session
from dify_plugin.entities.model import EmbeddingInputType
from dify_plugin.entities.model.text_embedding import (
    MultiModalContent,
    MultiModalEmbeddingModelConfig,
    TextEmbeddingModelConfig,
    TextEmbeddingResult,
)

from calls import Workspace
from invocations import NOWHERE, QUOKKA, data, failure, price, send

PREFIX = "invoke text-embedding model failed: "
PLAIN = "quokka-embed-plain"
Sessions = Callable[..., Session]
Vector = list[float]


def config(name: str = "quokka-embed", provider: str = QUOKKA) -> TextEmbeddingModelConfig:
    """The configuration of an embedding model."""
    return TextEmbeddingModelConfig(provider=provider, model=name)


def embed(session: Session, *texts: str, name: str = "quokka-embed") -> TextEmbeddingResult:
    """The result for texts."""
    return session.model.text_embedding.invoke(config(name), list(texts))


def vectors(session: Session, *texts: str) -> list[Vector]:
    """The vectors of texts."""
    return embed(session, *texts).embeddings


def likeness(left: Vector, right: Vector) -> float:
    """The cosine of the angle between two unit vectors."""
    return sum(a * b for a, b in zip(left, right, strict=True))


def test_one_vector_for_each_text(session: Sessions) -> None:
    """In the order of the texts."""
    texts = ["quokka", "numbat", "wombat"]
    result = embed(session(), *texts)
    assert result.model == "quokka-embed"
    assert result.embeddings == [vectors(session(), text)[0] for text in texts]


@pytest.mark.parametrize(("name", "dimension"), [("quokka-embed", 256), (PLAIN, 64)])
def test_dimension_is_the_seeds(session: Sessions, name: str, dimension: int) -> None:
    """64 where the seed says nothing."""
    result = embed(session(), "quokka", "a longer text of several words", name=name)
    assert {len(vector) for vector in result.embeddings} == {dimension}


@pytest.mark.parametrize("text", ["quokka", "a longer text", "東京 café", "!?", "", " "])
def test_vectors_have_unit_length(session: Sessions, text: str) -> None:
    """Also those of texts without words."""
    [vector] = vectors(session(), text)
    assert math.isclose(math.sqrt(likeness(vector, vector)), 1, abs_tol=1e-6)


def test_same_text_same_vector(new_workspace: Callable[[str], Workspace]) -> None:
    """In every workspace, and however it is used."""
    left, right = (new_workspace(name).session() for name in ("left", "right"))
    invoke = right.model.text_embedding.invoke
    [document] = invoke(config(), ["a quokka"], EmbeddingInputType.DOCUMENT).embeddings
    assert vectors(left, "a quokka") == vectors(right, "a quokka") == [document]


def test_texts_that_share_words_are_closer(session: Sessions) -> None:
    """Enough for a similarity search to find what was meant."""
    query, near, far = vectors(
        session(),
        "When does the desk open in the morning?",
        "The desk will open at nine in the morning.",
        "Quarterly tax reports are archived abroad",
    )
    assert likeness(query, near) > likeness(query, far)
    assert likeness(query, query) > likeness(query, near)


def test_other_texts_have_other_vectors(session: Sessions) -> None:
    """Different words point elsewhere."""
    quokka, numbat = vectors(session(), "quokka", "numbat")
    assert likeness(quokka, numbat) < 0.9


def test_no_texts(session: Sessions) -> None:
    """An empty list has no vectors and costs nothing."""
    result = embed(session())
    assert (result.embeddings, result.usage.tokens) == ([], 0)


def test_many_texts(session: Sessions) -> None:
    """A batch comes in one answer."""
    assert len(vectors(session(), *(f"text number {number}" for number in range(200)))) == 200


def test_usage_is_counted(session: Sessions) -> None:
    """Every text counts, at the seed's price."""
    usage = embed(session(), "a small marsupial", "another one").usage
    assert usage.tokens == usage.total_tokens > embed(session(), "a small marsupial").usage.tokens
    assert usage.total_price == price(usage.tokens, "0.02")
    assert (str(usage.unit_price), usage.currency) == ("0.02", "USD")


def test_answer_has_the_daemons_form(workspace: Workspace) -> None:
    """One response of the kind `struct`, prices as texts."""
    request = {**config().model_dump(mode="json"), "texts": ["a"], "input_type": "query"}
    answer = send(workspace.url, "text_embedding", request)
    assert [line["data"]["message"] for line in answer.lines] == ["struct", ""]
    [result] = data(answer)
    assert set(result) == {"model", "embeddings", "usage"}
    usage = result["usage"]
    assert set(usage) == {
        "tokens",
        "total_tokens",
        "unit_price",
        "price_unit",
        "total_price",
        "currency",
        "latency",
    }
    assert {type(usage[name]) for name in ("unit_price", "price_unit", "total_price")} == {str}


# Texts and images


def multimodal(session: Session, *documents: tuple[str, str]) -> Any:
    """The result for texts and images."""
    settings = MultiModalEmbeddingModelConfig(provider=QUOKKA, model="quokka-mm", tenant_id="t1")
    contents = [MultiModalContent(content=text, content_type=kind) for text, kind in documents]
    return session.model.text_embedding.invoke_multimodal(settings, contents)


def test_texts_and_images(session: Sessions) -> None:
    """Vectors of one length for both; the same picture has the same vector."""
    documents = [("a marsupial", "text"), ("iVBORw0=", "image"), ("iVBORw0=", "image")]
    result = multimodal(session(), *documents, ("/9j/4AAQ", "image"))
    text, picture, again, other = result.embeddings
    assert {len(vector) for vector in result.embeddings} == {32}
    assert picture == again
    assert picture != other
    assert text != picture
    assert result.usage.tokens > 0


def test_text_is_the_same_among_images(session: Sessions) -> None:
    """A text has one vector, whichever way it is asked for."""
    [among] = multimodal(session(), ("a marsupial", "text")).embeddings
    assert [among] == embed(session(), "a marsupial", name="quokka-mm").embeddings


# Scripts and failures


def test_scripted_vectors(session: Sessions) -> None:
    """As written, with the usage that is written."""
    result = embed(session(), "scripted", "other", name=PLAIN)
    assert result.embeddings == [[0.5, 0.5], [1, 0]]
    assert result.usage.tokens == 99


def test_one_scripted_vector_for_all(session: Sessions) -> None:
    """Each text gets it."""
    result = embed(session(), "all alike", "other", name=PLAIN)
    assert result.embeddings == [[0.25, -0.5, 1]] * 2


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("too large", "request failed: [quokka] batch too large"),
        # The daemon does not look at the HTTP status, and finds no data.
        ("forbidden", "data is nil"),
    ],
)
def test_scripted_failure(session: Sessions, text: str, error: str) -> None:
    """In the words that Dify puts before it."""
    assert failure(lambda: embed(session(), text, name=PLAIN)) == PREFIX + error


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        (config(provider=NOWHERE), f"Provider {NOWHERE} does not exist."),
        (config("no-such-model"), "Model no-such-model credentials is not initialized."),
        (config("quokka-mini"), "Model quokka-mini credentials is not initialized."),
    ],
    ids=["provider", "model", "type"],
)
def test_unknown_model(session: Sessions, settings: Any, message: str) -> None:
    """Dify reports the exception, because this call has a single answer."""
    error = failure(lambda: session().model.text_embedding.invoke(settings, ["a"]))
    assert error == f"{PREFIX}request failed: {message}"
