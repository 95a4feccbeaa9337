import numpy as np

from creatorgraph.resolution.feature.code import NEIGHBOUR_BITS, NEIGHBOURS, encode


def test_neighbours_of_strings() -> None:
    matrix, _ = encode(["abcab", "ab", "b"])
    neighbours = matrix.neighbours
    ab, bc, ca, again = neighbours.numbers[0, :4].tolist()
    assert again == ab
    assert max(ab, bc, ca) < NEIGHBOURS
    assert neighbours.numbers[1].tolist() == [ab] + [NEIGHBOURS] * (len(neighbours.numbers[1]) - 1)
    assert neighbours.masks.tolist() == [(1 << ab) | (1 << bc) | (1 << ca), 1 << ab, 0]
    assert NEIGHBOUR_BITS[NEIGHBOURS] == 0
    assert np.all(neighbours.numbers[2] == NEIGHBOURS)
