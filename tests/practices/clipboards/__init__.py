"""What Word and Excel put on the clipboard: their markup as it comes, with words of our own."""

from pathlib import Path

FOLDER = Path(__file__).parent

# Word: a heading of its own, numbered rows, a source merged down three rows, totals whose label spans two cells.
WORD_HTML = (FOLDER / "word.html").read_text(encoding="utf-8")
WORD_TEXT = (
    "№\tСтатья затрат\tОбъем затрат, руб.\tИсточник финансирования\r\n"
    "1.\tСаженцы и грунт\t35 000\tГрант фонда «Сад»\r\n"
    "2.\tАфиши\t20 тыс. руб.\t\r\n3.\tЧай \t10\xa0000,00\t\r\nИТОГО\t65 000\t\r\n"
)

# Excel: two columns of numbers, a cell of two lines, styles and the frame of a fragment.
EXCEL_HTML = (FOLDER / "excel.html").read_text(encoding="utf-8")
EXCEL_TEXT = 'Показатель\tза год\tвсего\r\n"Встреч с жителями,\nед."\t12\t15\r\nКружков «Умелые руки»\t4\t6\r\n'
