"""Whether sentences carry a statement: rules that find mistakes, and a model that weighs the rest."""
