"""Discharge-ready patients: counts and days by month, or single stays."""
