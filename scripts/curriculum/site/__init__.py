"""The site: the library staged as an ordinary Markdown tree, the generator that reads it, what is added after."""
