"""A seal on the file of the journal, by which a byte that has changed on the disk is noticed.

SQLite sees that its pages hold together, and not that a letter in one of them is another. The seal
is a checksum of all of the file, in two fields of its head that SQLite leaves to its users, and it
is written in the same transaction as what it is of. Who writes without sealing, as an earlier
program does, leaves a seal of an earlier transaction, which says nothing.
"""

import sqlite3
import zlib

# Where the head holds how many transactions there have been, the two fields of the seal, and the
# same count once more: https://www.sqlite.org/fileformat.html
COUNTER = slice(24, 28)
_OF, _SUM, _AGAIN = slice(60, 64), slice(68, 72), slice(92, 96)
_HEAD = 100


def seal(book: sqlite3.Connection) -> None:
    """Let the transaction, which is about to end, leave a seal of what it leaves."""
    content = book.serialize()
    book.execute(f"pragma user_version = {_number(content, COUNTER) + 1}")
    signed = int.from_bytes(_sum(content), signed=True)
    book.execute(f"pragma application_id = {signed}")


def is_broken(content: bytes) -> bool:
    """Whether a file is another than its seal says."""
    counted = _number(content, COUNTER)
    if counted != _number(content, _AGAIN):
        return True
    return counted == _number(content, _OF) and content[_SUM] != _sum(content)


def _sum(content: bytes) -> bytes:
    """The checksum of all but the fields that the end of a transaction changes, and the seal's."""
    head = content[:24] + content[28:60] + content[64:68] + content[72:92]
    return zlib.crc32(memoryview(content)[_HEAD:], zlib.crc32(head)).to_bytes(4)


def _number(content: bytes, field: slice) -> int:
    return int.from_bytes(content[field])
