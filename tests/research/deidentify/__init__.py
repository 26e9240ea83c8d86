"""What may lead to a person is found, masked and reviewed, and nothing unreviewed counts."""
