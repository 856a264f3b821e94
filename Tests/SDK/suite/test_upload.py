"""Files: a signed address takes them once they are announced, and another one gives them back."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit
from uuid import UUID

import pytest
import requests
from dify_plugin.core.runtime import Session

from calls import Workspace, open_session
from emulator import PLATFORM, Emulator, running_emulator
from exchange import upload_bodies
from invocations import FORM_FLOW, data, failure, send

PICTURE = bytes.fromhex("89504e470d0a1a0a") + bytes(60)
SECONDS = 30
LIMIT = 1024 * 1024
Sessions = Callable[..., Session]


def announce(workspace: Workspace, filename: str = "chart.png", mimetype: str = "image/png") -> str:
    """The address for a file."""
    request = {"filename": filename, "mimetype": mimetype}
    answer = send(workspace.url, "upload_file", request)
    assert answer.events == ["response", "end"]
    assert answer.lines[0]["data"]["message"] == "struct"
    return data(answer)[0]["url"]


def put(
    url: str, filename: str = "chart.png", content: bytes = PICTURE, mimetype: str = "image/png"
) -> requests.Response:
    """Send a file as the SDK does."""
    return requests.post(url, files={"file": (filename, content, mimetype)}, timeout=SECONDS)


def fetch(url: str | None) -> requests.Response:
    """What an address gives."""
    assert url
    return requests.get(url, timeout=SECONDS)


def with_query(url: str, **changes: str | None) -> str:
    """An address with members of its query changed, or (None) left out."""
    parts = urlsplit(url)
    query = {**dict(parse_qsl(parts.query)), **changes}
    kept = {name: value for name, value in query.items() if value is not None}
    return urlunsplit(parts._replace(query=urlencode(kept)))


# Through the SDK


@pytest.mark.parametrize(
    ("filename", "mimetype", "extension", "kind"),
    [
        ("chart.png", "image/png", ".png", "image"),
        ("notes.txt", "text/plain", ".txt", "document"),
        ("talk.mp3", "audio/mpeg", ".mp3", "audio"),
        ("film.mp4", "video/mp4", ".mp4", "video"),
        ("paper.pdf", "application/pdf", ".pdf", "document"),
    ],
)
def test_upload(session: Sessions, filename: str, mimetype: str, extension: str, kind: str) -> None:
    """The SDK gets what it needs to know of the file."""
    file = session().file.upload(filename, PICTURE, mimetype)
    assert str(UUID(file.id)) == file.id
    assert (file.name, file.size, file.mime_type) == (filename, len(PICTURE), mimetype)
    assert file.extension == extension
    assert file.type is not None
    assert file.type.value == kind


@pytest.mark.parametrize(
    "content", [b"", PICTURE, bytes(range(256)) * 4096], ids=["empty", "small", "1 MiB"]
)
def test_file_is_given_back(session: Sessions, content: bytes) -> None:
    """Byte for byte, with its media type."""
    file = session().file.upload("chart.png", content, "image/png")
    assert file.size == len(content)
    response = fetch(file.preview_url)
    assert response.status_code == 200
    assert response.content == content
    assert response.headers["Content-Type"].partition(";")[0] == "image/png"
    assert response.headers.get("Content-Length", str(len(content))) == str(len(content))


@pytest.mark.parametrize(
    ("filename", "mimetype", "name", "extension"),
    [
        ("chart", "image/png", "chart.png", ".png"),
        ("data", "application/x-no-such-type", "data.bin", ".bin"),
        ("data.csv", "application/x-no-such-type", "data.csv", ".bin"),
    ],
)
def test_extension_follows_from_the_media_type(
    session: Sessions, filename: str, mimetype: str, name: str, extension: str
) -> None:
    """A name without one gets it, and `.bin` stands for what is unknown."""
    file = session().file.upload(filename, PICTURE, mimetype)
    assert (file.name, file.extension) == (name, extension)


@pytest.mark.parametrize("filename", ["résumé 東京.txt", "two words.txt", "a;b&c=d.txt", "100%.txt"])
def test_unusual_names(session: Sessions, filename: str) -> None:
    """They travel in a signed address and in a multipart header."""
    file = session().file.upload(filename, b"text", "text/plain")
    assert file.name == filename
    assert fetch(file.preview_url).content == b"text"


@pytest.mark.parametrize("filename", ["../../etc/passwd.txt", "/etc/passwd.txt", "a/b/passwd.txt"])
def test_path_in_a_name(session: Sessions, filename: str) -> None:
    """It is a name, and leads nowhere."""
    file = session().file.upload(filename, b"text", "text/plain")
    assert file.name.endswith("passwd.txt")
    assert file.preview_url
    assert "passwd" not in file.preview_url
    assert fetch(file.preview_url).content == b"text"


def test_same_file_twice(session: Sessions) -> None:
    """Each upload is a file of its own."""
    files = [session().file.upload("chart.png", PICTURE, "image/png") for _ in range(2)]
    assert len({file.id for file in files}) == 2


def test_file_as_an_input_of_an_app(session: Sessions) -> None:
    """What the SDK makes of it for an app is understood, in the old form and in the new one."""
    picture = session().file.upload("chart.png", PICTURE, "image/png").to_app_parameter()
    inputs = {"topic": "bees", "picture": picture, "pictures": [picture]}
    answer = session().app.workflow.invoke(FORM_FLOW, inputs, "blocking")
    assert answer["data"]["status"] == "succeeded"


def test_script_without_an_address(session: Sessions) -> None:
    """The SDK says that it got none."""
    error = failure(lambda: session().file.upload("nowhere.txt", b"text", "text/plain"))
    assert error == "upload file failed, could not get signed url"


# The addresses


def test_address_is_signed(emulator: Emulator, workspace: Workspace) -> None:
    """Dify's path, and the members of its query in their order."""
    url = announce(workspace)
    assert url.startswith(f"{emulator.url}/files/upload/for-plugin?")
    query = parse_qsl(urlsplit(url).query, keep_blank_values=True)
    assert [name for name, _ in query] == ["timestamp", "nonce", "sign", "user_id", "tenant_id"]
    values = dict(query)
    assert re.fullmatch(r"[0-9]{10}", values["timestamp"])
    assert re.fullmatch(r"[0-9a-f]{32}", values["nonce"])
    assert re.fullmatch(r"[A-Za-z0-9_-]{43}=", values["sign"])
    assert str(UUID(values["tenant_id"])) == values["tenant_id"]


