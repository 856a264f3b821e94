"""The Python and the seed in the README do what it says of them."""

from __future__ import annotations

import io
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests
from dify_plugin.core.entities.invocation import InvokeType
from dify_plugin.core.runtime import Session
from dify_plugin.entities.model.moderation import ModerationModelConfig
from dify_plugin.entities.model.rerank import RerankModelConfig
from dify_plugin.entities.model.speech2text import Speech2TextModelConfig
from dify_plugin.entities.model.text_embedding import TextEmbeddingModelConfig

from calls import Workspace, in_the_stream, open_session
from emulator import Emulator, binary
from invocations import LOOKUP, QUOKKA, failure, joined, model, names, only_usage, prompt, read, said

PROJECT = Path(__file__).parents[3]
WEATHER = "acme/weather/weather"
SUMMARIZE = "3f6c1d5e-9a1b-4c47-8d0e-5b2f7a90c6d1"
STOCK = "8b0d4f52-6c3e-4e8a-b1f7-2d9c5a7e3041"
DESK = "1f4b6c1e-2a77-4a55-8a0e-5b9d6f1f7c30"
TRIAGE = "8c7a51f0-6d0b-4c0e-9d9e-20c6f0b1a2d4"
NOTE = "6a2e4c90-1b7d-4f53-8e6a-93c5d0b7f214"
CONVERSATION = "b7d3f8a1-5c2e-4d60-9f14-e08a6b3c7d25"
PYTEST_SECONDS = 180
SECONDS = 30
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
    assert "4 passed" in output


def test_unanswered_tool_fails_the_test_and_shows_the_log(plugin_project: Path) -> None:
    """The exception names the emulator, and pytest shows the server's log below it."""
    (plugin_project / "test_example.py").write_text(UNANSWERED, encoding="utf-8")
    status, output = run_pytest(plugin_project)
    assert status == 1, output
    exception, _, log = output.partition("Captured stderr call")
    assert "Exception: read tool response failed: request failed: dify-emulator: no reply for" in exception
    assert "test_unanswered-" in log
    assert ": builtin tool tarnfell/helpdesk/helpdesk escalate_ticket -> no reply" in log


def serve(seed: str, folder: Path) -> Iterator[Emulator]:
    """A server with a seed of the README."""
    path = folder / "seed.yaml"
    path.write_text(seed, encoding="utf-8")
    server = Emulator(path)
    try:
        yield server
        assert server.stop() == 0
    finally:
        if server.process.poll() is None:
            server.kill()


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Emulator]:
    """A server with the README's tools."""
    seed, _ = blocks("yaml")
    yield from serve(seed, tmp_path_factory.mktemp("shop"))


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Emulator]:
    """A server with the README's models and apps."""
    _, seed = blocks("yaml")
    yield from serve(seed, tmp_path_factory.mktemp("desk"))


@pytest.fixture
def shop_workspace(shop: Emulator, request: pytest.FixtureRequest) -> Workspace:
    """A workspace of that server for one test."""
    name = request.node.name
    return Workspace(name, f"{shop.url}/w/{name}")


@pytest.fixture
def desk_workspace(desk: Emulator, request: pytest.FixtureRequest) -> Workspace:
    """A workspace of the other server for one test."""
    name = request.node.name
    return Workspace(name, f"{desk.url}/w/{name}")


@pytest.fixture
def session(desk_workspace: Workspace) -> Session:
    """A session in that workspace."""
    return desk_workspace.session()


def test_seeds_are_served(shop: Emulator, desk: Emulator) -> None:
    """They load, and the workspaces have the seeds' names."""
    assert shop.address["workspace"] == "shop"
    assert desk.address["workspace"] == "desk"


def test_seed_plugin_tool(shop_workspace: Workspace) -> None:
    """A template makes text, a lone one keeps its type, and the platform fills in the form parameter."""
    reply = shop_workspace.builtin(WEATHER, "forecast", city="Lyon", days=3)
    assert reply.error is None
    assert reply.texts == ["3 days in Lyon, in C"]
    assert reply.values == [{"city": "Lyon", "days": 3}]
    assert reply.variables == [("mood", "sunny")]
    assert reply.kinds[-1] == "link"
    rain = reply.messages[-1]
    assert rain.message.text == f"/files/tools/{rain.meta['tool_file_id']}.csv"
    assert (rain.meta["mime_type"], rain.meta["filename"]) == ("text/csv", "rain.csv")


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


