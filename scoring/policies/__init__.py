"""How a response is judged: one file a policy, none knows another, and a paper names them as data. Pure.

`choice` judges chosen options, `gradings` every other kind of key, `moodle` grades exactly as Moodle 4.1 does,
and `words` brings two spellings of the same answer to one form.
"""
