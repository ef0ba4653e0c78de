from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "withus.accounts"
    label = "accounts"
    default_auto_field = "django.db.models.BigAutoField"
