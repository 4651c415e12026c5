"""A Word file around its text: the parts that every one has, and the same bytes for the same words."""

import zipfile
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from lxml import etree

from practices.documents import word_out_xml as xml
from practices.documents.safe_zip import RATIO_FROM

PARTS = Path(__file__).parent / "word_parts"
LONG_AGO = (1980, 1, 1, 0, 0, 0)  # the first moment that a ZIP knows
OFFICE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
CORE_PROPERTIES = "application/vnd.openxmlformats-package.core-properties+xml"
DUBLIN_CORE = "http://purl.org/dc/elements/1.1/"
TERMS = "http://purl.org/dc/terms/"
XSI = "http://www.w3.org/2001/XMLSchema-instance"


def package(body: list, *, header: str, footer: str, title: str, changed_at: datetime | None) -> bytes:
    """The whole file. Without a header there is no such part; nobody's name stands in its properties."""
    parts = {
        "word/styles.xml": (f"{OFFICE}.styles+xml", (PARTS / "styles.xml").read_bytes()),
        "word/settings.xml": (f"{OFFICE}.settings+xml", (PARTS / "settings.xml").read_bytes()),
        "word/footer1.xml": (f"{OFFICE}.footer+xml", xml.as_bytes(_footer(footer))),
    }
    if header:
        words = xml.element("hdr", xml.paragraph(header, "Header"))
        parts["word/header1.xml"] = (f"{OFFICE}.header+xml", xml.as_bytes(words))
    names = {part.removeprefix("word/"): f"rId{number}" for number, part in enumerate(parts, start=1)}
    document = xml.element("document", xml.element("body", *body, _page(names)))
    types = {
        "word/document.xml": f"{OFFICE}.document.main+xml",
        **{part: content_type for part, (content_type, _data) in parts.items()},
        "docProps/core.xml": CORE_PROPERTIES,
    }
    return _zipped(
        {
            "[Content_Types].xml": _content_types(types),
            "_rels/.rels": _relations({"rId1": "word/document.xml", "rId2": "docProps/core.xml"}),
            "docProps/core.xml": _properties(title, changed_at),
            "word/document.xml": xml.as_bytes(document),
            "word/_rels/document.xml.rels": _relations({identity: name for name, identity in names.items()}),
            **{part: data for part, (_type, data) in parts.items()},
        }
    )


def _page(names: dict[str, str]):
    """A4, upright, with the margins of a file that goes into a binder."""
    references = []
    for kind in ("header", "footer"):
        if identity := names.get(f"{kind}1.xml"):
            reference = xml.element(f"{kind}Reference", type="default")
            reference.set(f"{{{xml.RELATIONS}}}id", identity)
            references.append(reference)
    return xml.element(
        "sectPr",
        *references,
        xml.element("pgSz", w=11906, h=16838),
        xml.element("pgMar", top=1134, right=850, bottom=1134, left=1418, header=567, footer=567, gutter=0),
    )


def _footer(words: str):
    line = xml.paragraph(f"{words}\t", "Footer")
    line.extend([xml.field("PAGE"), xml.run(" из "), xml.field("NUMPAGES")])
    return xml.element("ftr", line)


def _content_types(types: dict[str, str]) -> bytes:
    namespace = f"{PACKAGE}/content-types"
    root = etree.Element(f"{{{namespace}}}Types", nsmap={None: namespace})
    for extension, kind in (
        ("rels", "application/vnd.openxmlformats-package.relationships+xml"),
        ("xml", "application/xml"),
    ):
        etree.SubElement(root, f"{{{namespace}}}Default", Extension=extension, ContentType=kind)
    for part, kind in types.items():
        etree.SubElement(root, f"{{{namespace}}}Override", PartName=f"/{part}", ContentType=kind)
    return xml.as_bytes(root)


def _relations(targets: dict[str, str]) -> bytes:
    namespace = f"{PACKAGE}/relationships"
    root = etree.Element(f"{{{namespace}}}Relationships", nsmap={None: namespace})
    for identity, target in targets.items():
        kind = _relation_kind(target)
        etree.SubElement(root, f"{{{namespace}}}Relationship", Id=identity, Type=kind, Target=target)
    return xml.as_bytes(root)


def _relation_kind(target: str) -> str:
    if target == "docProps/core.xml":
        return f"{PACKAGE}/relationships/metadata/core-properties"
    name = "officeDocument" if target == "word/document.xml" else target.removesuffix(".xml").rstrip("1")
    return f"{xml.RELATIONS}/{name}"


def _properties(title: str, changed_at: datetime | None) -> bytes:
    namespace = f"{PACKAGE}/metadata/core-properties"
    names = {"cp": namespace, "dc": DUBLIN_CORE, "dcterms": TERMS, "xsi": XSI}
    root = etree.Element(f"{{{namespace}}}coreProperties", nsmap=names)
    etree.SubElement(root, f"{{{DUBLIN_CORE}}}title").text = title
    etree.SubElement(root, f"{{{DUBLIN_CORE}}}language").text = "ru-RU"
    if changed_at is not None:
        moment = etree.SubElement(root, f"{{{TERMS}}}modified", {f"{{{XSI}}}type": "dcterms:W3CDTF"})
        moment.text = changed_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return xml.as_bytes(root)


def _zipped(parts: dict[str, bytes]) -> bytes:
    """Our own reader, as others, takes a large part that inflates a hundredfold for a trap: such a one is stored."""
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, data in parts.items():
            entry = zipfile.ZipInfo(name, LONG_AGO)
            entry.create_system = 0  # the same on every system
            entry.external_attr = 0
            method = zipfile.ZIP_STORED if len(data) > RATIO_FROM else zipfile.ZIP_DEFLATED
            archive.writestr(entry, data, compress_type=method)
    return packed.getvalue()
