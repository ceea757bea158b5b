"""Write the list of places: add, change and retire roads and points; import and export it."""

from rexian.places.services.lists import (
    carry_out_list,
    draft_list,
    drop_list,
    exported_list,
    list_template,
)
from rexian.places.services.points import add_point, change_point, retire_point
from rexian.places.services.roads import add_road, change_road, retire_road

__all__ = [
    "add_point",
    "add_road",
    "carry_out_list",
    "change_point",
    "change_road",
    "draft_list",
    "drop_list",
    "exported_list",
    "list_template",
    "retire_point",
    "retire_road",
]
