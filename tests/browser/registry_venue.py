"""The notice of this year and a desk for its pages: a clerk, finance and a planner.

`python -m tests.browser.registry_venue` fills the database that the settings name.
"""

PASSWORD = "a long password"
STAFF = (
    ("clerk", "受理 周宁", "clerk"),
    ("finance", "财务 沈洁", "finance"),
    ("planner", "排考 陆远", "scheduler"),
)


def fill() -> None:
    """Three people who can sign in, and the catalogue."""
    from examserver.kernel.access import Role
    from examserver.people.services import add_staff
    from tests.registration.catalogue.notices import load_this_year

    load_this_year()
    for username, shown, role in STAFF:
        add_staff(username=username, display_name=shown, password=PASSWORD, roles=[Role(role)])


def main() -> None:
    """Fill the database."""
    import django

    django.setup()
    fill()


if __name__ == "__main__":
    main()
