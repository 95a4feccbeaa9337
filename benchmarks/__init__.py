"""What `make bench` runs: each figure beside a peer in the same run, and the bar that it should hold."""
