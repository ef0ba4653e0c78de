"""Findings and labels as last judged, what people answered to them, and the gate."""
