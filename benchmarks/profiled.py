"""Our program under cProfile: `BENCH_PROFILE=FOLDER python -m benchmarks.profiled run --config FILE`.

One profile for the loop's thread and one for the database's thread, written at the end (SIGTERM).
"""

from __future__ import annotations

import cProfile
import os
import threading
from pathlib import Path
from typing import Any

from bot.cli import main

FOLDER = Path(os.environ.get("BENCH_PROFILE", "."))


def _profile_threads() -> None:
    """Let each further thread be profiled into a file of its own."""
    run = threading.Thread.run

    def profiled(self: threading.Thread, *args: Any) -> None:
        profile = cProfile.Profile()
        profile.enable()
        try:
            run(self, *args)
        finally:
            profile.disable()
            profile.dump_stats(FOLDER / f"thread-{threading.get_native_id()}.prof")

    threading.Thread.run = profiled  # type: ignore[method-assign]


if __name__ == "__main__":
    FOLDER.mkdir(parents=True, exist_ok=True)
    _profile_threads()
    loop = cProfile.Profile()
    loop.enable()
    try:
        main()
    finally:
        loop.disable()
        loop.dump_stats(FOLDER / "loop.prof")
