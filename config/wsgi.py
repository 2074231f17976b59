"""The door for the application server; production settings unless told otherwise."""

import os

from django.core.wsgi import get_wsgi_application

from config.middleware import readable_content_type

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.prod")

application = readable_content_type(get_wsgi_application())
