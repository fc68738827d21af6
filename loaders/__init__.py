"""Files in: read, locate, check; what comes out is a delivery that the warehouse can publish."""
