import pytest

from committees.models import Region

TOWN = Region(code="539921100", name="云溪镇", short_name="云溪", level="township")
VILLAGE = Region(code="539921100201", name="柳坝村民委员会", short_name="柳坝村", level="village")


@pytest.mark.parametrize(
    ("region", "spot", "written"),
    [
        (TOWN, "老渡口", "云溪镇老渡口"),
        (TOWN, "云溪镇老街", "云溪镇老街"),
        (TOWN, "", "云溪镇"),
        (VILLAGE, "村口公交站", "柳坝村村口公交站"),
        (VILLAGE, "柳坝村文化室", "柳坝村文化室"),
        (Region(name="无名", short_name="", level="village"), "路口", "无名路口"),
    ],
)
def test_a_place_is_not_named_twice(region, spot, written):
    assert region.with_spot(spot) == written
