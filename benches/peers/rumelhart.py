"""The claim hierarchy/rumelhart: batches of networks, each step of all of them at once."""

import numpy as np
from scipy.cluster.hierarchy import linkage

ID = "hierarchy/rumelhart"
REPRESENTATION, HIDDEN, BIAS, RATE, EPOCHS = 8, 15, -2.0, 0.1, 3000
# Scale of the start, whether what each item is a kind of is learned as well, and whether patterns are learned one by one.
SETTINGS = [(0.1, False, False), (0.3, False, False), (0.9, False, False), (0.9, True, False), (0.9, False, True)]
CLAIM = (False, RATE, EPOCHS)
BATCH = 16

# What is true of pine, oak, rose, daisy, robin, canary, sunfish, salmon, by relation (Rogers and McClelland 2004).
ISA = "11111111 11110000 00001111 11000000 00110000 00001100 00000011 " + " ".join(
    "0" * item + "1" + "0" * (7 - item) for item in range(8)
)
IS = "00110000 11000000 11111111 10000000 00101001 00010110"
CAN = "11111111 00001111 00000011 00001100 00000100"
HAS = "00001111 11110000 01110000 11000000 11000000 00110000 00001100 00001100 00000011 00000011"
ITEMS = 8


def facts(names):
    """The table, and the number of the relation of each of its rows."""
    relations = [rows.split() for rows in ((ISA, IS, CAN, HAS) if names else (IS, CAN, HAS))]
    table = np.array([[int(bit) for bit in row] for rows in relations for row in rows], float)
    return table, np.repeat(np.arange(len(relations)), [len(rows) for rows in relations])


def tasks(change):
    """Batches of networks: shuffled or not, rate, epochs, setting, how many, seed."""
    arms = [(*CLAIM, 400), (True, RATE, EPOCHS, 16), (False, 0.07, EPOCHS, 32)]
    arms += [(False, RATE, epochs, replicates) for epochs, replicates in [(150, 16), (10, 800)]]
    every = []
    for *arm, replicates in arms:
        count = change(replicates)
        sizes = [min(BATCH, count - start) for start in range(0, count, BATCH)]
        every += [(*arm, *setting, size, seed) for setting in SETTINGS for seed, size in enumerate(sizes)]
    return every


def targets(table, relation):
    """Of each item and relation, its pattern: the attributes that the relation asks for."""
    asked = relation == np.arange(relation[-1] + 1)[:, None]
    return (table.T[:, None, :] * asked).reshape(ITEMS * len(asked), -1)


def contrasts():
    """Differences of the means of the halves of each node, items x nodes, from the root down."""
    columns = []
    for half in [4, 2, 1]:
        for start in range(0, ITEMS, 2 * half):
            column = np.zeros(ITEMS)
            column[start : start + half], column[start + half : start + 2 * half] = 1 / half, -1 / half
            columns.append(column)
    return np.array(columns).T


CONTRASTS = contrasts()
LEVELS = [slice(0, 1), slice(1, 3), slice(3, 7)]


def distances(representation):
    """Mean distance, at each level, between groups of items that part there: networks x levels."""
    lengths = np.linalg.norm(representation.transpose(0, 2, 1) @ CONTRASTS, axis=1)
    return np.stack([lengths[:, level].mean(axis=1) for level in LEVELS], axis=1)


def sigmoid(x):
    """In place."""
    np.negative(x, out=x)
    np.exp(x, out=x)
    x += 1.0
    return np.reciprocal(x, out=x)


