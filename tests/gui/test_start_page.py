"""The start page: what a person sees and what a click or a key does."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from gui.settings import Settings
from gui.start_page import COLUMNS, StartPage
from gui.starter_card import PADDING, PICTURE
from model.starters import STARTERS


@pytest.fixture
def page(qtbot, switch):
    made = StartPage()
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is made.cards[0])
    return made


def test_every_starter_has_a_card_with_its_name_and_sentences(page):
    assert [card.objectName() for card in page.cards] == [f"starter {name}" for name in STARTERS]
    assert all(card.accessibleName() and card.accessibleDescription() for card in page.cards)


@pytest.mark.parametrize("place", range(len(STARTERS)))
def test_a_click_chooses_and_closes(qtbot, page, place):
    with qtbot.waitSignal(page.chosen) as chosen:
        qtbot.mouseClick(page.cards[place], Qt.MouseButton.LeftButton)
    assert chosen.args == [list(STARTERS)[place]]
    assert not page.isVisible()


def test_arrow_keys_go_round_the_grid_and_enter_chooses(qtbot, page):
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Right):
        QTest.keyClick(QApplication.focusWidget(), key)
    assert QApplication.focusWidget() is page.cards[COLUMNS + 1]
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Up)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Up)  # there is no row above the first
    assert QApplication.focusWidget() is page.cards[1]
    with qtbot.waitSignal(page.chosen) as chosen:
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert chosen.args == ["xor"]


def test_tab_reaches_the_next_card(page):
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is page.cards[1]


def test_escape_closes_without_a_choice(qtbot, page):
    with qtbot.assertNotEmitted(page.chosen):
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    assert not page.isVisible()


def test_the_file_button_asks_and_leaves_the_page(qtbot, page):
    with qtbot.waitSignal(page.open_file):
        qtbot.mouseClick(page.file_button, Qt.MouseButton.LeftButton)
    assert page.isVisible()


def test_the_check_box_is_remembered(qtbot, page):
    assert page.show_at_start.isChecked()
    QTest.keyClick(page.show_at_start, Qt.Key.Key_Space)
    assert Settings().show_start_page is False
    page.close()
    page.show()
    assert not page.show_at_start.isChecked()


def test_two_rows_fit_a_third_peeps_in_and_no_card_is_cut(page):
    seen = page._scroll.viewport().height()
    tops = [card.mapTo(page._gallery, QPoint()).y() for card in page.cards]
    assert tops[4] + page.cards[4].height() <= seen  # the second row
    assert tops[8] < seen, "nothing says that there is more below"
    assert page._gallery.width() <= page._scroll.viewport().width()
    assert len({card.height() for card in page.cards}) == 1
    assert all(card.height() >= card.height_for(card.width()) for card in page.cards)


def test_the_arrow_keys_bring_the_last_row_into_view(page):
    for _ in range(2):
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Down)
    card = QApplication.focusWidget()
    assert card is page.cards[8]
    top = card.mapTo(page._scroll.viewport(), QPoint()).y()
    assert top >= 0 and top + card.height() <= page._scroll.viewport().height()


def test_the_pictures_come_after_the_page_and_follow_the_theme(qtbot, switch, page):
    linear = page.cards[0]

    def colours():
        picture = linear.grab().copy(PADDING, PADDING, PICTURE, PICTURE).toImage()
        return {picture.pixelColor(x, y).name() for x in range(PICTURE) for y in range(PICTURE)}

    qtbot.waitUntil(lambda: switch.theme.positive in colours())
    assert switch.theme.negative in colours()
    switch.choose("dark")
    qtbot.waitUntil(lambda: switch.theme.positive in colours())
    assert linear.grab().toImage().pixelColor(4, linear.height() // 2) == QColor(switch.theme.panel)
