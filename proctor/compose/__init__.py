"""Composed sessions with known events, from pictures that a package brings and from drawings.

`plan` decides what happens, `rooms`, `people`, `things` and `covers` draw it, `camera` takes the picture, `alone` finds
out which drawings the detector knows at all, `writing` writes frames and manifest. The same seed gives the same bytes.
There is one person in it, scikit-image's astronaut (NASA, public domain), in many clothes: good figures on composed
sessions say that the stages work together, not how well real things are found in real rooms.
"""
