"""What an exam day says about its items and papers: classical test theory, options, Rasch, flags. Pure, with numpy.

Figures of items and papers are those of Moodle 4.1's quiz statistics, under the same names
(docs.moodle.org/dev/Quiz_statistics_calculations), so that a venue's old reports and these can be laid side by side.
A figure that cannot be had is None, and `why` says the reason; no figure is ever NaN or infinite.
"""
