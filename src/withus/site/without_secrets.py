"""What goes wrong is written to the log with the page's kind, never with the address that was asked for: an address may be a key."""

import logging

from django.http import HttpRequest


class WithoutSecrets(logging.Filter):
    """`at/<slug:address>/me` in place of the path; a page that is not there has no kind."""

    def filter(self, record: logging.LogRecord) -> bool:
        request = getattr(record, "request", None)
        if isinstance(request, HttpRequest) and isinstance(record.args, tuple):
            match = request.resolver_match
            kind = match.route if match is not None else "-"
            secret = {request.path, request.path_info, request.get_full_path()}
            record.args = tuple(kind if one in secret else one for one in record.args)
        return True
