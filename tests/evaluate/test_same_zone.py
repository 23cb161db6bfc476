"""Names of one development zone are the same, names of two are not."""

import pytest

from tasks.evaluate.zones import is_zone


@pytest.mark.parametrize(
    ("name", "accepted"),
    [
        ("长治高新区", "长治高新技术产业开发区"),
        ("长治市高新区", "长治高新区"),
        ("朔州经济开发区", "朔州经开区"),
        ("侯马 经济技术开发区", "侯马开发区"),
        ("太原武宿综保区", "太原武宿综合保税区"),
        ("太谷县农业示范区", "太谷现代农业产业示范区"),
        ("大同市", "大同市"),
        ("山西省", "山西省"),
    ],
)
def test_short_and_official_names_are_the_same(name: str, accepted: str) -> None:
    assert is_zone(name, ["阳泉高新区", accepted])
    assert is_zone(accepted, [name])


@pytest.mark.parametrize(
    ("name", "accepted"),
    [
        (None, "长治高新区"),
        ("", "长治高新区"),
        ("长治经开区", "长治高新区"),
        ("阳泉高新区", "长治高新区"),
        ("大同市", "大同开发区"),
    ],
)
def test_another_place_or_family_is_another_zone(name: str | None, accepted: str) -> None:
    assert not is_zone(name, [accepted])
