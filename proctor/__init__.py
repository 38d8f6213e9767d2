"""proctor: frames in, incidents out; a package that knows nothing of exams.

Layers, each importing only what stands below it:
worker / pipeline / scheduler | detectors | incidents | evidence | bus / tracking / detections /
geometry | frames.
A report says what was seen; what it means for a candidate is decided elsewhere, by people.
"""
