"""The published schema, the catalog connection and the SQL that analysts see."""
