"""Reads a Word file into plain paragraphs and tables, as a person sees them in Word with all changes accepted.

Insertions stay, deletions go, comments are not read, an empty content control says nothing, a text box follows the
paragraph it hangs on. What has no place in the flow (hidden text, footnotes, addresses behind words) is kept aside, and
what cannot be read as text is counted. Nothing outside the file is ever asked for.
"""

import posixpath
import re
import unicodedata
from collections import Counter
from dataclasses import dataclass

from lxml import etree

from practices.documents.refused import Refused
from practices.documents.safe_zip import SafeZip
from practices.documents.word_flow import WIDEST, Cell, Document, Paragraph, Picture, Table, lines_of
from practices.documents.word_keys import INVISIBLE
from practices.documents.word_numbering import Numbering, W, value, whole

R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
MATH_TEXT = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
STRICT = (  # «Strict Open XML»: the same words in another namespace
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main", W[1:-1].encode()),
    (b"http://purl.oclc.org/ooxml/officeDocument/relationships", R[1:-1].encode()),
)
UNREAD = {f"{W}{name}" for name in ("pPr", "rPr", "sdtPr", "del", "moveFrom", "delText", "instrText", "delInstrText")}
BLIP = "{http://schemas.openxmlformats.org/drawingml/2006/main}blip"
IMAGE_DATA = "{urn:schemas-microsoft-com:vml}imagedata"
SHOWN = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")  # PNG and JPEG
MAX_PICTURES = 30  # as many attachments as an application may have
MAX_PARAGRAPHS = 8_000  # cells count, too; the shared passports have 700
SYMBOLS = {"B7": "•", "A7": "▪", "FC": "✓", "FE": "☑", "A8": "☐", "6F": "☐"}  # of Symbol and Wingdings
SIGNS = {f"{W}tab": "\t", f"{W}ptab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-"}
ADDRESS = re.compile(r"[\w-]\.[^\W\d_]{2,}|://|@")
FIELD_ADDRESS = re.compile(r'HYPERLINK\s+"([^"]+)"')


def read(archive: SafeZip) -> Document:
    """Read the archive's main document; raise `Refused` where there is none."""
    relations = _relations(archive, "")
    main = next((target for kind, target, _ in relations.values() if kind == "officeDocument"), None)
    if main is None or main not in archive.names:
        raise Refused("damaged")
    return _Reader(archive, main).document()


def _parse(archive: SafeZip, name: str):
    text = archive.xml(name)
    for strict, transitional in STRICT:
        text = text.replace(strict, transitional)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        return etree.fromstring(text, parser)
    except etree.XMLSyntaxError as error:
        raise Refused("damaged") from error


def _relations(archive: SafeZip, part: str) -> dict[str, tuple[str, str, bool]]:
    """What a part refers to: identity → (kind, target, outside). Outside targets are words here, never asked for."""
    folder, name = posixpath.split(part)
    path = posixpath.join(folder, "_rels", f"{name}.rels")
    if path not in archive.names:
        return {}
    found = {}
    for element in _parse(archive, path):
        if not isinstance(element.tag, str) or not element.get("Target"):
            continue
        outside = element.get("TargetMode") == "External"
        target = element.get("Target")
        if not outside:
            target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
        found[element.get("Id")] = (element.get("Type", "").rpartition("/")[2], target, outside)
    return found


