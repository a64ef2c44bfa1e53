"""What the samples say: one module per report, without any layout."""
