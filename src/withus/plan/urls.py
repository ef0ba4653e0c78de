from django.urls import URLPattern, URLResolver, path

from withus.plan.pages import plan

app_name = "plan"

urlpatterns: list[URLPattern | URLResolver] = [
    path("at/<slug:address>/plan", plan.plans, name="plan"),
    path("at/<slug:address>/plan/<uuid:uid>", plan.plan, name="workshop"),
    path("at/<slug:address>/plan/<uuid:uid>/print", plan.printed, name="print"),
    path("at/<slug:address>/plan/<uuid:uid>/add", plan.add, name="add"),
    path("at/<slug:address>/plan/<uuid:uid>/<uuid:block>", plan.change, name="block"),
    path("at/<slug:address>/plan/<uuid:uid>/<uuid:block>/move", plan.move, name="move"),
]
