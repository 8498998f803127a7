"""Calls functions of Python files with given arguments, in a process of its own: `python call.py`.

It reads one JSON object on standard input, `{"calls": [[file, function, [arguments by name, …]], …]}`, and answers with
`{"answers": [[result, …], …]}`, where a result is a number, nested lists of them, or `{"error": text}`. It imports
nothing of the package, so that a snippet sees an interpreter as fresh as a reader's.
"""

import importlib.util
import inspect
import json
import os
import sys
import warnings
from pathlib import Path
from typing import Any

import numpy as np


def load(file: str) -> Any:
    """A file as a module; what it imports from its own folder is found there."""
    path = Path(file)
    sys.path.insert(0, str(path.parent))
    try:
        spec = importlib.util.spec_from_file_location(path.stem, path)
        assert spec is not None
        assert spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        # Others that import it get this one.
        sys.modules.setdefault(path.stem, module)
        spec.loader.exec_module(module)
        return module
    finally:
        sys.path.remove(str(path.parent))


def called(function: Any, arguments: dict[str, Any]) -> Any:
    """What a function returns, as JSON can say it; or why it returned nothing."""
    try:
        given = {name: np.array(value) if isinstance(value, list) else value for name, value in arguments.items()}
        listed = inspect.signature(function).parameters.values()
        first = [given.pop(each.name) for each in listed if each.kind is each.POSITIONAL_ONLY and each.name in given]
        result = function(*first, **given)
        array = np.asarray(result)
        if array.dtype.kind not in "fiub":
            return {"error": f"it returns {type(result).__name__} of {array.dtype}, not real numbers"}
        return array.tolist()
    except BaseException as error:  # noqa: BLE001 - a snippet may raise what it likes, or exit; all of it is reported
        return {"error": f"it raises {type(error).__name__}: {error}"}


def main() -> None:
    """Answer one request."""
    # The answer goes where nothing else can: what the snippets print would mix with it.
    answer = os.dup(1)
    os.dup2(2, 1)
    warnings.simplefilter("ignore")
    np.seterr(all="ignore")
    request = json.loads(sys.stdin.buffer.read())
    modules: dict[str, Any] = {}
    answers = []
    for file, name, arguments in request["calls"]:
        try:
            if file not in modules:
                modules[file] = load(file)
            function = getattr(modules[file], name)
        except BaseException as error:  # noqa: BLE001 - as above, and a file may exit
            answers.append([{"error": f"it raises {type(error).__name__}: {error}"}])
            continue
        answers.append([called(function, each) for each in arguments])
    with os.fdopen(answer, "wb") as out:
        out.write(json.dumps({"answers": answers}).encode())


if __name__ == "__main__":
    main()
