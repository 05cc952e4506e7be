"""What a company has to say → what people read elsewhere: comments, messages, feeds."""

from okrsite.feeds.diff import write_diff
from okrsite.feeds.files import feed_files

__all__ = ["feed_files", "write_diff"]
