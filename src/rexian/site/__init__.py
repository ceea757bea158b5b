"""Site: settings, addresses, entry points and health; the only place that knows all contexts."""
