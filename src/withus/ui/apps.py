from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "withus.ui"
    label = "ui"
