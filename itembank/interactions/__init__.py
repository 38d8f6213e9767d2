"""What a candidate meets in an item beyond the three plain types: content, values, order.

| module | what it is |
|---|---|
| `contents` | every kind of interaction as a Struct: the JSON that stands in a frozen paper and on the wire |
| `markup` | the only door for HTML: an allow-list of tags, MathML, tables and ruby; no address, no script, no style |
| `media` | pictures, sound and film of items, by the SHA-256 of their bytes |
| `values` | which values each kind takes: known ids, limits, numbers in range, points inside the picture |
| `orders` | the candidate's own order of the options, those that are fixed in their place |
| `from_qti` | a QTI item as such content; `bodies` and `kinds` are its two halves |

All of it is pure. What a kind's answer looks like stands in `values`; what it is worth is scoring's matter.
"""
