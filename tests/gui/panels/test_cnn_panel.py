"""Filters, feature maps, drawing, misclassified images: clicked and typed, and then what the person sees."""

import numpy as np
import pytest
from msgspec import structs
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtWidgets import QAbstractButton, QComboBox, QSlider, QSpinBox, QWidget

from gui.cnn_views.image_sheet import Spot
from gui.docks import PANELS
from gui.export import export_csv, export_pdf, export_png
from gui.panels.cnn_panel import STARTER, CnnPanel
from gui.selection import Confused, Unit
from model.drawn_digit import as_digits
from model.experiment import Stop
from model.experiment_file import from_plain
from model.starters import STARTERS, starter
from model.trainer import Trainer

SIZE = (700, 420)
CONVOLUTION = {"type": "convolution", "filters": 4}
SECOND = {"type": "convolution", "filters": 3, "padding": 1}
HEAD = [{"type": "flatten"}, {"type": "affine", "units": 10}]
LAYERS = [CONVOLUTION, {"type": "relu"}, {"type": "max_pooling"}, SECOND, {"type": "relu"}, *HEAD]


def experiment(layers=LAYERS, steps=5, dataset="digits", **data):
    return from_plain(
        {
            "data": {"dataset": {"type": dataset}, **data},
            "network": {"layers": layers},
            "loss": {"type": "softmax_cross_entropy"},
            "optimizer": {"type": "adam", "learning_rate": 0.01},
            "stop": {"step": steps},
        }
    )


@pytest.fixture
def show(show_panel, qtbot):
    """show(experiment, page) -> the panel at step 0, that page shown and its picture there."""

    def shown(made, page, size=SIZE):
        panel = show_panel(CnnPanel, made, size=size)
        panel.turn_to(page)
        settle(qtbot, panel)
        return panel

    return shown


def settle(qtbot, panel):
    """Wait until nothing that the page asked for is on its way."""
    qtbot.waitUntil(lambda: not panel.clock.running)
    qtbot.waitUntil(lambda: not panel._worker.is_pending((panel, panel.tabs.key())))


def trained(made, steps=5):
    """The same network, trained without a window."""
    trainer = Trainer(structs.replace(made, stop=Stop()))
    trainer.advance(steps)
    return trainer


def click(qtbot, widget, place):
    qtbot.mouseClick(widget, Qt.MouseButton.LeftButton, pos=QPointF(place).toPoint())


def point(qtbot, sheet, spot):
    """Move the pointer to a pixel of a sheet."""
    qtbot.mouseMove(sheet, QPoint(0, 0))
    qtbot.mouseMove(sheet, sheet.tiles()[spot.tile].cell(spot.row, spot.column).center().toPoint())


def test_its_place_is_behind_the_network_and_the_starters_with_filters_show_it():
    assert {place.name: place.behind for place in PANELS}["cnn"] == "network"
    assert STARTER in STARTERS
    assert {name for name, each in STARTERS.items() if each.watch == "cnn"} == {"cnn-digits", "cnn-mnist"}