def test_answer_to_an_upload(workspace: Workspace) -> None:
    """Status 201, and the keys of Dify's body."""
    response = put(announce(workspace))
    assert response.status_code == 201
    assert response.headers["Content-Type"].startswith("application/json")
    body: dict[str, Any] = response.json()
    recorded = max(upload_bodies(), key=len)
    assert set(body) == set(recorded)
    assert body["reference"].startswith("dify-file-ref:")
    empty = {name for name, value in recorded.items() if value is None}
    assert all(body[name] is None for name in empty)
    query = dict(parse_qsl(urlsplit(announce(workspace)).query))
    assert body["tenant_id"] == query["tenant_id"]
    path = urlsplit(body["preview_url"]).path
    assert path == f"/files/tools/{body['id']}.png"


def test_address_can_be_used_again(workspace: Workspace) -> None:
    """As long as it is valid."""
    url = announce(workspace)
    bodies = [put(url).json() for _ in range(2)]
    assert bodies[0]["id"] != bodies[1]["id"]


@pytest.mark.parametrize(
    "changes",
    [
        {"sign": "A" * 43 + "="},
        {"sign": ""},
        {"timestamp": "1"},
        {"timestamp": "9999999999"},
        {"timestamp": "soon"},
        {"nonce": "0" * 32},
        {"user_id": "somebody"},
        {"tenant_id": "00000000-0000-4000-8000-000000000000"},
    ],
    ids=lambda changes: "-".join(f"{name}={value}" for name, value in changes.items()),
)
def test_tampered_address(workspace: Workspace, changes: dict[str, str | None]) -> None:
    """Everything in it is signed."""
    assert_forbidden(put(with_query(announce(workspace), **changes)))


@pytest.mark.parametrize("name", ["sign", "timestamp", "nonce", "tenant_id"])
def test_incomplete_address(workspace: Workspace, name: str) -> None:
    """Dify says what is missing."""
    response = put(with_query(announce(workspace), **{name: None}))
    assert response.status_code in (400, 403)
    assert response.status_code == 403 or name in response.json()["message"]


