"""The exchanges, scripted: the SDK makes of each answer what the exchange says."""

from __future__ import annotations

import pytest

from calls import open_session
from emulator import Emulator
from exchange import Exchange, exchanges, outcome, same
from exchange_seeds import names

RECORDED = exchanges()
WORKSPACES = names()


def test_all_exchanges_are_there() -> None:
    """None was lost, and each has a workspace of its own."""
    assert len(RECORDED) == len(WORKSPACES) == 105


@pytest.mark.parametrize("exchange", RECORDED, ids=lambda exchange: exchange.id)
def test_scripted_exchange(exchange_emulator: Emulator, exchange: Exchange) -> None:
    """The call returns or raises what was recorded."""
    session = open_session(f"{exchange_emulator.url}/w/{WORKSPACES[exchange.id]}")
    actual = outcome(session, exchange)
    assert same(actual, exchange.outcome), f"{actual}\nrecorded: {exchange.outcome}"
