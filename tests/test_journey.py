"""The story of the portal, from a clerk's Word file to another city that repeats the practice. Read this first.

Nobody here calls a service: every step is a page that is opened, a form on it that is filled in, a button pressed.
"""

import json
import re
from datetime import timedelta

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.utils import timezone

from competition.enums import Status, TrackCode
from competition.models import Application, Nomination, Territory
from judging.models import Assignment, Juror
from practices.enums import Award
from practices.models import Practice
from tests.factories import ContestFactory, ContestFormFactory, NominationFactory, TrackFactory
from tests.person import Person
from tests.practices.documents.passport_files import Habits, Writer

TITLE = "Дворовый час: встречи главы города с соседями"
PASSWORD = "long-enough-and-odd-7431"


def passport_in_word() -> SimpleUploadedFile:
    """A passport as clerks write it: in last year's form, so without the donor, and with its contacts left out."""
    text = {
        "title": TITLE,
        "territory": "город Певек, Чукотский автономный округ",
        "background": "Жители узнавали о планах города из слухов.",
        "period": "С 2019 года по настоящее время",
        "goals": "Говорить с жителями там, где они живут.",
        "description": "Раз в неделю глава города выходит во двор. Вопросы записывают и ставят на контроль.",
    }
    rows = {
        "results": [
            {"indicator": "Проведено встреч", "value_last_year": "49", "value_total": "59"},
            {"indicator": "Решено вопросов подростков", "value_last_year": "638", "value_total": "750"},
        ],
        "participants": [{"participant": "Советы домов", "role": "Собирают соседей"}],
        "actions": [{"action": "Составить график", "performer": "Администрация"}],
        "resources": [{"resource": "Сотрудник на полставки", "purpose": "Вести журнал вопросов"}],
        "beneficiaries": [{"beneficiary": "Жители дворов", "benefit": "Ответ за две недели"}],
        "costs": [{"item": "Печать афиш", "amount": "30 000 рублей", "source": "Бюджет города"}],
    }
    content = {code: {"blocks": [{"text": answer}]} for code, answer in text.items()}
    content |= {code: {"tables": {"main": table}} for code, table in rows.items()}
    return SimpleUploadedFile("Паспорт.docx", Writer(content, Habits(edition="2023")).write().bytes())


@pytest.mark.django_db(transaction=True)  # letters leave after a real commit
def test_a_practice_goes_the_whole_way():
    call_command("load_demo", i_know=True)
    clerk = registered("clerk@example.org", "Анна")
    application = started(clerk, "Певек")

    taken_over_from_word(clerk)
    assert "Контакты ответственных" in clerk.open(application.get_absolute_url()).text, "says what is left"

    clerk.press("Отправить заявку", consent="on")
    assert clerk.status == 422, "an unfinished passport is not filed"

    wrote_contacts(clerk, application)
    clerk.open(application.get_absolute_url()).press("Отправить заявку", consent="on")
    application.refresh_from_db()
    assert application.status == Status.SUBMITTED
    assert application.number in clerk.text
    assert [letter.to for letter in mail.outbox if application.number in letter.body] == [["clerk@example.org"]]

    organiser = signed_in("organiser@example.org")
    returned_with_a_remark(organiser, application)
    answered_the_remark(clerk, application)
    organiser.open(f"/admin/applications/{application.key}/").press("Допустить заявку")
    application.refresh_from_db()
    assert application.status == Status.ADMITTED

    for sheet in assigned_to_three_jurors(organiser, application):
        scored(sheet)
    announced(organiser, application)
    read_the_outcome(clerk, application)

    visitor = Person()
    visitor.open("/bank/?q=подросток")
    assert TITLE in visitor.text, "found by another form of a word in its results"
    visitor.follow(TITLE)
    assert "30 000 рублей" in visitor.text
    assert "Морозова" not in visitor.text, "contacts are never public"
    practice = Practice.objects.get(title=TITLE)
    assert visitor.open(f"/bank/{practice.slug}.pdf").content.startswith(b"%PDF-")
    found = json.loads(visitor.open(f"/api/v1/practices?q=дворовый+час&year={practice.contest.year}").content)
    assert found["results"][0]["slug"] == practice.slug, "its title has both words, so it comes first"

    adopted(practice)


def registered(email: str, name: str) -> Person:
    """A new person at the portal: registers, confirms the address by the letter and so is signed in."""
    person = Person().open("/accounts/signup/")
    person.press("Создать учётную запись", email=email, name=name, password1=PASSWORD, password2=PASSWORD)
    (letter,) = mail.outbox
    person.open(re.search(r"/accounts/confirm-email/\S+", letter.body).group())
    return person.press("Да, подтвердить")


def signed_in(email: str, password="demo-portal") -> Person:  # noqa: S107 - the demonstration's password
    person = Person().open("/accounts/login/")
    return person.press("Войти", login=email, password=password)