class TestFilters:
    def test_before_and_now_are_the_weights_of_the_recipe_and_of_the_moment(self, show, run_to_end, qtbot):
        panel = show(experiment(), "filters")
        sheet = panel.page("filters").sheet
        assert [sheet.value(Spot((half, 2), 1, 0)) for half in ("before", "now")] == 2 * [weights(0)[2, 0, 1, 0]]
        run_to_end(panel)
        settle(qtbot, panel)
        for i in range(4):
            assert np.array_equal(sheet.tiles()["before", i].values, weights(0)[i, 0])
            assert np.array_equal(sheet.tiles()["now", i].values, weights(5)[i, 0])
        assert "moved furthest" in panel.page("filters").sentence.text()

    def test_a_weight_is_said_under_the_pointer_and_by_the_keys_and_marked_in_both_halves(self, show, qtbot):
        sheet = show(experiment(), "filters").page("filters").sheet
        point(qtbot, sheet, Spot(("now", 0), 2, 0))
        value = f"{weights(0)[0, 0, 2, 0]:.4g}".replace("-", "−")
        assert sheet.label.isVisible()
        assert sheet.label.text() == f"filter 1, channel 1\nrow 3, column 1\nbefore {value}, now {value}"
        assert list(sheet.frames) == [("before", 0)]
        qtbot.keyClick(sheet, Qt.Key.Key_Right)
        assert sheet.label.text().startswith("filter 1, channel 1\nrow 3, column 2")
        for _ in range(2):
            qtbot.keyClick(sheet, Qt.Key.Key_Right)
        assert sheet.spot == Spot(("now", 1), 2, 0)  # on to the next filter

    def test_the_second_convolution_has_a_channel_to_choose(self, show, qtbot):
        panel = show(experiment(), "filters")
        page = panel.page("filters")
        assert page.channel.isHidden() and page.layer.count() == 2
        page.layer.setFocus()
        qtbot.keyClick(page.layer, Qt.Key.Key_Down)
        settle(qtbot, panel)
        assert page.layer.currentText() == "Convolution 2: 3 of 3×3"
        assert page.channel.isVisible() and page.channel.text() == "1 of 4"
        page.channel.setFocus()
        qtbot.keyClick(page.channel, Qt.Key.Key_Up)
        assert np.array_equal(page.sheet.tiles()["now", 2].values, weights(0, layer=3)[2, 1])

    def test_the_scale_is_one_for_all_and_the_largest_weight_takes_most_of_it(self, show):
        page = show(experiment(), "filters").page("filters")
        most = np.abs(weights(0)).max()
        assert 0.7 * page._limit <= most <= page._limit
        assert "One scale of colours for all filters" in page.sentence.text()

    def test_it_follows_while_the_network_learns(self, show, qtbot):
        panel = show(experiment(steps=100_000), "filters")
        sheet = panel.page("filters").sheet
        panel.session.play()
        qtbot.waitUntil(lambda: sheet._step > 3)
        panel.session.pause()
        settle(qtbot, panel)
        step = panel.session.progress.snapshot.step
        assert sheet._step == step
        assert np.array_equal(sheet.tiles()["now", 0].values, weights(step)[0, 0])

    def test_the_table_has_every_weight(self, show):
        ((name, source, rows),) = show(experiment(), "filters").exports()
        header, table = rows()
        table = list(table)
        assert header[-2:] == ("before", "now") and len(table) == 4 * 9
        assert name == source.accessibleName()
        assert table[10] == (2, 1, 1, 2, weights(0)[1, 0, 0, 1], weights(0)[1, 0, 0, 1])


def weights(steps, layer=0):
    network = trained(experiment(), steps).network
    return network.layout.view(network.parameters, layer, "weights").copy()


