"""QTI in and out: items, tests, stimuli and packages of 2.1, 2.2 and 3.0 as one model. Pure.

Files are read under the names of 3.0 without their prefix (`model`, `names`), from bytes that are harmless (`safe`,
`archives`). What `registry` and `structure` do not list is refused by name, file and line; refused on purpose are
custom operators, custom and portable custom interactions, XInclude, document types with declarations, and adaptive
selection by an engine in the network: they bring code or content from elsewhere. Kept and never asked about are
catalogs, companion materials, style sheets, data-, aria- and accessibility extensions: they never score.
"""
