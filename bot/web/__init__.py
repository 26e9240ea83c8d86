"""The web port: one app for every program and person that comes over HTTP; knows no dialog."""
