"""Why a disk did not do what it was asked, as people say it."""

import errno

FULL = "disken är full"
_WHY = {
    errno.ENOSPC: FULL,
    errno.EDQUOT: "utrymmet som du får använda är slut",
    errno.EFBIG: "filen är större än den får vara",
    errno.EROFS: "disken är skrivskyddad",
    errno.EACCES: "behörighet saknas",
    errno.EPERM: "behörighet saknas",
    errno.ENOENT: "den finns inte",
    errno.ENOTDIR: "en mapp i sökvägen är en fil",
    errno.EISDIR: "det är en mapp",
    errno.ENAMETOOLONG: "namnet är för långt",
    errno.EADDRINUSE: "den används redan",
    errno.EADDRNOTAVAIL: "datorn har ingen sådan adress",
}
# What databases say of it in words.
_SAID = {
    "no space": FULL,
    "is full": FULL,
    "read-only": _WHY[errno.EROFS],
    "readonly": _WHY[errno.EROFS],
    "permission": _WHY[errno.EACCES],
}
_ELSE = "disken svarade inte som väntat"
_OF_THE_DISK = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS, errno.EIO}


def why(error: BaseException) -> str:
    """The reason, to stand after a colon or in parentheses."""
    if isinstance(error, OSError) and error.errno is not None:
        return _WHY.get(error.errno, _ELSE)
    said = str(error).lower()
    return next((told for words, told in _SAID.items() if words in said), _ELSE)


def is_of_the_disk(error: BaseException) -> bool:
    """Whether the disk is full or refuses, which is no fault of the program."""
    if isinstance(error, OSError):
        return error.errno in _OF_THE_DISK
    return why(error) == FULL
