"""What a company has to say → what people read elsewhere: comments, messages, feeds."""

from okrsite.feeds.calendar import calendar_files
from okrsite.feeds.diff import write_diff
from okrsite.feeds.files import feed_files

__all__ = ["calendar_files", "feed_files", "write_diff"]
