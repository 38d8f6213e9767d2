"""The one access table: every URL and socket by name, and the roles that may reach it; an empty set is public."""

from examserver.delivery.access import ROWS as DELIVERY
from examserver.invigilation.access import ROWS as INVIGILATION
from examserver.kernel.access import PUBLIC, Role
from examserver.people.access import ROWS as PEOPLE
from examserver.registration.access import ROWS as REGISTRATION
from examserver.results.access import ROWS as RESULTS
from itembank.access import ROWS as ITEMBANK
from scoring.access import ROWS as SCORING

TABLE: dict[str, frozenset[Role]] = {
    "start": PUBLIC,
    "healthz": PUBLIC,
    "set_language": PUBLIC,
    "javascript_catalog": PUBLIC,
    **PEOPLE,
    **REGISTRATION,
    **DELIVERY,
    **INVIGILATION,
    **ITEMBANK,
    **SCORING,
    **RESULTS,
}
