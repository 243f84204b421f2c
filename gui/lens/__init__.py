"""For those who inspect masks: heat layers, cells under the mouse, thresholds to play with, painting, surveys, exports."""
