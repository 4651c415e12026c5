"""The form that starts an application: where, in which nomination, in whose name."""

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Layout
from django import forms
from django.utils.translation import gettext_lazy as _

from competition.enums import OrganisationKind, TrackCode
from competition.models import Nomination, Organisation, Territory
from practices.documents.word_keys import key
from practices.models import Passport, Practice
from practices.queries import open_tracks

NEW = "new"
NOBODY = "nobody"


class TrackRadios(forms.RadioSelect):
    """Says in the page which track is of adoption, so that the style can ask for the donor only there."""

    def create_option(self, name, value, *args, **kwargs):
        option = super().create_option(name, value, *args, **kwargs)
        if value.instance.needs_donor:
            option["attrs"]["data-needs-donor"] = True
        return option


class DonorField(forms.ModelChoiceField):
    def label_from_instance(self, practice):
        return f"{practice.card_title} — {practice.territory.name}, {practice.contest.year}"


class StartForm(forms.Form):
    """What must be known before the first section. Everything but the track can be read off the passport later."""

    track = forms.ModelChoiceField(label=_("Track"), queryset=None, empty_label=None, widget=TrackRadios)
    donor = DonorField(
        label=_("Donor practice"),
        queryset=Practice.objects.none(),
        required=False,
        empty_label=_("Choose a practice of the bank"),
        help_text=_("The practice that your city adopted; only for the track of adoption."),
    )
    title = forms.CharField(
        label=_("Name of the practice"),
        max_length=500,
        help_text=_("Can be changed later, in the first section of the passport."),
        error_messages={"required": _("Write the name of the practice.")},
    )
    nomination = forms.ModelChoiceField(
        label=_("Nomination"),
        queryset=None,
        empty_label=_("Choose a nomination"),
        error_messages={"required": _("Choose a nomination.")},
    )
    territory = forms.ModelChoiceField(
        label=_("City"),
        queryset=Territory.objects.all(),
        empty_label=_("Choose a city"),
        help_text=_("Where the practice was carried out."),
        error_messages={"required": _("Name the city where the practice was carried out.")},
    )
    organisation = forms.ChoiceField(label=_("On whose behalf"), widget=forms.RadioSelect)
    organisation_name = forms.CharField(
        label=_("Name of the organisation"),
        max_length=300,
        required=False,
        help_text=_("Only for an organisation that is not on the list above."),
    )
    organisation_kind = forms.ChoiceField(label=_("Who it is"), choices=OrganisationKind, required=False)

    def __init__(self, *args, user, at, **kwargs):
        super().__init__(*args, **kwargs)
        tracks = open_tracks(at=at)
        self.fields["track"].queryset = tracks
        self.fields["nomination"].queryset = Nomination.objects.filter(contest__tracks__in=tracks).distinct()
        self.own = {str(own.pk): own for own in Organisation.objects.filter(members=user).select_related("territory")}
        self.fields["organisation"].choices = [
            *((pk, f"{own.name} ({own.territory.name})") for pk, own in self.own.items()),
            (NEW, _("Another organisation")),
            (NOBODY, _("Without an organisation: an initiative group or a citizen")),
        ]
        self.fields["organisation"].initial = next(iter(self.own), NEW)
        self.fields["track"].initial = next(iter(tracks), None)
        if any(track.code == TrackCode.ADOPTION for track in tracks):
            self.fields["donor"].queryset = Practice.objects.published().select_related("territory", "contest")
        else:
            del self.fields["donor"]

    @property
    def helper(self):
        helper = FormHelper()
        helper.form_tag = False
        helper.disable_csrf = True
        donor = [Div("donor", css_class="start-donor")] if "donor" in self.fields else []
        helper.layout = Layout(
            "track",
            *donor,
            "title",
            "nomination",
            "territory",
            "organisation",
            Div("organisation_name", "organisation_kind", css_class="start-organisation"),
        )
        return helper

    def clean_title(self):
        return " ".join(self.cleaned_data["title"].split())

    def clean_organisation_name(self):
        return " ".join(self.cleaned_data["organisation_name"].split())

    def clean(self):
        cleaned = super().clean()
        track = cleaned.get("track")
        if track and cleaned.get("nomination") and cleaned["nomination"].contest_id != track.contest_id:
            self.add_error("nomination", _("This nomination belongs to another year."))
        if track and track.needs_donor and not cleaned.get("donor") and "donor" not in self.errors:
            self.add_error("donor", _("Choose the practice that your city adopted."))
        if track and not track.needs_donor:
            cleaned["donor"] = None
        if cleaned.get("organisation") == NEW:
            self._clean_new_organisation(cleaned)
        return cleaned

    def _clean_new_organisation(self, cleaned):
        if not cleaned.get("organisation_name") and "organisation_name" not in self.errors:
            self.add_error("organisation_name", _("Write the name of the organisation."))
        if not cleaned.get("organisation_kind") and "organisation_kind" not in self.errors:
            self.add_error("organisation_kind", _("Say what kind of organisation it is."))

    @property
    def new_organisation(self) -> dict | None:
        """The organisation to be registered first, or None."""
        if self.cleaned_data["organisation"] != NEW:
            return None
        return {
            "name": self.cleaned_data["organisation_name"],
            "kind": self.cleaned_data["organisation_kind"],
            "territory": self.cleaned_data["territory"],
        }

    @property
    def organisation_of_mine(self) -> Organisation | None:
        return self.own.get(self.cleaned_data["organisation"])


def chosen_before(passport: Passport, tracks, *, user) -> dict:
    """What an earlier application chose, as far as this year has the same: by names, for years share no rows."""
    application = passport.application
    track = next((track for track in tracks if track.code == application.track_code), None) or next(iter(tracks), None)
    nominations = Nomination.objects.filter(contest__tracks__in=tracks).distinct()
    same = key(application.nomination.title) if application.nomination else ""
    organisation = application.organisation
    chosen = {
        "track": track,
        "title": application.title,
        "territory": application.territory,
        "nomination": next((nomination for nomination in nominations if key(nomination.title) == same), None),
        "donor": passport.donor if passport.donor and passport.donor.published_at else None,
        "organisation": NOBODY,
    }
    if organisation and organisation.members.filter(pk=user.pk).exists():
        chosen["organisation"] = str(organisation.pk)
    elif organisation:
        chosen |= {"organisation": NEW, "organisation_name": organisation.name, "organisation_kind": organisation.kind}
    return chosen