def started(person: Person, city: str, *, title=TITLE, **more) -> Application:
    person.open("/applications/new/")
    person.press(
        "Создать пустую заявку",
        title=title,
        territory=Territory.objects.get(name=city).pk,
        nomination=Nomination.objects.filter(contest__announced_at=None).first().pk,
        organisation="new",
        organisation_name=f"Администрация города {city}",
        **more,
    )
    return Application.objects.get(title=title, territory__name=city)


def taken_over_from_word(clerk: Person) -> None:
    clerk.follow("Загрузить").press("Загрузить и проверить", file=passport_in_word())
    assert "Результаты практики" in clerk.text, "shows what it recognised"
    codes = [box.get("value") for box in clerk.page.xpath("//input[@name='take']")]
    clerk.press("Перенести в заявку", take=codes)


def wrote_contacts(clerk: Person, application: Application) -> None:
    clerk.open(f"{application.get_absolute_url()}sections/contacts/")
    clerk.press("Сохранить", **{"main-0-person": "Морозова А., специалист", "main-0-contact": "hello@example.org"})
    assert "Морозова" in clerk.page.xpath("string(//*[@name='main-0-person'])") + clerk.content.decode()


def returned_with_a_remark(organiser: Person, application: Application) -> None:
    organiser.open(f"/admin/applications/{application.key}/")
    organiser.press("Вернуть с замечаниями", **{"remark-costs": "Укажите, на какой срок хватает этой суммы."})
    application.refresh_from_db()
    assert application.status == Status.RETURNED


def answered_the_remark(clerk: Person, application: Application) -> None:
    clerk.open(application.get_absolute_url())
    assert "Укажите, на какой срок" in clerk.text
    clerk.open(f"{application.get_absolute_url()}sections/goals/")
    assert not clerk.page.xpath("//textarea[@name='text-0']"), "a section without a remark stays closed"
    clerk.open(f"{application.get_absolute_url()}sections/costs/")
    clerk.press("Сохранить", **{"main-0-item": "Печать афиш на год"})
    clerk.open(application.get_absolute_url()).press("Отправить заявку", consent="on")
    application.refresh_from_db()
    assert application.status == Status.SUBMITTED


def assigned_to_three_jurors(organiser: Person, application: Application) -> list[Assignment]:
    jurors = Juror.objects.filter(contest=application.contest)[:3]
    organiser.open(f"/admin/jury/{application.contest.year}/")
    organiser.press("Назначить отмеченных", pair=[f"{application.key}:{juror.pk}" for juror in jurors])
    sheets = list(application.assignments.select_related("juror__user"))
    assert len(sheets) == 3
    return sheets


def scored(sheet: Assignment) -> None:
    """The juror says that nothing ties them to the applicant, marks every criterion and finishes the sheet."""
    juror = signed_in(sheet.juror.user.email)
    juror.open(f"/admin/jury/sheets/{sheet.pk}/")
    assert "Морозова" not in juror.text, "contacts are the organiser's alone"
    juror.press("Конфликта интересов нет")
    for criterion in sheet.application.contest.criteria.all():
        juror.press("Сохранить", within=f"criterion-{criterion.pk}", value="9", comment="Убедительно.")
    juror.open(f"/admin/jury/sheets/{sheet.pk}/").press("Завершить лист")
    sheet.refresh_from_db()
    assert sheet.finished_at is not None


def announced(organiser: Person, application: Application) -> None:
    visitor = Person().open("/bank/?q=подросток")
    assert TITLE not in visitor.text, "nothing of this year is public before the announcement"
    organiser.open(f"/admin/results/{application.contest.year}/")
    assert TITLE in organiser.text
    organiser.press("Объявить итоги", despite_warnings="on", **{f"award-{application.key}": Award.WINNER})
    application.contest.refresh_from_db()
    assert application.contest.announced_at is not None


def read_the_outcome(clerk: Person, application: Application) -> None:
    clerk.open(application.get_absolute_url()).follow("Открыть итог и комментарии жюри")
    assert "Убедительно." in clerk.text
    for juror in Juror.objects.filter(contest=application.contest).select_related("user"):
        assert juror.user.name not in clerk.text, "comments are read without their jurors' names"


def adopted(practice: Practice) -> None:
    """Next year another city finds the practice and names it as the donor of a passport of its own."""
    contest = ContestFactory(year=practice.contest.year + 1, announced_at=None)
    ContestFormFactory(contest=contest)
    NominationFactory(contest=contest)
    now = timezone.now()
    track = TrackFactory(
        contest=contest, code=TrackCode.ADOPTION, opens_at=now - timedelta(days=1), closes_at=now + timedelta(days=1)
    )
    neighbour = signed_in("applicant2@example.org")

    application = started(neighbour, "Билибино", title="Дворовый час в Билибине", track=track.pk, donor=practice.pk)

    neighbour.open(f"{application.get_absolute_url()}sections/donor/")
    assert TITLE in neighbour.content.decode()
    assert application.passport.donor == practice
