"""For those who inspect masks: cell maps, covariances, Figs. 2 and 3."""