class TestMaps:
    def test_every_layer_is_the_networks_own(self, show, run_to_end, qtbot):
        panel = show(experiment(), "maps")
        run_to_end(panel)
        settle(qtbot, panel)
        page, trainer = panel.page("maps"), trained(experiment())
        image = trainer.parts.test.inputs[:1]
        assert [row.place for row in page.maps.rows] == [0, 1, 2, 3, 4, 5, 7]  # flattening shows nothing new
        assert page.maps.rows[1].title == "Convolution: 4 of 6×6"
        for row in page.maps.rows[1:]:
            expected = trainer.network.outputs(image, of_layer=row.place - 1)[0].reshape(row.maps.shape)
            assert row.maps == pytest.approx(expected, abs=1e-12)
        right = int(trainer.parts.test.targets[0])
        assert page.samples.answer.text().startswith(f"right {right}, predicted ")

    def test_the_sum_of_the_output_that_is_pointed_at(self, show, qtbot):
        page = show(experiment(), "maps").page("maps")
        point(qtbot, page.maps, Spot((1, 2), 4, 1))
        image = trained(experiment(), 0).parts.test.inputs[0, 0]
        window, figure = page.figure.shown.window, page.figure
        assert window.patch[0].tolist() == image[4:7, 1:4].tolist()
        assert window.weights.tolist() == weights(0)[2].tolist()
        total = float((image[4:7, 1:4] * weights(0)[2, 0]).sum())
        assert window.output == pytest.approx(total)
        assert page.maps.value(page.maps.spot) == pytest.approx(total)
        # Framed: the window in the image, on the sheet and in the figure.
        field = page.maps.frames[0, 0]
        assert (field.rows, field.columns) == (range(4, 7), range(1, 4))
        assert figure.frames["image"] == figure.frames["input"] == field
        assert figure.words()[-1] == "It has seen 3×3 pixels of the image: rows 5–7, columns 2–4."
        assert [key for key in ("patch", "filter", "products") if key in figure.tiles()] == [
            "patch",
            "filter",
            "products",
        ]
        assert "bias 0: output" in figure.words()[0]

    def test_of_several_channels_each_has_its_sum_and_one_is_chosen(self, show, qtbot):
        page = show(experiment(), "maps").page("maps")
        point(qtbot, page.maps, Spot((4, 1), 0, 0))
        window = page.figure.shown.window
        assert window.patch.shape == (4, 3, 3) and (window.patch[:, 0] == 0).all()  # the frame of zeros
        assert page.figure.tiles()["sums"].values[0] == pytest.approx(window.channel_sums)
        assert {(3, channel) for channel in range(4)} <= set(page.maps.frames)
        sums = page.figure.tiles()["sums"]
        qtbot.mouseMove(page.figure, sums.cell(0, 3).center().toPoint())
        assert page.figure.words()[0].startswith("Sum of the products of channel 4: ")
        assert page.figure.tiles()["patch"].values.tolist() == page.figure.shown.window.patch[3].tolist()

    def test_a_pooling_shows_which_one_won(self, show, qtbot):
        page = show(experiment(), "maps").page("maps")
        point(qtbot, page.maps, Spot((3, 0), 1, 2))
        window = page.figure.shown.window
        assert window.patch.tolist() == page.flow.signals[2][0, 2:4, 4:6].tolist()
        assert window.patch[window.winner] == window.patch.max() == page.maps.value(page.maps.spot)
        row, column = window.winner
        frame = page.figure.frames["patch"]
        assert (frame.rows.start, frame.columns.start) == (row, column)
        assert page.figure.words()[0].startswith("The largest of 4 numbers: ")

    def test_an_average_pooling_says_its_mean(self, show, qtbot):
        layers = [CONVOLUTION, {"type": "average_pooling"}, *HEAD]
        page = show(experiment(layers), "maps").page("maps")
        point(qtbot, page.maps, Spot((2, 0), 0, 0))
        assert page.figure.words()[0].startswith("The mean of 4 numbers: ")

    def test_an_activation_and_an_affine_layer(self, show, qtbot):
        page = show(experiment(), "maps").page("maps")
        point(qtbot, page.maps, Spot((2, 1), 3, 3))
        assert page.figure.words()[0].startswith("ReLU of ")
        point(qtbot, page.maps, Spot((7, 0), 0, 9))
        assert page.figure.words()[-1] == "It has seen the whole image."

    def test_the_keys_walk_over_the_maps(self, show, qtbot):
        page = show(experiment(), "maps").page("maps")
        assert page.maps.spot == Spot((1, 0), 3, 3)  # something is shown from the beginning
        page.maps.setFocus()
        qtbot.keyClick(page.maps, Qt.Key.Key_Down)
        assert page.maps.spot == Spot((1, 0), 4, 3)
        assert page.maps.label.isVisible() and page.maps.label.text().startswith("Convolution, map 1\nrow 5, column 4")
        for _ in range(2):
            qtbot.keyClick(page.maps, Qt.Key.Key_Down)
        assert page.maps.spot.tile == (2, 0)
        assert page.figure.shown.output.place == 2

    def test_the_figure_moves_the_pixel_and_says_each_product(self, show, qtbot):
        page = show(experiment(), "maps").page("maps")
        point(qtbot, page.figure, Spot("output", 0, 5))
        assert page.maps.spot == Spot((1, 0), 0, 5)
        point(qtbot, page.figure, Spot("products", 1, 1))
        window = page.figure.shown.window
        x, w = window.patch[0, 1, 1], window.weights[0, 1, 1]
        assert x * w != 0
        assert page.figure.label.text().endswith(f"= {x * w:.4g}".replace("-", "−"))
        assert {"patch", "filter", "products"} <= set(page.figure.frames)

    def test_other_images(self, show, qtbot):
        panel = show(experiment(validation=0.1), "maps")
        page, parts = panel.page("maps"), trained(experiment(validation=0.1), 0).parts
        assert [page.samples.part.itemText(i) for i in range(3)] == ["test", "validation", "train"]
        click(qtbot, page.samples.next, page.samples.next.rect().center())
        settle(qtbot, panel)
        assert np.array_equal(page.flow.image, parts.test.points[1])
        for _ in range(2):
            click(qtbot, page.samples.before, page.samples.before.rect().center())
        settle(qtbot, panel)
        assert np.array_equal(page.flow.image, parts.test.points[-1])
        click(qtbot, page.samples.any, page.samples.any.rect().center())
        assert page.samples.number.value() != len(parts.test.points)
        page.samples.part.setFocus()
        qtbot.keyClick(page.samples.part, Qt.Key.Key_End)
        settle(qtbot, panel)
        part, index = page.samples.chosen
        assert part == "train" and np.array_equal(page.flow.image, parts.train.points[index])

    def test_standardized_numbers_are_shown_beside_the_image(self, show):
        page = show(experiment(standardize=True), "maps").page("maps")
        assert [row.title for row in page.maps.rows[:2]] == ["Image: 8×8", "Standardized: 1 of 8×8"]
        assert page.figure.shown.window.patch.min() < 0
        assert set(page.maps.frames) == {(-1, 0), (0, 0)}

    def test_explain_selects_the_filter_for_the_inspector(self, show, qtbot):
        panel = show(experiment(), "maps")
        page = panel.page("maps")
        point(qtbot, page.maps, Spot((4, 2), 1, 1))
        click(qtbot, page.explain, page.explain.rect().center())
        assert panel.session.selection.subject == Unit(2, 2)
        point(qtbot, page.maps, Spot((0, 0), 1, 1))
        assert not page.explain.isEnabled()

    def test_the_tables(self, show):
        panel = show(experiment(), "maps")
        page = panel.page("maps")
        (_, _, maps), (_, _, figure) = panel.exports()
        header, table = maps()
        table = list(table)
        assert header == ("layer", "channel", "row", "column", "value")
        assert len(table) == sum(each.size for each in page.flow.signals)
        assert table[0] == ("input", 1, 1, 1, page.flow.signals[0][0, 0, 0])
        assert len(list(figure()[1])) == 9

    def test_many_maps_are_cut_and_counted(self, show):
        page = show(experiment([{"type": "convolution", "filters": 70}, *HEAD]), "maps").page("maps")
        assert page.maps.rows[1].title == "Convolution: 70 of 6×6, the first 64"
        assert len(page.maps.tiles()) == 1 + 64 + 1

    def test_where_it_is_narrow_the_figure_stands_below(self, show):
        page = show(experiment(), "maps", size=(360, 700)).page("maps")
        assert page.figure.mapTo(page, QPoint()).y() > page.maps.mapTo(page, QPoint()).y()

    def test_where_it_is_low_too_the_figure_stays_beside_the_maps(self, show):
        page = show(experiment(), "maps", size=(440, 320)).page("maps")
        assert page.figure.mapTo(page, QPoint()).x() > page.maps.mapTo(page, QPoint(page.maps.width(), 0)).x()


