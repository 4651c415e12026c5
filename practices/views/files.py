"""Giving out a file that lies in the private folder. Who may have it is asked before: by the gates of the views."""

import logging
from collections.abc import Callable
from pathlib import PurePath
from urllib.parse import quote

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import content_disposition_header, quote_etag

from practices.documents import spreadsheets
from practices.enums import ExportKind, FileType
from practices.models import Attachment, Export, WordImport

logger = logging.getLogger(__name__)

LONGEST_NAME = 100
# SECURITY: a stranger's file opens as nothing but itself: no script, no form, no address of ours within its reach.
POLICY = "default-src 'none'; sandbox; frame-ancestors 'none'"


def attachment_response(attachment: Attachment) -> HttpResponse:
    """The file as it was attached. Pictures are ours, written anew, and open in the browser; the rest is saved."""
    name = f"{_safe_name(PurePath(attachment.file_name).stem)}.{attachment.suffix}"
    return _file(attachment.file, attachment.content_type, name, as_attachment=not attachment.is_picture)


def preview_response(attachment: Attachment) -> HttpResponse:
    """The small picture of the file; 404 while there is none."""
    if not attachment.preview:
        raise Http404
    return _file(attachment.preview, FileType.JPEG.value, "preview.jpg", as_attachment=False)


def word_response(word_import: WordImport) -> HttpResponse:
    """The Word file as it was uploaded, ending as what it really is."""
    name = f"{_safe_name(PurePath(word_import.file_name).stem)}.{word_import.kind}"
    return _file(word_import.file, "application/octet-stream", name, as_attachment=True)


def export_response(export: Export, *, name: str) -> HttpResponse:
    """A selection of the bank as its file."""
    kinds = {ExportKind.PDF: "application/pdf", ExportKind.XLSX: spreadsheets.XLSX}
    return _file(export.file, kinds[export.kind], name, as_attachment=True)


def kept_privately(response: HttpResponse) -> HttpResponse:
    """For the eyes of who asked: no cache keeps it."""
    patch_cache_control(response, private=True, no_store=True)
    return response


def asked_for_again(request: HttpRequest, make: Callable[[], HttpResponse], *, mark: str) -> HttpResponse:
    """For everybody, but asked for each time: what is taken back is gone at once. 304 where it is still the same."""
    etag = quote_etag(mark)
    response = get_conditional_response(request, etag=etag) or make()
    response.headers["ETag"] = etag
    patch_cache_control(response, private=True, no_cache=True)
    return response


def _file(stored, content_type: str, name: str, *, as_attachment: bool) -> HttpResponse:
    if settings.FILES_ACCEL_PREFIX:
        response = HttpResponse(content_type=content_type)
        response.headers["X-Accel-Redirect"] = settings.FILES_ACCEL_PREFIX + quote(stored.name)
        response.headers["Content-Disposition"] = content_disposition_header(as_attachment, name)
    else:
        try:
            response = FileResponse(
                stored.open("rb"), as_attachment=as_attachment, filename=name, content_type=content_type
            )
        except FileNotFoundError:
            logger.error("The file %s is in the database and not on the disk", stored.name)
            raise Http404 from None
    response.headers["Content-Security-Policy"] = POLICY
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def _safe_name(name: str) -> str:
    """A name that every system takes: no slashes, quotes or line ends, not too long."""
    return "".join(c for c in name if c.isalnum() or c in " -–—,.()№«»_")[:LONGEST_NAME].strip() or "file"
