"""The console API: what Dify's own console answers, and tools that are added there and called by plugins."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from calls import Workspace, in_the_stream, refused
from console_api import API, BUILTIN, TOKEN, WORKFLOW, Answer, Console, Replay, recorded
from emulator import FOLDER, Emulator, running_emulator

SEED = FOLDER / "console.yaml"
FLOW = "33333333-3333-4333-8333-333333333333"
OPTIONS = ("--console-token", TOKEN)

DOCUMENT = {
    "openapi": "3.0.0",
    "info": {"title": "Pets", "description": "All about pets"},
    "servers": [{"url": "https://pets.example.test"}],
    "paths": {
        "/pets": {
            "get": {
                "operationId": "listPets",
                "summary": "List pets",
                "parameters": [{"name": "limit", "in": "query", "schema": {"type": "integer"}}],
            }
        }
    },
}


@pytest.fixture(scope="module")
def server() -> Iterator[Emulator]:
    """A server whose console token is known."""
    with running_emulator(SEED, options=OPTIONS) as emulator:
        yield emulator
        assert emulator.stop() == 0


@pytest.fixture
def place(server: Emulator, request: pytest.FixtureRequest) -> Workspace:
    """A workspace that no other test uses."""
    name = request.node.name.replace(" ", "-")[:200]
    return Workspace(name, f"{server.url}/w/{name}")


@pytest.fixture
def console(place: Workspace) -> Console:
    """The console of the test's workspace."""
    return Console(place.url)


def provider(name: str = "pets", **changes: Any) -> dict[str, Any]:
    """What the console sends for a new custom tool provider."""
    return {
        "provider": name,
        "icon": {"background": "#FFEAD5", "content": "🐶"},
        "credentials": {"auth_type": "none"},
        "schema_type": "openapi",
        "schema": json.dumps(DOCUMENT),
        "privacy_policy": "",
        "custom_disclaimer": "",
        "labels": [],
        **changes,
    }


def only(answer: Answer) -> dict[str, Any]:
    """The one element of a list."""
    assert answer.status == 200, answer.text
    assert len(answer.json) == 1
    return dict(answer.json[0])


# What Dify answers


def groups() -> list[str]:
    """The groups of recorded exchanges, each of which builds on the ones before."""
    return list(dict.fromkeys(exchange["group"] for exchange in recorded()))


@pytest.fixture(scope="module")
def replayed(server: Emulator) -> list[tuple[dict[str, Any], Answer, str | None]]:
    """All recorded exchanges, sent in their order to one workspace."""
    replay = Replay(Console(f"{server.url}/w/replay"))
    return [(exchange, *replay.run(exchange)) for exchange in recorded()]


@pytest.mark.parametrize("group", groups())
def test_answers_are_those_of_dify(
    replayed: list[tuple[dict[str, Any], Answer, str | None]], group: str
) -> None:
    """Status and body of every recorded request are the same to the byte."""
    differing = [
        f"{exchange['id']}: {exchange['method']} {exchange['path']}\n  dify {exchange['status']} {expected}\n"
        f"  here {answer.status} {answer.text}"
        for exchange, answer, expected in replayed
        if exchange["group"] == group
        and (answer.status != exchange["status"] or (expected is not None and answer.text != expected))
    ]
    assert differing == []


# From the console to the plugin


def test_an_added_api_is_called_by_the_id_of_the_list(console: Console, place: Workspace) -> None:
    """Add, list, call: the next call of a plugin already finds the tool."""
    replies = {"listPets": {"reply": [{"response": {"body": [{"name": "Rex"}]}}]}}
    assert console.post(f"{API}/add", provider(replies=replies)).json == {"result": "success"}
    item = only(console.get("/workspaces/current/tools/api"))
    assert [tool["name"] for tool in item["tools"]] == ["listPets"]
    reply = place.api(item["id"], "listPets", limit=5)
    assert (reply.error, reply.texts) == (None, ['[{"name":"Rex"}]'])


