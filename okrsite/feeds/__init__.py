"""What a company has to say → what people read elsewhere: comments, messages, feeds."""

from okrsite.feeds.diff import write_diff

__all__ = ["write_diff"]
