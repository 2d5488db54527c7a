"""The output folder → the place that readers have it from, so that no page is broken at any moment on the way.

A place is compared with what is wanted there (`plan`); then new files are put, then changed pages, and deletions come
last. A list of what is ours (`ledger`) stands at the place itself, so that a publication that was cut is taken up again
from anywhere, and what is another's is never touched.
"""
