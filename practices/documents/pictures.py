"""Pictures written anew: turned upright, in sRGB, no larger than a page needs, and nothing of where they were taken.

Runs in a child process. How much a picture unfolds into is asked before a pixel of it is decoded: a few kilobytes may
become gigabytes. Whatever else the file carried (places, names, pages hidden behind the pixels) is not written.
"""

from io import BytesIO
from math import ceil

from PIL import ExifTags, Image, ImageCms, UnidentifiedImageError

from practices.documents.attached_refusal import RefusedAttachment

LONGEST_SIDE = 4096
PREVIEW_SIDE = 480
# A plain JPEG is decoded at half its size; a PNG and a progressive JPEG unfold whole, four bytes a pixel.
MOST_PIXELS, MOST_PIXELS_WHOLE = 50_000_000, 25_000_000
QUALITY, PREVIEW_QUALITY = 88, 80
MOST_PNG_BYTES = 5 * 1024 * 1024  # beyond, it is a photograph, and those are a tenth of it as JPEG
PAPER = "#ffffff"

TURNS = {  # what the camera noted: how to lay the picture as it was seen
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}

Image.MAX_IMAGE_PIXELS = None  # our own limits are lower and stand above


def rewrite(data: bytes) -> tuple[str, bytes, bytes]:
    """(content type, picture, preview) out of a stranger's JPEG or PNG."""
    try:
        picture, is_photograph = _read(data)
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError) as error:
        raise RefusedAttachment("damaged") from error
    if is_photograph:
        return "image/jpeg", _as_jpeg(picture, QUALITY), preview(picture)
    return "image/png", _as_png(picture), preview(picture)


def preview(picture: Image.Image) -> bytes:
    """The picture as small as a list shows it."""
    small = picture.copy()
    small.thumbnail((PREVIEW_SIDE, PREVIEW_SIDE))
    if small.mode == "RGBA":
        paper = Image.new("RGB", small.size, PAPER)
        paper.paste(small, mask=small)
        small = paper
    return _as_jpeg(small, PREVIEW_QUALITY)


def _read(data: bytes) -> tuple[Image.Image, bool]:
    """The picture as it was seen, in a mode that can be written; whether it is to be written as a JPEG."""
    with Image.open(BytesIO(data), formats=("JPEG", "PNG")) as opened:
        is_png = opened.format == "PNG"
        unfolds_whole = is_png or "progressive" in opened.info
        if opened.width * opened.height > (MOST_PIXELS_WHOLE if unfolds_whole else MOST_PIXELS):
            raise RefusedAttachment("too_many_pixels")
        turn = TURNS.get(opened.getexif().get(ExifTags.Base.Orientation))
        profile = opened.info.get("icc_profile")
        if factor := _factor(opened):
            opened.draft(None, (opened.width // factor, opened.height // factor))
        picture = _plain(opened)
    if factor := _factor(picture):
        picture = picture.reduce(factor)
    picture = _in_srgb(picture, profile)
    if turn is not None:
        picture = picture.transpose(turn)
    picture.info.clear()  # what stands there would be written: comments, profiles
    return picture, picture.mode != "RGBA" and (not is_png or len(data) > MOST_PNG_BYTES)


def _factor(picture: Image.Image) -> int:
    """How many times too long it is; 0 when it is not."""
    factor = ceil(max(picture.size) / LONGEST_SIDE)
    return factor if factor > 1 else 0


def _plain(opened: Image.Image) -> Image.Image:
    if "transparency" in opened.info or opened.mode in {"LA", "PA", "RGBa"}:
        return opened.convert("RGBA")
    if opened.mode in {"L", "RGB", "RGBA", "CMYK"}:
        opened.load()
        return opened
    return opened.convert("L" if opened.mode == "1" or opened.mode.startswith(("I", "F")) else "RGB")


def _in_srgb(picture: Image.Image, profile: bytes | None) -> Image.Image:
    """Colours as they were meant. A profile that makes no sense is left out, as browsers do."""
    mode = "RGB" if picture.mode == "CMYK" else picture.mode
    if profile and mode != "L":
        try:
            given = ImageCms.ImageCmsProfile(BytesIO(profile))
            return ImageCms.profileToProfile(picture, given, ImageCms.createProfile("sRGB"), outputMode=mode)
        except (ImageCms.PyCMSError, OSError):
            return picture.convert(mode)
    return picture.convert(mode)


def _as_jpeg(picture: Image.Image, quality: int) -> bytes:
    written = BytesIO()
    picture.save(written, "JPEG", quality=quality, optimize=True)
    return written.getvalue()


def _as_png(picture: Image.Image) -> bytes:
    written = BytesIO()
    picture.save(written, "PNG")
    return written.getvalue()
