"""Texts for the terminal, in the language that the terminal asks for."""

from __future__ import annotations

import os

from chat.messages import Lines, Say
from texts.render import Voice, voice


def speak() -> Voice:
    """How to speak to the terminal."""
    return voice_for("Asia/Shanghai")


def voice_for(zone: str) -> Voice:
    """Chinese, unless the terminal's locale is English; times are those of a zone."""
    locale = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or ""
    return voice("en" if locale.lower().startswith("en") else "zh", zone)


def say_out(text: Say | Lines) -> str:
    """A text for the terminal."""
    return speak().plain(text)
