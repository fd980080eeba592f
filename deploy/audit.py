"""Are our dependencies known to have holes, and are they the ones we pinned? Part of `make check`.

Known holes come from the index's advisories, by pip-audit. Where those cannot be reached (a mirror, no network) it says
so, and that nothing was audited; only a known hole or a package that is not as pinned is an error.
"""

from __future__ import annotations

import json
import subprocess
import sys
from importlib.metadata import distributions
from pathlib import Path
from typing import Any

PINS = Path(__file__).parent.parent / "constraints.txt"
OURS = {"tongxue", "pip", "setuptools", "wheel"}


def pinned(text: str) -> dict[str, str]:
    """The version of each package, by its normal name."""
    lines = (line.split("#")[0].strip() for line in text.splitlines())
    return {_normal(name): version for name, _, version in (line.partition("==") for line in lines if line)}


def not_as_pinned(pins: dict[str, str], installed: dict[str, str]) -> list[str]:
    """Packages that are here in another version, or that nobody pinned."""
    return [
        f"{name} {version} is installed, pinned is {pins.get(name, 'nothing')}"
        for name, version in sorted(installed.items())
        if name not in OURS and pins.get(name) != version
    ]


def judge(found: dict[str, Any]) -> tuple[list[str], str]:
    """The known holes, and one line that says how much was looked at (`found` as pip-audit writes it)."""
    packages = found.get("dependencies", [])
    looked = [p for p in packages if "skip_reason" not in p]
    holes = [
        f"{p['name']} {p['version']}: {hole['id']}, mended in {', '.join(hole['fix_versions']) or 'no version yet'}"
        for p in looked
        for hole in p.get("vulns", [])
    ]
    if not looked:
        return holes, "The index has no advisories here: nothing was audited for known holes."
    return holes, f"{len(looked)} of {len(packages)} packages audited: {len(holes)} known holes."


def _normal(name: str) -> str:
    return name.strip().lower().replace("_", "-").replace(".", "-")


def _ask() -> dict[str, Any]:
    """What pip-audit says of our pins; nothing when it cannot speak with the index at all."""
    command = [sys.executable, "-m", "pip_audit", "--requirement", str(PINS), "--no-deps", "--disable-pip"]
    done = subprocess.run(
        [*command, "--progress-spinner", "off", "--format", "json"], capture_output=True, text=True, check=False
    )
    try:
        found: dict[str, Any] = json.loads(done.stdout)
    except json.JSONDecodeError:
        return {}
    return found


def main() -> None:
    installed = {_normal(d.metadata["Name"]): d.version for d in distributions()}
    wrong = not_as_pinned(pinned(PINS.read_text(encoding="utf-8")), installed)
    holes, line = judge(_ask())
    print("\n".join([*wrong, *holes, line]))
    sys.exit(1 if wrong or holes else 0)


if __name__ == "__main__":
    main()
