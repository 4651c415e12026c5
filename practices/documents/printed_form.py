"""An edition of the form as plain data, for code without Django, and the words that the form itself prints."""

from dataclasses import dataclass
from functools import cached_property

from practices import blocks


@dataclass(frozen=True)
class PrintedSection:
    number: int
    code: str
    title: str
    short_title: str
    hint: str
    shape: blocks.Text | blocks.Tables


@dataclass(frozen=True)
class PrintedForm:
    """A year's form. `data` is what `fixtures/editions.json` holds for an edition, as far as reading needs it."""

    data: dict

    @classmethod
    def of(cls, edition) -> "PrintedForm":
        """From an `Edition` of the database."""
        return cls(
            {
                "code": edition.code,
                "sections": [
                    {
                        "number": template.number,
                        "code": template.code,
                        "title": template.title,
                        "short_title": template.short_title,
                        "hint": template.hint,
                        "shape": template.shape_data,
                    }
                    for template in edition.templates
                ],
            }
        )

    @property
    def code(self) -> str:
        return self.data["code"]

    @cached_property
    def sections(self) -> dict[str, PrintedSection]:
        """By code, in the order of the form."""
        return {
            row["code"]: PrintedSection(
                number=row["number"],
                code=row["code"],
                title=row["title"],
                short_title=row.get("short_title", ""),
                hint=row.get("hint", ""),
                shape=blocks.shape_from(row["shape"]),
            )
            for row in self.data["sections"]
        }


TITLE = "Паспорт практики"
NOTHING = "Нет"  # printed where an applicant has nothing to report
SIGNATURE = (
    "Подпись руководителя",
    ("должность", "подпись", "расшифровка подписи"),
    "Дата: «___» ______________ 20___ г.",
)

# What the official annexes print beside the titles. The portal's editions have hints of its own wording.
PRINTED_WORDS = (
    TITLE,
    "Описание проблемной ситуации или потребности в развитии, послужившей причиной внедрения практики",
    "Заполняется только для направления «Внедрение лучших муниципальных практик и инициатив"
    " социально-экономического развития»",
    "Описание перечня мероприятий, которые были предприняты для реализации практики",
    "Ссылки на официальный сайт практики, группы в социальных сетях и т. п.",
    "регион, предприниматели, жители и т. п.",
    "что было достигнуто",
    "не более 0,5 страницы",
    "Место для ввода текста",
    "Щелкните или коснитесь здесь, чтобы ввести текст",
    "Щелкните здесь, чтобы ввести текст",
    SIGNATURE[0],
    " ".join(SIGNATURE[1]),
    SIGNATURE[2],
)
