"""The least a Django page can cost: an indexed query and a plain template of the same weight."""
