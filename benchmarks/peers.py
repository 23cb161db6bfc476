"""The peers: JioNLP, Recognizers-Text and a plain regular expression, each as paragraphs in, spans out."""

import json
import os
import re
import shutil
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

Span = tuple[int, int]

JIONLP: Final = "JioNLP money + time"
RECOGNIZERS: Final = "Recognizers-Text"
PLAIN: Final = "plain regular expression"

_HERE: Final = Path(__file__).parent
_INSTALLED: Final = _HERE.parent / ".bench"

_PLAIN: Final = re.compile(
    r"(?:超过|超|近|约|逾|达)?(?<![\d.])-?\d[\d,]*(?:\.\d+)?(?:[-—~至]\d+(?:\.\d+)?)?[余多]?(?:十|百|千|万|亿)*[余多]?"
    "(?:个百分点|%|％|‰|倍|亿?美元|元|亩|平方米|平方公里|公顷|吨标准煤|吨|公斤|斤|公里|米|千瓦时|千瓦|兆瓦|立方米|个工作日"
    "|个月|小时|分钟|天|人次|批次|场次|标箱|架次|[个家项人次场件台户名份套条处座栋间所宗辆艘列班部篇位款种类例幅单笔支对组位])"
    "|[一二三四五六七八九十百千两]+[余多]?万?(?:亿元|元|亩|吨|个|家|项|人|次|场|件|台|户|名|条|座|倍)"
)


@dataclass(frozen=True, slots=True)
class Found:
    """What a peer found in some paragraphs, and the CPU time that it took (seconds)."""

    seconds: float
    spans: Sequence[Sequence[Span]]


Peer = Callable[[Sequence[str]], Found]


def installed_peers() -> tuple[Mapping[str, Peer], Sequence[str]]:
    """The peers that can be run, by name, and for each of the others why it is left out."""
    peers: dict[str, Peer] = {PLAIN: _plain}
    missing: list[str] = []
    python, modules, node = _INSTALLED / "python/bin/python", _INSTALLED / "node/node_modules", shutil.which("node")
    if python.exists():
        peers[JIONLP] = lambda paragraphs: _run([str(python), str(_HERE / "jionlp_spans.py")], paragraphs)
    else:
        missing.append(
            f"{JIONLP} is left out: it is not installed. `make bench` installs it from benchmarks/requirements.txt."
        )
    if node and modules.exists():
        script = str(_HERE / "recognizers/spans.js")
        peers[RECOGNIZERS] = lambda paragraphs: _run([node, script], paragraphs, NODE_PATH=str(modules))
    else:
        missing.append(f"{RECOGNIZERS} is left out: it needs node and npm. Install them and run `make bench` again.")
    return peers, missing


def _run(command: Sequence[str], paragraphs: Sequence[str], **environment: str) -> Found:
    done = subprocess.run(  # noqa: S603 -- the command is ours
        command,
        input=json.dumps(paragraphs),
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | environment,
    )
    if done.returncode:
        raise RuntimeError(f"{' '.join(command)} failed:\n{done.stderr}")
    told = json.loads(done.stdout)
    return Found(told["seconds"], [_longest(spans) for spans in told["spans"]])


def _plain(paragraphs: Sequence[str]) -> Found:
    start = time.process_time()
    spans = [[match.span() for match in _PLAIN.finditer(paragraph)] for paragraph in paragraphs]
    return Found(time.process_time() - start, spans)


def _longest(spans: Sequence[Sequence[int]]) -> list[Span]:
    """The spans in order; of those that overlap the longest (3.5 is part of 3.5亿元)."""
    kept: list[Span] = []
    for start, end in sorted(((start, end) for start, end in spans), key=lambda span: (span[0] - span[1], span)):
        if all(end <= first or last <= start for first, last in kept):
            kept.append((start, end))
    return sorted(kept)
