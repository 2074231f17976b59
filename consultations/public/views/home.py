from django.shortcuts import render

from consultations.public.answers import public_page
from consultations.public.kept import kept
from consultations.selectors.public_home import home as home_page


@public_page
@kept
def home(request):
    return render(request, "public/home.html", {"home": home_page()})
