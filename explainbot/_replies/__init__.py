"""The ways a reply is read: left untouched, whole, line by line, or streamed in server-sent events.

Each takes the reply's bytes and gives the customer's; `BegunReply` chooses among them.
"""

from explainbot._replies.begun import BegunReply, UntouchedReply
from explainbot._replies.texts import MAX_EXPLAINED, Said

__all__ = ["MAX_EXPLAINED", "BegunReply", "Said", "UntouchedReply"]
