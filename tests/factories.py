"""Valid and boring rows for tests: name what matters to your test, the rest is filled in."""

import json
from copy import deepcopy
from datetime import UTC, date, datetime, timedelta
from functools import cache
from hashlib import sha256
from pathlib import Path
from uuid import uuid4

import factory
from django.core.files.base import ContentFile
from django.utils import timezone
from factory.django import DjangoModelFactory

from accounts.models import User
from competition.enums import Category, ConsentKind, Role, Status, TrackCode
from competition.models import (
    Application,
    Consent,
    Contest,
    Coordinator,
    Invitation,
    Nomination,
    Organisation,
    TeamMember,
    Territory,
    Track,
)
from competition.models.team import digest_of
from judging.models import Assignment, Comment, Criterion, Juror, Result, Score
from practices.enums import AttachmentKind, ExportKind, FileType
from practices.models import (
    Attachment,
    CollectedPractice,
    Collection,
    ContestForm,
    Edition,
    Export,
    KeyFigure,
    Passport,
    PassportSection,
    Practice,
    SavedSearch,
    SectionTemplate,
    Theme,
)
from practices.models.saved_search import digest_of_question
from practices.search import index_practice
from practices.services import load_edition

FIXTURES = Path(__file__).resolve().parent.parent / "fixtures"


def utc(*moment: int) -> datetime:
    """A moment in UTC: `utc(2026, 5, 31)` is its midnight."""
    return datetime(*moment, tzinfo=UTC)


def edition(code: str = "2022") -> Edition:
    """The edition of the form as it is shipped; loaded once in a test, and checked once in all of them."""
    return Edition.objects.filter(code=code).first() or _loaded(code)


_CHECKED: dict[str, list[dict]] = {}


def _loaded(code: str) -> Edition:
    """Made by `load_edition` the first time. It asks the database a hundred questions, and most tests need a form."""
    shipped = _shipped_editions()[code]
    if code not in _CHECKED:
        made = load_edition(shipped)
        _CHECKED[code] = list(made.sections.values())
        return made
    made = Edition.objects.create(code=code, title=shipped["title"], annex=shipped.get("annex", ""))
    sections = ({**deepcopy(section), "id": None, "edition_id": made.pk} for section in _CHECKED[code])
    SectionTemplate.objects.bulk_create(SectionTemplate(**section) for section in sections)
    return made


@cache
def _shipped_editions() -> dict[str, dict]:
    shipped = json.loads((FIXTURES / "editions.json").read_text(encoding="utf-8"))
    return {data["code"]: data for data in shipped}


class UserFactory(DjangoModelFactory):
    class Meta:
        model = User

    email = factory.Sequence(lambda n: f"person{n}@example.org")
    name = factory.Sequence(lambda n: f"Человек {n}")


class TerritoryFactory(DjangoModelFactory):
    class Meta:
        model = Territory

    slug = factory.Sequence(lambda n: f"city-{n}")
    name = factory.Sequence(lambda n: f"Город{n}")
    full_name = factory.LazyAttribute(lambda city: f"Городской округ {city.name}")
    status = "городской округ"
    region = "Тверская область"
    latitude = "56.8587"
    longitude = "35.9176"
    time_zone = "Europe/Moscow"


class ContestFactory(DjangoModelFactory):
    """A year on record, results announced. For the contest that runs now give `announced_at=None` and a track."""

    class Meta:
        model = Contest
        django_get_or_create = ["year"]

    year = 2021
    opens_on = factory.LazyAttribute(lambda contest: date(contest.year, 2, 15))
    closes_on = factory.LazyAttribute(lambda contest: date(contest.year, 8, 15))
    announced_at = factory.LazyAttribute(lambda contest: utc(contest.year, 12, 1))


class TrackFactory(DjangoModelFactory):
    class Meta:
        model = Track
        django_get_or_create = ["contest", "code"]

    contest = factory.SubFactory(ContestFactory)
    code = TrackCode.PRACTICES
    title = "Лучшие муниципальные практики"
    opens_at = factory.LazyAttribute(lambda track: utc(track.contest.year, 2, 15))
    closes_at = factory.LazyAttribute(lambda track: utc(track.contest.year, 8, 15, 20, 59, 59))


