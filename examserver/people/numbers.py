"""What a row with somebody's ID number is made of: the sealed number, its digest, and the number to those who ask."""

from django.conf import settings
from django.db import models

from examserver.people.identity import masked, normalise
from examserver.people.sealing import digest_of, open_number, seal_number

SHORTEST = 10


class WithIdNumber(models.Model):
    """A row of a person; the ID number is kept sealed, and found only by the whole of it."""

    id_sealed = models.CharField(max_length=160, blank=True)
    id_digest = models.CharField(max_length=64, blank=True)

    class Meta:
        abstract = True

    @property
    def id_number(self) -> str:
        """The number in plain, normalised; empty where there is none yet. PersonKeyLost, BadNumberSeal."""
        if not self.id_sealed:
            return ""
        return open_number(self.id_sealed, self.id_digest, settings.PERSON_KEY)

    @id_number.setter
    def id_number(self, typed: str) -> None:
        number = normalise(typed)
        self.id_digest = number_digest(number)
        self.id_sealed = seal_number(number, settings.PERSON_KEY) if number else ""

    @property
    def masked_id(self) -> str:
        """The number as a screen may show it; of what is too short to be one, nothing."""
        number = self.id_number
        return masked(number) if len(number) > SHORTEST else "*" * len(number)


def number_digest(typed: str) -> str:
    """What a row with this ID number has in `id_digest`; empty for an empty one, which no person's row has."""
    number = normalise(typed)
    return digest_of(number, settings.PERSON_KEY) if number else ""
