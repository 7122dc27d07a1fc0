"""The service's addresses, and some more that do what no real one does on purpose.

Tests use them with `pytest.mark.urls("tests.guard.urls")`.
"""

from django.urls import include, path

from config import urls
from tests.guard import views

handler400 = urls.handler400
handler403 = urls.handler403
handler404 = urls.handler404
handler500 = urls.handler500

urlpatterns = [
    *urls.urlpatterns,
    path("api/test/echo/", views.EchoView.as_view()),
    path("api/test/facts/", views.FactsView.as_view()),
    path("api/test/raise/<name>/", views.RaisingView.as_view()),
    path("api/test/reports/", views.ReportView.as_view()),
    path("api/test/", include([path("deep/", views.ReportView.as_view(throttle_scope="exports"))])),
    path("api/test/unlimited/", views.UnlimitedView.as_view()),
    path("page/raise/<name>/", views.raising_page),
]
