"""A stage is used where it is whole and of the same key and code, and a run that cannot keep one goes on."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest

from creatorgraph.resolution.checkpoint import Kept
from creatorgraph.services import work_checkpoint
from creatorgraph.services.work_checkpoint import WorkCheckpoint, code_version
from creatorgraph.services.work_folder import WorkFolder

KEPT = Kept(
    arrays={
        "codes": np.arange(1000, dtype=np.int64) << 33,
        "rules": np.arange(1000, dtype=np.uint16),
        "levels": np.full((7, 3), -1, dtype=np.int8),
        "apart": np.array([True, False]),
        "none": np.zeros(0, dtype=np.uint64),
    },
    facts={"warnings": ["'müller', by 3"], "total": 2**53 + 1, "reports": [{"rule": "key", "hub_name": None}]},
)


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[WorkFolder]:
    with WorkFolder(tmp_path / ".work", inputs="a") as opened:
        yield opened


@pytest.fixture
def checkpoint(folder: WorkFolder) -> WorkCheckpoint:
    """One that keeps a stage."""
    kept = WorkCheckpoint(folder)
    kept.save("candidates", "key", KEPT)
    return kept


def test_what_is_kept_is_read_as_it_was(folder: WorkFolder, checkpoint: WorkCheckpoint) -> None:
    read = WorkCheckpoint(folder).load("candidates", "key")
    assert read is not None
    assert read.facts == KEPT.facts
    assert read.arrays.keys() == KEPT.arrays.keys()
    for name, array in KEPT.arrays.items():
        assert read.arrays[name].dtype == array.dtype
        np.testing.assert_array_equal(read.arrays[name], array)
    assert checkpoint.warnings == ()
    assert folder.file("candidates.npz").stat().st_mode & 0o077 == 0


def test_another_key_another_stage_and_other_code_find_nothing(
    checkpoint: WorkCheckpoint, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert checkpoint.load("candidates", "other key") is None
    assert checkpoint.load("patterns", "key") is None
    monkeypatch.setattr(work_checkpoint, "code_version", lambda: "of another day")
    assert checkpoint.load("candidates", "key") is None
    monkeypatch.undo()
    assert checkpoint.load("candidates", "key") is not None


def test_a_line_of_code_makes_another_version(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = tmp_path / "made_up_package" / "deep" / "signal.py"
    source.parent.mkdir(parents=True)
    (tmp_path / "made_up_package" / "__init__.py").touch()
    source.write_text("LEVEL = 1\n")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(work_checkpoint, "_CODE", ("made_up_package",))
    before = code_version.__wrapped__()
    assert code_version.__wrapped__() == before
    source.write_text("LEVEL = 2\n")
    assert code_version.__wrapped__() != before


def torn(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-100])


def changed(file: Path) -> None:
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(content)


@pytest.mark.parametrize("damage", [torn, changed, Path.unlink])
def test_a_damaged_stage_is_not_used_and_made_anew(
    folder: WorkFolder, checkpoint: WorkCheckpoint, damage: Callable[[Path], None]
) -> None:
    damage(folder.file("candidates.npz"))
    assert checkpoint.load("candidates", "key") is None
    checkpoint.save("candidates", "key", KEPT)
    assert checkpoint.load("candidates", "key") is not None


def test_the_mark_of_a_stage_goes_before_its_file_is_written_over(
    folder: WorkFolder, checkpoint: WorkCheckpoint, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopped(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(np, "savez", stopped)
    with pytest.raises(KeyboardInterrupt):
        checkpoint.save("candidates", "other key", KEPT)
    monkeypatch.undo()
    assert checkpoint.load("candidates", "key") is None
    assert checkpoint.load("candidates", "other key") is None


def test_a_full_disk_costs_the_checkpoint_and_not_the_run(tmp_path: Path) -> None:
    """In a process of its own, whose files may not grow past the size of a small stage."""
    script = (
        "import resource, sys\n"
        "from pathlib import Path\n"
        "import numpy as np\n"
        "from creatorgraph.resolution.checkpoint import Kept\n"
        "from creatorgraph.services.work_checkpoint import WorkCheckpoint\n"
        "from creatorgraph.services.work_folder import WorkFolder\n"
        "with WorkFolder(Path(sys.argv[1]), inputs='a') as folder:\n"
        "    kept = WorkCheckpoint(folder)\n"
        "    small, large = (Kept(arrays={'codes': np.arange(n)}) for n in (1_000, 100_000))\n"
        "    kept.save('candidates', 'old', small)\n"
        "    resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, resource.RLIM_INFINITY))\n"
        "    kept.save('candidates', 'new', large)\n"
        "    assert kept.load('candidates', 'new') is None and kept.load('candidates', 'old') is None\n"
        "    assert not folder.file('candidates.npz').exists()\n"
        "    kept.save('patterns', 'new', small)\n"
        "    assert kept.load('patterns', 'new') is not None\n"
        "    print(*kept.warnings, sep='\\n')\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path / "work")], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == [
        "the stage 'candidates' could not be kept (File too large): were this run killed, it would be done again"
    ]
