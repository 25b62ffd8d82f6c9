"""Tables of zeros and ones with one category, and whether the leading mode finds it."""

import numpy as np
import scipy.linalg
from scipy.sparse.linalg import svds

# From here on a few steps of Lanczos beat the Gram matrix of the shorter side.
DENSE = 250


def size(area, objects, features):
    """Objects and features of a block that has the shape of the table."""
    block_objects = max(1, round((area * objects / features) ** 0.5))
    return block_objects, max(1, round(area / block_objects))


def table(rng, objects, features, background, density, block):
    """A table of features x objects, as zeros and ones."""
    x = rng.random((features, objects)) < background
    block_objects, block_features = block
    x[:block_features, :block_objects] = rng.random((block_features, block_objects)) < density
    return x


def leading(z, rng):
    """The leading pair of singular vectors: of rows, of columns."""
    if min(z.shape) > DENSE:
        u, _, vt = svds(z, k=1, tol=1e-6, rng=rng)
        return u[:, 0], vt[0]
    wide = z.T if z.shape[0] > z.shape[1] else z
    last = wide.shape[0] - 1
    _, vectors = scipy.linalg.eigh(wide @ wide.T, subset_by_index=[last, last], overwrite_a=True, check_finite=False)
    short = vectors[:, 0]
    long = wide.T @ short
    long /= np.linalg.norm(long)
    return (long, short) if wide is not z else (short, long)


def overlap(rng, objects, features, background, density, block, shift):
    """Geometric mean of the squared overlaps of the leading mode with the block's objects and features."""
    z = table(rng, objects, features, background, density, block) - shift
    of_features, of_objects = leading(z, rng)
    block_objects, block_features = block
    return abs(of_objects[:block_objects].sum() * of_features[:block_features].sum()) / np.sqrt(
        block_objects * block_features
    )
