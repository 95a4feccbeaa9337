"""The evaluation of one run as a single HTML file that opens offline."""
