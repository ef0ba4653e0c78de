from django.apps import AppConfig


class LoopConfig(AppConfig):
    name = "withus.loop"
    label = "loop"
    default_auto_field = "django.db.models.BigAutoField"
