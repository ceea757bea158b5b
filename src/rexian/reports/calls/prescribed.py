"""The words that would have been right: what a rule prescribes, filled in as far as is known."""

from __future__ import annotations

from rexian.standard.domain.guidance import Names
from rexian.standard.domain.pack.schema import AddressSpec, ProtocolSpec, Scene
from rexian.standard.domain.standards import Standard
from rexian.standard.domain.wording import Filler


class Prescribed:
    """The words of one standard's rules; who called whom is not known, and stays a blank."""

    def __init__(self, standard: Standard, language: str) -> None:
        self._rules = {rule.id: rule for rule in standard.pack.rules()}
        names = Names(company=str(standard.value("company") or ""))
        says_miss = bool(standard.value("address_xiaojie"))
        self._filler = Filler(standard.wordings, names, language, says_miss)

    def words(self, rule: str, channel: str) -> tuple[str, ...]:
        """Return what a rule wants said on a channel, none where it prescribes no words."""
        sentences = self._sentences(self._rules.get(rule), channel)
        return tuple(one.text for one in self._filler.fill_all(sentences))

    def _sentences(self, rule: object, channel: str) -> tuple[str, ...]:
        if isinstance(rule, Scene):
            steps = (rule.own_words(), *(rule.guide.steps if rule.guide else ()))
            said = (one.say_in.get(channel, one.say) for one in steps)
            return next((one for one in said if one), ())
        if isinstance(rule, AddressSpec):
            return rule.say
        if isinstance(rule, ProtocolSpec):
            return tuple(words for step in rule.steps for words in step.say)
        return ()
