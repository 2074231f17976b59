"""What a page costs: ours beside a floor page, at several sizes, on both databases, in one run."""
