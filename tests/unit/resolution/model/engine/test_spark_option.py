"""Spark's settings: loopback and temporary on one machine, explicit on a cluster."""

from pathlib import Path

import pytest

from creatorgraph.domain.error import InvalidInputError
from creatorgraph.resolution.model.engine.spark_option import SparkOptions


def test_on_this_machine_spark_listens_on_loopback_and_writes_below_its_folder(tmp_path: Path) -> None:
    properties = SparkOptions(threads=3, memory="900m").properties(tmp_path)
    assert properties["spark.master"] == "local[3]"
    assert properties["spark.driver.memory"] == "900m"
    assert {properties["spark.driver.host"], properties["spark.driver.bindAddress"]} == {"127.0.0.1"}
    assert properties["spark.ui.enabled"] == "false"
    assert properties["spark.authenticate"] == "true"
    assert properties["spark.local.dir"].startswith(str(tmp_path))
    assert properties["spark.sql.warehouse.dir"].startswith(tmp_path.as_uri())


def test_all_cores_unless_told_otherwise(tmp_path: Path) -> None:
    assert SparkOptions().properties(tmp_path)["spark.master"] == "local[*]"


def test_a_cluster_keeps_its_own_scratch_disks_and_secret(tmp_path: Path) -> None:
    options = SparkOptions(master="spark://head:7077", folder=tmp_path, driver_host="10.0.0.7")
    properties = options.properties(tmp_path)
    assert properties["spark.master"] == "spark://head:7077"
    assert properties["spark.driver.bindAddress"] == "10.0.0.7"
    assert not {"spark.local.dir", "spark.authenticate"} & properties.keys()


@pytest.mark.parametrize(
    ("options", "setting"),
    [
        ({"memory": "much"}, "CREATORGRAPH_SPARK_MEMORY"),
        ({"memory": "0g"}, "CREATORGRAPH_SPARK_MEMORY"),
        ({"folder": Path("not/there")}, "CREATORGRAPH_SPARK_FOLDER"),
        ({"master": "spark://head:7077", "driver_host": "10.0.0.7"}, "CREATORGRAPH_SPARK_FOLDER"),
        ({"master": "spark://head:7077", "folder": Path()}, "CREATORGRAPH_SPARK_DRIVER_HOST"),
        ({"master": "yarn", "folder": Path()}, "CREATORGRAPH_SPARK_DRIVER_HOST"),
    ],
)
def test_what_cannot_work_is_refused_with_the_setting_named(options: dict[str, object], setting: str) -> None:
    with pytest.raises(InvalidInputError) as raised:
        SparkOptions(**options)  # type: ignore[arg-type]
    assert raised.value.where == setting
    assert raised.value.mend


def test_a_cluster_on_this_machine_may_stay_on_loopback(tmp_path: Path) -> None:
    assert not SparkOptions(master="spark://127.0.0.1:7077", folder=tmp_path).is_local
