"""From work to points: keys and policies for theory, rubrics and graders for practical, one final mark for each.

Pure modules decide (rules, rubrics, reconcile, previews, ranges); services write. A score never changes a sitting's
conduct, and a void never deletes a score: what was earned is kept, so that an appeal can restore it.
"""
