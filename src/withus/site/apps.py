from django.apps import AppConfig


class SiteConfig(AppConfig):
    name = "withus.site"
    label = "withus_site"

    def ready(self) -> None:
        from withus.site import wiring  # noqa: PLC0415 -- needs the models

        wiring.bind()
        wiring.listen()
