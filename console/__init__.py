"""What every command of the house shares: how settings are read and how it speaks to whoever types. Knows no room."""
