"""Rows of the bank as answers of the API. Each takes what its query has fetched and asks for nothing one by one."""

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from competition.models import Contest, Territory
from practices.api import shapes
from practices.models import Attachment, Passport, Practice, Theme
from practices.queries import Audience, ReadSection, published_attachments, read_sections, with_sections

Absolute = Callable[[str], str]  # makes an address of this portal one that can be followed from outside


@dataclass(frozen=True)
class Answers:
    """Makes answers whose addresses begin as `absolute` says."""

    absolute: Absolute

    def address(self, name: str, *arguments, **query) -> str:
        found = reverse(f"practices:{name}", args=arguments)
        return self.absolute(f"{found}?{urlencode(query)}" if query else found)

    def index(self, *, title: str) -> shapes.Index:
        return shapes.Index(
            title=title,
            version="1",
            documentation=self.address("api_page"),
            openapi=self.address("api_openapi"),
            practices=self.address("api_practices"),
            contests=self.address("api_contests"),
            territories=self.address("api_territories"),
            themes=self.address("api_themes"),
        )

    def row(self, practice: Practice) -> shapes.PracticeRow:
        return shapes.PracticeRow(**self._row(practice))

    def _row(self, practice: Practice) -> dict:
        return {
            "slug": practice.slug,
            "title": practice.title,
            "territory": practice.territory.name,
            "region": practice.territory.region,
            "year": practice.contest.year,
            "nomination": practice.nomination.title if practice.nomination else "",
            "theme": practice.theme.title if practice.theme else "",
            "award": practice.award,
            "summary": practice.summary,
            "url": self.absolute(practice.get_absolute_url()),
            "pdf_url": self.address("practice_pdf", practice.slug),
        }

    def detail(self, practice: Practice) -> shapes.PracticeDetail:
        """All that is public of a published practice; contacts never, the team with its consent (`Audience.PUBLIC`)."""
        passport = practice.passport_id and with_sections(Passport.objects.filter(pk=practice.passport_id)).get()
        public = Practice.objects.published().select_related("territory", "contest")
        donor = public.filter(pk=practice.donor_id).first() if practice.donor_id else None
        adopted = Practice.objects.adopted().select_related("territory", "contest").order_by("contest__year", "pk")
        return shapes.PracticeDetail(
            **self._row(practice),
            short_title=practice.short_title,
            territory_slug=practice.territory.slug,
            theme_slug=practice.theme.slug if practice.theme else "",
            track=practice.track.code if practice.track else "",
            published_at=practice.published_at,
            started_year=practice.started_year,
            cost_total=None if practice.cost_total is None else float(practice.cost_total),
            cost_shares=[shapes.Share(share.source, float(share.amount)) for share in practice.cost_shares.all()],
            people_reached=practice.people_reached,
            key_figures=[shapes.Figure(figure.value, figure.label) for figure in practice.key_figures.all()],
            description=practice.description,
            donor=self._link(donor) if donor else None,
            adoptions=[self._link(adoption) for adoption in adopted.filter(donor=practice)],
            attachments=[self._file(practice, file) for file in published_attachments(passport)] if passport else [],
            edition=passport.edition.code if passport else "",
            sections=_sections(read_sections(passport, audience=Audience.PUBLIC)) if passport else [],
            api_url=self.address("api_practice", practice.slug),
        )

    def _link(self, practice: Practice) -> shapes.PracticeLink:
        return shapes.PracticeLink(
            slug=practice.slug,
            title=practice.title,
            territory=practice.territory.name,
            year=practice.contest.year,
            url=self.absolute(practice.get_absolute_url()),
            api_url=self.address("api_practice", practice.slug),
        )

    def _file(self, practice: Practice, file: Attachment) -> shapes.File:
        return shapes.File(
            kind=file.kind,
            caption=file.caption,
            file_name=file.file_name,
            content_type=file.content_type,
            size=file.size,
            sha256=file.sha256,
            url=self.address("practice_file", practice.slug, file.token),
        )

    def contest(self, contest: Contest) -> shapes.ContestRow:
        """A year with its numbers; how many apply is told when the results are, as on the pages."""
        return shapes.ContestRow(
            year=contest.year,
            opens_on=contest.opens_on,
            closes_on=contest.closes_on,
            announced_at=contest.announced_at,
            applications=contest.filed if contest.announced_at else None,
            winners=contest.winners,
            practices=contest.in_bank,
            nominations=[nomination.title for nomination in contest.nominations.all()],
            tracks=[
                shapes.TrackRow(track.code, track.title, track.opens_at, track.closes_at)
                for track in contest.tracks.all()
            ],
            url=self.absolute(contest.get_absolute_url()),
            practices_url=self.address("api_practices", year=contest.year),
        )

    def territory(self, territory: Territory) -> shapes.TerritoryRow:
        return shapes.TerritoryRow(
            slug=territory.slug,
            name=territory.name,
            full_name=territory.full_name,
            status=territory.status,
            region=territory.region,
            latitude=float(territory.latitude),
            longitude=float(territory.longitude),
            time_zone=territory.time_zone,
            distance_km=round(territory.distance_km, 1),
            bearing=round(territory.bearing, 1),
            practices=territory.in_bank,
            winners=territory.winners,
            url=self.absolute(territory.get_absolute_url()),
            practices_url=self.address("api_practices", territory=territory.slug),
        )

    def theme(self, theme: Theme) -> shapes.ThemeRow:
        return shapes.ThemeRow(
            slug=theme.slug,
            title=theme.title,
            practices=theme.in_bank,
            practices_url=self.address("api_practices", theme=theme.slug),
        )


def _sections(sections: list[ReadSection]) -> list[shapes.Section]:
    return [
        shapes.Section(
            number=section.number,
            code=section.code,
            title=section.template.title,
            chapter=section.template.chapter,
            content=[_block(piece) for piece in section.pieces],
        )
        for section in sections
        if section.is_answered
    ]


def _block(piece: dict) -> shapes.TextBlock | shapes.TableBlock:
    if "text" in piece:
        return shapes.TextBlock("text", piece["text"])
    if "table" in piece:
        return shapes.TableBlock("table", "", [], [row for row in piece["table"] if any(row)])
    table = piece["form_table"]
    return shapes.TableBlock(
        type="table",
        title=table.title,
        columns=[shapes.Column(column.code, column.title, column.group) for column in table.columns],
        rows=[[row[column.code] for column in table.columns] for row in piece["rows"]],
    )
