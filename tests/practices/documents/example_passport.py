"""An invented passport, as the importer prints it, for each edition."""

from copy import deepcopy


def text(*paragraphs: str) -> dict:
    return {"blocks": [{"text": "\n".join(paragraphs)}] if paragraphs else []}


def table(*rows: dict) -> dict:
    return {"tables": {"main": list(rows)}}


COMMON = {
    "title": text("Скамейка у каждого подъезда"),
    "territory": text("город Приозёрск"),
    "background": text(
        "Пожилым жителям негде присесть по дороге домой.",
        "Скамейки во дворах ставили двадцать лет назад, половина сломана.",
    ),
    "period": text("Май - сентябрь 2021 г."),
    "indicators_before": {
        "blocks": [
            {"text": "В городе 214 подъездов без скамеек."},
            {"table": [["", "2019 год", "2020 год"], ["Обращений жителей", "31", "44"], ["Всего", "", "75"]]},
            {"text": "Своими силами дворы почти не обустраивали."},
        ]
    },
    "goals": text("Цель: вернуть скамейки во дворы.", "Задачи:", "1. Сосчитать подъезды.", "2. Найти мастеров."),
    "opportunities": table(
        {"description": "Столярная мастерская колледжа"},
        {"description": "Опыт дворовых субботников:\nих проводят с 2008 года"},
    ),
    "approaches": table(
        {"description": "Открытость: место выбирают жители"}, {"description": "Один двор за один день"}
    ),
    "participants": table(
        {"participant": "Жители домов", "role": "Выбирают место;\nкрасят скамейки"},
        {"participant": "Колледж", "role": "Изготавливает детали"},
    ),
    "stakeholders": table({"involved": "50 человек", "affected": "10 000 жителей, в том числе:\n- 2500 пенсионеров"}),
    "business_model": text("Доски даёт лесхоз, работу дарят студенты."),
    "description": {
        "blocks": [
            {"text": "Двор подаёт заявку.\nВ субботу приезжает бригада:\n- ставит скамейку;\n- учит за ней смотреть."},
            {"table": [["№", "Двор", "Скамеек"], ["1", "Лесная, 4", "6"], ["2", "Озёрная, 12", "8"]]},
        ]
    },
    "actions": table(
        {"action": "Опрос жителей", "performer": "Администрация города,\nсоветы домов"},
        {"action": "Изготовление скамеек", "performer": "Колледж"},
    ),
    "regulations": {
        "tables": {
            "adopted": [{"name": "Постановление от 03.02.2021 № 17-п", "result": "Выделены места"}],
            "amended": [{"name": "Правила благоустройства", "changes": "Добавлен раздел 4", "result": "Есть порядок"}],
        }
    },
    "resources": table({"resource": "Материальный", "purpose": "Доски и краска"}),
    "beneficiaries": table({"beneficiary": "Пожилые жители", "benefit": "Могут отдохнуть по дороге"}),
    "costs": table(
        {"item": "Доски", "amount": "30 000 рублей", "source": "Бюджет города"},
        {"item": "Краска", "amount": "9,5 тыс. руб.", "source": "Спонсорская помощь"},
    ),
    "indicators_after": text("Скамейки стоят у 200 подъездов, обращений стало втрое меньше."),
    "team": text("Столярова Вера Ильинична, мастер колледжа."),
    "links": table(
        {"name": "Сайт города\nГруппа двора", "url": "https://town.example.org/\nhttps://social.example.org/yard"},
    ),
    "contacts": table(
        {
            "person": "Столярова Вера Ильинична, мастер",
            "contact": "8 (000) 000-00-01, 8 (000) 000-00-02\nфакс 8 (000) 000-00-03\nmaster@example.org",
        },
    ),
}
ONE_VALUE = table(
    {"indicator": "Поставлено скамеек, шт.\nза весь период\nза 2020 год", "value": "200\n44"},
    {"indicator": "Участников", "value": "более 50"},
)
TWO_VALUES = table(
    {"indicator": "Поставлено скамеек, шт.", "value_last_year": "44", "value_total": "200"},
    {"indicator": "Участников, чел.", "value_last_year": "более 20", "value_total": "50"},
)


def example(edition: str) -> dict:
    content = {**deepcopy(COMMON), "results": deepcopy(ONE_VALUE if edition == "2019" else TWO_VALUES)}
    return content | {"donor": text()} if edition == "2022" else content
