"""The benchmark of growth: no figure without answers, and sums that hold."""
