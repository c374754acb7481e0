"""What a search is called, and where it is kept when nobody says."""

from hashlib import blake2b
from pathlib import Path

from msgspec import structs

from model.search.search_spec import SearchSpec, to_json


def name_of(spec: SearchSpec) -> str:
    """The name that a search has by default: the same search, the same name. More trials leave it the same search."""
    trials = spec.trials if spec.method == "grid" else 1
    digest = blake2b(to_json(structs.replace(spec, trials=trials)).encode(), digest_size=6).hexdigest()
    return f"downhill-{digest}"


def database(folder: Path) -> str:
    """The address of the SQLite file in `folder`."""
    return f"sqlite:///{(folder / 'search.db').absolute()}"
