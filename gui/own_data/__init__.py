"""Own data on its way into the window: read in a thread, looked at in a dialog, proposed to the session."""
