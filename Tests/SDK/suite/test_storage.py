"""Storage: what a plugin keeps, for itself and within its bounds."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from dify_plugin.core.runtime import Session

from calls import Workspace, invalid_request, open_session
from emulator import PLATFORM, Emulator, running_emulator
from invocations import data, failure, send

NOT_FOUND = "load data failed, please check if the key is correct or you have not set it"
TRAVERSAL = "invalid key: path traversal attempt detected"
OVER_QUOTA = "save data failed: allocated size is greater than max storage size"
QUOTA = 1024
Sessions = Callable[..., Session]


def as_plugin(workspace: Workspace, plugin: str) -> Session:
    """A session of another plugin in the workspace."""
    return open_session(f"{workspace.url}/as/{plugin}")


# The four operations


@pytest.mark.parametrize(
    "value",
    [b"", b"text", bytes(range(256)), "東京 \U0001f600".encode(), b"\x00" * 1000],
    ids=["empty", "text", "all bytes", "unicode", "zeros"],
)
def test_value_comes_back(session: Sessions, value: bytes) -> None:
    """Byte for byte."""
    storage = session().storage
    assert storage.set("key", value) is None
    assert session().storage.get("key") == value


def test_large_value_comes_back(session: Sessions) -> None:
    """Two MiB."""
    value = bytes(range(256)) * 8192
    session().storage.set("large", value)
    assert session().storage.get("large") == value


def test_value_is_overwritten(session: Sessions) -> None:
    """The last one counts, also when it is shorter."""
    storage = session().storage
    for value in (b"first", b"second, and longer", b"3"):
        storage.set("key", value)
    assert storage.get("key") == b"3"


def test_existence(session: Sessions) -> None:
    """From false to true to false."""
    storage = session().storage
    states = [storage.exist("key")]
    storage.set("key", b"")
    states.append(storage.exist("key"))
    storage.delete("key")
    states.append(storage.exist("key"))
    assert states == [False, True, False]


def test_missing_key(session: Sessions) -> None:
    """A plain exception, whatever the SDK's documentation says."""
    assert failure(lambda: session().storage.get("nope")) == NOT_FOUND


def test_deleted_key_is_missing(session: Sessions) -> None:
    """And can be set again."""
    storage = session().storage
    storage.set("key", b"value")
    storage.delete("key")
    assert failure(lambda: storage.get("key")) == NOT_FOUND
    storage.set("key", b"again")
    assert storage.get("key") == b"again"


def test_missing_key_cannot_be_deleted(session: Sessions) -> None:
    """The storage's own words follow."""
    error = failure(lambda: session().storage.delete("nope"))
    assert error.startswith("delete data failed: ")
    assert error != "delete data failed: "


def test_answers_have_the_daemons_form(workspace: Workspace) -> None:
    """One response of the kind `struct` each."""
    requests = [
        {"opt": "set", "key": "k", "value": "00FF"},
        {"opt": "get", "key": "k"},
        {"opt": "exist", "key": "k"},
        {"opt": "del", "key": "k"},
        {"opt": "exist", "key": "k"},
    ]
    answers = [send(workspace.url, "storage", request) for request in requests]
    words = {line["data"]["message"] for answer in answers for line in answer.lines}
    assert words == {"struct", ""}
    results = [data(answer)[0] for answer in answers]
    assert results[:3] == [{"data": "ok"}, {"data": "00ff"}, {"data": True, "exist_num": 1}]
    assert (set(results[3]), results[3]["data"]) == ({"data", "deleted_num"}, "ok")
    assert results[4] == {"data": False, "exist_num": 0}


# Keys


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("a//b", "a/b"),
        ("a/../b", "b"),
        ("/a", "a"),
        ("./a", "a"),
        ("a/", "a"),
        ("a/./b", "a/b"),
    ],
)
def test_keys_are_cleaned_like_paths(session: Sessions, written: str, read: str) -> None:
    """Two ways of writing one key."""
    session().storage.set(written, b"value")
    assert session().storage.get(read) == b"value"
    assert session().storage.exist(written)


