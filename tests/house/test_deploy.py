"""What stands under deploy/ parses, names commands, settings and metrics that exist, and asks for the least rights; no
file of the repository holds a secret."""

from __future__ import annotations

import configparser
import json
import re
import subprocess
import tomllib
from pathlib import Path
from typing import Any

import msgspec
import pytest
import yaml

from bot.cli import app
from bot.config import Config, checked, with_secrets
from desk.metrics import GAUGES, Metrics

TOP = Path(__file__).parent.parent.parent
DEPLOY = TOP / "deploy"
COMMANDS = {c.name or c.callback.__name__ for c in app.registered_commands if c.callback}
SECRET = re.compile(
    r"\b\d{8,10}:AA[A-Za-z0-9_-]{33}\b|-----BEGIN [A-Z ]*PRIVATE KEY|\bgh[pousr]_[A-Za-z0-9]{36}\b|\bAKIA[0-9A-Z]{16}\b"
    r"|\bxox[abp]-[0-9A-Za-z-]{20,}|\bglpat-[\w-]{20}\b"
)


def _read(name: str) -> str:
    return (DEPLOY / name).read_text(encoding="utf-8")


class _Lists(dict[str, Any]):
    """systemd's keys may stand several times."""

    def __setitem__(self, key: str, value: Any) -> None:
        if isinstance(value, list) and key in self:
            self[key].extend(value)
        else:
            super().__setitem__(key, value)


def test_the_unit_runs_our_program_with_the_least_rights() -> None:
    unit = configparser.RawConfigParser(strict=False, dict_type=_Lists, empty_lines_in_values=False)
    unit.optionxform = str  # type: ignore[assignment,method-assign]
    unit.read_string(_read("tongxue.service"))
    service = {key: value.split("\n") for key, value in unit["Service"].items()}
    program, command, option, place = service["ExecStart"][0].split()
    assert program.endswith("/tongxue") and command in COMMANDS and (option, place) == (
        "--config", "/etc/tongxue/config.toml")  # fmt: skip
    assert service["User"] == ["tongxue"] and service["CapabilityBoundingSet"] == [""]
    for key in ("NoNewPrivileges", "PrivateTmp", "PrivateDevices", "ProtectHome", "RestrictNamespaces"):
        assert service[key] == ["yes"]
    assert service["ProtectSystem"] == ["strict"] and service["LoadCredential"] == ["token:/etc/tongxue/token"]
    assert unit["Install"]["WantedBy"] == "multi-user.target"


def test_the_container_can_dump_its_database() -> None:
    """An older pg_dump dumps no newer server."""
    (system,) = set(re.findall(r"^FROM python:\S+-slim-(\w+)", _read("Dockerfile"), re.MULTILINE))
    server = yaml.safe_load(_read("compose.yaml"))["services"]["database"]["image"].partition(":")[2]
    assert int(server) <= {"bookworm": 15, "trixie": 17}[system]


def test_the_containers_have_the_least_rights_and_secrets_from_files() -> None:
    compose = yaml.safe_load(_read("compose.yaml"))
    for name, service in compose["services"].items():
        assert service["read_only"] is True and service["cap_drop"] == ["ALL"], name
        assert service["security_opt"] == ["no-new-privileges:true"] and set(service["secrets"]) <= set(
            compose["secrets"]
        )
        assert not any("PASSWORD" in k and not k.endswith("_FILE") for k in service.get("environment", {}))
    assert compose["networks"]["inside"] == {"internal": True}
    assert compose["services"]["database"]["networks"] == ["inside"]
    bot = compose["services"]["bot"]
    assert bot["command"][0] in COMMANDS and (DEPLOY / bot["build"]["context"] / bot["build"]["dockerfile"]).is_file()
    assert all(place.startswith("127.0.0.1:") for place in bot["ports"]), "the reverse proxy stands in front"
    docker = _read("Dockerfile")
    assert re.search(r"^USER tongxue$", docker, re.MULTILINE) and docker.index("USER tongxue") < docker.index(
        "ENTRYPOINT"
    )
    assert json.loads(re.findall(r"^CMD (.*)$", docker, re.MULTILINE)[0])[0] in COMMANDS
    config = msgspec.convert(tomllib.loads(_read("config.toml")), Config, strict=False)
    assert {config.telegram.token_file, config.database.url_file} == {f"/run/secrets/{s}" for s in bot["secrets"]}


def test_secrets_come_from_the_environment_or_files(tmp_path: Path) -> None:
    kept = tmp_path / "token"
    kept.write_text("123456:from-a-file\n")
    here = msgspec.convert({"telegram": {"token": "1:here", "token_file": "$DIR/token"}}, Config)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DIR", str(tmp_path))
        assert with_secrets(here, {}).telegram.token == "123456:from-a-file"
    found = with_secrets(Config(), {"TONGXUE_TOKEN": "123456:env", "TONGXUE_DATABASE_URL_FILE": str(kept)})
    assert found.telegram.token == "123456:env" and found.database.url == "123456:from-a-file"
    assert checked(with_secrets(Config(), {"TONGXUE_TOKEN": "123456:env"}), tmp_path).telegram.token


def test_dashboard_and_alerts_name_metrics_that_exist() -> None:
    known = {f"tongxue_{name}" for name in GAUGES}
    for family in Metrics().registry.collect():
        endings = {"counter": ("_total",), "histogram": ("_bucket", "_count", "_sum")}.get(family.type, ("",))
        known |= {f"{family.name}{ending}" for ending in endings}
    board = json.loads(_read("grafana-tongxue.json"))
    asked = [target["expr"] for panel in board["panels"] for target in panel["targets"]]
    asked += [rule["expr"] for group in yaml.safe_load(_read("alerts.yml"))["groups"] for rule in group["rules"]]
    named = {name for one in asked for name in re.findall(r"tongxue_\w+", one)}
    assert named <= known, named - known
    assert len({panel["id"] for panel in board["panels"]}) == len(board["panels"]) > 10
    assert f"tongxue_{'dead'}" not in known and yaml.safe_load(_read("prometheus.yml"))["scrape_configs"]


def test_no_file_of_the_repository_holds_a_secret() -> None:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=TOP, capture_output=True, check=False)
    if listed.returncode:
        pytest.skip("this is no checkout")
    assert SECRET.search("12345678:AA" + "b" * 33) and SECRET.search("-----BEGIN RSA " + "PRIVATE KEY-----")
    held = []
    for name in filter(None, listed.stdout.decode().split("\0")):
        path = TOP / name
        if path.is_file() and path.stat().st_size < 2_000_000:
            held += [
                f"{name}: {found[0][:12]}…" for found in SECRET.finditer(path.read_bytes().decode("utf-8", "ignore"))
            ]
    assert not held
    assert not [n for n in listed.stdout.decode().split("\0") if re.search(r"(^|/)(config\.toml|\.env|token)$", n)
                and n != "deploy/config.toml"]  # fmt: skip
