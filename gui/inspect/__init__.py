"""For those who inspect masks: layers, histograms, heat, cells under the mouse, surveys, exports."""
