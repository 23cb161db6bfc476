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
_LONGEST_SIDE: Final = 4000
_ENOUGH: Final = 6.0
_NEARLY: Final = 0.12
"""The width of a line of so many characters tells their size within this share."""
_NEARLY_BY_HEIGHT: Final = 0.3
"""The height of the box that recognition draws round a line tells it within this share."""


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
                # a page of 200 dpi is not made smaller before its lines are cut out of it
                "Global.max_side_len": _LONGEST_SIDE,
                "EngineConfig.onnxruntime.intra_op_num_threads": _THREADS,
                "EngineConfig.onnxruntime.inter_op_num_threads": 1,
            }
        )

    def page(self, number: int, picture: Picture, scale: float) -> Page:
        """The page in a picture (blue, green, red); its lengths are the picture's divided by `scale`."""
        height, width = picture.shape[:2]
        found = self._engine(picture)
        corners = np.asarray(found.boxes if found.boxes is not None else np.zeros((0, 4, 2)), dtype=float) / scale
        corners = straightened(corners)
        lines = [
            (text, Box(*map(float, (*corner.min(axis=0), *corner.max(axis=0)))), float(score))
            for corner, text, score in zip(corners, found.txts or (), found.scores or (), strict=True)
            if text.strip()
        ]
        return Page(number, width / scale, height / scale, tuple(_sized([_run(*line) for line in lines])))


def straightened(corners: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """The corners of lines on a page that was laid on the glass a little crooked, turned straight."""
    if not len(corners):
        return corners
    across = corners[:, 1] - corners[:, 0]
    long = across[:, 0] >= np.median(across[:, 0])
    angle = float(np.median(np.arctan2(across[long, 1], across[long, 0]))) if long.any() else 0.0
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    return np.asarray(corners @ turn)


def _run(text: str, box: Box, score: float) -> Run:
    """A line of text; its characters are taken to be as wide as they are usually set."""
    unit = box.width / max(0.5, _width(text))
    edges = [box.left]
    for char in text:
        edges.append(edges[-1] + _width(char) * unit)
    return Run(text, box, unit, False, tuple(edges), score)


def _width(text: str) -> float:
    return sum(0.5 if char.isascii() else 1.0 for char in text)


def _sized(runs: list[Run]) -> list[Run]:
    """The runs with the sizes of their characters: by the width of a line, of a short one by its height.

    Boxes differ by a pixel or two, so that what is nearly of the body's size gets that very size.
    """
    if not runs:
        return runs
    body = median([run.size for run in runs for _ in run.text])
    height = median([run.box.height for run in runs for _ in run.text if abs(run.size - body) < _NEARLY * body])
    sized = []
    for run in runs:
        is_short = _width(run.text) < _ENOUGH
        size = body * run.box.height / height if is_short else run.size
        is_body = abs(size - body) < (_NEARLY_BY_HEIGHT if is_short else _NEARLY) * body
        sized.append(run._replace(size=body if is_body else size))
    return sized
