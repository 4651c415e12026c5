"""What the pages that show a whole passport need of templates."""

from django import template

from practices.article import pieces_of

register = template.Library()

register.filter("pieces", pieces_of)
