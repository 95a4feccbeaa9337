"""The model: how often each level occurs among same and different people, and what a pair weighs by it."""
