"""Computes the same numbers as a typical research script: load the whole head with PyTorch, take rows, compute cosines.

Usage: torchProbe.py DATA ELEMENT LAYOUT VOCAB HIDDEN PAIRS PRODUCT
DATA is the raw matrix, or with the element type safetensors a checkpoint with lm_head.weight.
PAIRS is a JSON file [[[base, target], ...], ...] of token ids, one list per concept; tokenization is not included.
PRODUCT is euclidean or causal; for causal the whole head is first transformed by the inverse square root of its covariance.
Prints a JSON object: the same means as `concept-probe probe --json`, seconds after the imports, and peak memory.
"""

import json
import sys
import time

import numpy as np
import torch

started = time.perf_counter()
path, element, layout, vocab, hidden, pairs_path, product = sys.argv[1:]
vocab, hidden = int(vocab), int(hidden)


def load() -> torch.Tensor:
    if element == "safetensors":
        from safetensors import safe_open

        # Mapped into memory, in the stored type: the fastest that Python can do for a few rows.
        with safe_open(path, "pt") as checkpoint:
            return checkpoint.get_tensor("lm_head.weight")
    if element == "int4":
        codes = torch.from_numpy(np.fromfile(path, np.uint8, vocab * hidden // 2))
        scales = np.fromfile(path, np.float32, offset=vocab * hidden // 2)
        nibbles = torch.stack((codes & 15, codes >> 4), -1).view(vocab, -1, 32)
        return ((nibbles.float() - 8) * torch.from_numpy(scales).view(vocab, -1, 1)).view(vocab, hidden)
    stored = torch.from_numpy(np.fromfile(path, element, vocab * hidden))
    if layout == "[vocab, hidden]":
        return stored.view(vocab, hidden).float().contiguous()
    return stored.view(hidden, vocab).float().T.contiguous()


def whitened(rows: torch.Tensor) -> torch.Tensor:
    centered = rows.float() - rows.float().mean(0)
    values, vectors = torch.linalg.eigh(centered.T @ centered / vocab)
    return centered @ (vectors @ torch.diag(values.rsqrt()) @ vectors.T)


def leave_one_out(deltas: torch.Tensor) -> torch.Tensor:
    return torch.nn.functional.cosine_similarity(deltas, deltas.sum(0) - deltas, dim=1)


def mean_cosine(deltas: torch.Tensor) -> float:
    units = torch.nn.functional.normalize(deltas, dim=1)
    cosines = units @ units.T
    count = len(deltas)
    return ((cosines.sum() - cosines.diagonal().sum()) / (count * (count - 1))).item()


def peak_bytes() -> int:
    try:
        with open("/proc/self/status") as status:
            return next(int(line.split()[1]) * 1024 for line in status if line.startswith("VmHWM"))
    except OSError:
        return 0


unembedding = whitened(load()) if product == "causal" else load()
with open(pairs_path) as file:
    concepts = [torch.tensor(pairs) for pairs in json.load(file)]
all_deltas = [unembedding[ids[:, 1]].float() - unembedding[ids[:, 0]].float() for ids in concepts]
directions = torch.nn.functional.normalize(torch.stack([deltas.mean(0) for deltas in all_deltas]), dim=1)
result = {
    "meanCosine": [mean_cosine(deltas) for deltas in all_deltas],
    "leaveOneOut": [leave_one_out(deltas).tolist() for deltas in all_deltas],
    "directions": (directions @ directions.T).tolist(),
}
print(json.dumps({**result, "seconds": time.perf_counter() - started, "peakBytes": peak_bytes()}))
