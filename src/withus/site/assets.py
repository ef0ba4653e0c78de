"""Static files with their digest in the name, so that a phone fetches each only once."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class Assets(CompressedManifestStaticFilesStorage):  # type: ignore[misc] # whitenoise is not typed
    """A name that was never collected (a test without a front end) is served as it is instead of failing the page."""

    manifest_strict = False

    def __init__(self, *arguments: object, **options: object) -> None:
        super().__init__(*arguments, **options)
        self._addresses: dict[tuple[str | None, bool], str] = {}

    def stored_name(self, name: str) -> str:
        try:
            return str(super().stored_name(name))
        except ValueError:
            return name

    def url(self, name: str | None, force: bool = False) -> str:
        """Kept once found: names do not change while the program runs, and a page asks for a dozen."""
        found = self._addresses.get((name, force))
        if found is None:
            found = self._addresses[name, force] = str(super().url(name, force=force))
        return found
