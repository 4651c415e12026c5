from django import forms

DEFAULT_LIMIT, MAX_LIMIT, MAX_OFFSET = 20, 100, 1_000_000
LONGEST_ADDRESS = 8000  # characters of path and query; a query of 200 Cyrillic letters takes 1200


class SliceForm(forms.Form):
    """Which part of an answer of the API: at most a hundred rows at a time."""

    limit = forms.IntegerField(min_value=1, max_value=MAX_LIMIT, required=False)
    offset = forms.IntegerField(min_value=0, max_value=MAX_OFFSET, required=False)
