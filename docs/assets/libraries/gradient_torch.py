"""The same gradient by PyTorch, which is given the loss and no formula."""

# --8<-- [start:gradient]
import torch

X, W = torch.tensor([1.0, 2.0]), torch.tensor([[0.5, -0.5, 0.0], [0.0, 0.25, 0.5]], requires_grad=True)
loss = torch.nn.functional.cross_entropy(X @ W, torch.tensor(1))
loss.backward()
print(W.grad)
# --8<-- [end:gradient]
