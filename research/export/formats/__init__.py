"""The formats of an export, one file each: what every story becomes in the files of some program; knows no database."""
