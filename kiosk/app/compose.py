"""The composition root: makes the parts of the kiosk process and puts them together."""

import contextlib
import logging
import math
import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from queue import SimpleQueue
from threading import Event as Flag

from kiosk.app.answers import Answers
from kiosk.app.desk import Desk
from kiosk.app.live_view import Frames, LiveView
from kiosk.app.loop import Loop, Message
from kiosk.app.recorder import Recorder
from kiosk.app.stage import Stage, Taste
from kiosk.app.surroundings import StatusFile, Surroundings
from kiosk.app.window import Window
from kiosk.clock import SystemClock
from kiosk.config import Config
from kiosk.drivers import open_reader
from kiosk.drivers.port import CardReader
from kiosk.exceptions import ReaderError
from kiosk.model.cards import CardKey
from kiosk.model.text import Language
from kiosk.notify import Notifier
from kiosk.session.world import Timing
from kiosk.store.content import ContentStore
from kiosk.store.directory import Directory
from kiosk.store.outbox import Outbox
from kiosk.sync.status import STATUS_FILE
from kiosk.ui.languages import load
from kiosk.ui.metrics import Metrics
from kiosk.ui.paint import Painter

log = logging.getLogger(__name__)

ART_DIR = Path(__file__).resolve().parents[2] / "images" / "art"
"""Where the pictures of the screens are."""
