"""Which values are secret, and the tokens that replace them."""
