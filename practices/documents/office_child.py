"""The child that has LibreOffice turn an old Word file, an .odt or an .rtf into a .docx, or a .docx into a PDF.

    python -m practices.documents.office_child SOFFICE KIND TARGET     (through practices.documents.sandbox)

LibreOffice gets a profile of its own, made for this file and gone with it, in which macros, links and updates are off.
Where the system allows it, it runs without any network. It inherits the limits that this child has, process by process,
and dies with it: both are one process group.
"""

import ctypes
import os
import signal
import subprocess
import sys
from pathlib import Path

from practices.documents.refused import Refused

CLONE_NEWUSER, CLONE_NEWNET = 0x10000000, 0x40000000
FILTERS = {"docx": "docx:MS Word 2007 XML", "pdf": "pdf:writer_pdf_Export"}
SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">
{items}
</oor:items>
"""
ITEM = """<item oor:path="/org.openoffice.{path}">
<prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>"""
QUIET = (
    ("Office.Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Office.Common/Load", "UpdateDocMode", "0"),
    ("Office.Writer/Content/Update", "Link", "0"),
    ("Office.Writer/Content/Update", "Field", "false"),
    ("Office.Common/Misc", "FirstRun", "false"),
    ("Inet/Settings", "ooInetProxyType", "2"),  # whoever asks for a page asks a proxy that is not there
    ("Inet/Settings", "ooInetHTTPProxyName", "127.0.0.1"),
    ("Inet/Settings", "ooInetHTTPProxyPort", "9"),
    ("Inet/Settings", "ooInetHTTPSProxyName", "127.0.0.1"),
    ("Inet/Settings", "ooInetHTTPSProxyPort", "9"),
)


def main() -> int:
    soffice, kind, target = sys.argv[1:]
    signal.signal(signal.SIGALRM, lambda *_: os.killpg(0, signal.SIGKILL))  # nothing may outlive this child
    leave_the_network()
    folder = Path.cwd()
    given = folder / f"given.{kind}"
    given.write_bytes(sys.stdin.buffer.read())
    write_profile(folder / "profile")
    command = [
        soffice,
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        *("--headless", "--norestore", "--nolockcheck", "--nodefault", "--nologo"),
        *("--convert-to", FILTERS[target], "--outdir", str(folder / "made"), str(given)),
    ]
    subprocess.run(command, stdout=sys.stderr, check=False)  # noqa: S603 - a program of the system's, files of ours
    made = folder / "made" / f"given.{target}"
    if not made.exists():
        sys.stderr.write("\ndamaged\n")
        return Refused.exit_code
    sys.stdout.buffer.write(made.read_bytes())
    return 0


def leave_the_network() -> None:
    """Into a name space without interfaces, where the system lets us: not in every container. The rest holds anyway."""
    user, group = os.getuid(), os.getgid()
    if ctypes.CDLL(None).unshare(CLONE_NEWUSER | CLONE_NEWNET) != 0:
        return
    for name, line in (("setgroups", "deny"), ("uid_map", f"{user} {user} 1"), ("gid_map", f"{group} {group} 1")):
        Path(f"/proc/self/{name}").write_text(line)


def write_profile(folder: Path) -> None:
    (folder / "user").mkdir(parents=True)
    items = "\n".join(ITEM.format(path=path, name=name, value=value) for path, name, value in QUIET)
    (folder / "user" / "registrymodifications.xcu").write_text(SETTINGS.format(items=items), encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
