from pathlib import Path

from django.apps import AppConfig
from django.conf import settings

from withus.site.env import BadSetting
from withus.traps import stricter


class SiteConfig(AppConfig):
    name = "withus.site"
    label = "withus_site"

    def ready(self) -> None:
        from withus.site import wiring  # noqa: PLC0415 -- needs the models

        wiring.bind()
        wiring.listen()
        if settings.WITHUS_NUMBERS:
            try:
                stricter.set_from(Path(settings.WITHUS_NUMBERS))
            except stricter.BadNumbers as wrong:
                raise BadSetting(f"WITHUS_NUMBERS: {wrong}") from wrong