def test_a_created_workflow_tool_is_called_by_its_id(console: Console, place: Workspace) -> None:
    """The id is only told by the list and by the app."""
    created = console.post(
        f"{WORKFLOW}/create",
        {
            "workflow_app_id": FLOW,
            "name": "flow",
            "label": "Flow",
            "description": "",
            "icon": {"background": "#fff", "content": "x"},
            "parameters": [{"name": "q", "description": "", "form": "llm"}],
            "reply": [{"text": "asked {{q}}"}],
        },
    )
    assert created.json == {"result": "success"}
    tool_id = console.get(f"{WORKFLOW}/get", workflow_app_id=FLOW).json["workflow_tool_id"]
    assert only(console.get("/workspaces/current/tools/workflow"))["id"] == tool_id
    reply = place.workflow(tool_id, "flow", q="why")
    assert (reply.error, reply.texts) == (None, ["asked why"])


def test_a_renamed_api_keeps_its_id(console: Console, place: Workspace) -> None:
    """Plugins call by id, so that they do not notice."""
    console.post(f"{API}/add", provider(replies={"listPets": [{"text": "pets"}]}))
    before = only(console.get("/workspaces/current/tools/api"))["id"]
    changed = console.post(f"{API}/update", {**provider("dogs"), "original_provider": "pets"})
    assert changed.json == {"result": "success"}
    assert only(console.get("/workspaces/current/tools/api"))["id"] == before
    assert place.api(before, "listPets").texts == ["pets"]
    # A new provider of the old name is another one.
    console.post(f"{API}/add", provider("pets"))
    ids = {item["name"]: item["id"] for item in console.get("/workspaces/current/tools/api").json}
    assert ids["dogs"] == before != ids["pets"]


def test_a_deleted_api_is_gone_for_the_next_call(console: Console, place: Workspace) -> None:
    """The refusal is the one of an id that never was."""
    console.post(f"{API}/add", provider(replies={"listPets": [{"text": "pets"}]}))
    tool_id = only(console.get("/workspaces/current/tools/api"))["id"]
    assert console.post(f"{API}/delete", {"provider": "pets"}).json == {"result": "success"}
    assert place.api(tool_id, "listPets").error == refused(f"api provider {tool_id} not found")
    assert console.get("/workspaces/current/tools/api").json == []


def test_checks_of_calls_hold_for_added_tools(console: Console, place: Workspace) -> None:
    """Credentials are checked when the tool is called, not when it is saved."""
    console.post(f"{API}/add", provider(credentials={"auth_type": "api_key_header"}))
    tool_id = only(console.get("/workspaces/current/tools/api"))["id"]
    assert place.api(tool_id, "listPets").error == in_the_stream("Missing api_key_value")


def test_two_workspaces_do_not_see_each_others_tools(server: Emulator, console: Console) -> None:
    """What is added below `/w/NAME` stays there."""
    console.post(f"{API}/add", provider())
    assert Console(f"{server.url}/w/elsewhere").get("/workspaces/current/tools/api").json == []


def test_the_bare_address_is_the_default_workspace(server: Emulator) -> None:
    """And the workspace says which one it is."""
    bare = Console(server.url).post("/workspaces/current").json
    assert (bare["name"], bare["id"], bare["role"]) == ("Acme", server.address["tenant_id"], "owner")


# Stores


def test_tools_of_the_console_survive_a_restart(tmp_path: Path) -> None:
    """They are in the store like those of a seed, and so are the holes that deletions leave."""
    options = (*OPTIONS, "--store", str(tmp_path / "store.sqlite"))
    with running_emulator(SEED, options=options) as first:
        console = Console(f"{first.url}/w/mine")
        console.post(f"{API}/add", provider("kept", replies={"listPets": [{"text": "still here"}]}))
        console.post(f"{API}/add", provider("dropped"))
        console.post(f"{API}/delete", {"provider": "dropped"})
        tool_id = only(console.get("/workspaces/current/tools/api"))["id"]
        assert first.stop() == 0
    with running_emulator(SEED, options=options) as second:
        mine = Workspace("mine", f"{second.url}/w/mine")
        assert only(Console(mine.url).get("/workspaces/current/tools/api"))["name"] == "kept"
        assert mine.api(tool_id, "listPets").texts == ["still here"]
        assert second.stop() == 0


