"""The table of data sets. A new one is a file beside this one and a name in this line."""

from typing import get_args

from model.datasets.circle import Circle
from model.datasets.dataset import Dataset
from model.datasets.digits import Digits
from model.datasets.gaussians import Gaussians
from model.datasets.iris import Iris
from model.datasets.mnist import Mnist
from model.datasets.moons import Moons
from model.datasets.multi_gaussian import MultiGaussian
from model.datasets.plane import Plane
from model.datasets.sine import Sine
from model.datasets.spiral import Spiral
from model.datasets.xor import Xor

AnyDataset = Circle | Xor | Gaussians | Spiral | Moons | Plane | MultiGaussian | Sine | Iris | Digits | Mnist
DATASETS: tuple[type[Dataset], ...] = get_args(AnyDataset)
