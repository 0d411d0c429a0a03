"""How many votes a second one core carries: Muster beside a bare handler and the stock SDK."""