@pytest.mark.parametrize(
    "part",
    [{"filename": "other.png"}, {"mimetype": "image/jpeg"}, {"filename": "chart.PNG"}],
    ids=["name", "type", "case"],
)
def test_other_file_than_announced(workspace: Workspace, part: dict[str, str]) -> None:
    """Name and media type are signed as well."""
    assert_forbidden(put(announce(workspace), **part))


def test_address_of_another_workspace(new_workspace: Callable[[str], Workspace]) -> None:
    """The tenant in it decides where the file goes, so another one's signature does not fit."""
    left, right = (dict(parse_qsl(urlsplit(announce(new_workspace(name))).query)) for name in "lr")
    assert left["tenant_id"] != right["tenant_id"]
    url = announce(new_workspace("l"))
    assert_forbidden(put(with_query(url, tenant_id=right["tenant_id"])))


def test_no_file(workspace: Workspace) -> None:
    """A part under another name is none."""
    parts = {"attachment": ("chart.png", PICTURE, "image/png")}
    response = requests.post(announce(workspace), files=parts, timeout=SECONDS)
    assert response.status_code == 403
    assert "File is required." in response.text


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (b"", ""),
        (b"hello", "text/plain"),
        (b"hello", "multipart/form-data"),
        (b"hello", "multipart/form-data; boundary=x"),
        (b"--x\r\nContent-Disposition: form-data; name=", "multipart/form-data; boundary=x"),
        (b"--x\r\n\r\n\r\n--x--\r\n", "multipart/form-data; boundary=x"),
    ],
    ids=["empty", "text", "no boundary", "no part", "half a part", "part without a name"],
)
def test_body_that_is_no_form(workspace: Workspace, body: bytes, content_type: str) -> None:
    """A refusal, and the server goes on."""
    headers = {"Content-Type": content_type} if content_type else {}
    response = requests.post(announce(workspace), data=body, headers=headers, timeout=SECONDS)
    assert 400 <= response.status_code < 500
    assert put(announce(workspace)).status_code == 201


def test_sdk_tells_the_status(session: Sessions, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the plugin gets when the address does not hold."""
    file = session().file
    original = file._backwards_invoke

    def tampered(*arguments: Any) -> Iterator[dict[str, Any]]:
        for answer in original(*arguments):
            yield {"url": with_query(answer["url"], nonce="0" * 32)}

    monkeypatch.setattr(file, "_backwards_invoke", tampered)
    error = failure(lambda: file.upload("chart.png", PICTURE, "image/png"))
    assert error.startswith("upload file failed, status code: 403, response: ")
    assert "Invalid request." in error


@pytest.mark.parametrize(
    "changes",
    [{"sign": "A" * 43 + "="}, {"timestamp": "1"}, {"nonce": "0" * 32}],
    ids=lambda changes: next(iter(changes)),
)
def test_tampered_preview(session: Sessions, changes: dict[str, str]) -> None:
    """The file's own address is signed, too."""
    url = session().file.upload("chart.png", PICTURE, "image/png").preview_url
    assert fetch(with_query(str(url), **changes)).status_code == 403


def test_preview_of_another_file(session: Sessions) -> None:
    """A signature belongs to one file."""
    upload = session().file.upload
    left, right = (upload("chart.png", PICTURE, "image/png") for _ in range(2))
    assert fetch(str(left.preview_url).replace(left.id, right.id)).status_code == 403


@pytest.fixture(scope="module")
def strict_emulator() -> Iterator[Emulator]:
    """A server that takes small files only."""
    with running_emulator(PLATFORM, options=["--max-upload", "1"]) as server:
        yield server
        assert server.stop() == 0


def test_largest_file(strict_emulator: Emulator) -> None:
    """The limit is the file's, not that of the form around it."""
    upload = open_session(f"{strict_emulator.url}/w/largest").file.upload
    assert upload("a.txt", bytes(LIMIT), "text/plain").size == LIMIT


def test_file_over_the_limit(strict_emulator: Emulator) -> None:
    """A refusal that names the limit, and the server goes on."""
    upload = open_session(f"{strict_emulator.url}/w/larger").file.upload
    for size in (LIMIT + 1, LIMIT * 2 + 100_000):
        error = failure(lambda size=size: upload("a.txt", bytes(size), "text/plain"))
        assert error.startswith("upload file failed, status code: 413, response: ")
    assert upload("a.txt", b"text", "text/plain").size == 4


def assert_forbidden(response: requests.Response) -> None:
    """Dify's refusal."""
    assert response.status_code == 403
    assert "Invalid request." in response.text
