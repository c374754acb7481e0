"""The table of surfaces, and the race of optimizers over them. A new surface is one file, and one name here."""

from model.landscape.bowl import Bowl
from model.landscape.race import DEFAULT_RACE, DEFAULT_START, DEFAULT_STEPS, Race, Runner
from model.landscape.surface import Surface

SURFACES: tuple[Surface, ...] = (Bowl(),)

__all__ = ["DEFAULT_RACE", "DEFAULT_START", "DEFAULT_STEPS", "SURFACES", "Bowl", "Race", "Runner", "Surface"]
