"""The pages of the bank: list, item, editor, review, import, papers."""
