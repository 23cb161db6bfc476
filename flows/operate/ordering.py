"""In which order the automations of our Prefect server see events: as they come, and none waits for one that is lost.

Prefect holds an event back for a quarter of an hour when the event that it follows has not been seen. Two of those
never come: that a run was scheduled, when the scheduler did it (it inserts its runs without a word), and whatever was
seen before the server was started again. A run of the schedule that began within five minutes of being planned, or that
went on over a restart, was told fifteen minutes late, or never; and the watch on dead runs took it for one.
"""

from contextlib import suppress

from prefect.server.events.ordering import EventArrivedEarly
from prefect.server.events.ordering.memory import CausalOrdering as _CausalOrdering
from prefect.server.events.schemas.events import ReceivedEvent


class CausalOrdering(_CausalOrdering):
    """The setting `server.events.causal_ordering` names this module, and the server looks for this name in it."""

    async def wait_for_leader(self, event: ReceivedEvent) -> None:
        """Wait while the event that this one follows is being processed, but not for one that has not come.

        The events of one server come in the order in which it published them: a leader that is not there is lost.
        """
        with suppress(EventArrivedEarly):
            await super().wait_for_leader(event)
            return
        await self.forget_follower(event)
