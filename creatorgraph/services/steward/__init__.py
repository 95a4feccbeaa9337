"""What stewards do: claim, decide, merge, split, move, undo; and the figures of the queue."""