# The second seed


def test_seed_model_answers_without_a_reply(session: Session) -> None:
    """With what it was told, and with prices."""
    chunks = list(session.model.llm.invoke(model("quokka-mini"), prompt("Good morning"), stream=True))
    assert joined(chunks) == "[dify-emulator quokka-mini] You said: Good morning"
    assert only_usage(chunks).prompt_unit_price > 0


def test_seed_model_calls_the_first_tool(session: Session) -> None:
    """As `calls_tools` says."""
    answer = session.model.llm.invoke(model("quokka-agent"), prompt("Hi"), tools=[LOOKUP], stream=False)
    assert [call.function.name for call in answer.message.tool_calls] == ["lookup"]


def test_seed_scripts_of_models(session: Session) -> None:
    """The first answers in pieces, the second with a tool call, the third breaks off."""
    chunks = list(session.model.llm.invoke(model("quokka-mini"), prompt("the weather"), stream=True))
    assert joined(chunks) == "It rains."
    assert chunks[-1].delta.finish_reason == "length"
    assert only_usage(chunks).prompt_tokens == 5
    answer = session.model.llm.invoke(model("quokka-mini"), prompt("my ticket"), stream=False)
    [call] = answer.message.tool_calls
    assert (call.function.name, json.loads(call.function.arguments)) == ("find_ticket", {"number": 7})
    broken = read(session.model.llm.invoke(model("quokka-mini"), prompt("an essay"), stream=True))
    assert joined(broken.items) == "Once"
    assert broken.error == "read llm model failed: request failed: [quokka] rate limit"


def test_seed_models_of_other_types(session: Session) -> None:
    """Each answers by what the seed says of it."""
    embedding = TextEmbeddingModelConfig(provider=QUOKKA, model="quokka-embed")
    vectors = session.model.text_embedding.invoke(embedding, ["tent", "peg"]).embeddings
    assert [len(vector) for vector in vectors] == [256, 256]
    ear = Speech2TextModelConfig(provider=QUOKKA, model="quokka-ear")
    assert session.model.speech2text.invoke(ear, io.BytesIO(b"ring ring")) == "Where is my parcel?"
    guard = ModerationModelConfig(provider=QUOKKA, model="quokka-guard")
    assert [session.model.moderation.invoke(guard, text) for text in ("a secret", "a tent")] == [True, False]
    rank = RerankModelConfig(provider=QUOKKA, model="quokka-rank", score_threshold=0, top_n=2)
    docs = session.model.rerank.invoke(rank, ["stove", "tent"], "anything").docs
    assert [(doc.text, doc.score) for doc in docs] == [("tent", 0.9), ("stove", 0.2)]


def test_seed_chatflow(session: Session) -> None:
    """It has the nodes and texts of the seed, and the form's default."""
    events = list(session.app.chat.invoke(DESK, "Hello", {}, "streaming"))
    assert said(events, "message") == "About your product: we are on it."
    finished = [event["data"] for event in events if event["event"] == "node_finished"]
    assert [node["node_type"] for node in finished] == ["start", "question-classifier", "llm", "answer"]
    assert finished[1]["outputs"] == {"class_name": "Parcels"}
    assert session.app.fetch_app(DESK)["opening_statement"] == "Hello"


def test_seed_conversation_goes_on(session: Session) -> None:
    """The second message is the script's."""
    answer = session.app.chat.invoke(DESK, "And you?", {}, "blocking", CONVERSATION)
    assert (answer["answer"], answer["conversation_id"]) == ("Anything else?", CONVERSATION)


def test_seed_workflow_app(session: Session) -> None:
    """It takes the seed's file, and a script makes it fail."""
    photo = {"transfer_method": "tool_file", "tool_file_id": NOTE}
    events = list(session.app.workflow.invoke(TRIAGE, {"subject": "pole", "photo": photo}, "streaming"))
    assert names(events[-1:]) == ["workflow_finished"]
    assert events[-1]["data"]["outputs"] == {"desk": "returns", "subject": "pole"}
    given = events[0]["data"]["inputs"]["photo"]
    assert requests.get(given["url"], timeout=SECONDS).content == b"snapped"
    failed = session.app.workflow.invoke(TRIAGE, {"subject": "a crash"}, "blocking")
    assert (failed["data"]["status"], failed["data"]["error"]) == ("failed", "Server returned 502")


