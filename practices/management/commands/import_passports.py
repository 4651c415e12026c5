import logging
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone, translation

from accounts.models import User
from competition.models import Contest
from practices import import_report
from practices.documents.safe_zip import MAX_FILE
from practices.enums import Outcome
from practices.import_report import Line
from practices.services.old_passports import place_old_passport, read_old_passport

logger = logging.getLogger(__name__)

PASSPORTS = {".docx", ".doc", ".odt", ".rtf", ".pdf"}


class Command(BaseCommand):
    """Brings a folder of old passports in, file by file: it may be stopped at any moment and run again."""

    help = "Внести паспорта прошлых лет из папки. Повторный запуск ничего не меняет, плохой файл остальным не мешает."

    def add_arguments(self, parser):
        parser.add_argument("folder", type=Path, help="папка с файлами .docx, .doc, .odt, .rtf и .pdf, с подпапками")
        parser.add_argument("--contest", type=int, required=True, metavar="ГОД", help="год конкурса")
        parser.add_argument("--report", type=Path, metavar="ФАЙЛ", help="куда записать отчёт, CSV для Excel")
        parser.add_argument("--by", metavar="ПОЧТА", help="чьими будут заявки: адрес организатора, если их несколько")
        parser.add_argument("--nomination", help="номинация, если итоги года ещё не объявлены")

    def handle(self, *, folder, contest, report, by, nomination, **options):
        if not folder.is_dir():
            raise CommandError(f"Папки «{folder}» нет.")
        year = Contest.objects.filter(year=contest).first()
        if year is None:
            raise CommandError(f"Конкурса {contest} года на портале нет.")
        beside = {"contest": year, "nomination": _nomination(year, nomination), "by": _organiser(by)}
        lines = []
        with translation.override("ru"):
            for file in sorted(file for file in folder.rglob("*") if _is_passport(file)):
                lines.append(_bring_in(file, str(file.relative_to(folder)), **beside))
                self.stdout.write(_told(lines[-1]))
            if report:
                report.write_bytes(import_report.as_csv(lines))
            self.stdout.write(f"Файлов: {len(lines)}")
            for label, count in import_report.counted(lines):
                self.stdout.write(f"  {label}: {count}")


def _is_passport(file: Path) -> bool:
    """Not what Word and the systems leave beside the files: «~$паспорт.docx», «._паспорт.docx»."""
    return file.is_file() and file.suffix.lower() in PASSPORTS and not file.name.startswith(("~$", "."))


def _bring_in(file: Path, name: str, **beside) -> Line:
    try:
        with file.open("rb") as stream:
            data = stream.read(MAX_FILE + 1)  # one byte more than allowed tells that it is too large
        return place_old_passport(read_old_passport(data), name=name, at=timezone.now(), **beside)
    except OSError as error:
        return Line(name, Outcome.REFUSED, notes=[f"Файл не открывается: {error.strerror}."])
    except Exception:  # one bad file stops nothing, what went wrong is in the log
        logger.exception("An old passport could not be brought in: %s", name)
        return Line(name, Outcome.UNPLACED, notes=["Ошибка портала; подробности в журнале."])


def _told(line: Line) -> str:
    return " ".join([f"{line.label}: {line.file}.", *line.notes])


def _nomination(contest: Contest, title: str | None):
    if title is None:
        return None
    found = contest.nominations.filter(title__iexact=title).first()
    if found is None:
        known = "; ".join(contest.nominations.values_list("title", flat=True)) or "их нет"
        raise CommandError(f"В конкурсе {contest} нет номинации «{title}». Номинации: {known}.")
    return found


def _organiser(email: str | None) -> User:
    organisers = User.objects.filter(is_staff=True, is_active=True)
    if email:
        organisers = organisers.filter(email__iexact=email)
    found = list(organisers[:2])
    if len(found) != 1:
        if email or not found:
            raise CommandError("Организатора с таким адресом нет." if email else "На портале нет организатора.")
        raise CommandError("Организаторов несколько: укажите одного, --by ПОЧТА.")
    return found[0]
