"""Optical recognition of a page (rapidocr, the `ocr` extra): a picture to runs of text with their boxes and confidence.

The models come with the package; nothing is fetched.
"""

from importlib.util import find_spec
from statistics import median
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from tasks.read.page import Page, Run
from tasks.records import Box

Picture = npt.NDArray[np.uint8]

DPI: Final = 200
EXTRA: Final = "Install optical recognition (pip install 'jianbao[ocr]')"
_THREADS: Final = 2
_LOWER: Final = 0.78
"""The size of characters, as a share of the height of the box that recognition draws round their line."""
_ENOUGH: Final = 4.0
_NEARLY: Final = 0.12
"""The width of a line tells the size of its characters within this share."""


def is_installed() -> bool:
    """Whether the `ocr` extra is there."""
    return find_spec("rapidocr") is not None and find_spec("onnxruntime") is not None


class Recognition:
    """The recogniser, loaded once."""

    def __init__(self) -> None:
        from rapidocr import RapidOCR

        self._engine: Any = RapidOCR(
            params={
                "Global.log_level": "error",
                "Global.use_cls": False,
                # what is hard to read is kept and marked, not dropped
                "Global.text_score": 0.0,
                "EngineConfig.onnxruntime.intra_op_num_threads": _THREADS,
                "EngineConfig.onnxruntime.inter_op_num_threads": 1,
            }
        )

    def page(self, number: int, picture: Picture, scale: float) -> Page:
        """The page in a picture (blue, green, red); its lengths are the picture's divided by `scale`."""
        height, width = picture.shape[:2]
        found = self._engine(picture)
        corners = np.asarray(found.boxes if found.boxes is not None else np.zeros((0, 4, 2)), dtype=float) / scale
        corners = _straightened(corners)
        lines = [
            (text, Box(*map(float, (*corner.min(axis=0), *corner.max(axis=0)))), float(score))
            for corner, text, score in zip(corners, found.txts or (), found.scores or (), strict=True)
            if text.strip()
        ]
        return Page(number, width / scale, height / scale, tuple(_sized([_run(*line) for line in lines])))


def _straightened(corners: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """The corners of lines on a page that was laid on the glass a little crooked, turned straight."""
    if not len(corners):
        return corners
    across = corners[:, 1] - corners[:, 0]
    long = across[:, 0] > np.median(across[:, 0])
    angle = float(np.median(np.arctan2(across[long, 1], across[long, 0]))) if long.any() else 0.0
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    return np.asarray(corners @ turn)


def _run(text: str, box: Box, score: float) -> Run:
    """A line of text; its characters are taken to be as wide as they are usually set."""
    widths = [_width(char) for char in text]
    unit = box.width / max(0.5, sum(widths))
    edges = [box.left]
    for width in widths:
        edges.append(edges[-1] + width * unit)
    size = unit if sum(widths) >= _ENOUGH else _LOWER * box.height
    return Run(text, box, size, False, tuple(edges), score)


def _width(char: str) -> float:
    return 0.5 if char.isascii() else 1.0


def _sized(runs: list[Run]) -> list[Run]:
    """The runs, those of nearly the body's size with that very size: boxes differ by a pixel or two."""
    if not runs:
        return runs
    weighted = [run.size for run in runs for _ in range(len(run.text))]
    body = median(weighted)
    return [run._replace(size=body) if abs(run.size - body) < _NEARLY * body else run for run in runs]
