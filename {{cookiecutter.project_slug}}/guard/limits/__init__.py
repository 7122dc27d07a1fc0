"""Rate limits: exactly N in any period, counted in one step that all processes share."""
