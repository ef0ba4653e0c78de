"""
The program around Django: takes bodies in, lends a thread for the page, sends the answer, and carries the streams.

A page thread never waits for a network. Fifty phones that send one byte a second, and fifty that read nothing, cost
nobody else a thing.
"""

from .refusal import Refusal, Render
from .serve import serve
from .server import CannotListen

__all__ = ["CannotListen", "Refusal", "Render", "serve"]
