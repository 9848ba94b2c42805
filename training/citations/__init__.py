"""The labeller of references: its data, made-up references, network, training and export."""
