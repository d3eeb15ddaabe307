"""The International Standard Book Number, in its form of 13 digits."""


def check_digit(first_twelve):
    """The digit that completes twelve others."""
    total = sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(first_twelve))
    return str(-total % 10)


def is_valid(digits):
    return len(digits) == 13 and digits.isdecimal() and check_digit(digits[:12]) == digits[12]
