"""What stands beside the passports of the demonstration: pictures drawn here, for nobody's photo belongs into it."""

from datetime import timedelta
from io import BytesIO

from PIL import Image, ImageDraw

from practices.models import Passport
from practices.services import attach_file, describe_attachment, offer_attachment

SIZE, CENTRE = (1200, 900), (600, 450)
PAPER, LINE, NUCLEUS = "#E8EFF8", "#0B4EA2", "#BF3F09"
SHELLS = (130, 240, 350)


def attach_files(passport: Passport, item: dict, *, started_at) -> None:
    owner = passport.application.owner
    for place, file in enumerate(item.get("files", []), start=1):
        at = started_at + timedelta(hours=6, minutes=place)
        kept = attach_file(passport, data=_orbits(place), file_name=file["name"], kind=None, by=owner, at=at)
        describe_attachment(kept, caption=file["caption"], kind=kept.kind, by=owner, at=at)
        offer_attachment(kept, for_publication=file["published"], by=owner, at=at)


def _orbits(electrons: int) -> bytes:
    """The portal's own sign with so many electrons."""
    picture = Image.new("RGB", SIZE, PAPER)
    draw = ImageDraw.Draw(picture)
    for radius in SHELLS:
        draw.circle(CENTRE, radius, outline=LINE, width=5)
    draw.circle(CENTRE, 40, fill=NUCLEUS)
    for radius in SHELLS[:electrons]:
        draw.circle((CENTRE[0] + radius, CENTRE[1]), 26, fill=LINE)
    written = BytesIO()
    picture.save(written, "PNG")
    return written.getvalue()
