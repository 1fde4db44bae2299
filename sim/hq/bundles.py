"""Publishes content: a folder of documents becomes one numbered ZIP file that never changes."""

import io
import json
import zipfile
from collections.abc import Mapping
from datetime import datetime
from hashlib import blake2b
from pathlib import Path

from sqlalchemy import Connection, func, insert, select

from kiosk.art import built_in_icons, built_in_pictures
from kiosk.content import Content
from kiosk.model.wire import ContentManifest
from kiosk.store.bundle import DOCUMENTS, read_bundle, survey_file
from kiosk.store.bundle import read_folder as bundle_folder
from kiosk.store.disk import sync_file, sync_folder
from kiosk.store.documents import content_of, read_documents
from kiosk.store.references import Names
from sim.hq.database import Database
from sim.hq.editions import keep_editions
from sim.hq.errors import Refusal
from sim.hq.masking import mask_anew
from sim.hq.snapshots import Offer, sha256_of
from sim.hq.tables import bundle

_MADE = (1980, 1, 1, 0, 0, 0)
"""Date of every file inside: the same content gives the same bytes (ZIP begins at 1980)."""


class Bundles:
    """The folder of published bundles and their numbers."""

    def __init__(self, folder: Path, database: Database) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder
        self._database = database
        self._read: dict[int, Content | None] = {}

    def publish(self, files: Mapping[str, bytes], note: str, now: datetime) -> ContentManifest:
        """Make these files the current content.

        Nothing is checked here: a kiosk must refuse broken content by itself, and this is how
        broken content is sent to it.

        Args:
            files: bytes by name: the documents, and pictures below `pictures/`.
            note: a word for HQ's page on where the content came from.
            now: HQ's time.
        """
        packed, digest = pack(files), digest_of(files)
        with self._database.write() as connection:
            last = connection.execute(select(func.max(bundle.c.version))).scalar() or 0
            version = last + 1
            self._keep(version, packed)
            row = {"version": version, "size_bytes": len(packed), "blake2b_256": digest}
            connection.execute(insert(bundle).values(**row, published=now.isoformat(), note=note))
            self._keep_surveys(connection, version, files, now)
        return ContentManifest(version=version, size_bytes=len(packed), blake2b_256=digest)

    def _keep_surveys(
        self, connection: Connection, version: int, files: Mapping[str, bytes], now: datetime
    ) -> None:
        """Remember the surveys of content that fits: no kiosk asks any others."""
        content = self._read[version] = _content_in(self._folder / f"{version}.zip", version)
        surveys = content.surveys if content is not None else ()
        written = (json.loads(files[survey_file(one.id)]) for one in surveys)
        mask_anew(connection, keep_editions(connection, written, now), now)

    def _keep(self, version: int, packed: bytes) -> None:
        """Put the file on disk before the table speaks of it."""
        path = self._folder / f"{version}.zip"
        growing = path.with_suffix(".writing")
        growing.write_bytes(packed)
        sync_file(growing)
        growing.replace(path)
        sync_folder(self._folder)

    def current(self) -> ContentManifest:
        """The manifest of the newest bundle.

        Raises:
            Refusal: 404 when nothing was published yet.
        """
        with self._database.read() as connection:
            newest = select(bundle).order_by(bundle.c.version.desc()).limit(1)
            row = connection.execute(newest).one_or_none()
        if row is None:
            raise Refusal(404, "nothing was published yet")
        return ContentManifest(
            version=row.version, size_bytes=row.size_bytes, blake2b_256=row.blake2b_256
        )

    def content(self) -> Content | None:
        """What HQ itself goes by: the newest bundle that fits, as a kiosk would take it.

        Returns:
            None when nothing that fits was published yet.
        """
        with self._database.read() as connection:
            query = select(bundle.c.version).order_by(bundle.c.version.desc())
            versions = connection.execute(query).scalars().all()
        for version in versions:
            if version not in self._read:
                self._read[version] = _content_in(self._folder / f"{version}.zip", version)
            if (found := self._read[version]) is not None:
                return found
        return None

    def offer(self, version: int) -> Offer:
        """The ZIP file of this version.

        Raises:
            Refusal: 404 when there is no such version.
        """
        with self._database.read() as connection:
            query = select(bundle.c.blake2b_256).where(bundle.c.version == version)
            digest = connection.execute(query).scalar_one_or_none()
        if digest is None:
            raise Refusal(404, "there is no such version")
        path = self._folder / f"{version}.zip"
        return Offer(path, digest, sha256_of(path))


def _content_in(packed: Path, version: int) -> Content | None:
    """The content of a bundle; None when a kiosk would refuse it, as published ones may be."""
    files, found = read_bundle(packed)
    documents, wrong = read_documents(files, Names(built_in_pictures(), built_in_icons()))
    if found or wrong:
        return None
    return content_of(version, {name: one.model for name, one in documents.items()})


def pack(files: Mapping[str, bytes]) -> bytes:
    """One ZIP file; the same files always give the same bytes."""
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, date_time=_MADE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, files[name])
    return whole.getvalue()


def digest_of(files: Mapping[str, bytes]) -> str:
    """BLAKE2b-256 of the bundle these files make, in hex."""
    return blake2b(pack(files), digest_size=32).hexdigest()


def read_folder(folder: Path) -> dict[str, bytes]:
    """The documents, surveys and pictures of a folder, and the coming edition, if there is one.

    Raises:
        Refusal: 422 naming the documents that are missing.
    """
    files, _ = bundle_folder(folder)
    missing = [name for name in DOCUMENTS if name not in files]
    if missing:
        raise Refusal(422, f"the folder has no {', '.join(missing)}")
    return files
