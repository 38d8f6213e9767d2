"""From work to points: keys and policies for theory, rubrics and graders for practical.

Pure modules decide (rules, rubrics, reconcile, previews, ranges); services write. A score never changes a
sitting's conduct, and a void never deletes a score: what was earned is kept, and an appeal can restore it.
"""
