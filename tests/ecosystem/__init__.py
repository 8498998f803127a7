"""verimath beside the plugins and themes that other sites use."""
