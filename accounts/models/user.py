from django.contrib.auth.models import AbstractUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _


class UserManager(BaseUserManager):
    """Creates people by e-mail: the portal has no user names."""

    use_in_migrations = True

    def create_user(self, email, password=None, **extra):
        user = self.model(email=email.strip().lower(), **extra)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email, password=None, **extra):
        return self.create_user(email, password, is_staff=True, is_superuser=True, **extra)


class User(AbstractUser):
    """A person who signs in: applicant, juror or organiser. What they may do follows from their rows elsewhere.

    `is_staff` marks the organiser; a juror is one by appointment to a contest (judging), never by a flag here.
    """

    username = None
    first_name = None
    last_name = None
    email = models.EmailField(_("e-mail"), unique=True)
    name = models.CharField(
        _("personal name"), max_length=200, blank=True, help_text=_("As letters should address you.")
    )

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = []

    objects = UserManager()

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="user_one_per_email",
                violation_error_message=_("This e-mail address is registered already."),
            ),
        ]

    def __str__(self):
        return self.name or self.email

    @property
    def alias(self) -> str:
        """Stands for this person in a browser: it tells nothing, and what is kept for one is not given to the next."""
        return salted_hmac("accounts.user.alias", str(self.pk)).hexdigest()[:16]

    @property
    def is_organiser(self) -> bool:
        return self.is_active and self.is_staff

    def owns_address(self, email: str) -> bool:
        """Whether the person has proved that letters to this address reach them."""
        return self.emailaddress_set.filter(email__iexact=email, verified=True).exists()

    def has_perm(self, perm, obj=None):
        """The organiser may use every page of the dashboard; nobody else holds rights by name."""
        return self.is_organiser

    def has_module_perms(self, app_label):
        return self.is_organiser

    def get_full_name(self):
        return self.name

    def get_short_name(self):
        return self.name
