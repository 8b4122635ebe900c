"""A typical PyTorch training loop of the latent-variable simulation on one thread, with the same sampled steps.

Usage: torchSimulator.py STYLE CONCEPTS STEPS BATCH RATE
STYLE is usual (modules, autograd and torch.optim.SGD, the straightforward way) or rows (gradients of only the rows of f
that occur, added in place, the way to write it after profiling).
m binary concepts, a random graph along a random order (each edge with probability 1/2), conditionals uniform in
[0.3, 0.7], each entry of a context hidden with probability 1/2; tables f [3^m, m] and g [2^m, m], plain SGD on the
cross-entropy of a sampled minibatch. Prints a JSON object: seconds per step without imports and warm-up, and the
distance of the final loss from its floor, which shows whether the steps learned anything.
"""

import json
import math
import sys
import time

import torch

torch.set_num_threads(1)
style, m, steps, batch, rate = sys.argv[1], *map(int, sys.argv[2:5]), float(sys.argv[5])
torch.manual_seed(0)
tokens, contexts = 2**m, 3**m

bits = (torch.arange(tokens)[:, None] >> torch.arange(m)) & 1
order = torch.randperm(m)
law = torch.ones(tokens, dtype=torch.float64)
for place, concept in enumerate(order):
    parents = [p for p in order[:place].tolist() if torch.rand(()) < 0.5]
    table = 0.3 + 0.4 * torch.rand(2 ** len(parents), dtype=torch.float64)
    configuration = sum((bits[:, parent] << n for n, parent in enumerate(parents)), torch.zeros(tokens, dtype=torch.long))
    one = table[configuration]
    law *= torch.where(bits[:, concept] == 1, one, 1 - one)
cumulative = law.cumsum(0).float()
powers = 3 ** torch.arange(m)

scale_f, scale_g = 1 / math.sqrt(contexts), 1 / math.sqrt(tokens)
embedding = torch.nn.Embedding(contexts, m)
head = torch.nn.Linear(m, tokens, bias=False)
f, g = embedding.weight, head.weight
with torch.no_grad():
    f.uniform_(-scale_f, scale_f)
    g.uniform_(-scale_g, scale_g)
optimizer = torch.optim.SGD([f, g], lr=rate)


def sample() -> tuple[torch.Tensor, torch.Tensor]:
    token = torch.searchsorted(cumulative, torch.rand(batch)).clamp_(max=tokens - 1)
    known = torch.rand(batch, m) < 0.5
    return (torch.where(known, bits[token], 2) * powers).sum(1), token


def usual_step() -> None:
    context, token = sample()
    optimizer.zero_grad()
    torch.nn.functional.cross_entropy(head(embedding(context)), token).backward()
    optimizer.step()


def rows_step() -> None:
    context, token = sample()
    rows = f.detach()[context].requires_grad_()
    loss = torch.nn.functional.cross_entropy(rows @ g.T, token)
    loss.backward()
    with torch.no_grad():
        f.index_add_(0, context, rows.grad, alpha=-rate)
        g.sub_(g.grad, alpha=rate)
        g.grad = None


step = {"usual": usual_step, "rows": rows_step}[style]
for _ in range(min(200, steps)):
    step()
started = time.perf_counter()
for _ in range(steps):
    step()
seconds = (time.perf_counter() - started) / steps


def excess() -> float:
    """Mean divergence of the learned from the true conditionals over 2,000 contexts as they are sampled, in nats."""
    total = 0.0
    with torch.no_grad():
        for _ in range(2000):
            token = torch.multinomial(law, 1)
            known = torch.rand(m) < 0.5
            agrees = ((bits == bits[token]) | ~known).all(1)
            p = law[agrees] / law[agrees].sum()
            context = (torch.where(known, bits[token[0]], 2) * powers).sum()
            q = torch.log_softmax((f[context] @ g.T).double(), 0)[agrees]
            total += (p * (p.log() - q)).sum().item()
    return total / 2000


print(json.dumps({"seconds": seconds, "excess": excess()}))
