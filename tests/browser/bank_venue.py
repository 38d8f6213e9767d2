"""A bank at work for its pages: an author, two reviewers, a custodian, the small bank of the tests approved, a paper.

`python -m tests.browser.bank_venue` fills the database that the settings name.
"""

PASSWORD = "a long password"
STAFF = (
    ("author", "命题员 白露", "item_author"),
    ("reviewer1", "审题员 乔山", "item_reviewer"),
    ("reviewer2", "审题员 纪云", "item_reviewer"),
    ("custodian", "保管员 温岚", "paper_custodian"),
)


def fill() -> None:
    """Twelve approved items of level 3, and a paper of seven of them."""
    from examserver.kernel import clock
    from examserver.kernel.access import Role
    from examserver.people.services import add_staff
    from itembank.models import ItemVersion
    from tests.itembank.builders import theory_paper

    for username, shown, role in STAFF:
        add_staff(username=username, display_name=shown, password=PASSWORD, roles=[Role(role)])
    theory_paper(sealed=True)
    assert ItemVersion.objects.filter(created_at__lte=clock.now()).count() == 12


def main() -> None:
    """Fill the database."""
    import django

    django.setup()
    fill()


if __name__ == "__main__":
    main()
