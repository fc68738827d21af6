"""Office files as they are packed: the same content gives the same bytes."""

import io
import re
import zipfile
from datetime import datetime

# The first date that a zip can hold.
_NO_DATE = (1980, 1, 1, 0, 0, 0)
_CORE = "docProps/core.xml"
_STAMPS = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*(</dcterms:)")


def packed(file: bytes, *, made: datetime) -> bytes:
    """The file with no dates in its packing, and `made` as when it was made and changed.

    So are the workbooks within it, which hold the data of charts.
    """
    target = io.BytesIO()
    stamp = rf"\g<1>{made:%Y-%m-%dT%H:%M:%SZ}\g<2>".encode()
    with (
        zipfile.ZipFile(io.BytesIO(file)) as given,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as written,
    ):
        for entry in given.infolist():
            content = given.read(entry)
            if entry.filename == _CORE:
                content = _STAMPS.sub(stamp, content)
            elif entry.filename.endswith(".xlsx"):
                content = packed(content, made=made)
            new = zipfile.ZipInfo(entry.filename, _NO_DATE)
            new.compress_type = zipfile.ZIP_DEFLATED
            written.writestr(new, content)
    return target.getvalue()
