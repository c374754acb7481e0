"""The table of layers. A new layer is one file here, one name in `AnyLayer`, and one test."""

from typing import get_args

from model.layers.activation import Activation
from model.layers.affine import Affine
from model.layers.batch_norm import BatchNorm
from model.layers.convolution import Convolution
from model.layers.dropout import Dropout
from model.layers.elu import ELU
from model.layers.flatten import Flatten
from model.layers.identity import Identity
from model.layers.layer import Block, Layer, LayerSpec, ShapeError
from model.layers.leaky_relu import LeakyReLU
from model.layers.maxout import Maxout
from model.layers.pooling import AveragePooling, MaxPooling
from model.layers.relu import ReLU
from model.layers.sigmoid import Sigmoid
from model.layers.softmax import Softmax
from model.layers.tanh import Tanh

AnyLayer = (
    Affine
    | Maxout
    | Convolution
    | Identity
    | Sigmoid
    | Tanh
    | ReLU
    | LeakyReLU
    | ELU
    | Softmax
    | Flatten
    | MaxPooling
    | AveragePooling
    | BatchNorm
    | Dropout
)

LAYERS: tuple[type[LayerSpec], ...] = get_args(AnyLayer)
ACTIVATIONS: tuple[type[Activation], ...] = tuple(kind for kind in LAYERS if issubclass(kind, Activation))

__all__ = [
    "ACTIVATIONS",
    "ELU",
    "LAYERS",
    "Activation",
    "Affine",
    "AnyLayer",
    "AveragePooling",
    "BatchNorm",
    "Block",
    "Convolution",
    "Dropout",
    "Flatten",
    "Identity",
    "Layer",
    "LayerSpec",
    "LeakyReLU",
    "MaxPooling",
    "Maxout",
    "ReLU",
    "ShapeError",
    "Sigmoid",
    "Softmax",
    "Tanh",
]