class TestDraw:
    def test_a_drawing_is_read_at_every_stroke(self, show, run_to_end, qtbot):
        panel = show(experiment(steps=40), "draw")
        run_to_end(panel)
        page = panel.page("draw")
        assert page.sentence.text() == "Draw a digit." and not page.clear.isEnabled()
        stroke(qtbot, page.canvas, (0.5, 0.2), (0.5, 0.8))
        settle(qtbot, panel)
        trainer = trained(experiment(), 40)
        seen = as_digits(page.canvas.ink)
        scores = trainer.network.outputs(seen[None])
        shares = trainer.experiment.loss.predict(scores)[0]
        assert page.seen.tiles()["image"].values == pytest.approx(seen[0])
        assert page.bars._shares == pytest.approx(shares)
        digit = int(shares.argmax())
        assert page.sentence.text() == f"The network reads {digit}, {100 * shares[digit]:.0f} %"

    def test_it_is_read_anew_while_the_network_learns(self, show, run_to_end, qtbot):
        panel = show(experiment(steps=40), "draw")
        page = panel.page("draw")
        stroke(qtbot, page.canvas, (0.5, 0.2), (0.5, 0.8))
        settle(qtbot, panel)
        before = page.bars._shares.copy()
        run_to_end(panel)
        settle(qtbot, panel)
        assert np.abs(page.bars._shares - before).max() > 0.01

    def test_clear_and_back(self, show, qtbot):
        panel = show(experiment(), "draw")
        page = panel.page("draw")
        stroke(qtbot, page.canvas, (0.3, 0.2), (0.6, 0.8))
        ink = page.canvas.ink.copy()
        click(qtbot, page.clear, page.clear.rect().center())
        settle(qtbot, panel)
        assert page.canvas.empty and page.sentence.text() == "Draw a digit." and page.bars._shares is None
        click(qtbot, page.back, page.back.rect().center())
        assert np.array_equal(page.canvas.ink, ink)
        click(qtbot, page.back, page.back.rect().center())
        assert page.canvas.empty and not page.back.isEnabled()

    def test_a_drawing_can_be_sent_through_the_layers(self, show, qtbot):
        panel = show(experiment(), "draw")
        page = panel.page("draw")
        stroke(qtbot, page.canvas, (0.3, 0.3), (0.7, 0.3), (0.5, 0.8))
        settle(qtbot, panel)
        click(qtbot, panel.tabs.buttons["maps"], panel.tabs.buttons["maps"].rect().center())
        maps = panel.page("maps")
        maps.samples.part.setFocus()
        qtbot.keyClick(maps.samples.part, Qt.Key.Key_End)
        settle(qtbot, panel)
        assert maps.samples.part.currentText() == "your drawing" and not maps.samples.number.isEnabled()
        assert np.array_equal(maps.flow.image, as_digits(page.canvas.ink))
        assert maps.samples.answer.text().startswith("read as ")

    def test_a_network_without_filters_reads_too(self, show, qtbot):
        panel = show(experiment(HEAD), "draw")
        page = panel.page("draw")
        stroke(qtbot, page.canvas, (0.5, 0.2), (0.5, 0.8))
        settle(qtbot, panel)
        assert page.sentence.text().startswith("The network reads ")