class NominationFactory(DjangoModelFactory):
    class Meta:
        model = Nomination
        django_get_or_create = ["contest", "title"]

    contest = factory.SubFactory(ContestFactory)
    title = "Развитие социальной сферы"


class ContestFormFactory(DjangoModelFactory):
    class Meta:
        model = ContestForm
        django_get_or_create = ["contest"]

    contest = factory.SubFactory(ContestFactory)
    edition = factory.LazyFunction(edition)


class ApplicationFactory(DjangoModelFactory):
    """A draft. `admitted=True` for one that went the whole way to the jury."""

    class Meta:
        model = Application

    class Params:
        admitted = factory.Trait(
            status=Status.ADMITTED,
            submitted_at=factory.LazyAttribute(lambda application: utc(application.contest.year, 5, 1)),
            number=factory.Sequence(lambda n: f"2021-{n:04d}"),
        )

    contest = factory.SubFactory(ContestFactory)
    track = factory.SubFactory(TrackFactory, contest=factory.SelfAttribute("..contest"))
    nomination = factory.SubFactory(NominationFactory, contest=factory.SelfAttribute("..contest"))
    territory = factory.SubFactory(TerritoryFactory)
    owner = factory.SubFactory(UserFactory)
    title = "Школа чтения"
    status = Status.DRAFT


class TeamMemberFactory(DjangoModelFactory):
    """A colleague at work on an application."""

    class Meta:
        model = TeamMember

    application = factory.SubFactory(ApplicationFactory)
    user = factory.SubFactory(UserFactory)
    role = Role.EDITOR
    joined_at = factory.LazyAttribute(lambda member: utc(member.application.contest.year, 3, 1))


class InvitationFactory(DjangoModelFactory):
    """An open invitation by the owner; its link is made of `token`."""

    class Meta:
        model = Invitation

    class Params:
        token = factory.Sequence(lambda n: f"token-{n}")

    application = factory.SubFactory(ApplicationFactory)
    email = factory.Sequence(lambda n: f"invited{n}@example.org")
    role = Role.EDITOR
    token_digest = factory.LazyAttribute(lambda invitation: digest_of(invitation.token))
    invited_by = factory.SelfAttribute("application.owner")
    sent_at = factory.LazyFunction(timezone.now)
    expires_at = factory.LazyAttribute(lambda invitation: invitation.sent_at + timedelta(days=7))


class CoordinatorFactory(DjangoModelFactory):
    class Meta:
        model = Coordinator

    territory = factory.SubFactory(TerritoryFactory)
    user = factory.SubFactory(UserFactory)


class PassportFactory(DjangoModelFactory):
    """A passport in the 23-section form. `answers` maps codes to a text, to rows of the only table, or to content."""

    class Meta:
        model = Passport
        skip_postgeneration_save = True

    application = factory.SubFactory(ApplicationFactory)
    edition = factory.LazyFunction(edition)

    @factory.post_generation
    def answers(self, create, extracted, **kwargs):
        given = {"title": self.application.title, **(extracted or {})}
        PassportSection.objects.bulk_create(
            PassportSection(
                passport=self,
                code=template.code,
                content=template.shape.clean(_content(template, given.get(template.code))),
            )
            for template in self.edition.templates
        )


def _content(template, answer):
    match answer:
        case None:
            return template.shape.empty()
        case str():
            return {"blocks": [{"text": answer}]}
        case list():
            return {"tables": {"main": answer}}
    return answer


def whole_answers(*, track_code: str = TrackCode.PRACTICES, code: str = "2022") -> dict:
    """An answer to everything that the form requires, for `PassportFactory(answers=…)`: ready to be submitted."""
    required = [template for template in edition(code).templates if template.is_required_for(track_code)]
    return {template.code: _some_answer(template) for template in required}


def _some_answer(template):
    if not template.is_tables:
        return f"Ответ: {template.short_title}"
    (table, *_others) = template.shape.tables
    return [{column.code: f"{column.title}, 1" for column in table.columns}]


