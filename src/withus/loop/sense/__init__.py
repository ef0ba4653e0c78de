"""Which texts are alike, worked out on this machine: no Django, no network, nothing that learns from what people wrote."""
