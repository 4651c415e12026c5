"""Looks through an OpenDocument text (.odt) before LibreOffice is given it: a sound archive, no scripts, no outside."""

import re

from practices.documents.refused import Refused
from practices.documents.safe_zip import SafeZip

SCRIPTS = re.compile(r"^(Basic|Scripts)/", re.IGNORECASE)
MANIFEST = "META-INF/manifest.xml"
EVENTS = re.compile(rb"<(?:\w+:)?event-listener\b|<office:script\b")
# What LibreOffice would fetch by itself: pictures, objects, parts of the text, data. A hyperlink waits for a reader.
FETCHING = re.compile(rb"<(?!text:a\b|draw:a\b|form:|meta:)[\w:.-]+\b[^<>]*?\bxlink:href\s*=\s*[\"']([^\"']*)")
OUTSIDE = re.compile(rb"^\s*(?:[a-z][a-z0-9+.-]+:|//|/|\.\./)", re.IGNORECASE)
DDE = re.compile(rb"<(?:text:dde-connection|office:dde-source|table:dde-link)")

MAX_PARAGRAPHS = 8_000


def check_odt(data: bytes) -> None:
    """Raise `Refused` for a file with scripts, with links that load by themselves, or behind a password."""
    archive = SafeZip(data)
    if any(SCRIPTS.match(name) for name in archive.names):
        raise Refused("macros")
    if not {"content.xml", MANIFEST} <= archive.names:
        raise Refused("damaged")
    if b"encryption-data" in archive.xml(MANIFEST):
        raise Refused("encrypted")
    for name in ("content.xml", "styles.xml", "settings.xml"):
        if name in archive.names:
            _check_xml(archive.xml(name))
    if archive.xml("content.xml").count(b"<text:p") > MAX_PARAGRAPHS:
        raise Refused("too_much")


def _check_xml(text: bytes) -> None:
    if EVENTS.search(text):
        raise Refused("macros")
    if DDE.search(text) or any(OUTSIDE.match(found[1]) for found in FETCHING.finditer(text)):
        raise Refused("outside")
