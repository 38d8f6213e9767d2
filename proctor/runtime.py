"""How a network is run: one onnxruntime session on a stated number of threads."""

from collections.abc import Sequence
from typing import Any, Protocol

import cv2
import numpy as np
import onnxruntime
from numpy.typing import NDArray

Tensor = NDArray[np.float32]


class Network(Protocol):
    """A loaded network: one input tensor in, its outputs in their stated order."""

    def __call__(self, tensor: Tensor) -> Sequence[Tensor]: ...


class Session:
    """An onnxruntime session on the CPU; one thread by default, since workers are whole processes."""

    def __init__(self, model: bytes, threads: int = 1) -> None:
        cv2.setNumThreads(threads)
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        self._session: Any = onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
        self._input: str = self._session.get_inputs()[0].name

    def __call__(self, tensor: Tensor) -> Sequence[Tensor]:
        outputs: Sequence[Tensor] = self._session.run(None, {self._input: tensor})
        return outputs
