"""When things run and in what order; the only Prefect in the project.

What one step does belongs in `etl`; here it gets its retries, timeouts and place in line.
"""
