"""What a PDF says of itself outside its pictures and pages, where any letters may stand by chance."""

import re

STREAM = re.compile(rb"stream\r?\n(.*?)endstream", re.DOTALL)
NAME_ESCAPE = re.compile(rb"#([0-9A-Fa-f]{2})")
ACTIVE = re.compile(rb"/(?:JavaScript|JS|Launch|EmbeddedFiles?|RichMedia|ImportData|SubmitForm|XFA)\b")
ENCRYPTED = re.compile(rb"/Encrypt\b")


def outside_streams(data: bytes) -> bytes:
    return STREAM.sub(b"stream endstream", data)


def acts_by_itself(objects: bytes) -> bool:
    """Whether scripts, programs to start, forms to send or files inside are named, also with escaped letters."""
    return bool(ACTIVE.search(NAME_ESCAPE.sub(lambda code: bytes([int(code[1], 16)]), objects)))
