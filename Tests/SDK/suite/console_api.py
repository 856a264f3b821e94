"""Dify's console API without Dify: requests to it, and the exchanges that were recorded from the real one."""

from __future__ import annotations

import http.client
import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

TOKEN = "console-token-of-the-suite"
SECONDS = 30
# Made by running Dify 1.14.2's own controllers, services and models with a SQLite database.
RECORDED = Path(__file__).parent / "console" / "exchanges.jsonl"
API = "/workspaces/current/tool-provider/api"
WORKFLOW = "/workspaces/current/tool-provider/workflow"
BUILTIN = "/workspaces/current/tool-provider/builtin"


@dataclass(frozen=True)
class Answer:
    """What the console answered."""

    status: int
    text: str
    headers: list[tuple[str, str]]

    @property
    def json(self) -> Any:
        """The body."""
        return json.loads(self.text)

    @property
    def message(self) -> str:
        """The text of a refusal."""
        return str(self.json["message"])

    def header(self, name: str) -> list[str]:
        """All lines of a header."""
        return [value for key, value in self.headers if key.lower() == name.lower()]


@dataclass(frozen=True)
class Console:
    """The console below a base URL, signed in unless told otherwise."""

    url: str
    token: str | None = TOKEN

    def get(self, path: str, **query: str) -> Answer:
        """A GET request."""
        return self.request("GET", path, query=query)

    def post(self, path: str, body: Any = None) -> Answer:
        """A POST request with JSON."""
        return self.request("POST", path, data=json.dumps(body), headers={"Content-Type": "application/json"})

    def request(
        self,
        method: str,
        path: str,
        *,
        query: dict[str, str] | None = None,
        data: str | None = None,
        headers: dict[str, str] | None = None,
    ) -> Answer:
        """Any request."""
        parts = urlsplit(self.url)
        target = f"{parts.path}/console/api{quote(path, safe='/%')}"
        if query:
            target += "?" + urlencode(query)
        sent = dict(headers or {})
        if self.token is not None:
            sent["Authorization"] = f"Bearer {self.token}"
        connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=SECONDS)
        try:
            connection.request(method, target, data.encode() if data is not None else None, sent)
            response = connection.getresponse()
            return Answer(response.status, response.read().decode(), response.getheaders())
        finally:
            connection.close()


def recorded() -> list[dict[str, Any]]:
    """The recorded exchanges in their order."""
    lines = RECORDED.read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


class Replay:
    """Recorded exchanges against another platform: ids differ, and so does who made things."""

    UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
    PLACEHOLDER = re.compile(r"<id \d+>")

    def __init__(self, console: Console) -> None:
        """Begin with no ids known."""
        self.console = console
        self.ids: dict[str, str] = {}

    def run(self, exchange: dict[str, Any]) -> tuple[Answer, str | None]:
        """Send the request. Gives the answer, and the expected text with this platform's ids."""
        headers = dict(exchange.get("headers", {}))
        data = exchange.get("data")
        if "body" in exchange:
            data = self.known(json.dumps(exchange["body"]))
            headers["Content-Type"] = "application/json"
        query = {key: self.known(value) for key, value in exchange.get("query", {}).items()}
        answer = self.console.request(exchange["method"], exchange["path"], query=query, data=data, headers=headers)
        expected = exchange.get("response")
        if expected is not None:
            expected = expected.replace('"author":"Ada"', '"author":"dify-emulator"')
            expected = self.known(self.learned(expected, answer.text))
        return answer, expected

    def learned(self, expected: str, text: str) -> str:
        """Note what the placeholders stand for: the id at the same place among the ids of the answer."""
        places = re.findall(rf"{self.PLACEHOLDER.pattern}|{self.UUID.pattern}", expected)
        for place, found in zip(places, self.UUID.findall(text), strict=False):
            if self.PLACEHOLDER.fullmatch(place):
                self.ids.setdefault(place, found)
        return expected

    def known(self, text: str) -> str:
        """The text with the ids that placeholders stand for."""
        return self.PLACEHOLDER.sub(lambda match: self.ids.get(match.group(), match.group()), text)
