"""The plugin in `plugin` runs as it is, called and served as the README shows."""

from __future__ import annotations

import json
import os
import shlex
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import ProxyHandler, Request, build_opener

import pytest

from calls import Workspace, in_the_stream, refused
from test_readme import blocks

FOLDER = Path(__file__).parent / "plugin"
START_SECONDS = 60
STOP_SECONDS = 10
CALL_SECONDS = 60
DEAD_PROXY = "http://127.0.0.1:9"


@dataclass
class Plugin:
    """The running plugin."""

    process: subprocess.Popen[bytes]
    environment: dict[str, str]
    output: Path

    @property
    def url(self) -> str:
        """Where the plugin listens."""
        return f"http://127.0.0.1:{self.environment['SERVERLESS_PORT']}"

    def wait_until_healthy(self) -> None:
        """Wait for the answer of `GET /health`."""
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline and self.process.poll() is None:
            try:
                assert fetch(f"{self.url}/health") == b"OK"
                return
            except URLError:
                time.sleep(0.05)
        raise AssertionError(f"the plugin did not start\n{self.output.read_text(errors='replace')}")

    def end(self) -> None:
        """End the plugin, at once if it does not end when asked."""
        self.process.terminate()
        try:
            self.process.wait(timeout=STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def invoke(self, tool: str, *, client: str = "urllib", **parameters: Any) -> list[dict[str, Any]]:
        """Call a tool with the README's command, and give the data of the session's messages."""
        command = self._readme_command(tool, parameters)
        body = self._run(command) if client == "curl" else self._post(command)
        lines = [json.loads(line) for line in body.split(b"\n") if line]
        assert {(line["event"], line["session_id"]) for line in lines} == {("session", "1")}
        return [line["data"] for line in lines]

    def _readme_command(self, tool: str, parameters: dict[str, Any]) -> list[str]:
        """The words of the README's curl command, with this plugin's port, provider, tool and parameters."""
        changes = {
            "http://127.0.0.1:8080": self.url,
            '"PROVIDER"': '"relay"',
            '"TOOL"': json.dumps(tool),
            '"tool_parameters": {}': f'"tool_parameters": {json.dumps(parameters)}',
        }
        command = readme_command("curl")
        for old, new in changes.items():
            assert old in command, f"README's curl command has no {old}"
            command = command.replace(old, new)
        return shlex.split(command)

    def _run(self, command: list[str]) -> bytes:
        """Run the command as it stands."""
        result = subprocess.run(
            command, env=self.environment, capture_output=True, stdin=subprocess.DEVNULL, timeout=CALL_SECONDS
        )
        assert result.returncode == 0, result.stderr
        return result.stdout

    def _post(self, command: list[str]) -> bytes:
        """Do what the command does, where there is no curl."""
        program, url, header, field, data, body = command
        assert (program, header, data) == ("curl", "-H", "-d")
        name, _, value = field.partition(": ")
        return fetch(Request(url, body.encode(), {name: value}))


def readme_command(program: str) -> str:
    """The README's command with this program, which may have several lines."""
    entries = [entry for block in blocks("console") for entry in f"\n{block}".split("\n$ ")[1:]]
    [command] = [entry for entry in entries if entry.startswith(f"{program} ")]
    return command


def fetch(request: str | Request) -> bytes:
    """The body of an HTTP answer, got without any proxy."""
    with build_opener(ProxyHandler({})).open(request, timeout=CALL_SECONDS) as answer:
        return answer.read()


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def environment_for(workspace: Workspace) -> dict[str, str]:
    """The environment that the README sets, with this workspace, a port, and a proxy to keep away from."""
    settings = dict(word.split("=", 1) for word in shlex.split(readme_command("export"))[1:])
    assert settings["DIFY_PLUGIN_DAEMON_URL"] == "http://127.0.0.1:5002"
    return {
        **{name: value for name, value in os.environ.items() if not name.lower().endswith("_proxy")},
        **settings,
        "DIFY_PLUGIN_DAEMON_URL": workspace.url,
        "SERVERLESS_HOST": "127.0.0.1",
        "SERVERLESS_PORT": str(free_port()),
        "HTTP_PROXY": DEAD_PROXY,
        "http_proxy": DEAD_PROXY,
        "PYTHONDONTWRITEBYTECODE": "1",
    }


@pytest.fixture
def plugin(workspace: Workspace, tmp_path: Path) -> Iterator[Plugin]:
    """The plugin as a process of its own, in the test's workspace."""
    environment = environment_for(workspace)
    output = tmp_path / "plugin.log"
    with output.open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "main"],
            cwd=FOLDER,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
    running = Plugin(process, environment, output)
    try:
        running.wait_until_healthy()
        yield running
    finally:
        running.end()


def messages(events: list[dict[str, Any]]) -> list[tuple[str, Any]]:
    """The types and bodies of the tool's messages."""
    return [(e["data"]["type"], e["data"]["message"]) for e in events if e["type"] == "stream"]


@pytest.mark.parametrize("client", ["urllib", "curl"])
def test_tool_calls_a_tool_of_each_kind(plugin: Plugin, client: str) -> None:
    """What the four tools answer comes out of the plugin, in order and unchanged."""
    if client == "curl" and not shutil.which("curl"):
        pytest.skip("no curl here")
    events = plugin.invoke("gather", client=client, topic="bees")
    assert messages(events) == [
        ("text", {"text": "about bees"}),
        ("text", {"text": "3 results for bees"}),
        ("json", {"json_object": {"results": [{"title": "Swift", "link": "https://swift.org"}]}}),
        ("variable", {"variable_name": "summary", "variable_value": "About bees.", "stream": False}),
        ("variable", {"variable_name": "pages", "variable_value": 3, "stream": False}),
        ("text", {"text": '{"summary": "About bees.", "pages": 3}'}),
        ("json", {"json_object": {"summary": "About bees.", "pages": 3}}),
        ("text", {"text": "found bees"}),
        ("json", {"json_object": {"id": 7, "name": "Rex"}}),
    ]
    assert [event["type"] for event in events] == ["stream"] * 9 + ["end"]


def test_failed_calls_reach_the_tool_and_its_caller(plugin: Plugin) -> None:
    """A refusal that the tool catches is text, and an exception that it lets pass ends the stream."""
    events = plugin.invoke("stumble")
    assert messages(events) == [
        ("text", {"text": refused("tool listpets not found")}),
        ("text", {"text": "a"}),
    ]
    error, end = events[-2:]
    assert (error["type"], error["data"]["error_type"]) == ("error", "Exception")
    assert error["data"]["message"] == in_the_stream("no luck")
    assert end == {"type": "end", "data": {}}
