"""A hotline in full swing, for pictures and for those who look at its pages.

Customers and agents come through the public doors, as everybody does; when the scene is over they
have all gone, so that whoever comes next finds nobody in the queue.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

from rexian.simulation.doors import DeskDoor, PortalDoor, Refused

HOTLINE = "huatong"
SERVING, RESTING = "wangfang", "wuting"


class Desk(DeskDoor):
    """An agent's desk, with how the agent stands."""

    def stand(self, state: str, reason: str = "") -> None:
        """Be on a break, or gone."""
        self._does("/desk/presence", state=state, reason=reason)

    def keep_phrase(self, shortcut: str, text: str) -> None:
        """Keep a phrase of one's own; one that is there already stays."""
        sent = {"shortcut": shortcut, "text": text, "unit": "", **self._token()}
        with suppress(Refused):
            self._browser.send("/desk/phrases/", sent, Accept="text/html")


@dataclass
class Scene:
    """A hotline with people in it; ``named`` says where to find them."""

    address: str
    agent: Desk
    customers: list[PortalDoor] = field(default_factory=list)
    named: dict[str, str] = field(default_factory=dict)

    def comes(self, name: str, text: str, *, queue: str = "general", number: str = "") -> int:
        """Have a customer come, and return the contact; ``name`` is how it is found."""
        customer = PortalDoor(self.address, HOTLINE)
        customer.arrive(queue=queue, text=text, name=_CALLED.get(name, ""), number=number)
        self.customers.append(customer)
        contact = customer.key.partition("-")[0]
        self.named |= {name: customer.key, f"{name}_contact": contact}
        return int(contact)

    def served(self, name: str, text: str, *lines: str, **values: str) -> int:
        """Have a customer come and be served: lines of agent and customer in turn."""
        contact = self.comes(name, text, **values)
        customer = self.customers[-1]
        self.agent.move(contact, "accept")
        for at, line in enumerate(lines):
            if at % 2:
                customer.say(line)
            else:
                self.agent.say(contact, line)
        return contact


_CALLED = {"talking": "周敏", "urgent": "陈国栋", "done": "林晓", "waiting": "何建"}


@contextmanager
def busy_hotline(address: str, password: str) -> Iterator[Mapping[str, str]]:
    """Have customers come, wait, talk and go; yield the keys of their conversations by name."""
    agents = {name: Desk(address) for name in (SERVING, RESTING)}
    for name, agent in agents.items():
        agent.sign_in(name, password)
    scene = Scene(address, agents[SERVING])
    agents[RESTING].stand("break", "meal")
    agents[SERVING].be_ready()
    try:
        _play(scene)
        yield scene.named
    finally:
        for customer in scene.customers:
            with suppress(Refused):  # has gone already
                customer.leave()
        for agent in agents.values():
            agent.stand("offline")


def _play(scene: Scene) -> None:
    agent = scene.agent
    agent.keep_phrase("etc", "ETC 扣费有疑问，请您提供车牌号和通行时间，我来查询。")
    agent.keep_phrase("fp", "通行费电子发票可在“票根”平台凭车牌号开具。")
    done = scene.served(
        "done",
        "请问 ETC 扣费不对找谁？",
        "您好！很高兴为您服务，请问有什么可帮您？",
        "昨天从柳村上高速，多扣了二十块。",
        "请您稍等，我马上为您查询。",
        "好的",
        "已经查到了，多扣的费用三个工作日内退回原卡。请问还有什么可以帮助您？",
        "没有了，谢谢，再见",
        "感谢您的来电，再见！",
    )
    agent.move(done, "end", reason="other")
    values = {"value.matter": "ETC 多扣二十元，三个工作日内退回原卡。", "value.result": "answered"}
    agent.save_record(done, {"category": "enquiry-fee", "version": "0", **values})
    agent.move(done, "finish")
    scene.served(
        "urgent",
        "追尾了，车停在应急车道。",
        "请您和乘客先撤到护栏外，注意安全。请问您在什么位置？",
        "杭瑞往临川方向，刚过石塘服务区。",
        queue="emergency",
        number="13912345678",
    )
    scene.served("other", "请问春节免费通行是哪几天？", "您好！很高兴为您服务。")
    scene.served(
        "talking",
        "请问从江城去临川，哪里有充电桩？",
        "您好！很高兴为您服务，请问有什么可帮您？",
        "我的电车只剩三十公里了，我的电话是13812345678。",
        number="13812345678",
    )
    scene.comes("waiting", "我要投诉，收费员态度很差！", queue="complaints")
