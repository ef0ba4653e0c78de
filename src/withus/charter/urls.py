from django.urls import URLPattern, URLResolver

app_name = "charter"

urlpatterns: list[URLPattern | URLResolver] = []
