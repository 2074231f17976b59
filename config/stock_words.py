"""Words of Django and its neighbours that our catalogue says better. Nothing here runs: makemessages
reads it, so that our entries, which come first, are kept. A test compares them with Django's own."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

MESSAGES = (
    _("This field is required."),
    _("Ensure this value is less than or equal to %(limit_value)s."),
    _("Ensure this value is greater than or equal to %(limit_value)s."),
    _("Add"),
    _("Add %s"),
    _("Add %(name)s"),
    _("Change"),
    _("Change %s"),
    _("View %s"),
    _("Add another %(verbose_name)s"),
    _("Action:"),
    _("No action selected."),
    _("Run the selected action"),
    _("0 of %(cnt)s selected"),
    _("Log out"),
    _("Remove"),
    _("Save and add another"),
    _("Save and continue editing"),
    _("Select a valid choice. That choice is not one of the available choices."),
    _("Select a valid choice. %(value)s is not one of the available choices."),
    _("Enter a number."),
    _("Enter a whole number."),
    _("Enter a valid date."),
    _("Enter a valid date/time."),
    _("Enter a valid time."),
    _("Enter a valid URL."),
    _("Enter a list of values."),
    _("The submitted file is empty."),
    _("No file was submitted. Check the encoding type on the form."),
    _("Task Result"),
    _("Task Results"),
)
PLURALS = (
    ngettext_lazy(
        "Ensure that there are no more than %(max)s digit in total.",
        "Ensure that there are no more than %(max)s digits in total.",
        "max",
    ),
    ngettext_lazy(
        "Ensure that there are no more than %(max)s decimal place.",
        "Ensure that there are no more than %(max)s decimal places.",
        "max",
    ),
    ngettext_lazy(
        "Ensure that there are no more than %(max)s digit before the decimal point.",
        "Ensure that there are no more than %(max)s digits before the decimal point.",
        "max",
    ),
    ngettext_lazy(
        "Ensure this value has at most %(limit_value)d character (it has %(show_value)d).",
        "Ensure this value has at most %(limit_value)d characters (it has %(show_value)d).",
        "limit_value",
    ),
    ngettext_lazy(
        "Ensure this value has at least %(limit_value)d character (it has %(show_value)d).",
        "Ensure this value has at least %(limit_value)d characters (it has %(show_value)d).",
        "limit_value",
    ),
    ngettext_lazy("%(total_count)s selected", "All %(total_count)s selected", "total_count"),
)
