"""The class of the cast as the plays about logs need it: a deputy class teacher, a good log, photos."""

from __future__ import annotations

from typing import Any

from storage import cohorts, log_reviews, logs, members
from storage.log_reviews import Review
from storage.logs import Log, Part, Version
from storage.members import Member
from storage.tx import Tx
from tests.stage import Stage

GOOD = (
    "今天接待演练我扮居民，同组的同志一上来就解释政策，我心里其实更火。轮到我当接待人，我先说“您这几天是不是跑了好几趟”，"
    "对方马上坐下来。我们社区窗口的问题可能不是态度，是顺序：先情绪再事实。回去后周一例会我先让两位同事互相试一次，就练第一句话。"
)  # fmt: skip
OTHER = (
    "三感三问我用在自己身上试了一遍，第三问“你能出什么力”我答不上来，才知道居民为什么也不答。我们是给居民出题，不是请居民出力。"
    "准备先问三个人：楼下水果店老板、带孙子的奶奶、晚上十点才回家的小伙子。另外打算请老师讲讲问完不能兑现该怎么收场才好。"
)  # fmt: skip


async def writes(stage: Stage, name: str, *texts: str) -> None:
    """[写日志], the words, [提交日志]."""
    await stage.says(name, "写日志")
    for text in texts or (GOOD,):
        await stage.says(name, text)
    await stage.says(name, "提交日志")


async def log_of(stage: Stage, ref: str = "T02", day: int = 1, key: str = "spring") -> Log:
    async def work(tx: Tx) -> Log:
        found = await logs.of_day(tx, (await member(tx, ref, key)).id, day)
        assert found is not None, "there is no log"
        return found

    return await stage.store.work(work)


async def member(tx: Tx, ref: str, key: str = "spring") -> Member:
    cohort = await cohorts.by_key(tx, key)
    assert cohort is not None
    found = await members.by_ref(tx, cohort.id, ref)
    assert found is not None
    return found


async def parts_of(stage: Stage, ref: str = "T02", day: int = 1) -> list[Part]:
    log = await log_of(stage, ref, day)
    return await stage.store.work(lambda tx: logs.parts_of(tx, log.id))


async def versions_of(stage: Stage, ref: str = "T02", day: int = 1) -> list[Version]:
    log = await log_of(stage, ref, day)
    return await stage.store.work(lambda tx: logs.versions_of(tx, log.id))


async def reviews_of(stage: Stage, ref: str = "T02", day: int = 1) -> list[Review]:
    log = await log_of(stage, ref, day)
    return await stage.store.work(lambda tx: log_reviews.of_log(tx, log.id))


async def photo(stage: Stage, name: str, n: int = 1, album: str = "", caption: str = "") -> None:
    """Somebody sends a photo, perhaps as one of an album."""
    sizes: list[dict[str, Any]] = [
        {"file_id": f"photo-{n}", "file_unique_id": f"u-{n}", "width": 90, "height": 90, "file_size": 1000}
    ]
    more = ({"media_group_id": album} if album else {}) | ({"caption": caption} if caption else {})
    await stage.sends(name, photo=sizes, **more)


async def voice(stage: Stage, name: str, seconds: int = 9, file_id: str = "voice-1") -> None:
    """Somebody sends a voice note."""
    await stage.sends(name, voice={"file_id": file_id, "file_unique_id": f"u-{file_id}", "duration": seconds,
                                   "file_size": 2000})  # fmt: skip


async def document(stage: Stage, name: str, size: int, file_name: str = "方案.pdf") -> None:
    """Somebody sends a file."""
    file = {"file_id": f"doc-{size}", "file_unique_id": f"u-{size}", "file_name": file_name, "file_size": size}
    await stage.sends(name, document=file)