@pytest.mark.parametrize("key", ["é/東", "with space", "UPPER", "a:b?c=d&e", "'; drop table x"])
def test_unusual_keys(session: Sessions, key: str) -> None:
    """Anything else is a key like any other."""
    session().storage.set(key, key.encode())
    assert session().storage.get(key) == key.encode()
    assert not session().storage.exist(key.swapcase() + "!")


def test_case_matters(session: Sessions) -> None:
    """Two keys."""
    session().storage.set("Key", b"value")
    assert not session().storage.exist("key")


@pytest.mark.parametrize("key", ["..", "../x", "a/../../x", "..\\x", "a\\b", "a..b"])
def test_path_traversal(session: Sessions, key: str) -> None:
    """Each operation refuses it in its own words."""
    storage = session().storage
    assert failure(lambda: storage.set(key, b"x")) == f"save data failed: {TRAVERSAL}"
    assert failure(lambda: storage.get(key)) == NOT_FOUND
    assert failure(lambda: storage.exist(key)) == f"exist data failed: {TRAVERSAL}"
    assert failure(lambda: storage.delete(key)) == f"delete data failed: {TRAVERSAL}"


def test_path_from_the_root_cannot_leave_it(session: Sessions) -> None:
    """Cleaned, this is `/x`."""
    session().storage.set("/../../x", b"value")
    assert session().storage.get("x") == b"value"


def test_length_of_a_key(session: Sessions) -> None:
    """256 bytes, counted when a value is set."""
    storage = session().storage
    storage.set("k" * 256, b"value")
    assert storage.get("k" * 256) == b"value"
    too_long = "save data failed: key length must be less than 256 characters"
    assert failure(lambda: storage.set("k" * 257, b"x")) == too_long
    assert failure(lambda: storage.set("é" * 129, b"x")) == too_long
    assert failure(lambda: storage.get("k" * 257)) == NOT_FOUND
    assert storage.exist("k" * 257) is False


@pytest.mark.parametrize("operation", ["set", "get", "exist", "delete"])
def test_empty_key(session: Sessions, operation: str) -> None:
    """The daemon does not pass it on."""
    arguments = ("", b"x") if operation == "set" else ("",)
    error = failure(lambda: getattr(session().storage, operation)(*arguments))
    assert error == invalid_request(
        "error validating struct: Key: 'InvokeStorageRequest.Key' Error:Field validation for "
        "'Key' failed on the 'required' tag"
    )


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        ("zz", "invalid byte: U+007A 'z'"),
        ("0", "odd length hex string"),
        ("00 1", "invalid byte: U+0020 ' '"),
    ],
)
def test_value_that_is_no_hex(workspace: Workspace, value: str, reason: str) -> None:
    """Go's own words; the SDK never sends it."""
    answer = send(workspace.url, "storage", {"opt": "set", "key": "k", "value": value})
    assert answer.events == ["error", "end"]
    assert answer.error == f"decode data failed: encoding/hex: {reason}"
    assert not workspace.session().storage.exist("k")


# Bounds


