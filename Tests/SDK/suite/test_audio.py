"""Speech: audio that players can open, and transcripts that the seed knows."""

from __future__ import annotations

import io
import wave
from collections.abc import Callable
from typing import Any

import pytest
from dify_plugin.core.runtime import Session
from dify_plugin.entities.model.speech2text import Speech2TextModelConfig
from dify_plugin.entities.model.tts import TTSModelConfig

from calls import Workspace, invalid_request, refused
from invocations import NOWHERE, QUOKKA, data, failure, read, send

KNOWN = b"good morning audio"
SENTENCE = "The quokka is a small marsupial."
Sessions = Callable[..., Session]


def voice(name: str = "quokka-voice", provider: str = QUOKKA, tone: str = "calm") -> TTSModelConfig:
    """The configuration of a model that speaks."""
    return TTSModelConfig(provider=provider, model=name, voice=tone)


def ear(name: str = "quokka-ear", provider: str = QUOKKA) -> Speech2TextModelConfig:
    """The configuration of a model that listens."""
    return Speech2TextModelConfig(provider=provider, model=name)


def spoken(session: Session, text: str) -> list[bytes]:
    """The pieces of speech for a text."""
    return list(session.model.tts.invoke(voice(), text))


def heard(session: Session, audio: bytes) -> str:
    """The text of an audio file."""
    return session.model.speech2text.invoke(ear(), io.BytesIO(audio))


def seconds(audio: bytes) -> float:
    """How long a WAV file plays. All frames that its header announces must be there."""
    with wave.open(io.BytesIO(audio)) as file:
        frames = file.readframes(file.getnframes())
        assert len(frames) == file.getnframes() * file.getnchannels() * file.getsampwidth()
        return file.getnframes() / file.getframerate()


# Text to speech


def test_speech_is_a_wav_file(session: Sessions) -> None:
    """The pieces joined are one file, and a short one."""
    audio = spoken(session(), SENTENCE)
    assert all(audio)
    assert 0 < seconds(b"".join(audio)) <= 60


def test_longer_texts_take_longer(session: Sessions) -> None:
    """Up to some bound."""
    texts = ["Good day.", SENTENCE, f"{SENTENCE} {SENTENCE}"]
    lengths = [seconds(b"".join(spoken(session(), text))) for text in texts]
    assert lengths[0] < lengths[1] < lengths[2]


def test_very_long_text_is_spoken(session: Sessions) -> None:
    """In pieces, and without a flood of bytes."""
    audio = spoken(session(), SENTENCE * 2000)
    assert len(audio) > 1
    assert len(b"".join(audio)) < 4 * 1024 * 1024


@pytest.mark.parametrize("text", [" ", "東京", "\U0001f600"])
def test_any_text_is_spoken(session: Sessions, text: str) -> None:
    """Whatever the alphabet."""
    assert seconds(b"".join(spoken(session(), text))) > 0


def test_speech_is_the_same_in_every_workspace(new_workspace: Callable[[str], Workspace]) -> None:
    """Byte for byte; another text sounds different."""
    left, right = (new_workspace(name).session() for name in ("left", "right"))
    assert spoken(left, SENTENCE) == spoken(right, SENTENCE)
    assert spoken(left, "a quokka is not") != spoken(left, "a numbat is not")


def test_pieces_have_the_daemons_form(workspace: Workspace) -> None:
    """Streamed, the bytes as hex digits in lower case."""
    request = {**voice().model_dump(mode="json"), "content_text": SENTENCE}
    answer = send(workspace.url, "tts", request)
    assert {line["data"]["message"] for line in answer.lines} == {"stream", ""}
    for piece in data(answer):
        assert set(piece) <= {"result", "mime_type"}
        assert bytes.fromhex(piece["result"]).hex() == piece["result"]


def test_scripted_speech(session: Sessions) -> None:
    """The bytes of each item, whether written as hex or as base64."""
    audio = [bytes.fromhex("fffb9064"), bytes.fromhex("00112233")]
    assert spoken(session(), "scripted") == audio


def test_scripted_failure_of_speech(session: Sessions) -> None:
    """It breaks the stream off."""
    result = read(session().model.tts.invoke(voice(tone="broken"), "Hi"))
    assert result.items == [bytes.fromhex("fffb")]
    assert result.error == "read tts model failed: request failed: [quokka] unknown voice"


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        (voice(provider=NOWHERE), f"Provider {NOWHERE} does not exist."),
        (voice("no-such-model"), "Model no-such-model credentials is not initialized."),
    ],
    ids=["provider", "model"],
)
def test_unknown_voice_model(session: Sessions, settings: Any, message: str) -> None:
    """Speech is lazy: Dify says it before the stream starts, or in it."""
    error = failure(lambda: list(session().model.tts.invoke(settings, "Hi")))
    in_the_stream = f"read tts model failed: request failed: {message}"
    assert error in (refused(message, "invoke tts model"), in_the_stream)


# Speech to text


def test_transcript_of_the_seed(session: Sessions) -> None:
    """Found by the checksum of the audio."""
    assert heard(session(), KNOWN) == "good morning"


def test_unknown_audio(session: Sessions) -> None:
    """The text says that it is none."""
    text = heard(session(), b"\xff\xfb\x90\x64")
    assert "dify-emulator" in text
    assert text != heard(session(), KNOWN)


def test_speech_can_be_heard(session: Sessions) -> None:
    """What one model says, the other one takes."""
    assert heard(session(), b"".join(spoken(session(), SENTENCE)))


def test_large_audio(session: Sessions) -> None:
    """Two MiB of audio are four of hex digits."""
    assert heard(session(), bytes(2 * 1024 * 1024))


def test_scripted_transcript(session: Sessions) -> None:
    """A script goes by the checksum, too."""
    assert heard(session(), b"scripted audio") == "scripted transcript"


def test_no_audio(session: Sessions) -> None:
    """The daemon does not pass an empty file on."""
    path = "InvokeSpeech2TextRequest.InvokeSpeech2TextSchema.File"
    assert failure(lambda: heard(session(), b"")) == invalid_request(
        f"error validating struct: Key: '{path}' Error:Field validation for 'File' failed "
        "on the 'required' tag"
    )


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        (ear(provider=NOWHERE), f"Provider {NOWHERE} does not exist."),
        (ear("no-such-model"), "Model no-such-model credentials is not initialized."),
    ],
    ids=["provider", "model"],
)
def test_unknown_listening_model(session: Sessions, settings: Any, message: str) -> None:
    """Dify reports the exception, because this call has a single answer."""
    invoke = session().model.speech2text.invoke
    error = failure(lambda: invoke(settings, io.BytesIO(KNOWN)))
    assert error == f"invoke speech2text model failed: request failed: {message}"
