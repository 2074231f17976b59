"""The demonstration story: one fictional county, told by walking the services day by day.

`places` and `people` say where and who, `stories` what happened, `walk` tells them in the order
of time. Nothing here sets a stage; every step is one that the tables allow to that person.
"""