class ConsentFactory(DjangoModelFactory):
    """A consent to publish everything that can be. Whatever it says has been accepted by the application's owner."""

    class Meta:
        model = Consent

    application = factory.SubFactory(ApplicationFactory)
    kind = ConsentKind.PUBLICATION
    categories = list(Category)
    text = "Согласие на публикацию."
    accepted_by = factory.LazyAttribute(lambda consent: consent.application.owner)
    accepted_at = factory.LazyAttribute(lambda consent: utc(consent.application.contest.year, 5, 1))


class AttachmentFactory(DjangoModelFactory):
    """A letter as PDF, kept privately; its content is `content`, and so is its preview if `previewed`."""

    class Meta:
        model = Attachment

    class Params:
        content = b"%PDF-1.7 a letter"
        previewed = factory.Trait(preview=factory.LazyAttribute(lambda file: ContentFile(b"\xff\xd8 small", "preview")))
        photo = factory.Trait(kind=AttachmentKind.PHOTO, content_type=FileType.JPEG, file_name="Встреча.jpg")

    passport = factory.SubFactory(PassportFactory)
    token = factory.LazyFunction(uuid4)
    file = factory.LazyAttribute(lambda file: ContentFile(file.content, "file"))
    file_name = "Письмо.pdf"
    kind = AttachmentKind.LETTER
    content_type = FileType.PDF
    size = factory.LazyAttribute(lambda file: len(file.content))
    sha256 = factory.LazyAttribute(lambda file: sha256(file.content).hexdigest())
    source_sha256 = factory.LazyAttribute(lambda file: sha256(file.token.bytes).hexdigest())
    uploaded_at = factory.LazyAttribute(lambda file: utc(file.passport.application.contest.year, 5, 1))
    uploaded_by = factory.LazyAttribute(lambda file: file.passport.application.owner)


class ThemeFactory(DjangoModelFactory):
    class Meta:
        model = Theme
        django_get_or_create = ["slug"]

    slug = "social-sphere"
    title = "Социальная сфера"
    mark = "soc"


class PracticeFactory(DjangoModelFactory):
    """A published and searchable entry of the bank with a card only; `published_at=None` for one not public yet."""

    class Meta:
        model = Practice
        skip_postgeneration_save = True

    slug = factory.Sequence(lambda n: f"practice-{n}")
    title = factory.Sequence(lambda n: f"Практика {n}")
    summary = "Кружок при городской библиотеке."
    territory = factory.SubFactory(TerritoryFactory)
    contest = factory.SubFactory(ContestFactory)
    published_at = factory.LazyAttribute(lambda practice: utc(practice.contest.year, 12, 1))

    @factory.post_generation
    def key_figures(self, create, extracted, **kwargs):
        KeyFigure.objects.bulk_create(
            KeyFigure(practice=self, value=value, label=label, order=order)
            for order, (value, label) in enumerate(extracted or [])
        )
        if self.published_at:
            index_practice(self)


class ExportFactory(DjangoModelFactory):
    """A finished workbook of `practices`; `finished_at=None` for one that is still to be made."""

    class Meta:
        model = Export
        skip_postgeneration_save = True

    digest = factory.Sequence(lambda n: f"{n:064x}")
    kind = ExportKind.XLSX
    created_at = factory.LazyFunction(timezone.now)
    expires_at = factory.LazyAttribute(lambda export: export.created_at + timedelta(days=7))
    finished_at = factory.SelfAttribute("created_at")
    file = factory.LazyAttribute(lambda export: ContentFile(b"PK a workbook", "export") if export.finished_at else "")

    @factory.post_generation
    def practices(self, create, extracted, **kwargs):
        self.practices.set(extracted or [])
        self.total = len(extracted or [])
        self.save()


class CollectionFactory(DjangoModelFactory):
    """A published collection of the `practices`, in their order."""

    class Meta:
        model = Collection
        skip_postgeneration_save = True

    slug = factory.Sequence(lambda n: f"collection-{n}")
    title = factory.Sequence(lambda n: f"Подборка {n}")
    introduction = "О чём эта подборка."
    published_at = utc(2022, 2, 1)

    @factory.post_generation
    def practices(self, create, extracted, **kwargs):
        CollectedPractice.objects.bulk_create(
            CollectedPractice(collection=self, practice=practice, note=f"Почему: {practice.title}", order=order)
            for order, practice in enumerate(extracted or [])
        )