def stroke(qtbot, canvas, *places):
    sheet = canvas.sheet()
    at = [(sheet.topLeft() + QPointF(x * sheet.width(), y * sheet.height())).toPoint() for x, y in places]
    qtbot.mousePress(canvas, Qt.MouseButton.LeftButton, pos=at[0])
    for each in at[1:]:
        qtbot.mouseMove(canvas, each)
    qtbot.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=at[-1])


class TestMistakes:
    def test_the_most_confident_come_first_and_all_are_counted(self, show, run_to_end, qtbot):
        panel = show(experiment(steps=20), "mistakes")
        run_to_end(panel)
        settle(qtbot, panel)
        page, (right, shares) = panel.page("mistakes"), answers(20)
        wrong = np.flatnonzero(shares.argmax(axis=1) != right)
        assert page.count.text() == f"{len(wrong)} of {len(right)} are wrong ({100 * len(wrong) / len(right):.1f} %)"
        assert sorted(page.gallery.shown) == wrong.tolist()
        sureness = shares.max(axis=1)[list(page.gallery.shown)]
        assert (np.diff(sureness) <= 1e-12).all()

    def test_only_some_classes(self, show, run_to_end, qtbot):
        panel = show(experiment(steps=20), "mistakes")
        run_to_end(panel)
        settle(qtbot, panel)
        page, (right, shares) = panel.page("mistakes"), answers(20)
        said = shares.argmax(axis=1)
        digit = int(right[page.gallery.shown[0]])
        page.right.setFocus()
        for _ in range(digit + 1):
            qtbot.keyClick(page.right, Qt.Key.Key_Down)
        settle(qtbot, panel)
        expected = np.flatnonzero((right == digit) & (said != digit))
        assert sorted(page.gallery.shown) == expected.tolist()
        assert page.count.text().endswith(f", {len(expected)} of this kind")

    def test_a_click_selects_the_image_in_the_feature_maps_and_enter_goes_there(self, show, qtbot):
        panel = show(experiment(), "mistakes")
        page = panel.page("mistakes")
        assert not page.maps.isEnabled()
        click(qtbot, page.gallery.viewport(), page.gallery.card(1).center())
        index = page.gallery.shown[1]
        assert page.gallery.selection == index
        assert page.detail.text().startswith(f"Image {index + 1}: right ")
        assert panel.page("maps").samples.chosen == ("test", index)
        page.gallery.setFocus()
        qtbot.keyClick(page.gallery, Qt.Key.Key_Left)
        assert page.gallery.selection == page.gallery.shown[0]
        qtbot.keyClick(page.gallery, Qt.Key.Key_Return)
        settle(qtbot, panel)
        assert panel.tabs.key() == "maps"
        assert np.array_equal(panel.page("maps").flow.image, panel._images.part("test").points[page.gallery.shown[0]])

    def test_the_keys_bring_what_they_select_into_view(self, show, qtbot):
        gallery = show(experiment(), "mistakes").page("mistakes").gallery
        gallery.setFocus()
        for _ in range(20):
            qtbot.keyClick(gallery, Qt.Key.Key_Down)
        card = gallery.card(gallery.shown.index(gallery.selection))
        assert gallery.verticalScrollBar().value() > 0
        assert card.top() >= -1 and card.bottom() <= gallery.viewport().height() + 1

    def test_another_part(self, show, qtbot):
        panel = show(experiment(), "mistakes")
        page = panel.page("mistakes")
        page.part.setFocus()
        qtbot.keyClick(page.part, Qt.Key.Key_Down)
        settle(qtbot, panel)
        assert page.part.currentText() == "train: 1,438" and "of 1438 are wrong" in page.count.text().replace(",", "")

    def test_none_is_a_sentence(self, show, qtbot):
        panel = show(experiment(), "mistakes")
        page = panel.page("mistakes")
        panel.session.selection.mistakes_wanted.emit(Confused("test", 4, 4))  # nobody takes a four wrongly for a four
        settle(qtbot, panel)
        assert page.gallery.shown == () and page.gallery.nothing() == "No image of this kind is misclassified."

    def test_a_cell_of_the_confusion_matrix_is_shown(self, show, qtbot):
        panel = show(experiment(), "filters")
        panel.session.selection.mistakes_wanted.emit(Confused("train", 3, 8))
        settle(qtbot, panel)
        page = panel.page("mistakes")
        assert panel.tabs.key() == "mistakes"
        chosen = [box.currentText() for box in (page.part, page.right, page.predicted)]
        assert chosen == ["train: 1,438", "right: 3", "predicted: 8"]

    def test_the_table_has_every_sample(self, show):
        ((_, _, rows),) = show(experiment(), "mistakes").exports()
        assert len(list(rows()[1])) == 359


