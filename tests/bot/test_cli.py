"""The command line over classes that stand ready: lists, seats, plans, doctor, links."""

from __future__ import annotations

import csv
import io
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.intake import arrival_of
from rules.access_codes import normal_code
from simulator import Simulator
from storage import dumps, inbox, links, outages
from storage.cohorts import by_key
from storage.door import open_store
from tests.bot.terminal import Terminal
from tests.conftest import Databases
from tests.stories.program import TOKEN, free_port

FIVE = ["person_id", "name", "role", "code", "link"]


async def test_list_and_activate(terminal: Terminal) -> None:
    listed = (await terminal.gets("class", "list")).splitlines()
    assert {line.split("\t")[0] for line in listed} == {"autumn", "spring"}
    assert "春晓班" in "".join(listed)
    assert "春晓班" in await terminal.gets("class", "activate", "--class", "spring")
    store = await open_store(terminal.url)
    cohort = await store.work(lambda tx: by_key(tx, "spring"))
    await store.close()
    assert cohort is not None and cohort.state == "running"
    lost = await terminal.types("class", "activate", "--class", "winter")
    assert lost.code == 1 and "winter" in lost.err and "class list" in lost.err


async def test_a_class_moves_step_by_step_to_its_end(terminal: Terminal) -> None:
    for _ in range(3):
        await terminal.gets("class", "activate", "--class", "autumn")
    over = await terminal.types("class", "activate", "--class", "autumn")
    assert over.code == 1 and over.err.strip() and over.out == ""


async def test_seats_as_csv(terminal: Terminal) -> None:
    found = list(csv.reader(io.StringIO(await terminal.gets("class", "seats", "--format", "csv", "--class", "spring"))))
    assert found[0] == FIVE and len(found) == 1 + 12 + 2 + 1
    rows = {row[0]: row for row in found[1:]}
    assert rows["T02"][3:] == ["", ""], "Tina has bound her seat"
    person, name, role, code, link = rows["T05"]
    assert (person, name, role) == ("T05", "学员05", "trainee") and normal_code(code) == code
    assert re.fullmatch(r"https://t\.me/tongxue_bot\?start=[\w-]{16,64}", link)
    again = await terminal.gets("class", "seats", "--format", "csv", "--class", "spring")
    assert again.splitlines()[1:] == [",".join(row) for row in found[1:]], "the links stay the same"


async def test_seats_to_print(terminal: Terminal, tmp_path: Path) -> None:
    out = await terminal.gets("class", "seats", "--format", "png", "--to", str(tmp_path / "slips"), "--class", "spring")
    drawn = sorted((tmp_path / "slips").glob("*.png"))
    assert "9 slips" in out and len(drawn) == 9, "15 seats, 6 of them bound"
    assert all(path.read_bytes().startswith(b"\x89PNG") for path in drawn)
    page = (tmp_path / "slips" / "index.html").read_text("utf-8")
    assert "学员05" in page and page.count("<img") == 9
    assert (await terminal.types("class", "seats", "--format", "pdf")).code == 1


async def test_seats_while_telegram_is_silent(tmp_path: Path, url: str) -> None:
    said = await Terminal(tmp_path, url, f"http://127.0.0.1:{free_port()}").types("class", "seats", "--class", "spring")
    assert said.code == 0 and "does not answer" in said.err
    assert said.out.splitlines()[5].split(",")[4].startswith("?start=")


async def test_export(terminal: Terminal, tmp_path: Path) -> None:
    out = await terminal.gets("class", "export", str(tmp_path / "out"), "--class", "spring")
    written = {path.name for path in (tmp_path / "out").glob("*.csv")}
    assert "marks.csv" in written and all(name in out for name in written)
    for name in written:
        text = (tmp_path / "out" / name).read_bytes()
        assert text.startswith(b"\xef\xbb\xbf"), "Excel reads it as UTF-8"
        header, *rows = csv.reader(io.StringIO(text.decode("utf-8-sig")))
        assert all(len(row) == len(header) for row in rows)


async def test_plan(terminal: Terminal) -> None:
    out = await terminal.gets("plan", "--date", "2027-03-15", "--class", "spring")
    assert "07:00 day card" in out and "08:55 check-in reminder" in out and "20:00" in out
    assert "学员05" in out, "who has not bound a seat is named"
    assert "nothing is sent" in await terminal.gets("plan", "--date", "2027-06-01", "--class", "spring")
    wrong = await terminal.types("plan", "--date", "15.3.2027")
    assert wrong.code == 1 and "2027-03-15" in wrong.err
    chinese = await terminal.types("plan", "--date", "2027-03-15", "--class", "spring", lang="zh_CN.UTF-8")
    assert "春晓班" in chinese.out and "day card" not in chinese.out


async def test_the_link_for_the_first_administrator(terminal: Terminal) -> None:
    out = (await terminal.gets("admin-link")).strip()
    found = re.fullmatch(r"https://t\.me/tongxue_bot\?start=([\w-]{16,64})", out)
    assert found
    store = await open_store(terminal.url)
    link = await store.work(lambda tx: links.by_token(tx, found[1]))
    await store.close()
    assert link is not None and link.purpose == "admin" and link.expires_at is not None and link.used_at is None