class Networks:
    """A batch; weights are networks x inputs x outputs, activities networks x patterns x units."""

    def __init__(self, rng, count, scale, right):
        attributes = right.shape[-1]
        self.right = right
        self.kinds = right.shape[1] // ITEMS
        self.item = rng.normal(scale=scale, size=(count, ITEMS, REPRESENTATION))
        self.inner = rng.normal(scale=scale, size=(count, REPRESENTATION, HIDDEN))
        self.relation = rng.normal(scale=scale, size=(count, self.kinds, HIDDEN))
        self.outer = rng.normal(scale=scale, size=(count, HIDDEN, attributes))
        self.bias_r = np.zeros((count, 1, REPRESENTATION))
        self.bias_h = np.zeros((count, 1, HIDDEN))
        self.bias_a = np.full((count, 1, attributes), BIAS)
        self.hidden = np.empty((count, ITEMS * self.kinds, HIDDEN))
        self.output = np.empty((count, ITEMS * self.kinds, attributes))
        self.slope = np.empty_like(self.output)
        self.by_hidden = np.empty_like(self.hidden)
        self.forward()

    def forward(self):
        self.representation = sigmoid(self.item + self.bias_r)
        from_item = self.representation @ self.inner + self.bias_h
        of_pairs = self.hidden.reshape(len(self.hidden), ITEMS, self.kinds, HIDDEN)
        np.add(from_item[:, :, None, :], self.relation[:, None, :, :], out=of_pairs)
        sigmoid(self.hidden)
        np.matmul(self.hidden, self.outer, out=self.output)
        self.output += self.bias_a
        sigmoid(self.output)

    def step(self, rate):
        y, slope = self.output, self.slope
        np.subtract(y, self.right, out=slope)
        slope *= y
        np.subtract(1.0, y, out=y)
        slope *= y
        by_hidden = np.matmul(slope, self.outer.transpose(0, 2, 1), out=self.by_hidden)
        outer = self.hidden.transpose(0, 2, 1) @ slope
        by_hidden *= self.hidden
        np.subtract(1.0, self.hidden, out=self.hidden)
        by_hidden *= self.hidden
        of_pairs = by_hidden.reshape(len(by_hidden), ITEMS, self.kinds, HIDDEN)
        by_item, by_relation = of_pairs.sum(axis=2), of_pairs.sum(axis=1)
        inner = self.representation.transpose(0, 2, 1) @ by_item
        by_representation = by_item @ self.inner.transpose(0, 2, 1)
        by_representation *= self.representation * (1.0 - self.representation)
        self.outer -= rate * outer
        self.bias_a -= rate * slope.sum(axis=1, keepdims=True)
        self.inner -= rate * inner
        self.relation -= rate * by_relation
        self.bias_h -= rate * by_relation.sum(axis=1, keepdims=True)
        self.item -= rate * by_representation
        self.bias_r -= rate * by_representation.sum(axis=1, keepdims=True)
        self.forward()

    def step_by_pattern(self, orders, rate):
        """Each network learns its patterns in its own order, networks x patterns."""
        every = np.arange(len(orders))
        for pattern in orders.T:
            item, kind = pattern // self.kinds, pattern % self.kinds
            r = sigmoid(self.item[every, item] + self.bias_r[:, 0])
            h = sigmoid(np.einsum("nr,nrh->nh", r, self.inner) + self.relation[every, kind] + self.bias_h[:, 0])
            y = sigmoid(np.einsum("nh,nha->na", h, self.outer) + self.bias_a[:, 0])
            by_y = (y - self.right[every, pattern]) * y * (1.0 - y)
            by_h = np.einsum("nha,na->nh", self.outer, by_y) * h * (1.0 - h)
            by_r = np.einsum("nrh,nh->nr", self.inner, by_h) * r * (1.0 - r)
            self.outer -= rate * h[:, :, None] * by_y[:, None, :]
            self.bias_a[:, 0] -= rate * by_y
            self.inner -= rate * r[:, :, None] * by_h[:, None, :]
            self.relation[every, kind] -= rate * by_h
            self.bias_h[:, 0] -= rate * by_h
            self.item[every, item] -= rate * by_r
            self.bias_r[:, 0] -= rate * by_r
        self.forward()


