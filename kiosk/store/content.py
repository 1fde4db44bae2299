"""Keeps what HQ publishes: taken whole or not at all, the version before kept behind it."""

import logging
import shutil
from collections.abc import Collection
from pathlib import Path
from typing import Any, Self, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from tinydb import TinyDB
from tinydb.table import Document as Kept

from kiosk.content import Content
from kiosk.exceptions import ContentRefused, CorruptStore, StoreFailed
from kiosk.model.wire import ContentManifest
from kiosk.store import documents
from kiosk.store.bundle import Files, picture_name, read_bundle
from kiosk.store.disk import require_announced, sync_file, sync_folder
from kiosk.store.problems import refuse
from kiosk.store.references import Names
from kiosk.store.sqlite import our_failures
from kiosk.store.tinyfile import CheckedStorage, FileSteps, perform_on_disk, put_aside

M = TypeVar("M", bound=BaseModel)

log = logging.getLogger(__name__)

STATE_FILE = "content.json"
"""TinyDB's file: the bundles kept, and which of them serves."""

_ONLY = 1
"""Document id of the one document in the table `serving`."""


class _Serving(BaseModel):
    """Which bundle serves, and which did before."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    version: int = Field(ge=1)
    previous: int | None = None


class _Bundle(BaseModel):
    """One version: its documents as JSON has them, and the name of its pictures' folder."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    pictures: str
    documents: dict[str, Any]


