"""The Django project and the exam day: who sits where, what they answer, what was seen and what follows."""
