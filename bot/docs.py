"""`python -m bot.docs`: docs/commands.md, made from the routes, the keyboard's words and the command line itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import typer

from bot.cli import app
from chat.messages import say
from chat.turns import Route
from handlers import ROUTES
from rules.roles import ANYBODY, EVERYONE
from texts.render import LANGUAGES, bundle, keys_of, voice

FILE = Path(__file__).parent.parent / "docs" / "commands.md"
HEAD = """# 命令和按键 / Commands and keys

由 `make docs` 从代码里生成，请不要手改。/ Made from the code by `make docs`; please do not edit.
"""
ROLES = {
    "trainee": ("学员", "trainees"),
    "leader": ("组长", "leaders"),
    "deputy": ("副组长", "deputies"),
    "monitor": ("班长", "monitors"),
    "class_teacher": ("班主任", "class teachers"),
    "lecturer": ("授课教师", "lecturers"),
    "admin": ("教务", "administrators"),
    "school_leader": ("校领导", "school leaders"),
    "site_contact": ("教学点负责人", "site contacts"),
    "support": ("工作人员", "support"),
    "reviewer": ("评委", "reviewers"),
    "sending_unit": ("派出单位", "sending units"),
    "stranger": ("还没绑定的人", "strangers"),
}
SETS = {
    ANYBODY: ("所有人", "anybody"),
    EVERYONE: ("班里所有人", "everybody of a class"),
    ANYBODY - {"stranger"}: ("班里所有人", "everybody of a class"),
}
PROGRAM = "tongxue"


def commands_md() -> str:
    """The whole page, as it must stand in docs/commands.md."""
    return "\n".join([HEAD, *_commands(), "", *_keys(), "", *_command_line()]).rstrip() + "\n"


def _commands() -> Iterator[str]:
    yield "## 在聊天里打的命令 / Commands in the chat"
    yield ""
    yield "| 命令 | 做什么 | What it does | 谁 / Who |"
    yield "|---|---|---|---|"
    for route in ROUTES.values():
        if route.key.startswith("/"):
            zh, en = (voice(lang, "UTC").plain(say(route.about)) for lang in LANGUAGES)
            yield _row(f"`{route.key}`", zh, en, who_words(route.who))


def _keys() -> Iterator[str]:
    """The words of the reply keyboard. They may be typed too; what stands behind is understood as well."""
    yield "## 大按键 / Keys"
    yield ""
    yield "按键也可以打字；“也可以说”里的词一样管用。/ A key may be typed too; so may the other words."
    yield ""
    yield "| 按键 | 也可以说 | Key | Also | 谁 / Who |"
    yield "|---|---|---|---|---|"
    for key in sorted(keys_of("zh")):
        if key.startswith("menu-"):
            route: Route | None = ROUTES.get(f"word:{key}")
            (zh, zh_also), (en, en_also) = (_words(lang, key) for lang in LANGUAGES)
            yield _row(zh, zh_also, en, en_also, who_words(route.who if route else ()))


def _words(lang: str, key: str) -> tuple[str, str]:
    """A key's label, and what else is understood as it."""
    message = bundle(lang).get_message(key)
    label, also = message.value, message.attributes.get("also")
    spoken = bundle(lang).format_pattern(also, {})[0].split("|") if also else []
    return str(bundle(lang).format_pattern(label, {})[0]), (" · " if lang == "en" else "、").join(spoken)


def who_words(who: Iterable[str]) -> str:
    """Roles in words: 「班主任、教务 / class teachers, administrators」."""
    held = frozenset(who)
    zh, en = SETS.get(held) or ("、".join(ROLES[r][0] for r in ROLES if r in held),
                                ", ".join(ROLES[r][1] for r in ROLES if r in held))  # fmt: skip
    return f"{zh} / {en}"


def _command_line() -> Iterator[str]:
    yield "## 命令行 / Command line"
    program: Any = typer.main.get_command(app)
    yield ""
    yield program.help
    for name, command in _leaves(program, PROGRAM):
        yield ""
        yield f"### `{name}`"
        yield ""
        yield command.help
        options = [_option(p) for p in command.params]
        if options:
            yield ""
            yield from options


def _leaves(group: Any, name: str) -> Iterator[tuple[str, Any]]:
    for word, command in group.commands.items():
        if hasattr(command, "commands"):
            yield from _leaves(command, f"{name} {word}")
        else:
            yield f"{name} {word}", command


def _option(param: Any) -> str:
    """One line: its name, what it is for, what it is when nobody says."""
    named = ", ".join([*param.opts, *param.secondary_opts])
    shown = f"`{named.upper() if param.param_type_name == 'argument' else named}`"
    words = f": {param.help}" if param.help else ""
    given = param.default not in (None, "", False)
    default = f" (`{str(param.default).lower() if param.default is True else param.default}`)" if given else ""
    return f"- {shown}{words}{default}"


def _row(*cells: str) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def main() -> None:
    """Write the page."""
    FILE.parent.mkdir(parents=True, exist_ok=True)
    FILE.write_text(commands_md(), encoding="utf-8")
    print(FILE)


if __name__ == "__main__":
    main()