class SavedSearchFactory(DjangoModelFactory):
    """A wish to follow a question, its link made of `token`. `confirmed=moment`: letters go out daily from then on."""

    class Meta:
        model = SavedSearch

    class Params:
        token = factory.Sequence(lambda n: f"search-token-{n}")
        confirmed = None

    email = factory.Sequence(lambda n: f"follower{n}@example.org")
    question = ""
    question_digest = factory.LazyAttribute(lambda search: digest_of_question(search.question))
    frequency = "daily"
    token_digest = factory.LazyAttribute(lambda search: digest_of(search.token))
    asked_at = factory.LazyAttribute(lambda search: search.confirmed or timezone.now())
    confirmed_at = factory.SelfAttribute("confirmed")
    told_until = factory.SelfAttribute("confirmed")
    next_at = factory.LazyAttribute(lambda search: search.confirmed and search.confirmed + timedelta(days=1))


class OrganisationFactory(DjangoModelFactory):
    class Meta:
        model = Organisation

    name = factory.Sequence(lambda n: f"Библиотека № {n}")
    territory = factory.SubFactory(TerritoryFactory)


class CriterionFactory(DjangoModelFactory):
    class Meta:
        model = Criterion

    contest = factory.SubFactory(ContestFactory)
    order = factory.Sequence(lambda n: n)
    title = factory.LazyAttribute(lambda criterion: f"Критерий {criterion.order}")
    weight = "1.00"
    anchor_low = "не раскрыто"
    anchor_middle = "частично"
    anchor_high = "полностью"


class JurorFactory(DjangoModelFactory):
    """A juror with no ties to anybody."""

    class Meta:
        model = Juror

    contest = factory.SubFactory(ContestFactory)
    user = factory.SubFactory(UserFactory)


class AssignmentFactory(DjangoModelFactory):
    """A sheet not begun. `marks` fills its criteria in order; `finished=True` declares and finishes it as well."""

    class Meta:
        model = Assignment
        skip_postgeneration_save = True

    class Params:
        contest = factory.SubFactory(ContestFactory)
        declared = factory.Trait(declared_at=factory.LazyAttribute(lambda sheet: sheet.assigned_at))
        finished = factory.Trait(declared=True, finished_at=factory.LazyAttribute(lambda sheet: sheet.assigned_at))

    juror = factory.SubFactory(JurorFactory, contest=factory.SelfAttribute("..contest"))
    application = factory.SubFactory(ApplicationFactory, contest=factory.SelfAttribute("..contest"), admitted=True)
    assigned_at = factory.LazyAttribute(lambda sheet: utc(sheet.application.contest.year, 9, 1))
    assigned_by = factory.SubFactory(UserFactory, is_staff=True)

    @factory.post_generation
    def marks(self, create, extracted, **kwargs):
        criteria = Criterion.objects.filter(contest=self.application.contest).order_by("order")
        Score.objects.bulk_create(
            Score(assignment=self, criterion=criterion, value=value, saved_at=self.assigned_at)
            for criterion, value in zip(criteria, extracted or [], strict=False)
        )


class CommentFactory(DjangoModelFactory):
    class Meta:
        model = Comment

    text = "Убедительно."
    saved_at = factory.LazyAttribute(lambda comment: comment.assignment.assigned_at)


class ResultFactory(DjangoModelFactory):
    """What was announced on an admitted application; its contest tells whether the year is announced."""

    class Meta:
        model = Result

    application = factory.SubFactory(ApplicationFactory, admitted=True)
    score = "9.250"
    spread = "1.000"
    place = 1
    sheets = 2
    award = "winner"
    announced_at = factory.LazyAttribute(lambda result: utc(result.application.contest.year, 12, 1))
    announced_by = factory.SubFactory(UserFactory, is_staff=True)
