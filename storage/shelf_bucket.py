"""A bucket as a shelf, over obstore (Rust's object_store): signing, retries and listing are theirs to keep right.

The only file that knows obstore; it is imported when a bucket is configured (7 MB), and not before. Its blocking
calls are used, in threads of ours: after its async ones a program that ends at once is killed by abort() now and then.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

from storage.shelf import Away, Kept, Missing

PORTION = 1000


class Bucket:
    """An address whose host begins with the bucket's name is taken as it stands (Aliyun, Tencent), any other has the
    bucket in its path (MinIO, Ceph). A content goes in one request, so there is never a part of one."""

    kind = "s3"

    def __init__(self, place: str, endpoint: str, region: str, access_key: str, secret_key: str) -> None:
        import obstore
        from obstore.store import S3Store

        parts = urlsplit(place)
        bucket, prefix = parts.netloc, parts.path.strip("/")
        by_host = (urlsplit(endpoint).hostname or "").startswith(f"{bucket}.")
        options: dict[str, Any] = {"endpoint": endpoint} if endpoint else {}
        self._obstore = obstore
        self._store = S3Store(
            bucket, prefix=prefix or None, region=region or "us-east-1", access_key_id=access_key,
            secret_access_key=secret_key, virtual_hosted_style_request=by_host or not endpoint,
            disable_bulk_delete=True,
            client_options={"allow_http": True, "connect_timeout": timedelta(seconds=5),
                            "timeout": timedelta(seconds=60)},
            retry_config={"max_retries": 2, "retry_timeout": timedelta(seconds=20)}, **options,
        )  # fmt: skip
        self._wrong = (obstore.exceptions.BaseError, OSError, ValueError)

    def put(self, key: str, content: bytes) -> None:
        with self._in_words():
            self._obstore.put(self._store, key, content, use_multipart=False)

    def get(self, key: str) -> bytes:
        with self._in_words():
            try:
                return bytes(self._obstore.get(self._store, key).bytes())
            except FileNotFoundError:
                raise Missing(key) from None

    def remove(self, keys: Sequence[str]) -> None:
        with self._in_words(), contextlib.suppress(FileNotFoundError):
            self._obstore.delete(self._store, list(keys))

    def list(self) -> Iterator[Sequence[Kept]]:
        with self._in_words():
            for portion in self._obstore.list(self._store, chunk_size=PORTION):
                yield [Kept(one["path"], one["size"], one["last_modified"]) for one in portion]

    @contextlib.contextmanager
    def _in_words(self) -> Iterator[None]:
        try:
            yield
        except self._wrong as wrong:
            raise Away(_why(wrong)) from None


def _why(wrong: BaseException) -> str:
    """What the storage says, in a word: its whole answer may hold addresses and keys."""
    code = re.search(r"<Code>(\w+)</Code>", str(wrong)) or re.search(r"\b([45]\d\d [A-Z]\w+(?: \w+)?)", str(wrong))
    return code[1] if code else type(wrong).__name__