def answers(steps):
    trainer = trained(experiment(), steps)
    scores = trainer.network.outputs(trainer.parts.test.inputs)
    return trainer.parts.test.targets, trainer.experiment.loss.predict(scores)


class TestRefusals:
    @pytest.mark.parametrize("page", ["filters", "maps"])
    def test_a_network_without_a_convolution_is_offered_one_that_has_it(self, show, qtbot, page):
        panel = show(experiment(HEAD), page)
        assert panel._stack.currentWidget() is panel.refusal and not panel.follows()
        assert "has no convolution" in panel.refusal.sentence.text()
        assert panel.exports() == []
        with qtbot.waitSignal(panel.session.starter_wanted) as wanted:
            click(qtbot, panel.refusal.button, panel.refusal.button.rect().center())
        assert wanted.args == [STARTER]

    @pytest.mark.parametrize("page", ["filters", "maps", "draw", "mistakes"])
    def test_data_without_images(self, show, page):
        panel = show(starter("spiral"), page)
        assert panel.refusal.isVisible() and "no images" in panel.refusal.sentence.text()

    def test_a_convolution_that_is_added_brings_the_page(self, show, qtbot):
        panel = show(experiment(HEAD), "maps")
        panel.session.propose(experiment(), "add a convolution")
        qtbot.waitUntil(panel.follows)
        settle(qtbot, panel)
        assert panel.page("maps").isVisible() and len(panel.page("maps").maps.rows) == 7

    def test_and_one_that_is_taken_away_takes_it(self, show, qtbot):
        panel = show(experiment(), "maps")
        panel.session.propose(experiment(HEAD), "remove the convolutions")
        qtbot.waitUntil(lambda: not panel.follows())
        assert panel.refusal.isVisible()


