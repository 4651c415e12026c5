"""What the reading of a Word file says to people: why a file is refused, and what they should check."""

from django.utils.translation import gettext_lazy as _

REFUSALS = {
    "not_word": _("This is not a Word file. Upload the passport as .docx, .doc, .odt, .rtf or .pdf."),
    "no_office": _(
        "Files like this (.doc, .odt, .rtf) can only be read where LibreOffice is installed, and here it is not."
        " Open the file in Word and save it as .docx."
    ),
    "damaged": _("The file is damaged. Open it in Word, save it again as .docx and upload it once more."),
    "unreadable": _("The file could not be read. Open it in Word, save it again as .docx and upload it once more."),
    "no_passport": _(
        "The file does not look like a passport of a practice: the headings of its sections were not found."
    ),
    "no_text": _(
        "There are only pictures in this PDF and no text, as in a scan. Upload the Word file that it was made from."
    ),
    "encrypted": _("The file is protected by a password. Save it in Word without one."),
    "too_large": _("The file is larger than 20 MB. Take out or compress the pictures and upload it again."),
    "table_too_large": _("A table in the file is larger than the form can hold."),
    "too_many_pages": _("The file has too many pages for a passport. Upload the passport alone."),
    "bomb": _("The file unpacks into far more data than a passport can hold. It was not opened."),
    "dtd": _("The file contains a document type declaration, which has no place in a Word file. It was not opened."),
    "macros": _("The file contains macros or scripts. Save it in Word as .docx, without macros."),
    "embedded": _(
        "Other documents or programs are built into the file. It was not opened. Open it in Word and save it as .docx."
    ),
    "outside": _(
        "The file takes parts of itself from other files or from the network. It was not opened. Open it in Word and"
        " save it as .docx."
    ),
    "too_many_files": _("The archive holds more than 300 files. Upload them in parts."),
    "damaged_archive": _("The archive is damaged or no ZIP. Pack the files anew, as ZIP."),
    "encrypted_archive": _("The archive is protected by a password. Pack the files without one."),
    "unusual_zip": _("The file is packed in a way that Word does not use. It was not opened."),
    "too_much": _(
        "Reading the file takes too long. Take out what does not belong to the passport and upload it again."
    ),
}
UNSAFE = {"bomb", "dtd", "macros", "embedded", "outside", "unusual_zip", "encrypted", "too_large", "too_much"}

WARNINGS = {
    "best_effort": _(
        "A PDF knows no sections and no tables: paragraphs and cells were put together by where the words stand on the"
        " page. Check every section."
    ),
    "edition_doubtful": _(
        "It is not certain which year's form this is; it was read as the form of %(edition)s. Check the results table."
    ),
    "unknown_section": _("The form has no section “%(section)s”; its text was left aside."),
    "missing_sections": _("These sections were not found in the file: %(titles)s."),
    "heading_guessed": _("The heading “%(words)s” was taken for the section “%(section)s”."),
    "aside": _("Hidden text, footnotes and addresses hidden behind words were left aside."),
    "unread_pictures": _(
        "Pictures that are neither PNG nor JPEG, and those of a PDF, are not taken over; there are %(count)s in the"
        " file."
    ),
    "unread_embedded": _("Documents inside the document are not taken over; there are %(count)s in the file."),
    "too_long": _("“%(section)s”: what is longer than a section can hold was left aside."),
    "stray": _("“%(section)s”: text beside the table was left aside."),
    "extra_column": _("“%(section)s”: the form has no column “%(words)s”; what stands in it was left aside."),
    "header_says_more": _("“%(section)s”: the heading of a column says more than the form: “%(words)s”."),
    "column_guessed": _("“%(section)s”: the column “%(words)s” was read as “%(column)s”. Check it."),
    "no_header": _("“%(section)s”: the table has no header; its columns were read in the order of the form."),
    "from_text": _("“%(section)s”: the rows of the table were put together from text. Check them."),
    "dashes": _("“%(section)s”: rows that hold nothing but dashes were read as empty."),
    "total": _("“%(section)s”: the total was left aside, for the portal adds up by itself."),
    "merged": _(
        "“%(section)s”, “%(column)s”: “%(words)s” stands in a cell merged over %(rows)s rows. It was written into the"
        " first of them; write it into the others, too."
    ),
    "merged_everywhere": _(
        "“%(section)s”, “%(column)s”: “%(words)s” stands in a cell merged over %(rows)s rows. It was written into each"
        " of them."
    ),
}


def refusal(reason: str) -> str:
    return str(REFUSALS[reason])


def warning(doubt: str, about: dict) -> str:
    titles = "; ".join(about.get("titles", []))
    return str(WARNINGS[doubt]) % {**about, "titles": titles}
