"""Making the form of a year."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from practices import blocks
from practices.models import Edition, SectionTemplate


@transaction.atomic
def load_edition(data: dict) -> Edition:
    """Make an edition of the form from its description (as in `fixtures/editions.json`), or bring it up to date.

    Of an edition that has passports only the words may change: its sections and columns are what they rest on.
    Raises `ValidationError` for any other change of such a form, and for what is no form.
    """
    edition, _created = Edition.objects.update_or_create(
        code=data["code"], defaults={"title": data["title"], "annex": data.get("annex", "")}
    )
    described = _described_shapes(data["sections"])
    if edition.passports.exists() and _skeleton(described) != _skeleton(edition.shapes):
        raise ValidationError(
            _("The form “%(code)s” has passports already. Give the changed form a code of its own.")
            % {"code": edition.code}
        )
    edition.sections.exclude(code__in=described).delete()
    for section in data["sections"]:
        template = edition.sections.filter(code=section["code"]).first() or SectionTemplate(edition=edition)
        for name, value in _template_fields(section).items():
            setattr(template, name, value)
        template.full_clean()
        template.save()
    return edition


def _described_shapes(sections: list[dict]) -> dict[str, blocks.Text | blocks.Tables]:
    try:
        return {section["code"]: blocks.shape_from(section["shape"]) for section in sections}
    except blocks.ShapeError as error:
        raise ValidationError(_("This is no shape that the portal knows.")) from error


def _skeleton(shapes: dict[str, blocks.Text | blocks.Tables]) -> dict:
    """What answers rest on: which sections there are, and which columns their tables have."""
    return {
        code: {table.name: [column.code for column in table.columns] for table in getattr(shape, "tables", ())}
        for code, shape in shapes.items()
    }


def _template_fields(section: dict) -> dict:
    fields = {key: value for key, value in section.items() if key != "shape"}
    return {**fields, "shape_data": section["shape"]}
