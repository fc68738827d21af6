"""A file with the manifest of its numbers in it, and a seal that tells whether it was altered.

An Office file carries the manifest as custom XML, beside the hash of all its other parts. A PDF
carries it as an attachment, and ends with a comment that has the hash of all before it.
"""

import hashlib
import html
import io
import logging
import re
import zipfile
from dataclasses import dataclass

from reports.manifest import Manifest, ManifestError

ATTACHED = "samverkan-tal.json"
"""What the manifest is called among a PDF's attachments."""
_PART = "customXml/samverkan.xml"
_SPACE = "urn:samverkan:manifest"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/customXml"
_RELATIONS = re.compile(r"(?:ppt|word|xl)/_rels/(?:presentation|document|workbook)\.xml\.rels")
_HELD = re.compile(rf'<tal xmlns="{_SPACE}" hash="([0-9a-f]{{64}})">(.*)</tal>', re.DOTALL)
_SEAL = re.compile(rb"%SV-SHA256 ([0-9a-f]{64})\n\Z")
_NONE = "Filen har ingen förteckning över sina tal: den är inte gjord här, eller är omgjord."


@dataclass(frozen=True)
class Sealed:
    """What a file carries: its manifest, and whether the file is as it was made."""

    manifest: Manifest
    untouched: bool


def sealed(file: bytes, manifest: Manifest | None, suffix: str) -> bytes:
    """The file with its manifest and its seal; a PDF has its manifest already."""
    if manifest is None:
        return file
    if suffix == "pdf":
        return file + b"%SV-SHA256 " + hashlib.sha256(file).hexdigest().encode() + b"\n"
    return _with_part(file, manifest)


def opened(file: bytes) -> Sealed:
    """What a file carries. Raises ManifestError for one that carries nothing that can be read."""
    if file.startswith(b"%PDF"):
        return _of_pdf(file)
    try:
        with zipfile.ZipFile(io.BytesIO(file)) as package:
            match = _HELD.search(package.read(_PART).decode())
            if match is None:
                raise ManifestError(_NONE)
            own = _hash(package)
    except (zipfile.BadZipFile, KeyError, UnicodeDecodeError):
        raise ManifestError(_NONE) from None
    return Sealed(Manifest.read(html.unescape(match[2])), own == match[1])


def _of_pdf(file: bytes) -> Sealed:
    # Half a second, for whoever makes a file and reads none.
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    # It says on the log, in English, what the error below says to the user.
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        attached = PdfReader(io.BytesIO(file)).attachments.get(ATTACHED)
    except PyPdfError:
        raise ManifestError("Filen går inte att läsa som PDF.") from None
    if not attached:
        raise ManifestError(_NONE)
    manifest = Manifest.read(bytes(attached[0]).decode("utf-8", errors="replace"))
    seal = _SEAL.search(file)
    if seal is None:
        return Sealed(manifest, untouched=False)
    own = hashlib.sha256(file[: seal.start()]).hexdigest()
    return Sealed(manifest, own == seal[1].decode())


def _with_part(file: bytes, manifest: Manifest) -> bytes:
    target = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(file)) as given,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as written,
    ):
        digest = hashlib.sha256()
        for entry in sorted(given.infolist(), key=lambda one: one.filename):
            content = given.read(entry)
            if _RELATIONS.fullmatch(entry.filename):
                content = _related(content)
            digest.update(_part_hash(entry.filename, content))
            written.writestr(_entry(entry.filename), content)
        held = html.escape(manifest.as_json(), quote=False)
        part = f'<tal xmlns="{_SPACE}" hash="{digest.hexdigest()}">{held}</tal>'
        written.writestr(_entry(_PART), f'<?xml version="1.0" encoding="UTF-8"?>\n{part}')
    return target.getvalue()


def _entry(name: str) -> zipfile.ZipInfo:
    # The first date that a zip can hold: the same report is the same bytes.
    entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
    entry.compress_type = zipfile.ZIP_DEFLATED
    return entry


def _related(relations: bytes) -> bytes:
    """Where the manifest lies, as the document's own part: Office keeps it when it saves."""
    line = f'<Relationship Id="rIdSamverkan" Type="{_RELATION}" Target="../{_PART}"/>'
    return relations.replace(b"</Relationships>", line.encode() + b"</Relationships>")


def _hash(package: zipfile.ZipFile) -> str:
    digest = hashlib.sha256()
    for name in sorted(package.namelist()):
        if name != _PART:
            digest.update(_part_hash(name, package.read(name)))
    return digest.hexdigest()


def _part_hash(name: str, content: bytes) -> bytes:
    return hashlib.sha256(name.encode() + b"\0" + content).digest()