def work(shuffled, rate, epochs, scale, names, online, count, seed):
    """Half times of the levels in each network, the share of its attributes that are right, and its stages."""
    rng = np.random.default_rng([seed, round(10 * scale), shuffled, names])
    table, relation = facts(names)
    tables = [rng.permuted(table, axis=1) if shuffled else table for _ in range(count)]
    networks = Networks(rng, count, scale, np.array([targets(table, relation) for table in tables]))
    seen, kept = [distances(networks.representation)], [networks.representation]
    patterns = np.tile(np.arange(ITEMS * networks.kinds), (count, 1))
    for _ in range(epochs):
        if online:
            networks.step_by_pattern(rng.permuted(patterns, axis=1), rate)
        else:
            networks.step(rate)
        seen.append(distances(networks.representation))
        kept.append(networks.representation)
    accuracy = np.mean((networks.output > 0.5) == (networks.right > 0.5), axis=(1, 2))
    return half_times(np.array(seen)), accuracy, stages(np.array(kept))


def stages(kept):
    """Of each network, at the three stages: the heights of its splits, highest first, and whether the highest is that of
    plants and animals: networks x stages x splits, and networks x stages. `kept` is epochs x networks x items x units."""
    centred = kept - kept.mean(axis=2, keepdims=True)
    spread = (centred**2).sum(axis=(2, 3))
    middle = np.argmax(2 * spread >= spread[0] + spread[-1], axis=0)
    last = len(kept) - 1
    heights, at_root = [], []
    for network, half in enumerate(middle):
        trees = [linkage(kept[epoch, network], "average") for epoch in (0, half, last)]
        heights.append([tree[::-1, 2] for tree in trees])
        at_root.append([set(leaves(tree)) in ({0, 1, 2, 3}, {4, 5, 6, 7}) for tree in trees])
    return np.array(heights), np.array(at_root)


def leaves(tree):
    """The items on one side of the highest split."""
    found, open_clusters = [], [int(tree[-1, 0])]
    while open_clusters:
        cluster = open_clusters.pop()
        if cluster < ITEMS:
            found.append(cluster)
        else:
            open_clusters += tree[cluster - ITEMS, :2].astype(int).tolist()
    return found


def half_times(seen):
    """When each level has first gone half of its way, networks x levels; `seen` is epochs x networks x levels."""
    progress = (seen - seen[0]) / (seen[-1] - seen[0])
    after = np.argmax(progress >= 0.5, axis=0)
    high, low = (np.take_along_axis(progress, at[None], axis=0)[0] for at in (after, np.maximum(after - 1, 0)))
    return after - (high - 0.5) / (high - low)


def measures(tasks, results):
    found = {}
    for scale, names, online in SETTINGS:
        of, descent = (*CLAIM, scale, names, online), "online" if online else "batch"
        point = (scale, "is-a, is, can, has" if names else "is, can, has", descent)
        own = [result for (*arm, _, _), result in zip(tasks, results) if tuple(arm) == of]
        half = np.concatenate([half for half, _, _ in own])
        found["levels come apart from the root down", point] = np.all(np.diff(half, axis=1) > 0, axis=1).mean()
        if scale == 0.9 and not names:
            found["plants part from animals as soon as in an independent program", descent] = half[:, 0].mean()
        right = np.concatenate([right for _, right, _ in own])
        found["the attributes are learned", point] = (right >= 0.99).mean()
        heights, at_root = (np.concatenate([stages[part] for _, _, stages in own]) for part in (0, 1))
        found["before learning plants and animals are parted by chance only", point] = at_root[:, 0].mean()
        found["in the middle they are the highest split", point] = at_root[:, 1].mean()
        ways = (heights[:, 1] - heights[:, 0]) / (heights[:, 2] - heights[:, 0])
        found["the highest split is ahead of the lowest", point] = (ways[:, 0] > ways[:, -1]).mean()
    return found
