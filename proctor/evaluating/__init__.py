"""Event-level evaluation: labelled sessions played through the pipeline as if live, and compared with the labels.

`manifest` reads the labels, `films` the pictures, `playing` runs the pipeline, `matching` pairs alerts with events,
`counting` adds up, `intervals` says how sure that is, `report` and `table` tell it.
"""
