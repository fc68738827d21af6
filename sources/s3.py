"""A folder of an S3 bucket, through s3fs, which is installed only where it is wanted."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from importlib import import_module

from sources.declaration import Source, SourceError
from sources.remote import Remote


@contextmanager
def listed(source: Source) -> Iterator[list[Remote]]:
    """The files of the folder itself, not of folders in it."""
    try:
        s3fs = import_module("s3fs")
    except ImportError as error:
        raise SourceError(
            'S3 kräver ett tillägg som inte är installerat: pip install "samverkan[s3]".'
        ) from error
    system = s3fs.S3FileSystem(
        key=source.secret("user_from"),
        secret=source.secret("password_from"),
        endpoint_url=source.endpoint or None,
        config_kwargs={
            "connect_timeout": source.timeout_seconds,
            "read_timeout": source.timeout_seconds,
        },
        skip_instance_cache=True,
        use_listings_cache=False,
    )
    yield [
        Remote(
            name=told["name"].rpartition("/")[2],
            size=told["size"],
            changed=told["LastModified"].timestamp(),
            opened=partial(system.open, told["name"], "rb"),
            tag=told.get("ETag", ""),
        )
        for told in system.ls(f"{source.url.netloc}{source.url.path}", detail=True)
        if told["type"] == "file"
    ]