# Signing in


@pytest.mark.parametrize(
    ("headers", "message"),
    [
        ({}, "Invalid Authorization token."),
        ({"Authorization": f"Basic {TOKEN}"}, "Invalid Authorization token."),
        ({"Authorization": "Bearer"}, "Invalid Authorization token."),
        ({"Authorization": "Bearer wrong"}, "Invalid token."),
        ({"Cookie": "access_token=wrong"}, "Invalid token."),
    ],
)
def test_strangers_are_refused(server: Emulator, headers: dict[str, str], message: str) -> None:
    """Dify's 401."""
    stranger = Console(server.url, token=None)
    answer = stranger.request("GET", "/workspaces/current/tool-providers", headers=headers)
    assert (answer.status, answer.json) == (
        401,
        {"code": "unauthorized", "message": message, "status": 401},
    )
    assert answer.header("WWW-Authenticate") == ['Bearer realm="api"']


@pytest.mark.parametrize("headers", [{"Authorization": f"bearer {TOKEN}"}, {"Cookie": f"a=b; access_token={TOKEN}"}])
def test_the_token_is_a_bearer_or_a_cookie(server: Emulator, headers: dict[str, str]) -> None:
    """A CSRF token is not needed."""
    answer = Console(server.url, token=None).request("GET", "/account/profile", headers=headers)
    assert (answer.status, answer.json["name"]) == (200, "dify-emulator")


@pytest.mark.parametrize("encode", [str, lambda text: base64.b64encode(text.encode()).decode()])
def test_login_gives_cookies(server: Emulator, encode: Callable[[str], str]) -> None:
    """As since 1.10; Dify's pages send the password in Base64 since 1.12."""
    answer = Console(server.url, token=None).post("/login", {"email": "a@b.test", "password": encode(TOKEN)})
    assert answer.json == {"result": "success"}
    cookies = {cookie.split("=")[0]: cookie for cookie in answer.header("Set-Cookie")}
    assert set(cookies) == {"access_token", "refresh_token", "csrf_token"}
    assert cookies["access_token"].startswith(f"access_token={TOKEN};")
    assert "HttpOnly" not in cookies["csrf_token"]


def test_login_with_another_password_is_refused(server: Emulator) -> None:
    """Dify's text."""
    answer = Console(server.url, token=None).post("/login", {"email": "a@b.test", "password": "secret"})
    assert (answer.status, answer.json["code"], answer.message) == (
        401,
        "authentication_failed",
        "Invalid email or password.",
    )


# What the emulator says itself


def test_members_of_a_seed_are_checked(console: Console) -> None:
    """The mistake is told, and nothing is added."""
    answer = console.post(f"{API}/add", provider(replies={"nope": [{"text": "x"}]}))
    assert answer.status == 400
    assert answer.message.startswith("dify-emulator: ")
    assert '"nope"' in answer.message
    assert console.get("/workspaces/current/tools/api").json == []


def test_a_test_call_without_leave_says_how_to_allow_it(console: Console) -> None:
    """The console's test would go out to the API."""
    answer = console.post(
        f"{API}/test/pre",
        {
            "tool_name": "listPets",
            "credentials": {"auth_type": "none"},
            "parameters": {},
            "schema_type": "openapi",
            "schema": json.dumps(DOCUMENT),
        },
    )
    assert answer.status == 200
    assert answer.json["error"].startswith("dify-emulator: ")
    assert "--allow-live" in answer.json["error"]


def test_a_remote_document_without_leave_says_how_to_allow_it(console: Console) -> None:
    """Nothing leaves the machine unasked."""
    answer = console.get(f"{API}/remote", url="https://pets.example.test/openapi.json")
    assert (answer.status, answer.json["code"]) == (400, "invalid_param")
    assert "--allow-live" in answer.message


def test_icons_need_no_account(server: Emulator) -> None:
    """Pages show them as pictures."""
    answer = Console(server.url, token=None).get(f"{BUILTIN}/time/icon")
    assert (answer.status, answer.header("Content-Type")) == (200, ["image/svg+xml; charset=utf-8"])
    assert answer.text.startswith("<svg")
