from gui.palette import curve_color
from gui.share_bar import ShareBar


def test_each_part_has_its_share_of_the_width_in_its_colour(qtbot, switch):
    bar = ShareBar()
    qtbot.addWidget(bar)
    bar.resize(100, 8)
    bar.show_counts({"train": 60, "validation": 0, "test": 40})
    picture = bar.grab().toImage()
    assert picture.pixelColor(5, 4) == picture.pixelColor(55, 4) == curve_color("train")
    assert picture.pixelColor(65, 4) == picture.pixelColor(95, 4) == curve_color("test")


def test_no_samples_yet(qtbot, switch):
    bar = ShareBar()
    qtbot.addWidget(bar)
    bar.resize(100, 8)
    assert bar.grab().toImage().pixelColor(50, 4).name() == switch.theme.grid
