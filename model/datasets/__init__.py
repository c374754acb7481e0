"""The table of data sets. A new one is a file beside this one and a name in this line."""

from typing import get_args

from model.datasets.arrays import Arrays
from model.datasets.circle import Circle
from model.datasets.digits import Digits
from model.datasets.gaussians import Gaussians
from model.datasets.iris import Iris
from model.datasets.mnist import Mnist
from model.datasets.moons import Moons
from model.datasets.multi_gaussian import MultiGaussian
from model.datasets.plane import Plane
from model.datasets.points import Points
from model.datasets.sine import Sine
from model.datasets.spiral import Spiral
from model.datasets.table import Table
from model.datasets.xor import Xor

# Those that one begins with as they are; the others are made of a file.
OnHand = Circle | Xor | Gaussians | Spiral | Moons | Plane | MultiGaussian | Sine | Iris | Digits | Mnist | Points
OfFile = Table | Arrays
AnyDataset = OnHand | OfFile
DATASETS: tuple[type[OnHand], ...] = get_args(OnHand)
