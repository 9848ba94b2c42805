"""Scripts that train the models this project ships; none of it is needed to run it."""