async def test_no_link_without_telegram(tmp_path: Path, url: str, sim: Simulator) -> None:
    silent = await Terminal(tmp_path, url, f"http://127.0.0.1:{free_port()}").types("admin-link")
    assert silent.code == 1 and "api_url" in silent.err
    sim.world.bots[7].revoked = True
    refused = await Terminal(tmp_path, url, sim.url).types("admin-link")
    assert refused.code == 1 and "401" in refused.err and "BotFather" in refused.err


@pytest.mark.usefixtures("pg_tools")
async def test_doctor_finds_all_well(terminal: Terminal) -> None:
    out = await terminal.gets("doctor")
    assert out.count("✅") == 14 and "❌" not in out
    assert "never run" in out and "nobody else can read" in out and "@tongxue_bot" in out


def left_in(folder: Path) -> list[str]:
    """The dumps in a folder, half ones too."""
    return sorted(file.name for file in folder.glob("*.dump*"))


@pytest.mark.usefixtures("old_tools")
async def test_programs_older_than_the_server_back_nothing_up_and_that_is_said(
    tmp_path: Path, databases: Databases, sim: Simulator
) -> None:
    terminal = Terminal(tmp_path, await databases.postgres(), sim.url)
    for said in (await terminal.types("doctor"), await terminal.types("backup", str(tmp_path / "x.dump"))):
        assert said.code == 1 and "pg_dump on this machine is version 9" in said.all
    assert left_in(tmp_path) == []


@pytest.mark.usefixtures("pg_tools")
async def test_a_backup_of_postgresql_by_hand(tmp_path: Path, databases: Databases, sim: Simulator) -> None:
    terminal = Terminal(tmp_path, await databases.postgres(), sim.url)
    assert "x.dump" in await terminal.gets("backup", str(tmp_path / "x.dump"))
    assert (await dumps.rows_in(tmp_path / "x.dump"))["member"] == 19
    stranger = Terminal(tmp_path, terminal.url.replace("//postgres:", "//nobody:"), sim.url)
    said = await stranger.types("backup", str(tmp_path / "y.dump"))
    assert said.code == 1 and "tongxue doctor" in said.err and left_in(tmp_path) == ["x.dump"]


async def test_a_configuration_without_secrets_may_be_read_by_all(terminal: Terminal, tmp_path: Path) -> None:
    secret = tmp_path / "token"
    secret.write_text(TOKEN)
    secret.chmod(0o600)
    here = terminal.config.read_text("utf-8")
    terminal.config.write_text(here.replace(f'token = "{TOKEN}"', f'token_file = "{secret}"'))
    terminal.config.chmod(0o644)
    assert "chmod" not in (await terminal.types("doctor")).out
    secret.chmod(0o644)
    assert f"{secret}" in (await terminal.types("doctor")).out


async def test_doctor_finds_what_is_wrong(tmp_path: Path, url: str, sim: Simulator) -> None:
    now = datetime.now(UTC)
    store = await open_store(url)
    await store.work(lambda tx: inbox.add(tx, [arrival_of(b'{"update_id":1}', 7, now)]))
    letter = (await store.work(lambda tx: inbox.next_of(tx, None, now, 1)))[0]
    await store.work(lambda tx: inbox.set_failed(tx, letter.id, "KeyError: x", None))
    await store.work(lambda tx: outages.beat(tx, "tick", now - timedelta(hours=1)))
    await store.work(lambda tx: outages.beat(tx, "backup", now - timedelta(days=3)))
    await store.close()
    terminal = Terminal(tmp_path, url, f"http://127.0.0.1:{free_port()}")
    terminal.config.chmod(0o644)
    said = await terminal.types("doctor")
    assert said.code == 1 and said.out.count("❌") >= 6, said.out
    assert "chmod 600" in said.out and "restart tongxue run" in said.out
    sim.hooks[7].url = "http://127.0.0.1:9/elsewhere"
    said = await Terminal(tmp_path, url, sim.url).types("doctor")
    assert said.code == 1 and "webhook" in said.out


async def test_a_person_is_forgotten_after_a_look_and_a_yes(terminal: Terminal) -> None:
    several = await terminal.types("forget", "田小雪", "--class", "spring")
    assert several.code == 1 and "2, 3" in several.err
    lost = await terminal.types("forget", "T99", "--class", "spring")
    assert lost.code == 1 and "T99" in lost.err
    declined = await terminal.types("forget", "2", "--class", "spring")  # nobody answers: no is assumed
    assert declined.code == 1 and "田小雪" in declined.out and "This stays" in declined.out
    out = await terminal.gets("forget", "T02", "--class", "spring", "--yes")
    assert "This goes" in out and "Deleted" in out
    found = list(csv.reader(io.StringIO(await terminal.gets("class", "seats", "--class", "spring"))))
    assert {row[0]: row[1] for row in found}["T02"] == "#2" and sum(row[1] == "田小雪" for row in found) == 1


HELP = [(), ("--help",), ("class", "--help"), ("run", "--help"), ("backup", "--help"), ("class", "seats", "--help")]


@pytest.mark.parametrize("args", HELP)
async def test_help_is_good(tmp_path: Path, args: tuple[str, ...]) -> None:
    said = await Terminal(tmp_path, "sqlite:///x.db").bare(*args)
    assert said.code in (0, 2) and "Usage" in said.all and "Options" in said.all
