"""Files beside a passport: added, described, offered for publication, removed; and given to whoever may read them."""

from functools import partial

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.defaultfilters import filesizeformat
from django.utils import timezone
from django.utils.translation import gettext as _, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.verdicts import require
from competition.permissions import can_consent, can_edit
from competition.queries import published_categories
from practices import services, tasks
from practices.documents import attached, attached_sentences
from practices.forms.attachments import AttachForm, DescribeForm
from practices.models import Passport
from practices.queries import CATEGORY_OF, attachment_for, attachments_of, passport_for, published_attachment_for
from practices.services.attachments import MAX_APPLICATION_BYTES, MAX_FILE_BYTES, MAX_FILES, MIB
from practices.views import files


@require_http_methods(["GET", "HEAD", "POST"])
def attachment_list(request: HttpRequest, key: str) -> HttpResponse:
    """The files of an application, and the way to add more, several in one go.

    A script that shows how far each file is sends them one by one and asks for JSON.
    """
    passport = passport_for(request.user, key)
    form = AttachForm()
    refused: list[tuple[str, str]] = []
    if request.method == "POST":
        require(can_edit(request.user, passport.application, at=timezone.now()))
        form = AttachForm(request.POST, request.FILES)
        added = 0
        for upload in form.cleaned_data["files"] if form.is_valid() else ():
            if sentence := _attach(passport, upload, by=request.user):
                refused.append((upload.name, sentence))
            else:
                added += 1
        if request.headers.get("Accept") == "application/json":
            problems = [sentence for _name, sentence in refused] + form.errors.get("files", [])
            return JsonResponse({"problems": problems}, status=422 if problems else 200)
        if added:
            done = ngettext("%(count)s file is added.", "%(count)s files are added.", added)
            messages.success(request, done % {"count": added})
        if form.is_valid() and not refused:
            return redirect("practices:attachment_list", key=key)
    return _page(request, passport, form=form, refused=refused)


def _attach(passport: Passport, upload, *, by) -> str:
    """Keep an upload, which may be too large to be read at all; return the sentence when it is not taken."""
    if upload.size > MAX_FILE_BYTES:
        return attached_sentences.refusal("too_large", limit=MAX_FILE_BYTES // MIB)
    return attach(passport, data=upload.read(), file_name=upload.name, by=by)


def attach(passport: Passport, *, data: bytes, file_name: str, by, word_import=None) -> str:
    """Keep one file, with its preview soon; return the sentence for its sender when it is not taken."""
    try:
        kept = services.attach_file(
            passport, data=data, file_name=file_name, kind=None, by=by, at=timezone.now(), word_import=word_import
        )
    except attached.RefusedAttachment as refusal:
        return attached_sentences.refusal(refusal.reason, limit=MAX_FILE_BYTES // MIB)
    except services.AttachmentExists as exists:
        return _("This file is attached already, as “%(name)s”.") % {"name": exists.attachment.file_name}
    except services.NoRoom as full:
        return _no_room(full)
    if not kept.preview:
        tasks.draw_preview.enqueue(kept.pk)
    return ""


def _no_room(full: services.NoRoom) -> str:
    if full.count >= MAX_FILES:
        return _("The application has %(count)s files already, no more are taken.") % {"count": full.count}
    return _("The files of an application may have %(limit)s MB together; there are %(size)s already.") % {
        "limit": MAX_APPLICATION_BYTES // MIB,
        "size": filesizeformat(full.size),
    }


def _page(request, passport: Passport, *, form, refused=(), described: tuple | None = None) -> HttpResponse:
    """`described` is a file and its form that was not taken as it was filled in."""
    application = passport.application
    edit = can_edit(request.user, application, at=timezone.now())
    consent = can_consent(request.user, application)
    categories = published_categories(application)
    rows = []
    for attachment in attachments_of(passport):
        about = DescribeForm(attachment=attachment, may_describe=bool(edit), may_offer=bool(consent))
        if described and described[0].pk == attachment.pk:
            about = described[1]
        rows.append((attachment, about, CATEGORY_OF[attachment.kind] in categories))
    context = {
        "application": application,
        "rows": rows,
        "form": form,
        "refused": refused,
        "edit": edit,
        "consent": consent,
        "offers_publication": application.contest.clauses.exists(),
        "size": sum(attachment.size for attachment, _about, _is_covered in rows),
        "limits": {"file": MAX_FILE_BYTES // MIB, "all": MAX_APPLICATION_BYTES // MIB, "count": MAX_FILES},
        "nav": "applications",
    }
    failed = refused or form.errors or described
    return render(request, "practices/attachment_list.html", context, status=422 if failed else 200)


@require_POST
def attachment_edit(request: HttpRequest, key: str, token) -> HttpResponse:
    """Say what a file is and shows, and whether it may be published: each by whom it belongs to."""
    now = timezone.now()
    passport = passport_for(request.user, key)
    attachment = attachment_for(passport, token)
    edit = can_edit(request.user, passport.application, at=now)
    consent = can_consent(request.user, passport.application)
    require(edit or consent)
    form = DescribeForm(request.POST, attachment=attachment, may_describe=bool(edit), may_offer=bool(consent))
    if not form.is_valid():
        return _page(request, passport, form=AttachForm(), described=(attachment, form))
    said = form.cleaned_data
    if edit:
        services.describe_attachment(attachment, caption=said["caption"], kind=said["kind"], by=request.user, at=now)
    if consent:
        services.offer_attachment(attachment, for_publication=said["for_publication"], by=request.user, at=now)
    messages.success(request, _("Saved: “%(name)s”.") % {"name": attachment.file_name})
    return redirect("practices:attachment_list", key=key)


@require_http_methods(["GET", "HEAD", "POST"])
def attachment_remove(request: HttpRequest, key: str, token) -> HttpResponse:
    """Take a file away, after a question: there is no way back from it."""
    now = timezone.now()
    passport = passport_for(request.user, key)
    attachment = attachment_for(passport, token)
    require(can_edit(request.user, passport.application, at=now))
    if request.method == "POST":
        services.remove_attachment(attachment, by=request.user, at=now)
        messages.success(request, _("The file “%(name)s” is removed.") % {"name": attachment.file_name})
        return redirect("practices:attachment_list", key=key)
    context = {"application": passport.application, "attachment": attachment, "nav": "applications"}
    return render(request, "practices/attachment_remove.html", context)


@require_safe
def attachment_file(request: HttpRequest, key: str, token) -> HttpResponse:
    """The file, for whoever may read the passport in the cabinet."""
    attachment = attachment_for(passport_for(request.user, key), token)
    return files.kept_privately(files.attachment_response(attachment))


@require_safe
def attachment_preview(request: HttpRequest, key: str, token) -> HttpResponse:
    """Its small picture."""
    attachment = attachment_for(passport_for(request.user, key), token)
    return files.kept_privately(files.preview_response(attachment))


@login_not_required
@require_safe
def practice_file(request: HttpRequest, slug: str, token) -> HttpResponse:
    """A file of a public practice, for everybody, while there is a consent to it."""
    attachment = published_attachment_for(slug, token)
    return files.asked_for_again(request, partial(files.attachment_response, attachment), mark=attachment.sha256)


@login_not_required
@require_safe
def practice_file_preview(request: HttpRequest, slug: str, token) -> HttpResponse:
    """The small picture of it."""
    attachment = published_attachment_for(slug, token)
    mark = f"{attachment.sha256}-preview"
    return files.asked_for_again(request, partial(files.preview_response, attachment), mark=mark)
