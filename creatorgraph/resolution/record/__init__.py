"""Records of any kind: the same engine for tables whose columns a settings file maps to kinds."""
