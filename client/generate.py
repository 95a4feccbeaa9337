"""Makes the partners' Python client from openapi.json.

python -m client.generate FOLDER   writes the package there, in the place of what lies there
"""

import argparse
import os
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
DOCUMENT = HERE.parent / "openapi.json"
PROGRAMS = HERE.parent / ".venv-client" / "bin"
"""The generator has an environment of its own (requirements/client.txt), as it wants other versions than we do."""


def generator() -> Path | None:
    """The generator's program; None where `make client` has not installed it."""
    program = PROGRAMS / "openapi-python-client"
    return program if program.exists() else None


def generate(folder: Path) -> str:
    """Writes the package `creatorgraph_client` and its pyproject.toml into `folder`; what the generator had to say.

    Raises:
        FileNotFoundError: the generator is not installed.
        subprocess.CalledProcessError: it did not end well.
    """
    program = generator()
    if program is None:
        raise FileNotFoundError(f"there is no {PROGRAMS / 'openapi-python-client'}: run `make client`")
    command: list[str | Path] = [program, "generate", "--meta", "uv", "--overwrite"]
    command += ["--path", DOCUMENT, "--config", HERE / "config.yml", "--output-path", folder]
    done: subprocess.CompletedProcess[str] = subprocess.run(  # noqa: S603 - a program and files of ours
        command,
        # the generator calls ruff by its name
        env={**os.environ, "PATH": f"{PROGRAMS}{os.pathsep}{os.environ.get('PATH', '')}"},
        check=True,
        capture_output=True,
        text=True,
    )
    return done.stdout


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    sys.stdout.write(generate(parser.parse_args().folder))
