"""How Swedish text looks, and what periods are called in it."""
