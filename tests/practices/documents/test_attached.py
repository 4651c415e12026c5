"""What is taken as an attachment and what comes of it: by content, never by name.

The child's own work is tested without the child, but for what needs its limits: a process costs a fifth of a second.
"""

import io
import struct
import zlib

import pytest
from PIL import Image, ImageCms

from practices.documents import attached, attached_child, attached_sentences, pictures
from practices.documents.attached import Accepted, RefusedAttachment, draw_first_page, look_into
from practices.documents.safe_zip import RefusedZip
from tests.practices.attached_files import opened, pdf, picture, word
from tests.practices.documents.passport_files import with_parts


def look(data: bytes) -> Accepted:
    """As `look_into`, in this process."""
    content_type, kept, preview = attached_child.look(data)
    return Accepted(content_type, kept, preview)


HERE = "zqhereqz"  # a word that must not be found in what is kept


def exif(**more) -> Image.Exif:
    """A camera's notes: where it was, who held it, how it lay."""
    notes = Image.Exif()
    notes[0x010F] = HERE
    notes[0x8825] = {1: "N", 2: (55.0, 45.0, 21.0), 3: "E", 4: (37.0, 37.0, 2.0)}
    for tag, value in more.items():
        notes[int(tag.removeprefix("tag"))] = value
    return notes


def png_chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


