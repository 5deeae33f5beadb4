"""Kernels: facts that have to be computed from several lines, or from a reference table."""
