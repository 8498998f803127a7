"""From atoms to statements: where each ends, what it names, for which values it is meant. Imports `grammar`."""