class _Reader:
    """Walks one document. Holds what one paragraph needs to know of the rest: styles, lists, notes."""

    def __init__(self, archive: SafeZip, main: str):
        self.archive = archive
        self.root = _parse(archive, main)
        self.relations = _relations(archive, main)
        self.numbering = Numbering.read(root) if (root := self._related("numbering")) is not None else Numbering()
        self.styles = _styles(self._related("styles"))
        self.notes = {
            kind: {note.get(f"{W}id"): note for note in root.iterchildren(f"{W}{kind}")}
            for kind in ("footnote", "endnote")
            if (root := self._related(f"{kind}s")) is not None
        }
        self.aside: list[str] = []
        self.unread = Counter()
        self.pictures: dict[str, Picture] = {}
        self.paragraphs = 0

    def document(self) -> Document:
        body = self.root.find(f"{W}body")
        if body is None:
            raise Refused("damaged")
        items = self.items(body)
        margins = []
        for kind, target, outside in self.relations.values():
            if kind == "header" and not outside and target in self.archive.names:
                margins.extend(lines_of(self.items(_parse(self.archive, target))))
        aside = list(dict.fromkeys(filter(None, self.aside)))
        return Document(items, aside, margins, self.unread, list(self.pictures.values()))

    def _related(self, kind: str):
        for found, target, outside in self.relations.values():
            if found == kind and not outside and target in self.archive.names:
                return _parse(self.archive, target)
        return None

    def items(self, parent) -> list:
        """The paragraphs and tables directly inside an element, wrappers looked through."""
        found: list = []
        joined = None  # a paragraph whose end mark was deleted: the next one continues it
        for element in self.unwrapped(parent):
            if element.tag == f"{W}p":
                paragraph, boxes = self.paragraph(element)
                if joined is not None:
                    joined.label = joined.label if joined.text.strip() else paragraph.label
                    joined.text += paragraph.text
                    paragraph = joined
                else:
                    found.append(paragraph)
                joined = paragraph if _mark_is_deleted(element) else None
                found.extend(boxes)
            elif element.tag == f"{W}tbl":
                found.append(self.table(element))
                joined = None
        return found

    def unwrapped(self, parent):
        """Children of an element; content controls, accepted changes and the like are replaced by what they hold."""
        for element in parent:
            match element.tag:
                case tag if tag in UNREAD:
                    continue
                case tag if tag == f"{W}sdt":
                    if element.find(f"{W}sdtPr/{W}showingPlcHdr") is None:
                        yield from self.unwrapped(element)
                case tag if tag == f"{MC}AlternateContent":
                    yield from self.unwrapped(_alternative(element))
                case tag if tag in (f"{W}sdtContent", f"{W}ins", f"{W}moveTo", f"{W}customXml", f"{W}smartTag"):
                    yield from self.unwrapped(element)
                case tag if tag == f"{W}altChunk":
                    self.unread["embedded"] += 1
                case _:
                    yield element

    def table(self, element) -> Table:
        table = Table(mark=value(element.find(f"{W}tblPr"), "tblDescription") or "")
        for row in self.unwrapped(element):
            if row.tag != f"{W}tr" or row.find(f"{W}trPr/{W}del") is not None:
                continue
            cells: list[Cell] = []
            column = _columns(row.find(f"{W}trPr"), "gridBefore", least=0)
            for cell in self.unwrapped(row):
                if cell.tag == f"{W}tc" and cell.find(f"{W}tcPr/{W}cellDel") is None:
                    cells.append(self.cell(cell, column))
                    column += cells[-1].span
            table.rows.append(cells)
        return table

    def cell(self, element, column: int) -> Cell:
        properties = element.find(f"{W}tcPr")
        merge = properties.find(f"{W}vMerge") if properties is not None else None
        return Cell(
            items=self.items(element),
            column=column,
            span=_columns(properties, "gridSpan", least=1),
            continues=merge is not None and merge.get(f"{W}val", "continue") == "continue",
        )

    def paragraph(self, element) -> tuple[Paragraph, list]:
        """The paragraph, and what stands in the text boxes that hang on it."""
        self.paragraphs += 1
        if self.paragraphs > MAX_PARAGRAPHS:
            raise Refused("too_much")
        properties = element.find(f"{W}pPr")
        style = self.styles.get(value(properties, "pStyle"), _Style())
        text = _ParagraphText(self, style.hidden)
        text.walk(element)
        written = unicodedata.normalize("NFC", INVISIBLE.sub("", text.visible))
        self.aside.append(INVISIBLE.sub("", text.hidden).strip())
        return Paragraph(written, self.label(properties, style), text.pictures), text.boxes

    def picture(self, element) -> Picture | None:
        """The picture that a drawing refers to, where it is in the file and of a kind that can be shown."""
        kind, target, outside = self.relations.get(element.get(f"{R}embed") or element.get(f"{R}id"), ("", "", True))
        if kind != "image" or outside or target not in self.archive.names:
            return None
        if target not in self.pictures and len(self.pictures) < MAX_PICTURES:
            content = self.archive.part(target)
            if content.startswith(SHOWN):
                self.pictures[target] = Picture(target, len(content))
        return self.pictures.get(target)

    def label(self, properties, style: "_Style") -> str:
        numbers = properties.find(f"{W}numPr") if properties is not None else None
        list_id, depth = value(numbers, "numId"), value(numbers, "ilvl")
        if list_id is None and style.list_id is not None:
            list_id = style.list_id
            depth = depth or style.depth or str(self.numbering.depth_of_style(list_id, style.identity))
        if list_id in (None, "0"):
            return ""
        return self.numbering.label(list_id, whole(depth))


