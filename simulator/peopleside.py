"""The people's side over HTTP: what the page of phones and tests ask for."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import msgspec
from aiohttp import web

from simulator import attachments, groups, people, presence, standing
from simulator.call import Upload
from simulator.clock import Mark, moment
from simulator.core import Telegram
from simulator.deeds import DEEDS, GROUP_DEEDS, views, whole
from simulator.methods.account import commands_for, menu_for
from simulator.model import Dialog, Json, Person, private_card
from simulator.pins import pinned_in
from simulator.places import is_admin
from simulator.refusal import NotPossible, Refusal
from simulator.shown import seen_by
from simulator.streams import stream

encode = msgspec.json.encode
Answer = Callable[[web.Request], Awaitable[Any]]


def answer(data: Any) -> web.Response:
    """A JSON answer."""
    return web.Response(body=encode(data), content_type="application/json")


def told(deed: Answer) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
    """Answer with what a deed gives back, or with why it cannot be done."""

    async def handle(request: web.Request) -> web.StreamResponse:
        try:
            result = await deed(request)
        except (NotPossible, Refusal) as no:
            text = no.description if isinstance(no, Refusal) else str(no)
            return web.Response(status=400, body=encode({"error": text}), content_type="application/json")
        return result if isinstance(result, web.StreamResponse) else answer(result)

    return handle


async def body_of(request: web.Request) -> Json:
    """The JSON object of a request."""
    raw = await request.read()
    try:
        data = msgspec.json.decode(raw) if raw else {}
    except msgspec.DecodeError as wrong:
        raise NotPossible(f"not JSON: {wrong}") from wrong
    if not isinstance(data, dict):
        raise NotPossible("an object is expected")
    return data


class PeopleSide:
    """Answers the page."""

    def __init__(self, sim: Telegram) -> None:
        self.sim = sim

    def routes(self) -> list[web.RouteDef]:
        """What the web server sends here."""
        return [
            web.get("/sim/state", told(self.state)),
            web.get("/sim/chats/{chat}", told(self.chat)),
            web.get("/sim/events", self.events),
            web.get("/sim/clock/stream", self.clock_events),
            web.post("/sim/people", told(self.add_person)),
            web.patch("/sim/people/{id}", told(self.change_person)),
            web.post("/sim/people/{id}/{deed}", told(self.act)),
            web.post("/sim/groups", told(self.add_group)),
            web.post("/sim/groups/{id}/{deed}", told(self.group_deed)),
            web.get("/sim/files/{file_id}", self.file),
        ]

    async def state(self, request: web.Request) -> Any:
        """Everything the page needs to begin."""
        sim = self.sim
        bots = [
            {"id": bot.id, "username": bot.username, "name": bot.card()["first_name"]}
            for bot in sim.world.bots.values()
        ]
        return {
            "title": sim.title, "bots": bots, "people": sim.people_shown(), "groups": sim.groups_shown(),
            "clock": sim.clock.face(), "marks": sim.clock.marks,
        }  # fmt: skip

    def person(self, request: web.Request) -> Person:
        """The person named in the address."""
        return self.sim.somebody(whole(request.match_info["id"]) or 0)

    async def chat(self, request: web.Request) -> Any:
        """A conversation on somebody's phone."""
        person = self.sim.somebody(whole(request.query.get("person")) or 0)
        if not self.sim.world.bots and (whole(request.match_info["chat"]) or 0) > 0:
            return {"messages": [], "pinned": [], "keyboard": None, "commands": [], "menu_button": None, "bot": None}
        dialog = people.place(self.sim, person, whole(request.match_info["chat"]))
        limit = min(200, whole(request.query.get("limit")) or 50)
        messages = seen_by(self.sim, person, dialog, whole(request.query.get("before")), limit)
        return {"messages": messages, "pinned": pinned_in(self.sim, dialog), **self.around(person, dialog)}

    def around(self, person: Person, dialog: Dialog) -> Json:
        """Keyboard, commands and menu button of a conversation."""
        bot = self.sim.world.bots.get(dialog.bot) or self.sim.home(person)
        group = self.sim.world.groups.get(dialog.chat)
        admin = bool(group and is_admin(group.members.get(person.id)))
        return {
            "keyboard": dialog.keyboards.get(person.id),
            "commands": commands_for(bot, dialog, person.id, person.lang, admin),
            "menu_button": menu_for(bot, person.id) if dialog.bot else None,
            "bot": {"id": bot.id, "username": bot.username, "name": bot.card()["first_name"]},
        }

    # ---- people ------------------------------------------------------------------------------------

    async def add_person(self, request: web.Request) -> Any:
        """Put a new phone on the table."""
        body = await body_of(request)
        name = str(body.get("name") or "").strip()
        if not name:
            raise NotPossible("a person needs a name")
        fields = {key: body[key] for key in ("lang", "note", "link", "username", "shown") if key in body}
        wanted = whole(body.get("id"))
        if wanted:
            if wanted in self.sim.world.people:
                raise NotPossible("this id is taken")
            self.sim.world.next_person = wanted
        person = self.sim.add_person(name, **fields)
        return next(one for one in self.sim.people_shown() if one["id"] == person.id)

    async def change_person(self, request: web.Request) -> Any:
        """Network off or on, block or unblock, show or put away, rename."""
        person, body = self.person(request), await body_of(request)
        for key in ("shown", "name", "note", "link", "lang", "username", "deactivated"):
            if key in body:
                setattr(person, key, body[key])
        for bot in self.sim.world.bots.values():
            if person.id in bot.dialogs:
                bot.dialogs[person.id].card.update(private_card(person))
        if "offline" in body:
            (presence.go_offline if body["offline"] else presence.come_online)(self.sim, person)
        if "blocked" in body:
            standing.block(self.sim, person, self.sim.home(person), bool(body["blocked"]))
        self.sim.tell_people()
        return next(one for one in self.sim.people_shown() if one["id"] == person.id)

    async def act(self, request: web.Request) -> Any:
        """Something that a person does."""
        person, deed = self.person(request), request.match_info["deed"]
        if deed == "send":
            return await self.send(request, person)
        if deed not in DEEDS:
            raise NotPossible(f"nobody can {deed}")
        return DEEDS[deed](self.sim, person, await body_of(request))

    async def send(self, request: web.Request, person: Person) -> Any:
        """Send a picture, voice, file, place or card."""
        files: list[Upload] = []
        fields: Json = {}
        if request.content_type == "multipart/form-data":
            for name, value in (await request.post()).items():
                if isinstance(value, web.FileField):
                    files.append(Upload(value.filename or name, value.file.read(), value.content_type))
                    value.file.close()
                else:
                    fields[name] = value
        else:
            fields = await body_of(request)
        chat = whole(fields.get("chat"))
        sent = attachments.send(self.sim, person, chat, str(fields.get("kind", "")), files, fields)
        return views(self.sim, person, chat, sent)

    # ---- groups ------------------------------------------------------------------------------------

    async def add_group(self, request: web.Request) -> Any:
        """A new group: {title, members: [people, the owner first], supergroup?, bots?: [ids; all without it]}."""
        body = await body_of(request)
        members = [whole(one) or 0 for one in body.get("members") or []]
        wanted = body.get("bots")
        bots = None if wanted is None else [self.sim.world.bots[n] for n in wanted or [] if n in self.sim.world.bots]
        group = groups.create(self.sim, str(body.get("title", "")), members, bool(body.get("supergroup")), bots)
        return {"id": group.id, "title": group.title, "members": self.sim.people_of(group)}

    async def group_deed(self, request: web.Request) -> Any:
        """Join, leave, ask to join, add or throw out a bot, promote, mute, delete, upgrade."""
        group, body = self.sim.group(whole(request.match_info["id"]) or 0), await body_of(request)
        deed = request.match_info["deed"]
        if deed == "upgrade":
            return {"id": groups.upgrade(self.sim, group).id}
        if deed not in GROUP_DEEDS:
            raise NotPossible(f"a group cannot {deed}")
        GROUP_DEEDS[deed](self.sim, group, body)
        return {"ok": True}

    # ---- streams and files -------------------------------------------------------------------------

    async def events(self, request: web.Request) -> web.StreamResponse:
        """The live events."""
        return await stream(request, self.sim.feed, None)

    async def clock_events(self, request: web.Request) -> web.StreamResponse:
        """The clock alone: now and at each change."""
        return await stream(request, self.sim.clock_feed, lambda: encode(self.sim.clock.face()), bare=True)

    async def file(self, request: web.Request) -> web.Response:
        """The bytes of a file, harmless to a browser."""
        file_id = request.match_info["file_id"]
        data, stored = self.sim.files.read(file_id), self.sim.world.files.get(file_id)
        if data is None or stored is None:
            return web.Response(status=404)
        safe = stored.mime.startswith(("image/", "audio/", "video/")) and "svg" not in stored.mime
        headers = {
            "Content-Type": stored.mime if safe else "application/octet-stream",
            "X-Content-Type-Options": "nosniff",
            "Content-Security-Policy": "sandbox; default-src 'none'",
            "Cache-Control": "private, max-age=3600",
        }
        return web.Response(body=data, headers=headers)


def marks_of(data: Any) -> list[Mark]:
    """The marks of a request, soonest first."""
    try:
        return sorted(msgspec.convert(data, list[Mark]), key=lambda mark: moment(mark.at))
    except msgspec.ValidationError as wrong:
        raise NotPossible(str(wrong)) from wrong
