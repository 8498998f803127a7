"""The same gradient by JAX, which is given the loss and no formula."""

# --8<-- [start:gradient]
import jax
import jax.numpy as jnp

X, W = jnp.array([1.0, 2.0]), jnp.array([[0.5, -0.5, 0.0], [0.0, 0.25, 0.5]])
dW = jax.grad(lambda W: -jax.nn.log_softmax(X @ W)[1])(W)
print(dW)
# --8<-- [end:gradient]
