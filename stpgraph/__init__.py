"""Who said what about which STP relationship, when, on what evidence, and does the number hold up?"""
