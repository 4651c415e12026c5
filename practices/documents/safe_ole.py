"""Looks through an old Word file (.doc) before LibreOffice is given it: whole, without a password, without macros."""

from io import BytesIO

import olefile

from practices.documents.refused import Refused

WORD_STREAM = "WordDocument"
WORD_MAGICS = (b"\xec\xa5", b"\xdc\xa5")  # Word 97 to 2003; Word 6 and 95
FLAGS = 10  # where they stand in the file's information block
IS_ENCRYPTED = 0x01  # of the second byte
BLOCK = 32
MACRO_STORAGES = {"macros", "vba", "_vba_project_cur"}
MAX_ENTRIES = 2000


def check_doc(data: bytes) -> None:
    """Raise `Refused` for a file that is no Word document or is better not opened."""
    try:
        with olefile.OleFileIO(BytesIO(data), raise_defects=olefile.DEFECT_INCORRECT) as ole:
            _check_names(ole.listdir(streams=True, storages=True))
            with ole.openstream(WORD_STREAM) as stream:
                _check_block(stream.read(BLOCK))
    except (OSError, ValueError, IndexError, KeyError, TypeError, AttributeError) as error:
        # What olefile raises for broken files is of many kinds, its own among them are all of OSError.
        raise Refused("damaged") from error


def _check_names(paths: list[list[str]]) -> None:
    if len(paths) > MAX_ENTRIES:
        raise Refused("bomb")
    names = {name.lower() for path in paths for name in path}
    if "encryptedpackage" in names:
        raise Refused("encrypted")
    if names & MACRO_STORAGES:
        raise Refused("macros")
    if [WORD_STREAM] not in paths:
        raise Refused("not_word")  # a workbook, a presentation, a message


def _check_block(block: bytes) -> None:
    if len(block) < BLOCK or not block.startswith(WORD_MAGICS):
        raise Refused("damaged")
    if block[FLAGS + 1] & IS_ENCRYPTED:
        raise Refused("encrypted")
