"""Updates in Telegram's shapes with wild values in them."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from tests.cast import ACCOUNTS
from tests.fuzz.wild import anything, numbers, texts

ENTITIES = ("bold", "text_link", "bot_command", "custom_emoji", "pre", "expandable_blockquote", "", "mention")


def _some(**fields: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    """Any of these fields."""
    return st.fixed_dictionaries({}, optional=fields)


people = st.sampled_from(list(ACCOUNTS.values()))
users = people.flatmap(
    lambda id: st.fixed_dictionaries({"id": st.just(id)}, optional={
        "first_name": texts, "is_bot": st.sampled_from([False, False, False, True]),
        "language_code": st.sampled_from(["zh-hans", "en", "fr", "", "x" * 300])})
)  # fmt: skip
files = st.fixed_dictionaries(
    {"file_id": texts},
    optional={"file_unique_id": texts, "file_size": numbers, "file_name": texts, "duration": numbers},
)
entities = st.lists(
    st.fixed_dictionaries({"type": st.sampled_from(ENTITIES)},
                          optional={"offset": numbers, "length": numbers, "url": texts}),
    max_size=4,
)  # fmt: skip
dates = st.one_of(st.just(1805069280), numbers, st.just(253402300800))
contents = st.one_of(
    st.builds(lambda t, e: {"text": t, **({"entities": e} if e else {})}, texts, entities),
    st.sampled_from(["voice", "video", "document", "audio", "sticker", "animation", "video_note"]).flatmap(
        lambda kind: st.builds(lambda f, c, e: {kind: f, "caption": c, "caption_entities": e}, files, texts, entities)
    ),
    st.builds(lambda f, c: {"photo": f, "caption": c}, st.lists(files, max_size=3), texts),
    st.builds(lambda a, b: {"location": {"latitude": a, "longitude": b}}, numbers, numbers),
    st.sampled_from(["dice", "contact", "poll", "venue", "story", "giveaway", "web_app_data", "pinned_message",
                     "successful_payment", "new_chat_members", "left_chat_member", "migrate_to_chat_id",
                     "group_chat_created"]).flatmap(lambda kind: st.builds(lambda v: {kind: v}, anything)),
    _some(forward_origin=anything, via_bot=anything, reply_to_message=anything, quote=anything, text=texts),
)  # fmt: skip


def _message(user: dict[str, Any], content: dict[str, Any], chat: dict[str, Any], date: Any, id: Any) -> dict[str, Any]:
    return {"message_id": id, "date": date, "from": user, "chat": {"id": user["id"], "type": "private", **chat},
            **content}  # fmt: skip


chats = st.one_of(
    st.just({}),
    st.just({}),
    st.builds(
        lambda id, kind, title: {"id": id, "type": kind, "title": title},
        st.sampled_from([-100, -1001234567890, 5, -(2**62)]),
        st.sampled_from(["group", "supergroup", "channel", "private", "new"]),
        texts,
    ),
)
messages = st.builds(_message, users, contents, chats, dates, numbers)
taps = st.builds(
    lambda user, data, id, message: {"id": id, "from": user, "data": data, **message},
    users, texts, st.text("0123456789", min_size=1, max_size=20),
    st.one_of(st.just({}), messages.map(lambda m: {"message": m})),
)  # fmt: skip
standings = st.builds(
    lambda m, old, new: {**m, "old_chat_member": {"status": old}, "new_chat_member": {"status": new}},
    messages,
    st.sampled_from(["member", "left"]),
    st.sampled_from(["member", "administrator", "kicked", "left", "restricted", ""]),
)
updates = st.one_of(
    messages.map(lambda m: {"message": m}),
    messages.map(lambda m: {"message": m}),
    taps.map(lambda t: {"callback_query": t}),
    messages.map(lambda m: {"edited_message": {**m, "edit_date": m["date"]}}),
    standings.map(lambda c: {"my_chat_member": c}),
    st.builds(
        lambda kind, m: {kind: m},
        st.sampled_from(["channel_post", "edited_channel_post", "message_reaction", "message_reaction_count", "poll",
                         "poll_answer", "inline_query", "chosen_inline_result", "chat_member", "chat_join_request",
                         "shipping_query", "pre_checkout_query", "business_message", "brand_new_kind"]),
        st.one_of(messages, anything),
    ),
)  # fmt: skip


def speaker(update: Any) -> int:
    """Whoever wrote a message of her own in her private chat, and must be answered; 0 for nobody."""
    match update:
        case {"message": {"from": {"id": int(who), **user}, "chat": {"id": int(chat), **where}, **said}} if who == chat:
            known = who in ACCOUNTS.values() and who != ACCOUNTS["Nora"] and where.get("type", "private") == "private"
            moved = said.get("migrate_to_chat_id") is not None  # a sign of Telegram's, not of a person's
            return who if known and not user.get("is_bot") and not moved and type(who) is int else 0
    return 0
