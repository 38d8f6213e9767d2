"""Other people's question files, read into neutral questions and written from them.

`question` is what every format reads into and writes from; `registry` finds the format of a file; each module below
`known` is one format and knows no other. Reading never raises for what a file holds: what is good is offered, what is
wrong is named with its place and cause, what was understood differently is noted. Pure: no framework, no clock, no
network.
"""