class ContentStore:
    """The content on disk. Any process reads; only kiosk-sync applies.

    A bundle is kept as one TinyDB document by its version. It serves from the moment the one
    document of the table `serving` names it: a single replaced file, so that a power cut
    leaves the old content or the new, never a mixture.
    """

    def __init__(self, folder: Path, own: Names, perform: FileSteps) -> None:
        self._folder = folder
        self._built_in = own
        self._perform = perform
        self._seen: tuple[int, int] | None = None
        self._content: Content | None = None
        self._pictures_dir: Path | None = None

    @classmethod
    def open(
        cls,
        folder: Path,
        pictures: Collection[str] = (),
        perform: FileSteps = perform_on_disk,
        *,
        icons: Collection[str] = (),
    ) -> Self:
        """Open the content; nothing is read yet.

        Args:
            folder: where documents and pictures are kept.
            pictures: names of the kiosk's own pictures, which a bundle's documents may show
                too; who only reads needs none.
            perform: performs the steps of a write; tests cut the power between them.
            icons: names of the kiosk's own icons, the same.
        """
        return cls(folder, Names(frozenset(pictures), frozenset(icons)), perform)

    def current(self) -> Content | None:
        """The version in use, or None before the first.

        When it cannot be used, the version before it is, and the log says so.

        Raises:
            CorruptStore: neither can be used; told once, then the content read before stays.
            StoreFailed: the disk refused.
        """
        stamp = self._stamp()
        if stamp != self._seen:
            self._seen = stamp  # also when it cannot be used: that is told once
            self._content, self._pictures_dir = self._load()
        return self._content

    def pictures_dir(self) -> Path | None:
        """The folder with the pictures of what `current` last returned; None without any."""
        return self._pictures_dir

    def changed(self) -> bool:
        """Whether there is something newer than what `current` last returned; one stat."""
        return self._stamp() != self._seen

    def apply_bundle(self, bundle: Path, manifest: ContentManifest) -> Content:
        """Take a downloaded bundle into use.

        Raises:
            ContentRefused: something in it is wrong, every problem told with file and line;
                the old content stays.
            CorruptStore: the file is not the one the manifest announces: fetch it again.
            StoreFailed: the disk refused; the old content stays.
        """
        name = f"content {manifest.version}"
        require_announced(bundle, name, manifest.size_bytes, manifest.blake2b_256)
        with our_failures(self._folder.name):
            self._folder.mkdir(parents=True, exist_ok=True)
        serving = self._serving_or_none()
        files, values = self._checked(bundle)
        content = documents.content_from_values(manifest.version, values)
        self._keep(manifest.version, values, self._unpack(manifest.version, files))
        self._serve(_after(serving, manifest.version))
        return content

    def _checked(self, bundle: Path) -> tuple[Files, dict[str, Any]]:
        files, found = read_bundle(bundle)
        read, wrong = documents.read_documents(files, self._built_in)
        if found or wrong:
            raise refuse(found + wrong)
        return files, {name: document.value for name, document in read.items()}

    def _unpack(self, version: int, files: Files) -> str:
        """Write the bundle's pictures into a folder of their own; its name, or ""."""
        pictures = {file: body for file, body in files.items() if picture_name(file)}
        if not pictures:
            return ""
        with our_failures(f"pictures of content {version}"):
            folder = self._free_folder(version)
            folder.mkdir()
            for file, body in pictures.items():
                path = folder / Path(file).name
                path.write_bytes(body)
                sync_file(path)
            sync_folder(folder)
            sync_folder(self._folder)
        return folder.name

    def _free_folder(self, version: int) -> Path:
        number = 1
        while (folder := self._folder / f"pictures-{version}-{number}").exists():
            number += 1
        return folder

    def _keep(self, version: int, values: dict[str, Any], pictures: str) -> None:
        bundle = _Bundle(pictures=pictures, documents=values)
        with our_failures(STATE_FILE), self._database() as database:
            database.table("bundles").upsert(Kept(bundle.model_dump(), doc_id=version))

    def _serve(self, serving: _Serving) -> None:
        """The moment of the change."""
        with our_failures(STATE_FILE), self._database() as database:
            database.table("serving").upsert(Kept(serving.model_dump(), doc_id=_ONLY))
        try:
            self._remove_unused(serving)
        except StoreFailed as problem:
            log.warning("old content was not removed: %s", problem)

    def _remove_unused(self, serving: _Serving) -> None:
        with our_failures(STATE_FILE), self._database() as database:
            kept = {serving.version, serving.previous}
            bundles = database.table("bundles")
            bundles.remove(doc_ids=[b.doc_id for b in bundles.all() if b.doc_id not in kept])
            used = {bundle["pictures"] for bundle in bundles.all()}
            for folder in self._folder.glob("pictures-*"):
                if folder.name not in used:
                    shutil.rmtree(folder)

    def _serving(self) -> _Serving | None:
        with our_failures(STATE_FILE), self._database() as database:
            document = database.table("serving").get(doc_id=_ONLY)
        return _valid(_Serving, document)

    def _serving_or_none(self) -> _Serving | None:
        """What serves; documents damaged beyond reading are put aside, to begin anew."""
        try:
            return self._serving()
        except CorruptStore as damage:
            log.error("%s; it was set aside", damage)
            put_aside(self._folder / STATE_FILE, self._perform)
            return None

    def _load(self) -> tuple[Content | None, Path | None]:
        serving = self._serving()
        if serving is None:
            return None, None
        try:
            return self._bundle(serving.version)
        except (ContentRefused, CorruptStore) as problem:
            log.error("content %d cannot be used: %s", serving.version, problem)
            if serving.previous is None:
                raise CorruptStore(f"content {serving.version} cannot be used") from problem
        try:
            return self._bundle(serving.previous)
        except ContentRefused as problem:
            raise CorruptStore("no content kept here can be used") from problem

    def _bundle(self, version: int) -> tuple[Content, Path | None]:
        with our_failures(STATE_FILE), self._database() as database:
            document = database.table("bundles").get(doc_id=version)
        bundle = _valid(_Bundle, document)
        if bundle is None:
            raise CorruptStore(f"{STATE_FILE}: content {version} is missing")
        content = documents.content_from_values(version, bundle.documents)
        return content, self._folder / bundle.pictures if bundle.pictures else None

    def _database(self) -> TinyDB:
        return TinyDB(self._folder / STATE_FILE, self._perform, storage=CheckedStorage)

    def _stamp(self) -> tuple[int, int] | None:
        try:
            stat = (self._folder / STATE_FILE).stat()
        except OSError:  # not there, or the disk refuses: reading it says which
            return None
        return stat.st_ino, stat.st_mtime_ns


def _after(serving: _Serving | None, version: int) -> _Serving:
    """What serves when this version begins; a version applied again keeps the one before."""
    if serving is None:
        return _Serving(version=version)
    previous = serving.previous if version == serving.version else serving.version
    return _Serving(version=version, previous=previous)


def _valid(model: type[M], document: object) -> M | None:
    """A TinyDB document as our model; None when it is not there."""
    if not isinstance(document, dict):
        return None
    try:
        return model.model_validate(dict(document))
    except ValidationError as error:
        raise CorruptStore(f"{STATE_FILE}: a document is not as agreed") from error
