import pytest

from practices.enums import Funding
from practices.funding import kind_of


@pytest.mark.parametrize(
    ("source", "kind"),
    [
        ("Муниципальный бюджет", Funding.MUNICIPAL),
        ("Местный бюджет", Funding.MUNICIPAL),
        ("бюджет ЗАТО г. Железногорск Красноярского края", Funding.MUNICIPAL),
        ("Средства бюджета городского округа Заречный Свердловской области", Funding.MUNICIPAL),
        ("МБ", Funding.MUNICIPAL),
        ("Администрация", Funding.MUNICIPAL),
        ("Областной бюджет", Funding.REGIONAL),
        ("Бюджет Нижегородской области", Funding.REGIONAL),
        ("краевой бюджет", Funding.REGIONAL),
        ("Администрация Красноярского края", Funding.REGIONAL),
        ("Бюджет субъекта РФ", Funding.REGIONAL),
        ("ФЕДЕРАЛЬНЫЙ БЮДЖЕТ", Funding.FEDERAL),
        ("Бюджет Российской Федерации", Funding.FEDERAL),
        ("Бюджет", Funding.BUDGET),
        ("Фонд президентских грантов", Funding.GRANTS),
        ("Грант губернатора", Funding.GRANTS),
        ("внебюджетные средства", Funding.GRANTS),
        ("Благотворительный фонд", Funding.SPONSORS),
        ("Спонсорские средства", Funding.SPONSORS),
        ("АО «Концерн Росэнергоатом»", Funding.SPONSORS),
        ("Пожертвования партнёров", Funding.SPONSORS),
        ("Собственные средства предприятия", Funding.OWN),
        ("средства родителей", Funding.OWN),
        ("Муниципальный бюджет, спонсоры", Funding.SEVERAL),
        ("федеральный, областной и муниципальный бюджеты", Funding.SEVERAL),
        ("городской бюджет, бюджет", Funding.MUNICIPAL),
        ("бюджет Чукотского АО", Funding.REGIONAL),
        ("бюджет городского округа Певек Чукотского АО", Funding.MUNICIPAL),
        ("бюджет г. Железногорск, Красноярский край", Funding.MUNICIPAL),
        ("Администрация города Заречного, Пензенская область", Funding.MUNICIPAL),
        ("местный, областной", Funding.SEVERAL),
        ("Областной бюджет, Пензенская область", Funding.REGIONAL),
        ("личные средства жителей", Funding.OWN),
        ("Публичная библиотека", Funding.OTHER),
        ("Публичное акционерное общество «Вестник»", Funding.OTHER),
        ("Фонд поддержки предпринимательства", Funding.GRANTS),
        ("Индивидуальный предприниматель", Funding.SPONSORS),
        ("Волонтёрский труд", Funding.OTHER),
        ("не требуется", Funding.OTHER),
        ("", Funding.UNNAMED),
        ("—", Funding.UNNAMED),
    ],
)
def test_kind_is_read_of_the_words_of_a_source(source, kind):
    assert kind_of(source) == kind


@pytest.mark.parametrize("source", ["\x00", "\ud800", "и", ",;+/", "9" * 300])
def test_whatever_was_typed_has_a_kind(source):
    assert kind_of(source) in {Funding.OTHER, Funding.UNNAMED}
