from pathlib import Path

from creatorgraph.embeddings.encoder import Encoder
from creatorgraph.resolution.evaluation import evaluate
from creatorgraph.resolution.option import ResolveOptions
from creatorgraph.sample.congress import PROFILES, truth
from creatorgraph.services.resolve_file import resolve_files


def test_the_congress_sample_is_resolved_as_well_as_we_say(tmp_path: Path, encoder: Encoder) -> None:
    resolve_files([PROFILES], tmp_path, encoder=lambda: encoder, options=ResolveOptions())
    rows = (tmp_path / "clusters.csv").read_text().splitlines()[1:]
    found = evaluate(dict(row.split(",") for row in rows), {str(k): v for k, v in truth().items()})
    assert found.f1 >= 0.95
    assert found.largest_predicted <= 3 * found.largest_true
