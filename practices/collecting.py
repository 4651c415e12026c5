"""Reading the organiser's collections: as far as they are published, and of practices that are."""

from datetime import datetime

from django.db.models import Count, Q, QuerySet
from django.shortcuts import get_object_or_404

from practices.models import CollectedPractice, Collection, Practice


def collections_with_numbers(*, at: datetime) -> QuerySet[Collection]:
    """Published collections with how many public practices each has; those with none are not shown."""
    public = Count("places", filter=Q(places__practice__published_at__isnull=False))
    return Collection.objects.published(at=at).annotate(in_bank=public).filter(in_bank__gt=0).order_by("order", "title")


def collection_for_reader(slug: str, *, at: datetime) -> Collection:
    """The gate to a collection's page: what is not published does not exist (404)."""
    return get_object_or_404(Collection.objects.published(at=at), slug=slug)


def places_of(collection: Collection) -> list[CollectedPractice]:
    """The collection's public practices in its order, each with the word on it; a constant number of queries."""
    places = list(collection.places.filter(practice__published_at__isnull=False))
    practices = Practice.objects.published().with_card().in_bulk([place.practice_id for place in places])
    for place in places:
        place.practice = practices[place.practice_id]
    return places
