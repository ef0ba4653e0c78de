"""Static files with their digest in the name, so that a phone fetches each only once."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class Assets(CompressedManifestStaticFilesStorage):  # type: ignore[misc] # whitenoise is not typed
    """A name that was never collected (a test without a front end) is served as it is instead of failing the page."""

    manifest_strict = False

    def stored_name(self, name: str) -> str:
        try:
            return str(super().stored_name(name))
        except ValueError:
            return name
