from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from django.db import transaction
from django.utils.translation import gettext_lazy as _


class AccountAdapter(DefaultAccountAdapter):
    """Allauth's way with people, with our one `name`, our words, and letters that wait for the commit."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": _("This account is switched off. Write to the organiser."),
        "duplicate_email": _("This is your address already."),
        "email_password_mismatch": _("The e-mail or the password is wrong. Check the keyboard layout and Caps Lock."),
        "email_taken": _("This e-mail address is registered already."),
        "enter_current_password": _("The present password is wrong."),
        "incorrect_password": _("The password is wrong. Check the keyboard layout and Caps Lock."),
        "invalid_password_reset": _("The link from the letter is no longer valid. Ask for a new one."),
        "rate_limited": _("Too many attempts. Wait a minute and try again."),
        "same_as_current": _("The new value is the same as the present one."),
        "too_many_login_attempts": _("Too many attempts to sign in. Wait five minutes and try again."),
        "unverified_primary_email": _("Confirm your e-mail address first."),
    }

    def save_user(self, request, user, form, commit=True):
        user = super().save_user(request, user, form, commit=False)
        user.name = form.cleaned_data.get("name", "")
        if commit:
            user.save()
        return user

    def send_mail(self, template_prefix, email, context):
        """Like `accounts.letters.send_letter`: after the commit, and a mail server that fails undoes nothing."""
        context = {"request": self.request, "email": email, "name": _known_by(email, context.get("user")), **context}
        letter = self.render_mail(template_prefix, email, context)
        transaction.on_commit(letter.send, robust=True)


def _known_by(email: str, user) -> str:
    """The name to greet with, once the address is confirmed: until then anybody may have typed both of them.

    Otherwise a stranger could have the portal write to any address whatever fits into a name.
    """
    is_confirmed = user and EmailAddress.objects.filter(user=user, email__iexact=email, verified=True).exists()
    return user.name if is_confirmed else ""
