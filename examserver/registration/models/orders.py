"""Payment orders: what one transfer is to pay, for a person or for several of an institution."""

from django.db import models

from examserver.registration.models.history import WrittenOnceModel


class PaymentOrder(WrittenOnceModel):
    """One transfer that is asked for; whether it came is told by its applications, and nowhere else a second time."""

    institution = models.ForeignKey(
        "registration.Institution", on_delete=models.PROTECT, null=True, related_name="orders"
    )
    payer = models.CharField(max_length=120)
    last_day = models.DateField()
    opened_at = models.DateTimeField()
    opened_by = models.CharField(max_length=80)

    def __str__(self) -> str:
        return self.number

    @property
    def number(self) -> str:
        """What people call it, e.g. F000012."""
        return f"F{self.pk:06d}"


class PaymentLine(WrittenOnceModel):
    """One application in an order: the price of each of its subjects in whole yuan, by its version of the notice."""

    order = models.ForeignKey(PaymentOrder, on_delete=models.PROTECT, related_name="lines")
    application = models.OneToOneField(
        "registration.Application", on_delete=models.PROTECT, related_name="order_line"
    )
    catalogue_version = models.CharField(max_length=40)
    prices = models.JSONField()
    amount = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(amount__gt=0), name="payment_line_costs_something")
        ]

    def __str__(self) -> str:
        return f"{self.order_id}: {self.application_id} {self.amount}"
