"""One server for the whole run, a workspace for each test, real SDK sessions."""

from __future__ import annotations

import os

# The SDK's HTTP client honours proxies, also for this machine's own address.
os.environ["NO_PROXY"] = os.environ["no_proxy"] = "127.0.0.1,localhost"

import hashlib
import re
import warnings
from collections.abc import Callable, Iterator

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # of gevent and pydantic, about the SDK
    import dify_plugin  # noqa: F401  before the others, because it patches threads and sockets for gevent

import pytest
from dify_plugin.core.runtime import Session

import exchange_seeds
from calls import Workspace
from emulator import Emulator, running_emulator

LONGEST_NAME = 200


def pytest_configure(config: pytest.Config) -> None:
    """Keep quiet what the SDK's gevent says when it starts a child process."""
    config.addinivalue_line("filterwarnings", "ignore:This process .* is multi-threaded:DeprecationWarning")


def workspace_name(test: str) -> str:
    """The test's name in the characters that a workspace may have, different for different tests."""
    name = re.sub(r"[^A-Za-z0-9_.:\[\]-]", "-", test)
    if name == test and len(name) <= LONGEST_NAME:
        return name
    digest = hashlib.sha256(test.encode()).hexdigest()[:8]
    return f"{name[: LONGEST_NAME - 9]}-{digest}"


@pytest.fixture(scope="session")
def emulator() -> Iterator[Emulator]:
    """The server that all tests share."""
    with running_emulator() as server:
        yield server
        assert server.process.poll() is None, "the server ended during the tests\n" + "\n".join(
            server.log[-20:]
        )
        assert server.stop() == 0


@pytest.fixture(scope="session")
def exchange_emulator(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Emulator]:
    """A server with a workspace for each recorded exchange."""
    with running_emulator(*exchange_seeds.write(tmp_path_factory.mktemp("exchanges"))) as server:
        yield server
        assert server.stop() == 0


@pytest.fixture
def workspace(emulator: Emulator, request: pytest.FixtureRequest) -> Workspace:
    """A workspace that no other test uses."""
    name = workspace_name(f"{request.node.module.__name__}.{request.node.name}")
    return Workspace(name, f"{emulator.url}/w/{name}")


@pytest.fixture
def new_workspace(emulator: Emulator, workspace: Workspace) -> Callable[[str], Workspace]:
    """Further workspaces of the same test."""

    def make(suffix: str) -> Workspace:
        name = f"{workspace.name[: LONGEST_NAME - 1 - len(suffix)]}.{suffix}"
        return Workspace(name, f"{emulator.url}/w/{name}")

    return make


@pytest.fixture
def session(workspace: Workspace) -> Callable[..., Session]:
    """A factory of SDK sessions in the test's workspace."""
    return workspace.session
