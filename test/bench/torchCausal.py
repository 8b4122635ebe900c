"""The reference pipeline in PyTorch: Cov, eigh, inverse square root, transform; then the numbers of every concept.

Usage: torchCausal.py DATA ELEMENT LAYOUT VOCAB HIDDEN PAIRS, as torchProbe.py, whose numbers it prints for the causal
inner product.
"""

import json
import sys
import time

import numpy as np
import torch

started = time.perf_counter()
path, element, layout, vocab, hidden, pairs_path = sys.argv[1:]
vocab, hidden = int(vocab), int(hidden)


def load() -> torch.Tensor:
    stored = torch.from_numpy(np.fromfile(path, element, vocab * hidden))
    if layout == "[vocab, hidden]":
        return stored.view(vocab, hidden).float().contiguous()
    return stored.view(hidden, vocab).float().T.contiguous()


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


unembedding = load()
centered = unembedding - unembedding.mean(0)
covariance = centered.T @ centered / vocab
values, vectors = torch.linalg.eigh(covariance)
inverse_root = vectors @ torch.diag(values.rsqrt()) @ vectors.T
whitened = centered @ inverse_root
with open(pairs_path) as file:
    concepts = [torch.tensor(pairs) for pairs in json.load(file)]
all_deltas = [whitened[ids[:, 1]] - whitened[ids[:, 0]] for ids in concepts]
directions = torch.nn.functional.normalize(torch.stack([deltas.mean(0) for deltas in all_deltas]), dim=1)
result = {
    "meanCosine": [mean_cosine(deltas) for deltas in all_deltas],
    "leaveOneOut": [leave_one_out(deltas).tolist() for deltas in all_deltas],
    "directions": (directions @ directions.T).tolist(),
}
print(json.dumps({**result, "seconds": time.perf_counter() - started, "peakBytes": peak_bytes()}))
