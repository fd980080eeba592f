"""The turn as all handlers see it: with our transaction and our speaker."""

from __future__ import annotations

from typing import TypeAlias

from chat import turns
from storage.accounts import Me
from storage.tx import Tx

Turn: TypeAlias = turns.Turn[Tx, Me]
