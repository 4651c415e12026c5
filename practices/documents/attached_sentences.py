"""What is said to a person whose file is not taken as an attachment."""

from django.utils.translation import gettext_lazy as _

REFUSALS = {
    "other_type": _("This is no PDF, Word file (.docx), JPEG or PNG. Save it as one of these and add it again."),
    "heic": _("This is a photo in the HEIC format of a telephone. Save it as JPEG and add it again."),
    "empty": _("The file is empty."),
    "too_large": _("The file is larger than %(limit)s MB. Compress it, or put a link into the passport."),
    "damaged": _("The file is damaged or cut short. Open it, save it again and add it once more."),
    "too_many_pixels": _("The picture has too many pixels. Make it smaller, 4,000 pixels a side are plenty."),
    "too_much": _("The portal could not look through the file in time. Save it again, simpler, or print it to PDF."),
    "two_files": _("There is something else behind the end of the document. Print it to PDF anew and add it again."),
    "encrypted": _("The file is protected by a password. Save it without one: organiser and jury must open it."),
    "active_pdf": _("The PDF holds scripts, forms or files inside. Print it to PDF anew and add it again."),
    "macros": _("The file contains macros. Save it in Word as .docx, without macros."),
    "unsafe": _("The file is packed in a way that Word does not use. Open it in Word and save it as .docx anew."),
}


def refusal(reason: str, **about) -> str:
    """The sentence for a reason; what the reading of Word files says besides is one thing to whoever attaches one."""
    return str(REFUSALS.get(reason, REFUSALS["unsafe"])) % about
