"""The kinds of report, each put together of sections."""
