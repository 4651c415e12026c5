"""What differs between two answers, and an answer made of both."""

import pytest
from hypothesis import given, strategies as st

from practices import blocks
from practices.differences import AFTER, BEFORE, BOTH, compare, compare_words, is_reordered, merge, suggest

TEXT = blocks.Text()
LINE = blocks.Text(one_line=True)
COSTS = blocks.Tables(
    (
        blocks.Table(
            "main",
            (blocks.Column("item", "Статья затрат"), blocks.Column("amount", "Объём", group="Деньги")),
        ),
    )
)
COUNTS = blocks.Tables((blocks.Table("main", (blocks.Column("involved", "Участвуют"),), single_row=True),))


def text(*lines):
    return {"blocks": [{"text": "\n".join(lines)}]}


def costs(*rows):
    return {"tables": {"main": [{"id": row_id, "item": item, "amount": amount} for row_id, item, amount in rows]}}


def differing(passages):
    return [passage for passage in passages if not passage.is_same]


def marked(pieces):
    marks = {"same": "{}", "gone": "[-{}-]", "new": "[+{}+]"}
    return "".join(marks[piece.kind].format(piece.text) for piece in pieces)


def said(passage):
    return [(cell.heading, marked(cell.pieces)) for cell in passage.cells]


# --- For a reader ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("Двор у школы", "Двор у школы", "Двор у школы"),
        ("Двор у школы", "Сквер у школы", "[-Двор-][+Сквер+] у школы"),
        ("120 человек", "150 человек", "[-120-][+150+] человек"),
        ("Посадили деревья", "Посадили 40 деревьев и кусты", "Посадили[- деревья-][+ 40 деревьев и кусты+]"),
        ("", "Новое", "[+Новое+]"),
        ("Старое", "", "[-Старое-]"),
        ("", "", ""),
    ],
)
def test_words_are_marked_where_they_stand(before, after, expected):
    assert marked(compare_words(before, after)) == expected


@given(st.text(alphabet="аб \n.", max_size=60), st.text(alphabet="аб \n.", max_size=60))
def test_no_letter_of_either_side_is_left_out(before, after):
    pieces = compare_words(before, after)

    assert "".join(piece.text for piece in pieces if piece.kind != "new") == before
    assert "".join(piece.text for piece in pieces if piece.kind != "gone") == after


def test_what_would_take_long_to_compare_is_shown_whole():
    assert [piece.kind for piece in compare_words("! " * 1400, "? ! " * 700)] == ["gone", "new"]
    assert len(compare(text(*"абвг" * 500), text(*"бгав" * 500), TEXT)) == 1


def test_lines_that_did_not_change_stand_between_those_that_did():
    passages = compare(text("Один", "Два", "Три"), text("Один", "Двадцать", "Три"), TEXT)

    assert [passage.is_same for passage in passages] == [True, False, True]
    assert said(passages[1]) == [("", "[-Два-][+Двадцать+]")]


def test_a_table_inside_a_text_is_one_passage():
    table = {"table": [["Год", "Жителей"], ["2024", "9 000"]]}
    later = {"table": [["Год", "Жителей"], ["2024", "9 100"]]}
    passages = compare({"blocks": [{"text": "До"}, table]}, {"blocks": [{"text": "До"}, later]}, TEXT)

    (changed,) = differing(passages)
    assert said(changed) == [("", "Год | Жителей\n2024 | 9[- 000-][+ 100+]")]


def test_a_row_is_the_same_row_while_its_id_is():
    before = costs(("a", "Саженцы", "10 000"), ("b", "Грунт", "5 000"))
    after = costs(("b", "Грунт", "7 000"), ("c", "Лавки", "3 000"), ("a", "Саженцы", "10 000"))

    passages = compare(before, after, COSTS)

    assert [said(passage) for passage in passages] == [
        [("Статья затрат", "Грунт"), ("Деньги: Объём", "[-5-][+7+] 000")],
        [("Статья затрат", "[+Лавки+]"), ("Деньги: Объём", "[+3 000+]")],
        [("Статья затрат", "Саженцы"), ("Деньги: Объём", "10 000")],
    ]
    assert is_reordered(before, after)
    assert not is_reordered(before, costs(("a", "Саженцы", "10 000"), ("b", "Грунт", "7 000")))


def test_rows_that_say_the_same_are_no_difference_whatever_their_ids():
    assert differing(compare(costs(("a", "Саженцы", "1")), costs(("z", "Саженцы", "1")), COSTS)) == []


def test_a_row_taken_out_stands_after_its_neighbour_of_then():
    before = costs(("a", "Первая", "1"), ("b", "Вторая", "2"), ("c", "Третья", "3"))
    after = costs(("a", "Первая", "1"), ("c", "Третья", "3"))

    assert [said(passage)[0][1] for passage in compare(before, after, COSTS)] == ["Первая", "[-Вторая-]", "Третья"]


