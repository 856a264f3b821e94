"""The server under test as a child process."""

from __future__ import annotations

import json
import os
import queue
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO

FOLDER = Path(__file__).parent / "seeds"
TOOLS = FOLDER / "sdk.yaml"
PLATFORM = FOLDER / "platform.yaml"
START_SECONDS = 60
STOP_SECONDS = 30


class Emulator:
    """A running `dify-emulator serve` on a free port."""

    def __init__(self, *seeds: Path, options: Sequence[str] = ()) -> None:
        """Start the server with these seeds, or the suite's, and wait for its first line."""
        self.log: list[str] = []
        sources = [word for seed in seeds or (TOOLS, PLATFORM) for word in ("--seed", str(seed))]
        self._output: queue.Queue[str] = queue.Queue()
        self.process = subprocess.Popen(
            [binary(), "serve", "--port", "0", "--json", *sources, *options],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        self._drain(self.process.stderr, self.log.append)
        self._drain(self.process.stdout, self._output.put)
        try:
            self.start_line = self._output.get(timeout=START_SECONDS)
        except queue.Empty:
            self.kill()
            raise RuntimeError("dify-emulator printed no address\n" + "\n".join(self.log)) from None
        self.address: dict[str, str] = json.loads(self.start_line)
        self.url = self.address["url"]

    def stop(self) -> int:
        """End the server as a user does and give its exit status."""
        self.process.send_signal(signal.SIGTERM)
        try:
            return self.process.wait(timeout=STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self.kill()
            raise

    def kill(self) -> None:
        """End the server at once."""
        self.process.kill()
        self.process.wait()

    def log_since(self, mark: int, needle: str = "", seconds: float = 10) -> str:
        """Wait until lines after the mark hold a text, and give them all."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            lines = "\n".join(self.log[mark:])
            if lines and needle in lines:
                return lines
            time.sleep(0.02)
        raise AssertionError(f"no log line with {needle!r} after line {mark}:\n" + "\n".join(self.log[mark:]))

    @staticmethod
    def _drain(pipe: IO[bytes] | None, keep: Callable[[str], object]) -> None:
        """Read a pipe to its end in the background."""

        def read() -> None:
            for line in pipe or ():
                keep(line.decode("utf-8", "replace").rstrip("\r\n"))

        threading.Thread(target=read, daemon=True).start()


def binary() -> str:
    """The path of the built command line."""
    path = os.environ.get("DIFY_EMULATOR")
    if not path:
        raise RuntimeError("set DIFY_EMULATOR to the path of the built dify-emulator")
    return path


@contextmanager
def running_emulator(*seeds: Path, options: Sequence[str] = ()) -> Iterator[Emulator]:
    """A server that is gone afterwards, whatever happens."""
    emulator = Emulator(*seeds, options=options)
    try:
        yield emulator
    finally:
        if emulator.process.poll() is None:
            emulator.kill()
