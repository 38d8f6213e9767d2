"""Whether the person in front of the camera is the one who checked in: an optional extra, off until it is installed.

Nothing here decides anything about a person. Three pictures are compared with a reference; the answer is one of
SAME, UNSURE, DIFFERENT and CANNOT_VERIFY, and a person looks at the ID card whenever it is not SAME.
`describing` needs the packages of requirements-identity.txt and the weights of models.toml; the rest needs neither.
"""
