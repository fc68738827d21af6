"""Office files as they are packed: the same content gives the same bytes."""

import io
import re
import zipfile
from datetime import datetime

# The first date that a zip can hold.
_NO_DATE = (1980, 1, 1, 0, 0, 0)
_CORE = "docProps/core.xml"
_TYPES = "[Content_Types].xml"
_TEMPLATES = (
    (b"presentationml.template.main+xml", b"presentationml.presentation.main+xml"),
    (b"wordprocessingml.template.main+xml", b"wordprocessingml.document.main+xml"),
)
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


def as_document(file: bytes) -> io.BytesIO:
    """A template (.potx, .dotx) as the document that it is the template of; others as they are.

    Raises zipfile.BadZipFile for what is no Office file.
    """
    target = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(file)) as given,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as written,
    ):
        for entry in given.infolist():
            content = given.read(entry)
            if entry.filename == _TYPES:
                for template, document in _TEMPLATES:
                    content = content.replace(template, document)
            written.writestr(entry, content)
    target.seek(0)
    return target
