"""A wrong configuration is one sentence that names the key and says what to do."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.config import Config, ConfigError, load, secrets_of
from bot.contents import contents_of

GOOD = '[telegram]\ntoken = "7:TEST"\n'
HOOK = GOOD + 'mode = "webhook"\n'


def written(folder: Path, text: str) -> Path:
    path = folder / "config.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_token_is_enough(tmp_path: Path) -> None:
    config = load(written(tmp_path, GOOD))
    assert config.telegram.token == "7:TEST" and config.telegram.mode == "polling"
    assert config.telegram.api_url == "https://api.telegram.org" and config.telegram.messages_per_second == 28
    assert config.database.url.startswith("sqlite:///") and config.clock.offset_seconds == 0
    assert config == Config(telegram=config.telegram)


def test_everything_set(tmp_path: Path) -> None:
    config = load(
        written(
            tmp_path,
            HOOK + 'api_url = "http://127.0.0.1:8081"\nwebhook_url = "https://x.org/hook"\nwebhook_secret = "s"\n'
            'proxy = "http://p"\nmessages_per_second = 0\nin_flight = 8\n[server]\nhost = "0.0.0.0"\nport = 0\n'
            '[database]\nurl = "postgresql://a:b@c/d"\n[clock]\noffset_seconds = -86400.5\nfollow = ""\n',
        )
    )
    assert config.telegram.webhook_url == "https://x.org/hook" and config.server.port == 0
    assert config.clock.offset_seconds == -86400.5 and config.telegram.in_flight == 8


WRONG = {
    "": ("[telegram] token", "BotFather"),
    "[telegram]\n": ("[telegram] token", "missing"),
    '[telegram]\ntoken = "TEST"\n': ("[telegram] token", "BotFather"),
    '[telegram]\ntoken = "bot7:TEST"\n': ("[telegram] token", "BotFather"),
    '[telegram]\ntoken = "7:"\n': ("[telegram] token", "BotFather"),
    "[telegram]\ntoken = 7\n": ("token",),
    GOOD + 'api_url = "api.telegram.org"\n': ("[telegram] api_url", "https://"),
    GOOD + 'mode = "push"\n': ("telegram.mode", "push"),
    GOOD + 'tokn = "x"\n': ("[telegram] tokn", "config.example.toml"),
    GOOD + "[telegrm]\n": ("telegrm", "config.example.toml"),
    GOOD + "[database]\npath = 'x'\n": ("[database] path", "config.example.toml"),
    GOOD + "[database]\nurl = 'mysql://x'\n": ("[database] url", "sqlite:///"),
    GOOD + "[database]\nurl = ''\n": ("[database] url", "sqlite:///"),
    GOOD + "[server]\nport = 'many'\n": ("server.port",),
    GOOD + "[clock]\noffset_seconds = 'tomorrow'\n": ("clock.offset_seconds",),
    HOOK: ("[telegram] webhook_url", "webhook"),
    HOOK + 'webhook_url = "https://x.org/h"\n': ("[telegram] webhook_secret",),
    HOOK + 'webhook_url = "x.org/h"\nwebhook_secret = "s"\n': ("[telegram] webhook_url",),
    GOOD + "[media]\nplace = 'folder://relative'\n": ("[media] place", "folder:///a/folder"),
    GOOD + "[media]\nplace = 's3://B'\n": ("[media] place", "s3://bucket/prefix"),
    GOOD + "[media]\nplace = 'database'\nbefore = '/srv'\n": ("[media] before", "folder:///"),
    GOOD + "[media]\nplace = 'folder:///a'\nbefore = 'folder:///b'\n": ("[media] before", "another kind"),
    GOOD + "[media]\nendpoint = 'https://x'\n": ("[media] endpoint", "s3://"),
    GOOD + "[media]\nplace = 's3://media/x'\naccess_key = 'a'\nregion = 'x'\n": ("[media] access_key", "secret_key"),
    GOOD + "[media]\nplace = 's3://media/x'\naccess_key = 'a'\nsecret_key = 'b'\n": ("[media] endpoint", "region"),
    GOOD + "[media]\nplace = 's3://media'\naccess_key = 'a'\nsecret_key = 'b'\nendpoint = 'x'\n": (
        "[media] endpoint",
        "https://",
    ),
    GOOD + "[media]\nbucket = 'x'\n": ("[media] bucket", "config.example.toml"),
    "[telegram\n": ("TOML",),
    "token = 7:TEST\n": ("TOML",),
}


@pytest.mark.parametrize("text", WRONG)
def test_what_is_wrong_is_said_in_one_sentence(tmp_path: Path, text: str) -> None:
    path = written(tmp_path, text)
    with pytest.raises(ConfigError) as caught:
        load(path)
    said = str(caught.value)
    assert said.startswith(f"{path}: ") and "\n" not in said
    for part in WRONG[text]:
        assert part in said
    assert "Traceback" not in said and "7:TEST" not in said


def test_no_file(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"config\.example\.toml"):
        load(tmp_path / "none.toml")


def test_a_file_that_is_no_text(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_bytes(b"[telegram]\ntoken = '\xff\xfe'")
    with pytest.raises(ConfigError, match="UTF-8"):
        load(path)
    with pytest.raises(ConfigError, match="cannot be read"):
        load(tmp_path)


def test_where_photos_stand(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = tmp_path / "secret"
    kept.write_text("from-a-file\n")
    monkeypatch.setenv("TONGXUE_MEDIA_ACCESS_KEY", "from-the-environment")
    s3 = 'place = "s3://media/school"\nbefore = "folder:///srv/media"\nendpoint = "https://x:9000"\n'
    config = load(written(tmp_path, GOOD + f'[media]\n{s3}secret_key_file = "{kept}"\n'))
    assert (config.media.access_key, config.media.secret_key) == ("from-the-environment", "from-a-file")
    assert "from-a-file" in secrets_of(config)
    contents = contents_of(config)
    assert contents.kind == "s3" and contents.knows("folder:x") and contents.knows("")
    contents.close()
    assert contents_of(load(written(tmp_path, GOOD))).known == []
