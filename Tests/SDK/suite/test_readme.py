"""The Python and the seed in the README do what it says of them."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from calls import Workspace, in_the_stream
from emulator import Emulator, binary

PROJECT = Path(__file__).parents[3]
WEATHER = "acme/weather/weather"
SUMMARIZE = "3f6c1d5e-9a1b-4c47-8d0e-5b2f7a90c6d1"
STOCK = "8b0d4f52-6c3e-4e8a-b1f7-2d9c5a7e3041"
PYTEST_SECONDS = 180
UNANSWERED = """
def test_unanswered(session):
    list(session.tool.invoke_builtin_tool("tarnfell/helpdesk/helpdesk", "escalate_ticket", {"number": 1}))
"""


def blocks(language: str) -> list[str]:
    """The README's code blocks in one language."""
    text = (PROJECT / "README.md").read_text(encoding="utf-8")
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


@pytest.fixture
def plugin_project(tmp_path: Path) -> Path:
    """A folder with the README's two Python files and a copy of the demo's seed."""
    conftest, example = blocks("python")
    (tmp_path / "conftest.py").write_text(conftest, encoding="utf-8")
    (tmp_path / "test_example.py").write_text(example, encoding="utf-8")
    shutil.copytree(PROJECT / "seeds", tmp_path / "seeds")
    return tmp_path


def run_pytest(folder: Path) -> tuple[int, str]:
    """The status and the output of pytest in a folder, as a plugin's author runs it."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    environment["DIFY_EMULATOR"] = os.path.abspath(shutil.which(binary()) or binary())
    result = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"],
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        timeout=PYTEST_SECONDS,
    )
    return result.returncode, result.stdout.decode("utf-8", "replace")


def test_example_test_passes(plugin_project: Path) -> None:
    """It passes twice in one run, because each test has counters of its own."""
    shutil.copy(plugin_project / "test_example.py", plugin_project / "test_example_again.py")
    status, output = run_pytest(plugin_project)
    assert status == 0, output
    assert "2 passed" in output


def test_unanswered_tool_fails_the_test_and_shows_the_log(plugin_project: Path) -> None:
    """The exception names the emulator, and pytest shows the server's log below it."""
    (plugin_project / "test_example.py").write_text(UNANSWERED, encoding="utf-8")
    status, output = run_pytest(plugin_project)
    assert status == 1, output
    exception, _, log = output.partition("Captured stderr call")
    assert "Exception: read tool response failed: request failed: dify-emulator: no reply for" in exception
    assert "test_unanswered-" in log
    assert ": builtin tool tarnfell/helpdesk/helpdesk escalate_ticket -> no reply" in log


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Emulator]:
    """A server with the README's seed."""
    [seed] = blocks("yaml")
    path = tmp_path_factory.mktemp("readme") / "shop.yaml"
    path.write_text(seed, encoding="utf-8")
    server = Emulator(path)
    try:
        yield server
        assert server.stop() == 0
    finally:
        if server.process.poll() is None:
            server.kill()


@pytest.fixture
def shop_workspace(shop: Emulator, request: pytest.FixtureRequest) -> Workspace:
    """A workspace of that server for one test."""
    name = request.node.name
    return Workspace(name, f"{shop.url}/w/{name}")


def test_seed_is_served(shop: Emulator) -> None:
    """It loads, and the workspace has the seed's name."""
    assert shop.address["workspace"] == "shop"


def test_seed_plugin_tool(shop_workspace: Workspace) -> None:
    """A template makes text, a lone one keeps its type, and the platform fills in the form parameter."""
    reply = shop_workspace.builtin(WEATHER, "forecast", city="Lyon", days=3)
    assert reply.error is None
    assert reply.texts == ["3 days in Lyon, in C"]
    assert reply.values == [{"city": "Lyon", "days": 3}]
    assert reply.variables == [("mood", "sunny")]
    assert reply.messages[-1].message.blob == b"day,rain"


def test_seed_sequence_cycles(shop_workspace: Workspace) -> None:
    """After the last answer comes the first."""
    assert [shop_workspace.builtin(WEATHER, "radar").texts for _ in range(3)] == [["dry"], ["rain"], ["dry"]]


def test_seed_workflow(shop_workspace: Workspace) -> None:
    """Outputs become variables, then text and json."""
    reply = shop_workspace.workflow(SUMMARIZE, "any name", report="bees")
    assert reply.error is None
    assert sorted(reply.variables) == [("pages", 3), ("summary", "Two lines.")]
    assert reply.kinds == ["variable", "variable", "text", "json"]
    assert reply.values == [{"summary": "Two lines.", "pages": 3}]


def test_seed_api(shop_workspace: Workspace) -> None:
    """The operation has the generated name that the README gives."""
    reply = shop_workspace.api(STOCK, "itemssku_get", sku="tent")
    assert reply.error is None
    assert reply.values == [{"sku": "tent", "left": 4}]


def test_seed_script_that_breaks_off(shop_workspace: Workspace) -> None:
    """It answers once, in the middle of its stream comes the exception, and then `reply` answers."""
    first = shop_workspace.builtin(WEATHER, "forecast", city="Kiel", days=1)
    assert first.texts == ["Storm"]
    assert first.error == in_the_stream("429 Too Many Requests")
    assert shop_workspace.builtin(WEATHER, "forecast", city="Kiel", days=1).texts == ["1 days in Kiel, in C"]


def test_seed_script_of_a_workflow_that_fails(shop_workspace: Workspace) -> None:
    """The workflow is found by its name in the seed."""
    reply = shop_workspace.workflow(SUMMARIZE, "summarize", report="a secret report")
    assert reply.error == in_the_stream("Run failed: the report is secret")


def test_seed_script_that_refuses(shop_workspace: Workspace) -> None:
    """The refusal has the status that the script gives."""
    reply = shop_workspace.builtin(WEATHER, "forecast", city="New York", days=1)
    assert reply.messages == []
    assert "status code: 403" in (reply.error or "")
    assert "No forecast for York" in (reply.error or "")
