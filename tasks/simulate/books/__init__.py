"""The books that the accepted rows must come to: plain decimals, apart from the SQL that is held to them."""
