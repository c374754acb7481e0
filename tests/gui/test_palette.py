import itertools

import numpy as np
import pytest

from gui.branch_colors import BRANCHES
from gui.palette import CATEGORIES, CURVES, MARKERS, blend, curve_color, diverging, image, signed_color
from gui.theme import DARK, LIGHT
from model.optimizers import OPTIMIZERS

# Simulation of colour vision deficiency, severity 1.0: G. M. Machado, M. M. Oliveira, L. A. F. Fernandes,
# IEEE TVCG 15 (2009), 1291-1298, table of matrices for linear RGB.
DEFICIENCIES = {
    "none": np.eye(3),
    "protanopia": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
    ),
    "deuteranopia": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
    ),
}


def linear(colour: str) -> np.ndarray:
    channels = np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)]) / 255
    return np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)


def lab(rgb: np.ndarray) -> np.ndarray:
    """CIELAB under D65 from linear sRGB."""
    to_xyz = np.array(
        [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750], [0.0193339, 0.119192, 0.9503041]]
    )
    x, y, z = np.cbrt(to_xyz @ rgb / (0.95047, 1, 1.08883))
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


def smallest_distance(colours, matrix) -> float:
    points = [lab(np.clip(matrix @ linear(colour), 0.01, 1)) for colour in colours]
    return min(float(np.linalg.norm(a - b)) for a, b in itertools.combinations(points, 2))


def contrast(a: str, b: str) -> float:
    high, low = sorted((float(linear(c) @ (0.2126, 0.7152, 0.0722)) for c in (a, b)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_zero_is_neutral_and_the_ends_are_blue_and_orange(theme):
    colours = ["#" + bytes(c[:3]).hex() for c in diverging([-2, 0, 2], 2, theme)]
    assert colours == [theme.negative, theme.neutral, theme.positive]
    blue, orange = linear(theme.positive), linear(theme.negative)
    assert blue[2] > blue[0] and orange[0] > orange[2]


def test_values_beyond_the_limit_are_clipped_and_any_shape_is_kept():
    values = np.array([[5.0, np.inf, 1.0], [-5.0, -np.inf, -1.0]])
    colours = diverging(values, 1.0, LIGHT)
    assert colours.shape == (2, 3, 4) and colours.dtype == np.uint8
    assert (colours == colours[:, :1]).all() and (colours[..., 3] == 255).all()
    assert diverging(np.zeros((0, 3)), 1.0, LIGHT).shape == (0, 3, 4)
    assert (diverging(values.T, 1.0, LIGHT) == colours.transpose(1, 0, 2)).all()


def test_what_is_not_a_number_has_a_colour_of_its_own():
    shades = diverging(np.linspace(-1, 1, 1001), 1, LIGHT).reshape(-1, 4).tolist()
    assert diverging(np.nan, 1, LIGHT).tolist() not in shades
    assert len({tuple(shade) for shade in shades}) == 255


def test_a_limit_of_zero_shows_the_sign_alone():
    assert (diverging([-1e-9, 0, 1e-9], 0, DARK) == diverging([-1, 0, 1], 1, DARK)).all()


def test_signed_color_is_the_same_colour():
    assert signed_color(0.3, 0.7, DARK).getRgb() == tuple(diverging(0.3, 0.7, DARK))


def test_ten_categories_differ_in_colour_and_in_shape():
    assert len(set(CATEGORIES)) == len(set(MARKERS)) == 10
    for matrix in DEFICIENCIES.values():
        assert smallest_distance(CATEGORIES, matrix) > 15


@pytest.mark.parametrize("names", [("train", "validation", "test"), ("sgd", "momentum", "adagrad", "rmsprop", "adam")])
@pytest.mark.parametrize("deficiency", DEFICIENCIES)
def test_curves_of_one_plot_stay_apart(names, deficiency):
    assert smallest_distance([CURVES[name] for name in names], DEFICIENCIES[deficiency]) > 25


@pytest.mark.parametrize("deficiency", DEFICIENCIES)
def test_all_optimizers_stay_apart(deficiency):
    """Beyond the five that race together."""
    colours = [CURVES[str(kind.__struct_config__.tag)] for kind in OPTIMIZERS]
    assert smallest_distance(colours, DEFICIENCIES[deficiency]) > 20


@pytest.mark.parametrize("theme", [LIGHT, DARK])
@pytest.mark.parametrize("name", CURVES)
def test_curves_stand_out_from_the_panel(name, theme):
    assert contrast(CURVES[name], theme.panel) >= 3  # WCAG 2.2, 1.4.11: graphical objects
    assert curve_color(name).name() == CURVES[name]


def test_blend_is_opaque_and_between():
    assert blend("#000000", "#ffffff", 0.2).getRgb() == (204, 204, 204, 255)


def test_an_image_owns_its_pixels():
    pixels = np.zeros((2, 3, 4), dtype=np.uint8)
    pixels[0, 2] = (10, 20, 30, 255)
    made = image(pixels)
    pixels[:] = 99
    assert (made.width(), made.height()) == (3, 2)
    assert made.pixelColor(2, 0).getRgb() == (10, 20, 30, 255)
    assert made.pixelColor(0, 1).alpha() == 0


@pytest.mark.parametrize(("deficiency", "apart"), [("none", 30), ("protanopia", 20), ("deuteranopia", 20)])
def test_compared_branches_stay_apart(deficiency, apart):
    assert smallest_distance(BRANCHES, DEFICIENCIES[deficiency]) > apart


def test_compared_branches_are_none_of_the_curves_of_the_shown_run():
    assert smallest_distance([*BRANCHES, CURVES["train"], CURVES["test"]], DEFICIENCIES["none"]) > 30


@pytest.mark.parametrize("theme", [LIGHT, DARK])
@pytest.mark.parametrize("colour", BRANCHES)
def test_compared_branches_stand_out_from_the_panel(colour, theme):
    assert contrast(colour, theme.panel) >= 3
