"""A table from Word, Excel or a CSV file goes into a table of the form, after a person has checked its columns.

Three steps at one address: bring it (a page of its own, or the clipboard that a script sends), check it, insert it.
With every refusal what was pasted comes back to be sent again.
"""

from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _, ngettext
from django.views.decorators.http import require_http_methods
from django_htmx.http import HttpResponseClientRedirect

from accounts.verdicts import Refused, require
from practices import blocks, services
from practices.forms.pasting import CheckForm, PasteForm, grid_of, problem_of
from practices.forms.rows import Gone, Removed
from practices.models import Passport
from practices.pasted import Grid, Unreadable
from practices.permissions import can_edit_section
from practices.queries import ReadSection, passport_for, section_for
from practices.views.sections import removal_key


@dataclass
class Paste:
    """What one request works on. `row`: the one that the table was pasted into, if it was."""

    request: HttpRequest
    passport: Passport
    section: ReadSection
    table: blocks.Table

    @property
    def back_url(self) -> str:
        return reverse("practices:section_edit", args=[self.passport.application.key, self.section.code])

    @property
    def rows(self) -> list[dict]:
        return self.section.content["tables"].get(self.table.name, [])

    @property
    def version(self) -> int:
        return self.section.section.version

    def check(self, grid: Grid, data=None) -> CheckForm:
        row = self.request.GET.get("row", "")
        return CheckForm(data, grid=grid, table=self.table, rows=self.rows, row=row, version=self.version)


@require_http_methods(["GET", "HEAD", "POST"])
def section_paste(request: HttpRequest, key: str, code: str) -> HttpResponse:
    """Bring a table, or check and insert the one that was brought."""
    passport = passport_for(request.user, key)
    section = section_for(passport, code)
    paste = Paste(request, passport, section, _table_of(section, request.GET.get("table", "")))
    if request.method == "POST" and "grid" in request.POST:
        return _insert(paste)
    require(can_edit_section(request.user, passport, code, at=timezone.now()))
    form = PasteForm(request.POST, request.FILES) if request.method == "POST" else PasteForm()
    if form.is_valid():
        return _show(paste, check=paste.check(form.cleaned_data["grid"]))
    return _show(paste, form=form, status=422 if form.is_bound else 200)


def _insert(paste: Paste) -> HttpResponse:
    """Save the section with the pasted rows, unless somebody saved it since it was checked."""
    request, section, name = paste.request, paste.section, paste.table.name
    try:
        grid = grid_of(request.POST)
    except Unreadable as unreadable:
        return _show(paste, form=PasteForm(), problem=problem_of(unreadable), status=400)
    form = paste.check(grid, request.POST)
    if not form.is_valid():
        overtaken = form.cleaned_data.get("version", paste.version) != paste.version  # the row may be gone by now
        return _overtaken(paste, form) if overtaken else _show(paste, check=form, status=422)
    content = {**section.content, "tables": {**section.content["tables"], name: form.placed}}
    content.pop("nothing", None)
    seen = form.cleaned_data["version"]
    try:
        services.save_section(paste.passport, section.code, content, seen=seen, by=request.user, at=timezone.now())
    except services.Conflict as conflict:
        paste.section.section = conflict.theirs
        return _overtaken(paste, form)
    except Refused as refusal:
        return _show(paste, check=form, problem=refusal.reason, status=403)
    except (blocks.ShapeError, services.ContentTooLarge):
        problem = _("With these rows the table becomes too large: %(limit)s rows can stand in it.")
        return _show(paste, check=form, problem=problem % {"limit": blocks.MAX_ROWS}, status=422)
    return _inserted(paste, form)


def _overtaken(paste: Paste, form: CheckForm) -> HttpResponse:
    """The same choices over the section as it is now; its writer sees them before they are sent again."""
    data = form.data.copy()
    data["version"] = str(paste.version)
    again = paste.check(form.grid, data)
    if "place" in again.errors:
        data["place"] = "end"
        again = paste.check(form.grid, data)
    problem = _("The section was changed in the meantime. Look at the rows and insert them again.")
    return _show(paste, check=again, problem=problem, status=409)


def _inserted(paste: Paste, form: CheckForm) -> HttpResponse:
    """Back to the section, which offers to undo the paste."""
    before = Gone(paste.table.name, 0, "", paste.table.clean(paste.rows), is_table=True)
    paste.request.session[removal_key(paste.passport, paste.section.code)] = Removed((before,)).carried
    count = len(form.new_rows)
    said = ngettext("%(count)s row is inserted.", "%(count)s rows are inserted.", count) % {"count": count}
    if form.left_out:
        left_out = _("Left out: %(columns)s.") % {"columns": ", ".join(form.left_out)}
        said = f"{said} {left_out}"
    messages.success(paste.request, said)
    address = f"{paste.back_url}#table-{paste.table.name}"
    return HttpResponseClientRedirect(address) if paste.request.htmx else redirect(address)


def _table_of(section: ReadSection, name: str) -> blocks.Table:
    """The table to paste into, by its name or the only one; 404 where there is none that can grow."""
    shape = section.template.shape
    tables = [table for table in getattr(shape, "tables", ()) if not table.single_row]
    found = next((table for table in tables if table.name == name or (not name and len(tables) == 1)), None)
    if found is None:
        raise Http404
    return found


def _show(paste: Paste, *, check=None, form=None, problem="", status=200) -> HttpResponse:
    application = paste.passport.application
    context = {
        "application": application,
        "section": paste.section,
        "table": paste.table,
        "back_url": paste.back_url,
        "check": check,
        "form": form,
        "problem": problem,
        "nav": "applications",
    }
    page = "practices/_paste.html" if paste.request.htmx else "practices/section_paste.html"
    return render(paste.request, page, context, status=status)