class _ParagraphText:
    """Collects one paragraph's characters, seen and hidden."""

    def __init__(self, reader: _Reader, hidden: bool):
        self.reader = reader
        self.hidden_by_style = hidden
        self.visible = self.hidden = ""
        self.boxes: list = []
        self.pictures: list[str] = []
        self._is_hidden = hidden
        self._fields: list[list] = []  # open fields: [address or None, where the visible result begins]

    def walk(self, parent) -> None:
        for element in self.reader.unwrapped(parent):
            tag = element.tag
            if tag in (f"{W}t", MATH_TEXT):
                self._write(element.text or "")
            elif tag in SIGNS:
                self._write(SIGNS[tag])
            elif tag == f"{W}sym":
                self._write(SYMBOLS.get(element.get(f"{W}char", "")[-2:].upper(), "•"))
            elif tag == f"{W}r":
                self._run(element)
            elif tag == f"{W}hyperlink":
                self._link(element)
            elif tag == f"{W}fldChar":
                self._field(element)
            elif tag in (f"{W}footnoteReference", f"{W}endnoteReference"):
                self._note(element)
            elif tag in (f"{W}drawing", f"{W}pict", f"{W}object"):
                self._drawing(element)
            else:
                self.walk(element)

    def _write(self, text: str) -> None:
        if self._is_hidden:
            self.hidden += text
        else:
            self.visible += text

    def _run(self, run) -> None:
        properties = run.find(f"{W}rPr")
        vanish = properties.find(f"{W}vanish") if properties is not None else None
        by_style = self.reader.styles.get(value(properties, "rStyle"), _Style()).hidden or self.hidden_by_style
        self._is_hidden = by_style if vanish is None else vanish.get(f"{W}val", "1") not in ("0", "false", "off")
        for instruction in run.findall(f"{W}instrText"):
            found = FIELD_ADDRESS.search(instruction.text or "")
            if found and self._fields:
                self._fields[-1][0] = found[1]
        self.walk(run)
        self._is_hidden = self.hidden_by_style

    def _link(self, element) -> None:
        start = len(self.visible)
        self.walk(element)
        _, target, outside = self.reader.relations.get(element.get(f"{R}id"), ("", "", False))
        if outside:
            self._keep_address(target, self.visible[start:])

    def _field(self, element) -> None:
        match element.get(f"{W}fldCharType"):
            case "begin":
                self._fields.append([None, 0])
            case "separate" if self._fields:
                self._fields[-1][1] = len(self.visible)
            case "end" if self._fields:
                address, start = self._fields.pop()
                if address:
                    self._keep_address(address, self.visible[start:])

    def _keep_address(self, target: str, words: str) -> None:
        """An address that stands behind words only would be lost with the link."""
        if target.startswith(("http://", "https://", "mailto:")) and words.strip() and not ADDRESS.search(words):
            self.reader.aside.append(f"{words.strip()}: {target.removeprefix('mailto:')}")

    def _note(self, element) -> None:
        kind = etree.QName(element).localname.removesuffix("Reference")
        note = self.reader.notes.get(kind, {}).get(element.get(f"{W}id"))
        if note is not None:
            self.reader.aside.extend(lines_of(self.reader.items(note)))

    def _drawing(self, element) -> None:
        boxes = list(_text_boxes(element))
        for box in boxes:
            self.boxes.extend(self.reader.items(box))
        if boxes:
            return
        pictures = list(filter(None, map(self.reader.picture, element.iter(BLIP, IMAGE_DATA))))
        self.pictures += [picture.part for picture in pictures]
        if not pictures:
            self.reader.unread["embedded" if element.tag == f"{W}object" else "pictures"] += 1


@dataclass(frozen=True)
class _Style:
    identity: str = ""
    list_id: str | None = None
    depth: str | None = None
    hidden: bool = False


def _styles(root) -> dict[str, _Style]:
    """Styles with what they inherit, as far as text is concerned."""
    elements = {style.get(f"{W}styleId"): style for style in root.iterchildren(f"{W}style")} if root is not None else {}
    return {identity: _style(identity, elements) for identity in elements}


def _style(identity: str, elements: dict) -> _Style:
    list_id = depth = hidden = None
    current, seen = identity, set()
    while current in elements and current not in seen:
        seen.add(current)
        style = elements[current]
        numbers = style.find(f"{W}pPr/{W}numPr")
        list_id = list_id or value(numbers, "numId")
        depth = depth or value(numbers, "ilvl")
        vanish = style.find(f"{W}rPr/{W}vanish")
        if hidden is None and vanish is not None:
            hidden = vanish.get(f"{W}val", "1") not in ("0", "false", "off")
        current = value(style, "basedOn")
    return _Style(identity, list_id, depth, bool(hidden))


def _columns(properties, name: str, least: int) -> int:
    """A number of columns, as far as a page can be wide."""
    return min(max(whole(value(properties, name)), least), WIDEST)


def _mark_is_deleted(paragraph) -> bool:
    mark = paragraph.find(f"{W}pPr/{W}rPr")
    return mark is not None and (mark.find(f"{W}del") is not None or mark.find(f"{W}moveFrom") is not None)


def _alternative(element):
    """Word writes a drawing twice, for new and old readers; one of them is enough."""
    return next(element.iterchildren(f"{MC}Choice", f"{MC}Fallback"), element)


def _text_boxes(element):
    for child in element:
        if child.tag == f"{W}txbxContent":
            yield child
        elif child.tag == f"{MC}AlternateContent":
            yield from _text_boxes(_alternative(child))
        else:
            yield from _text_boxes(child)
