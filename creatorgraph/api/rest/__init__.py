"""REST for partners, under /v1: unified profiles with what ties them together, beside GraphQL and over the same loaders."""
