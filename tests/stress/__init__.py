"""What a bad day does to the whole house: kills, cuts, full disks, nonsense. `make stress` does it in full."""
