"""A question to a practice's team: kept first, then carried by letter, so that neither can be lost alone."""

from django.db import transaction

from accounts.letters import send_letter
from practices.adoption import organisers, team_of
from practices.models import AdoptionRequest, Practice
from practices.places import place_key


@transaction.atomic
def ask_to_adopt(practice: Practice, *, token, name, city, organisation, email, text, consent, at) -> bool:
    """Carry the question to the team, or to the organiser where there is none to reach; whether it went out now.

    The same form sent again (`token`) sends nothing. The answer goes straight to `email`: nobody's address is shown to
    the one who asks, and nothing is sent to an address that nobody has proved (docs/decisions/0027).
    """
    asked = {"name": name, "city": city, "city_key": place_key(city), "organisation": organisation, "email": email}
    request, is_new = AdoptionRequest.objects.get_or_create(
        token=token, defaults={**asked, "practice": practice, "text": text, "consent": consent, "sent_at": at}
    )
    if is_new:
        team = team_of(practice)
        context = {"request": request, "practice": practice, "has_team": bool(team)}
        for person in team or organisers():
            send_letter("adoption_request", to=person.email, reply_to=email, context=context)
    return is_new
