"""ISO dates → the words for them."""

from datetime import date

MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
          "December")  # fmt: skip
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
UNDATED = "Date not stated"


def long_date(iso: str) -> str:
    """Return `2023-11-17` as `17 November 2023`; what is no day comes back as it is."""
    day = parse(iso)
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}" if day else iso


def full_date(iso: str) -> str:
    """Return `2023-11-17` as `Friday 17 November 2023`."""
    day = parse(iso)
    return f"{DAYS[day.weekday()]} {long_date(iso)}" if day else iso


def short_date(iso: str) -> str:
    """Return `2023-11-17` as `17 Nov`."""
    day = parse(iso)
    return f"{day.day} {MONTHS[day.month - 1][:3]}" if day else iso


def month_name(month: str) -> str:
    """Return `2023-11` as `November 2023`, and an empty month as the words for none."""
    day = parse(f"{month}-01")
    return f"{MONTHS[day.month - 1]} {day.year}" if day else UNDATED


def parse(iso: str) -> date | None:
    """Return the day, or None for what is not one."""
    try:
        return date.fromisoformat(iso)
    except ValueError:
        return None
