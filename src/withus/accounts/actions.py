from withus.accounts.models import Staff


def add_staff(*, email: str, name: str, password: str | None = None) -> Staff:
    """Make an account, or return the one with this address. Without a password its owner signs in by link or code."""
    found = Staff.objects.filter(email__iexact=email).first()
    if found is not None:
        return found
    staff = Staff(email=email.strip().lower(), name=name.strip())
    if password:
        staff.set_password(password)
    else:
        staff.set_unusable_password()
    staff.save()
    return staff


def rename(staff: Staff, *, name: str) -> Staff:
    staff.name = name.strip()
    staff.save(update_fields=["name"])
    return staff