def test_a_diverged_network_is_looked_at_without_complaint(show, run_to_end, qtbot):
    made = from_plain(
        {
            "data": {"dataset": {"type": "digits"}},
            "network": {"layers": LAYERS},
            "loss": {"type": "softmax_cross_entropy"},
            "optimizer": {"type": "sgd", "learning_rate": 1000.0},
            "stop": {"step": 20},
        }
    )
    panel = show(made, "filters")
    run_to_end(panel)
    for page in ("filters", "maps", "draw", "mistakes"):
        panel.turn_to(page)
        settle(qtbot, panel)
        assert not panel.grab().isNull()


@pytest.mark.parametrize("projector", [False, True])
def test_it_is_painted_in_every_theme(show, qtbot, switch, projector):
    panel = show(experiment(), "filters")
    for theme in ("dark", "light"):
        switch.choose(theme)
        switch.set_projector(projector)
        for page in ("filters", "maps", "draw", "mistakes"):
            panel.turn_to(page)
            settle(qtbot, panel)
            assert not panel.grab().isNull()
            assert panel.minimumSizeHint().height() < 350  # it never makes the window grow


@pytest.mark.parametrize("page", ["filters", "maps", "draw", "mistakes"])
def test_every_control_has_a_name_and_says_what_it_is_for(show, page):
    panel = show(experiment(), page)
    kinds = (QAbstractButton, QComboBox, QSpinBox, QSlider)
    found = [each for each in panel.page(page).findChildren(QWidget) if isinstance(each, kinds)]
    own = [each for each in found if not each.objectName().startswith("qt_")]
    assert own
    assert [each for each in own if not (each.accessibleName() and each.toolTip())] == []
    for name, source, rows in panel.exports():
        assert name and not source.grab().isNull()
        assert "Ctrl+E" in [action.shortcut().toString() for action in source.actions()]
        assert rows()[0]


def test_the_pictures_of_a_page_are_written(show, tmp_path):
    panel = show(experiment(), "maps")
    for name, source, rows in panel.exports():
        for ending, write in (("png", export_png), ("pdf", export_pdf)):
            path = tmp_path / f"{name}.{ending}"
            write(source, path)
            assert path.stat().st_size > 1000
        export_csv(*rows(), tmp_path / "table.csv")
        assert (tmp_path / "table.csv").read_text(encoding="utf-8").count("\n") > 9
