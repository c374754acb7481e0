"""Where the real data comes from: the entries of the data sets' own README, read for the screen."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

README = Path(__file__).parents[1] / "resources" / "datasets" / "README.md"


@dataclass(frozen=True)
class Source:
    """Who made a data set and on what terms it may be passed on. Texts in Markdown, as cited."""

    creators: str
    source: str
    licence: str


@cache
def sources() -> dict[str, Source]:
    """By the data set's type: "iris", "digits". A section of the README is named after its file, "## iris.csv"."""
    found: dict[str, Source] = {}
    for section in README.read_text(encoding="utf-8").split("\n## ")[1:]:
        title, _, body = section.partition("\n")
        # An entry begins with "- **Name:**" and may go on over several lines.
        entries = {
            name: " ".join(text.split())
            for name, text in re.findall(r"^- \*\*(\w[\w ]*):\*\*(.*?)(?=^- \*\*|\Z)", body, re.MULTILINE | re.DOTALL)
        }
        found[Path(title.strip()).stem] = Source(entries["Creators"], entries["Source"], entries["Licence"])
    return found