def test_quota_can_be_used_up(workspace: Workspace) -> None:
    """All keys count together, to the last byte."""
    storage = as_plugin(workspace, "acme/small").storage
    storage.set("half", bytes(QUOTA // 2))
    storage.set("other half", bytes(QUOTA // 2))
    assert failure(lambda: storage.set("one more", b"x")) == OVER_QUOTA
    storage.set("nothing", b"")


def test_value_over_the_quota_is_not_written(workspace: Workspace) -> None:
    """Neither a new one nor a longer one."""
    storage = as_plugin(workspace, "acme/small").storage
    assert failure(lambda: storage.set("new", bytes(QUOTA + 1))) == OVER_QUOTA
    assert not storage.exist("new")
    storage.set("old", b"short")
    assert failure(lambda: storage.set("old", bytes(QUOTA + 1))) == OVER_QUOTA
    assert storage.get("old") == b"short"


def test_overwriting_counts_the_difference(workspace: Workspace) -> None:
    """A full store takes a value of the same length."""
    storage = as_plugin(workspace, "acme/small").storage
    storage.set("key", bytes(QUOTA))
    storage.set("key", b"x" * QUOTA)
    assert storage.get("key") == b"x" * QUOTA


def test_deleting_makes_room(workspace: Workspace) -> None:
    """So does a shorter value."""
    storage = as_plugin(workspace, "acme/small").storage
    storage.set("key", bytes(QUOTA))
    storage.set("key", b"")
    storage.set("other", bytes(QUOTA))
    storage.delete("other")
    storage.set("third", bytes(QUOTA))


def test_quota_is_the_plugins(
    workspace: Workspace, new_workspace: Callable[[str], Workspace]
) -> None:
    """What others keep, or the same plugin elsewhere, does not count."""
    as_plugin(workspace, "acme/small").storage.set("key", bytes(QUOTA))
    workspace.session().storage.set("key", bytes(QUOTA * 2))
    as_plugin(new_workspace("other"), "acme/small").storage.set("key", bytes(QUOTA))


# Whose it is


def test_workspaces_share_nothing(new_workspace: Callable[[str], Workspace]) -> None:
    """A key of one is none of the other."""
    left, right = (new_workspace(name).session() for name in ("left", "right"))
    left.storage.set("key", b"left")
    assert not right.storage.exist("key")
    right.storage.set("key", b"right")
    assert (left.storage.get("key"), right.storage.get("key")) == (b"left", b"right")


def test_plugins_share_nothing(workspace: Workspace) -> None:
    """Also when the seed does not know them."""
    plugins = ["acme/desk", "acme/open", "somebody/else"]
    for plugin in plugins:
        as_plugin(workspace, plugin).storage.set("key", plugin.encode())
    values = [as_plugin(workspace, plugin).storage.get("key") for plugin in plugins]
    assert values == [plugin.encode() for plugin in plugins]


def test_plugin_of_the_seed_is_the_default(workspace: Workspace) -> None:
    """The caller whom the seed names."""
    workspace.session().storage.set("key", b"value")
    assert as_plugin(workspace, "acme/desk").storage.get("key") == b"value"


def test_sessions_share_what_is_stored(session: Sessions) -> None:
    """It belongs to the plugin, not to the session or its user."""
    session(session_id="one").storage.set("key", b"value")
    assert session(session_id="two").storage.get("key") == b"value"


def test_values_of_the_seed(workspace: Workspace) -> None:
    """Texts and bytes, for the plugin that they belong to."""
    storage = workspace.session().storage
    assert storage.get("cursor") == b"42"
    assert storage.get("logo") == b"\x89PNG\r"
    assert as_plugin(workspace, "acme/open").storage.get("cursor") == b"43"


def test_seeded_value_can_be_changed(new_workspace: Callable[[str], Workspace]) -> None:
    """In one workspace; the next one starts as seeded."""
    storage = new_workspace("first").session().storage
    storage.set("cursor", b"43")
    storage.delete("logo")
    assert (storage.get("cursor"), storage.exist("logo")) == (b"43", False)
    fresh = new_workspace("second").session().storage
    assert (fresh.get("cursor"), fresh.exist("logo")) == (b"42", True)


def test_scripted_failure(session: Sessions) -> None:
    """Chosen by operation and key."""
    storage = session().storage
    assert failure(lambda: storage.get("broken")) == "disk on fire"
    assert storage.exist("broken") is False


@pytest.fixture(params=["stopped", "killed"])
def restarted(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Emulator]:
    """A server on a store to which another server wrote before it ended, gently or not."""
    options = ["--store", str(tmp_path / "desk.sqlite")]
    with running_emulator(PLATFORM, options=options) as first:
        open_session(f"{first.url}/w/kept").storage.set("key", b"value")
        if request.param == "stopped":
            assert first.stop() == 0
    with running_emulator(PLATFORM, options=options) as second:
        yield second
        assert second.stop() == 0


def test_store_outlives_the_server(restarted: Emulator) -> None:
    """A value is on disk before the call returns."""
    assert open_session(f"{restarted.url}/w/kept").storage.get("key") == b"value"
    assert not open_session(f"{restarted.url}/w/other").storage.exist("key")
