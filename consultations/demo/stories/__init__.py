"""What happened in 演示县: every story is a plot that the walk tells beside the others."""

from consultations.demo.stories.around import AROUND
from consultations.demo.stories.beginnings import BEGINNINGS
from consultations.demo.stories.bus import bus
from consultations.demo.stories.craft import craft
from consultations.demo.stories.endings import ENDINGS
from consultations.demo.stories.following_up import FOLLOWING_UP
from consultations.demo.stories.handling import HANDLING
from consultations.demo.stories.inbox import INBOX
from consultations.demo.stories.lift import lift
from consultations.demo.stories.meetings import MEETINGS
from consultations.demo.stories.outcomes import OUTCOMES
from consultations.demo.stories.rent import rent
from consultations.demo.stories.studio_life import studio_life

STORIES = (
    rent, bus, craft, lift, *BEGINNINGS, *MEETINGS, *OUTCOMES, *HANDLING, *ENDINGS, *INBOX,
    studio_life, *FOLLOWING_UP, *AROUND,
)  # fmt: skip

__all__ = ["STORIES"]
