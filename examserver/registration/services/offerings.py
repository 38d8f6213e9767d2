"""Changes the offerings that papers and tickets are for."""

from examserver.registration.models import Offering


def add_offering(*, code: str, name: str, name_en: str, level: int) -> Offering:
    """A new offering."""
    return Offering.objects.create(code=code, name=name, name_en=name_en, level=level)
