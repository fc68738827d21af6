"""Draw finished frames as Plotly figures; nothing is calculated here."""