def flood(width: int, height: int) -> bytes:
    """A PNG of so many pixels in a hundred bytes."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + png_chunk(b"IHDR", head) + png_chunk(b"IDAT", b"") + png_chunk(b"IEND", b"")


@pytest.mark.parametrize(
    ("data", "content_type"),
    [
        (picture("JPEG"), "image/jpeg"),
        (picture("PNG"), "image/png"),
        (pdf(), "application/pdf"),
        (word(), "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    ],
    ids=["jpeg", "png", "pdf", "docx"],
)
def test_four_kinds_of_files_are_taken(data, content_type):
    accepted = look_into(data)

    assert accepted.content_type == content_type
    assert bool(accepted.preview) == content_type.startswith("image/")
    assert accepted.data == data or content_type.startswith("image/")


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"MZ\x90\0 a program", "other_type"),
        (b"<html><script>1</script>", "other_type"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "other_type"),
        (b"GIF89a/*" + b"0" * 99, "other_type"),
        (b"\0\0\0\x18ftypheic" + b"0" * 99, "heic"),
        (picture()[:200], "damaged"),
        (b"\xff\xd8\xff<html><script>1</script>", "damaged"),
        (b"\x89PNG\r\n\x1a\n<html>", "damaged"),
        (b"%PDF-1.7\n<html>\n%%EOF", "damaged"),
        (pdf()[:300], "damaged"),
        (pdf() + word(), "two_files"),
        (b"<html>" + pdf(), "other_type"),
        (pdf(password="secret"), "encrypted"),
        (pdf(script="app.alert(1)"), "active_pdf"),
        (pdf(script="app.alert(1)").replace(b"/JavaScript", b"/Java#53cript").replace(b"/JS", b"/J#53"), "active_pdf"),
        (pdf(packed=True), "active_pdf"),
        (pdf(inside=b"MZ"), "active_pdf"),
        (pdf(launches=True), "active_pdf"),
        (b"PK\x03\x04 no archive", "damaged"),
        (with_parts(word(), {"word/document.xml": None}), "other_type"),
        (with_parts(word(), {"word/vbaProject.bin": b"macro"}), "macros"),
    ],
)
def test_anything_else_is_refused_with_a_sentence(data, reason):
    with pytest.raises((RefusedAttachment, RefusedZip)) as refused:
        look(data)

    assert refused.value.reason == reason
    assert attached_sentences.refusal(reason, limit=20)


def test_an_excel_sheet_is_no_word_file():
    as_sheet = with_parts(word(), {"word/document.xml": None, "xl/workbook.xml": b"<workbook/>"})

    with pytest.raises(RefusedAttachment, match="other_type"):
        look(as_sheet)


@pytest.mark.parametrize(("kind", "more"), [("JPEG", {"comment": HERE.encode()}), ("PNG", {})])
def test_a_picture_forgets_where_it_was_taken(kind, more):
    notes = {"exif": exif(), "icc_profile": ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes(), **more}
    given = picture(kind, **notes)
    assert HERE.encode() in given
    assert opened(given).getexif()

    accepted = look(given)

    for written in (accepted.data, accepted.preview):
        assert HERE.encode() not in written
        assert not opened(written).getexif()
        assert not {"icc_profile", "exif", "comment", "xmp"} & set(opened(written).info)


def test_a_picture_is_turned_as_it_was_seen():
    lying = Image.new("RGB", (40, 20), "#ffffff")
    lying.paste("#000000", (0, 0, 20, 20))
    written = io.BytesIO()
    lying.save(written, "PNG", exif=exif(tag274=6))  # to be turned clockwise

    upright = opened(look(written.getvalue()).data)

    assert upright.size == (20, 40)
    assert upright.getpixel((10, 5)) < (9, 9, 9)
    assert upright.getpixel((10, 35)) > (246, 246, 246)


def test_colours_are_brought_to_srgb():
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("XYZ")).tobytes()  # of no use for pixels: left out
    in_print = picture("JPEG", mode="CMYK", colour=(0, 255, 255, 0))

    assert look(picture(colour="#c03010", icc_profile=lab)).content_type == "image/jpeg"
    red, green, blue = opened(look(in_print).data).getpixel((9, 9))
    assert red > 200
    assert max(green, blue) < 60


@pytest.mark.parametrize(
    ("mode", "colour", "kept"), [("1", 1, "L"), ("I;16", 40000, "L"), ("LA", (9, 9), "RGBA"), ("P", 3, "RGB")]
)
def test_a_picture_of_any_mode_is_kept(mode, colour, kept):
    accepted = look(picture("PNG", mode=mode, colour=colour))

    assert opened(accepted.data).mode == kept
    assert opened(accepted.preview).mode in {"L", "RGB"}


def test_a_see_through_picture_has_its_preview_on_paper():
    accepted = look(picture("PNG", mode="RGBA", colour=(0, 0, 0, 0)))

    assert opened(accepted.data).getpixel((5, 5))[3] == 0
    assert opened(accepted.preview).getpixel((5, 5)) == (255, 255, 255)


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_a_picture_is_no_larger_than_it_need_be(kind):
    accepted = look(picture(kind, size=(9000, 300)))

    assert 2048 <= max(opened(accepted.data).size) <= pictures.LONGEST_SIDE
    assert max(opened(accepted.preview).size) == pictures.PREVIEW_SIDE


@pytest.mark.parametrize("size", [(9000, 9000), (12000, 12000), (60000, 60000)], ids=["81", "144", "3600"])
def test_a_flood_of_pixels_is_refused_before_it_is_decoded(size):
    with pytest.raises(RefusedAttachment, match="too_many_pixels"):
        look(flood(*size))


def test_a_picture_as_large_as_is_taken_fits_the_limits():
    given = picture("PNG", size=(5000, 5000), mode="RGBA", colour=(1, 2, 3, 99))

    assert max(opened(look_into(given).data).size) <= pictures.LONGEST_SIDE


def test_a_file_that_is_too_much_work_is_refused(monkeypatch):
    monkeypatch.setattr(attached, "LIMITS", attached.Limits(wall_seconds=0.01, cpu_seconds=1))

    with pytest.raises(RefusedAttachment, match="too_much"):
        look_into(picture())


@pytest.mark.parametrize(("data", "reason"), [(b"", "empty"), (b"MZ", "other_type"), (b"PK\x03\x04", "damaged")])
def test_the_reason_comes_out_of_the_child(data, reason):
    with pytest.raises(RefusedAttachment, match=reason):
        look_into(data)


def test_the_first_page_of_a_pdf_is_drawn():
    drawn = opened(draw_first_page("application/pdf", pdf()))

    assert (drawn.format, max(drawn.size)) == ("JPEG", pictures.PREVIEW_SIDE)
    assert drawn.width < drawn.height
