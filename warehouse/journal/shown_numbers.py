"""The numbers of reports that were made, found by the code that stands on their pages."""

import zlib

from warehouse.journal import journal


def keep(*, code: str, digest: str, manifest: str) -> None:
    """Keep what was shown under a code. Raises store.Busy and store.Unwritable."""
    with journal.opened() as book:
        book.execute(
            """
            insert into shown_numbers (code, digest, manifest)
            values (:code, :digest, :manifest)
            on conflict do nothing
            """,
            {"code": code, "digest": digest, "manifest": zlib.compress(manifest.encode(), 9)},
        )


def found(code: str) -> tuple[str, ...]:
    """The manifests that were handed out under a code; hardly ever more than one.

    Raises store.Busy and store.Unwritable.
    """
    if not journal.exists():
        return ()
    with journal.opened() as book:
        rows = book.execute(
            "select manifest from shown_numbers where code = :code order by digest", {"code": code}
        ).fetchall()
    return tuple(zlib.decompress(row["manifest"]).decode() for row in rows)
