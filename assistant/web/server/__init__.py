"""The process that serves: the web application, its layers, its start and its end."""