def test_seed_storage(session: Session) -> None:
    """The caller finds what the seed holds for it, and the script answers to the letter."""
    assert session.storage.get("cursor") == b"42"
    assert session.storage.get("logo") == bytes.fromhex("89504e470d")
    assert failure(lambda: session.storage.get("broken")) == "disk on fire"


def test_seed_permission(desk_workspace: Workspace) -> None:
    """What the other plugin may not do is refused."""
    kiosk = open_session(f"{desk_workspace.url}/as/acme/kiosk")
    assert kiosk.model.llm.invoke(model("quokka-mini"), prompt("Hi"), stream=False).message.content
    error = failure(lambda: kiosk.app.fetch_app(DESK))
    assert error == "permission denied, you need to enable app access in plugin manifest"


# The tables


def table(heading: str) -> list[list[str]]:
    """The cells of the README's table that starts so."""
    text = (PROJECT / "README.md").read_text(encoding="utf-8")
    rows = text[text.index(f"\n| {heading} |") :].strip().partition("\n\n")[0].splitlines()
    return [[cell.strip() for cell in row.strip().strip("|").split("|")] for row in rows[2:]]


def test_table_of_quirks() -> None:
    """It is what the command prints."""
    printed = subprocess.run([binary(), "quirks", "--json"], stdout=subprocess.PIPE, check=True, timeout=SECONDS)
    quirks = json.loads(printed.stdout)
    assert table("place") == [[quirk["quirk"], quirk["dify"], quirk["useful"]] for quirk in quirks]


def words(cell: str) -> set[str]:
    """What a cell sets in code."""
    return set(re.findall(r"`([^`]+)`", cell))


def own_words(cell: str, rows: dict[str, set[str]]) -> set[str]:
    """The words of a cell, and of the rows that it refers to (as `llm`)."""
    like = set(re.findall(r"\bas `([^`]+)`", cell))
    return (words(cell) - like).union(*(rows[row] for row in like))


def known_words(tmp_path: Path) -> dict[str, tuple[set[str], set[str]]]:
    """What a script of each type may ask about and reply with, as told when it does something else."""
    scripts = [
        f"  - {{match: {{type: {call.value}, xxxxxxxx: 1}}, respond: [{{xxxxxxxx: 1}}]}}\n" for call in InvokeType
    ]
    path = tmp_path / "words.yaml"
    path.write_text("scripts:\n" + "".join(scripts), encoding="utf-8")
    command = [binary(), "tools", "--seed", str(path)]
    run = subprocess.run(command, stderr=subprocess.PIPE, text=True, timeout=SECONDS)
    known: dict[str, tuple[set[str], set[str]]] = {}
    told = re.findall(r"words\.yaml:(\d+): (.*) has no \"xxxxxxxx\"; known are (.*)", run.stderr)
    for call, line in zip(InvokeType, range(2, 2 + len(scripts)), strict=True):
        asked, replied = (set(keys.split(", ")) for number, _, keys in told if int(number) == line)
        known[call.value] = (asked - {"type"}, replied - {"raw", "error", "refuse", "delay", "meta"})
    return known


def test_table_of_words(tmp_path: Path) -> None:
    """It has every type of call with all of its words, and no others."""
    asks: dict[str, set[str]] = {}
    replies: dict[str, set[str]] = {}
    for types, asked, replied, _ in table("`type`"):
        for call in words(types):
            asks[call], replies[call] = own_words(asked, asks), own_words(replied, replies)
    known = known_words(tmp_path)
    assert asks == {call: asked for call, (asked, _) in known.items()}
    text = (PROJECT / "README.md").read_text(encoding="utf-8")
    replies["tool"] = words(text.partition("- Messages: ")[2].partition("- Operators")[0]) & known["tool"][1]
    assert replies == {call: replied for call, (_, replied) in known.items()}
