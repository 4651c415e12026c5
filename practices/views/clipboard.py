"""A clipboard without tables is only cleaned here: the browser puts the text in itself, so that it can undo it."""

from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from accounts.verdicts import require
from practices.pasted_text import read_pasted
from practices.permissions import can_edit_section
from practices.queries import passport_for, section_for


@require_POST
def section_clean(request: HttpRequest, key: str, code: str) -> JsonResponse:
    """What a clipboard holds, as the lines that an author would have typed."""
    passport = passport_for(request.user, key)
    section = section_for(passport, code)
    require(can_edit_section(request.user, passport, section.code, at=timezone.now()))
    pasted = read_pasted(request.POST.get("pasted", ""))
    return JsonResponse({"text": pasted.text, "pictures": pasted.pictures, "sentence": _about(pasted.pictures)})


def _about(pictures: int) -> str:
    if not pictures:
        return ""
    return ngettext(
        "A picture is not pasted: attach it as a file.",
        "%(pictures)s pictures are not pasted: attach them as files.",
        pictures,
    ) % {"pictures": pictures}
