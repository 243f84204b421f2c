"""The desktop around the window: folders watched, battery, drops and pastes, settings, reports."""