def test_blank_rows_are_no_difference():
    assert compare(costs(("a", "", "")), costs(), COSTS) == []


# --- An answer of both -----------------------------------------------------------------------------

BASE = text("Цель", "Задача", "Срок")


def merged(theirs, mine, base, shape=TEXT):
    passages = compare(theirs, mine, shape)
    return shape.clean(merge(passages, suggest(passages, base, shape), shape))


def test_each_side_keeps_what_it_alone_changed():
    theirs, mine = text("Цель новая", "Задача", "Срок"), text("Цель", "Задача", "Срок: год")

    assert merged(theirs, mine, BASE) == text("Цель новая", "Задача", "Срок: год")


def test_what_both_changed_is_kept_twice():
    theirs, mine = text("Цель их", "Задача", "Срок"), text("Цель моя", "Задача", "Срок")

    assert merged(theirs, mine, BASE) == text("Цель их", "Цель моя", "Задача", "Срок")


def test_what_one_side_took_out_stays_out():
    shorter, longer = text("Цель", "Срок"), text("Цель", "Задача", "Срок", "Бюджет")

    assert merged(shorter, longer, BASE) == merged(longer, shorter, BASE) == text("Цель", "Срок", "Бюджет")


def test_a_paragraph_that_one_side_moved_is_not_dropped():
    theirs, mine = text("Цель", "Задача", "Срок", "Бюджет"), text("Задача", "Срок", "Цель")

    assert set(merged(theirs, mine, BASE)["blocks"][0]["text"].split("\n")) == {"Цель", "Задача", "Срок", "Бюджет"}


def test_rows_are_kept_by_the_side_that_changed_them():
    base = costs(("a", "Саженцы", "1"), ("b", "Грунт", "2"), ("c", "Лавки", "3"))
    theirs = costs(("a", "Саженцы", "10"), ("b", "Грунт", "2"), ("d", "Краска", "4"))
    mine = costs(("a", "Саженцы", "1"), ("b", "Грунт", "20"), ("c", "Лавки", "3"), ("e", "Песок", "5"))

    answer = merged(theirs, mine, base, COSTS)["tables"]["main"]

    assert [(row["item"], row["amount"]) for row in answer] == [
        ("Саженцы", "10"),
        ("Грунт", "20"),
        ("Краска", "4"),
        ("Песок", "5"),
    ]


def test_a_row_kept_twice_becomes_two_rows():
    passages = compare(costs(("a", "Саженцы", "1")), costs(("a", "Саженцы", "2")), COSTS)

    rows = COSTS.clean(merge(passages, [BOTH], COSTS))["tables"]["main"]

    assert [row["amount"] for row in rows] == ["1", "2"]
    assert rows[0]["id"] == "a" != rows[1]["id"]


@pytest.mark.parametrize(
    ("shape", "before", "after"),
    [
        (LINE, text("Их название"), text("Моё название")),
        (
            COUNTS,
            {"tables": {"main": [{"id": "a", "involved": "5"}]}},
            {"tables": {"main": [{"id": "a", "involved": "6"}]}},
        ),
    ],
)
def test_where_there_is_room_for_one_both_cannot_be_kept(shape, before, after):
    passages = compare(before, after, shape)

    assert suggest(passages, {}, shape) == [AFTER]
    assert merge(passages, [BEFORE], shape) == before
    with pytest.raises(ValueError, match="no choice"):
        merge(passages, [BOTH], shape)


@pytest.mark.parametrize("choices", [[], ["mine"], [AFTER, AFTER]])
def test_choices_must_be_those_of_the_passages(choices):
    passages = compare(text("Их"), text("Моё"), TEXT)

    with pytest.raises(ValueError, match="choice"):
        merge(passages, choices, TEXT)


LINES = st.lists(st.sampled_from(["Цель", "Задача", "Срок", "Новое", ""]), max_size=6)


@given(LINES, LINES, LINES)
def test_a_whole_side_is_that_side_and_a_suggestion_keeps_what_is_new(base, theirs, mine):
    passages = compare(text(*theirs), text(*mine), TEXT)
    count = len(differing(passages))

    assert merge(passages, [BEFORE] * count, TEXT) == text(*theirs)
    assert merge(passages, [AFTER] * count, TEXT) == text(*mine)
    suggested = merge(passages, suggest(passages, text(*base), TEXT), TEXT)
    kept = {line for block in suggested["blocks"] for line in block["text"].split("\n")}
    assert kept >= ((set(theirs) | set(mine)) - set(base) | (set(theirs) & set(mine))) - {""}
