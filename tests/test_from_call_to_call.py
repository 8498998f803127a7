"""What distinguishes one call of a snippet's function from the next is seen, whatever it returns."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import pytest

from verimath.code.process import run
from verimath.code.returned import CALLER

HEAD = """\
import builtins, contextvars, ctypes, decimal, gc, glob, inspect, math, os, platform, posix, sys, threading
import traceback, uuid
import numpy as np
from concurrent.futures import ThreadPoolExecutor
from fractions import Fraction
from functools import lru_cache
from itertools import count
from pathlib import Path
from types import ModuleType
"""
ADDRESS, CALLER_OF, MEMORY = "where an object lies in memory", "looks at who calls it", "how much memory is used"
THREAD, CLOCK, MACHINE = "starts a thread", "reads the clock", "in which process, or where, it runs"

# What a function does before it returns its argument, what stands before it, and what is said of it.
SEEN: dict[str, tuple[str, str, str]] = {
    "address": ("id(x)", "", ADDRESS),
    "address_by_another_name": ("[*map(where, [x])]", "where = id", ADDRESS),
    "caller": ("sys._getframe(1)", "", CALLER_OF),
    "caller_inspected": ("inspect.currentframe()", "", CALLER_OF),
    "stack": ("inspect.stack()", "", CALLER_OF),
    "trace": ("traceback.extract_stack()", "", CALLER_OF),
    "of_an_error": ("""
    try:
        1 / 0
    except ZeroDivisionError as error:
        error.__traceback__.tb_frame""", "", CALLER_OF),
    "of_a_generator": ("(each for each in [1]).gi_frame", "", CALLER_OF),
    "profile": ("sys.setprofile(None)", "", CALLER_OF),
    "traced": ("sys.settrace(None)", "", CALLER_OF),
    "process_of_the_system": ("posix.getpid()", "", MACHINE),
    "times_of_the_system": ("posix.times()", "", CLOCK),
    "variable_of_the_system": ("posix.environ.get(b'PATH')", "", "it reads the environment"),
    "another_program": ("os.popen('date').read()", "", "it asks another program"),
    "folder_it_is_in": ("os.getcwd()", "", MACHINE),
    "mask": ("os.umask(os.umask(0))", "", MACHINE),
    "limit": ("resource.setrlimit(resource.RLIMIT_CORE, (0, 0))", "import resource", "a limit of its process"),
    "collected": ("gc.get_count()", "", MEMORY),
    "collections": ("gc.get_stats()", "", MEMORY),
    "objects": ("gc.get_objects()", "", MEMORY),
    "references": ("sys.getrefcount(x)", "", MEMORY),
    "blocks": ("sys.getallocatedblocks()", "", MEMORY),
    "thread": ("threading.Thread(target=list).start()", "", THREAD),
    "pool": ("ThreadPoolExecutor(1).submit(list).result()", "", "ThreadPoolExecutor._counter"),
    "threads": ("threading.active_count()", "", "which threads there are"),
    "times": ("os.times()", "", CLOCK),
    "machine": ("open('/proc/self/stat').read()", "", MACHINE),
    "chance_of_a_file": ("open('/dev/urandom', 'rb').read(1)", "", "in which process, or where"),
    "in_math": ("math.calls += 1", "math.calls = 0", "it changes math.calls"),
    "in_a_list_of_math": ("math.called[0] += 1", "math.called = [0]", "it changes math.called"),
    "in_numpy": ("np.calls += 1", "np.calls = 0", "it changes numpy.calls"),
    "instead_of_numpy_s": ("np.e += 1", "", "it changes numpy.e"),
    "in_builtins": ("builtins.calls += 1", "builtins.calls = 0", "it changes builtins.calls"),
    "on_a_function": ("np.sum.calls += 1", "np.sum.calls = 0", "sum.calls"),
    "on_a_class": ("Fraction.calls += 1", "Fraction.calls = 0", "it changes fractions.Fraction.calls"),
    "in_a_module_of_one_s_own": ("own.calls += 1", "own = ModuleType('own'); own.calls = 0", ".own.calls"),
    "among_modules": ("sys.modules['n'] += 1", "sys.modules['n'] = 0", "it changes sys.modules"),
    "in_the_path": ("sys.path.append('a')", "", "it changes sys.path"),
    "recursion": ("sys.setrecursionlimit(sys.getrecursionlimit() + 1)", "", "it changes the limit of recursion"),
    "digits": ("decimal.getcontext().prec += 1", "", "it changes a context variable"),
    "context": ("seen.set(seen.get() + 1)", "seen = contextvars.ContextVar('seen', default=0)", "a context variable"),
    "underscored": ("globals()['__n__'] += 1", "__n__ = 0", ".__n__"),
    "in_a_generator": ("next(numbers)", "numbers = (n for n in range(10**9))", ".numbers"),
    "counted": ("next(counter)", "counter = count()", ".counter"),
    "beside_what_cant_be_kept": ("held['n'] += 1", "held = {'n': 0, 'f': lambda: 0}", ".held"),
    "local": ("own_of_thread.n += 1", "own_of_thread = threading.local(); own_of_thread.n = 0", ".own_of_thread"),
    "inner": ("nested()", """
def made():
    calls = [0]
    def innermost():
        calls[0] += 1
    return lambda: innermost()

nested = made()""", ".nested"),
    "hash_of_an_object": ("hash(object())", "", ADDRESS),
    "hash_of_letters": ("hash(('a', 1))", "", ADDRESS),
    "data": ("x.ctypes.data", "", ADDRESS),
    "interface": ("x.__array_interface__", "", ADDRESS),
    "interface_in_a_method": ("Asks().where(x)", """
class Asks:
    def where(self, x):
        return x.ctypes.data""", ADDRESS),
    "interface_behind_a_cache": ("lying(len(x))", """
@lru_cache
def lying(n):
    return np.zeros(n).__array_interface__['data'][0]""", ADDRESS),
    "status": ("os.stat(__file__)", "", MACHINE),
    "status_of_a_path": ("Path(__file__).stat()", "", MACHINE),
    "time_of_a_file": ("os.path.getmtime(__file__)", "", MACHINE),
    "listed": ("os.listdir('.')", "", MACHINE),
    "globbed": ("glob.glob('*')", "", MACHINE),
    "folder": ("[*Path('.').iterdir()]", "", MACHINE),
    "node": ("platform.node()", "", MACHINE),
    "descriptor": ("os.close(os.dup(1))", "", MACHINE),
    "pipe": ("[*map(os.close, os.pipe())]", "", MACHINE),
    "network": ("uuid.getnode()", "", MACHINE),
    "unique": ("uuid.uuid1()", "", MACHINE),
    "cached": ("known(1); known.cache_info()", "@lru_cache\ndef known(n):\n    return n", "how often it was called"),
    "today": ("np.datetime64('today')", "", CLOCK),
    "now": ("np.array('now', dtype='M8[s]')", "", CLOCK),
    "documented": ("documented.__doc__ = (documented.__doc__ or '') + 'I'", "", ".documented"),
}  # fmt: skip

# What leaves nothing, or the same as before, and asks for nothing that differs.
UNSEEN: dict[str, tuple[str, str]] = {
    "plain": ("x + 1", ""),
    "kept": ("known.setdefault(str(x), x)", "known = {}"),
    "kept_by_a_library": ("twice(len(x))", "@lru_cache(maxsize=2)\ndef twice(n):\n    return 2 * n\n"),
    "imports": ("import statistics, json, copy; copy.deepcopy([x])", ""),
    "named": ("from collections import namedtuple; namedtuple('P', 'a b')(1, 2)", ""),
    "data": ("from dataclasses import make_dataclass; make_dataclass('P', ['a'])(1)", ""),
    "settings_for_a_while": ("with np.errstate(all='raise'), np.printoptions(precision=3): str(x)", ""),
    "digits_for_a_while": ("with decimal.localcontext() as c: c.prec = 50", ""),
    "generates": ("[*(each for each in x)]", ""),
    "seeded": ("np.random.default_rng(0).random()", ""),
    "warns": ("import warnings\n    with warnings.catch_warnings(): warnings.warn('so')", ""),
    "of_a_class": ("layer.twice", "class Layer:\n    twice = 2\n\n\nlayer = Layer()"),
    "vectors": ("np.vectorize(lambda a: a + 1)(x)", ""),
    "hashes": ("hash((1, 2.5)), hash(Fraction(1, 3)), {'a', 'b'}, {(1, 'a'): x}", ""),
    "of_the_system": ("posix.fspath('a'), posix.sep if hasattr(posix, 'sep') else os.sep", ""),
    "shows": ("repr(x), str([1, 'a']), f'{x!r}', repr(Fraction(1, 3))", ""),
    "reads": ("Path(__file__).read_text(), os.path.exists(__file__), os.path.join('a', 'b')", ""),
    "dates": ("np.datetime64('2026-01-01')", ""),
    "names": ("uuid.uuid5(uuid.NAMESPACE_URL, 'a')", ""),
    "fractions": ("[Fraction(float(each)) for each in x]", ""),
}


def answers(file: Path, functions: dict[str, tuple[str, str]]) -> dict[str, object]:
    """What is said of functions, all called in one process."""
    lines = [HEAD]
    for name, (does, before) in functions.items():
        body = does if does.startswith("\n") else f"\n    {does}"
        lines.append(f"{before}\n\n\ndef {name}(x):{body}\n    return x\n\n")
    file.write_text("\n".join(lines))
    return answered(file, functions)


def answered(file: Path, functions: Iterable[str]) -> dict[str, object]:
    """What is said of a file's functions."""
    calls = [[str(file), name, [{"x": [0.5, 1.5]}, {"x": [2.0]}]] for name in functions]
    done = run(CALLER, [], json.dumps({"calls": calls}).encode(), 60)
    said = json.loads(done.out.splitlines()[-1])["answers"]
    return {
        name: next((each["error"] for each in told if isinstance(each, dict)), "")
        for name, told in zip(functions, said, strict=True)
    }


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> dict[str, object]:
    file = tmp_path_factory.mktemp("seen") / "counting.py"
    return answers(file, {name: (does, before) for name, (does, before, _) in SEEN.items()})


@pytest.mark.parametrize("name", SEEN)
def test_what_distinguishes_one_call_from_the_next_is_seen(name: str, seen: dict[str, object]) -> None:
    assert SEEN[name][2] in str(seen[name])


def test_what_does_not_is_left_alone(tmp_path: Path) -> None:
    assert answers(tmp_path / "calm.py", UNSEEN) == dict.fromkeys(UNSEEN, "")


# What depends on where something lies, though nothing is heard of it: what is returned differs. Digits enough of each
# address, that two processes don't agree in them by chance: the last three of a place in a page of memory always do.
DIFFERING: dict[str, str] = {
    "of_an_object": "return x + int(repr(object())[-10:-1], 16)",
    "of_what_is_there": "return x + int(str(thing)[-10:-1], 16)",
    "of_a_class": "return x + thing.__hash__() % 1_000_000_007",
    "of_the_argument": "return x + x.__getattribute__('cty' + 'pes').data % 1_000_000_007",
    "of_a_function": "return x + int(f'{of_a_function!r}'[-10:-1], 16)",
    "of_chance_before": "return x + drawn",
}
ALIKE = {"of_its_name": "return x + len(of_its_name.__name__)", "of_numbers": "return x + len(repr(thing.n))"}


def test_what_lies_elsewhere_in_another_process_is_not_returned(tmp_path: Path) -> None:
    before = """
class Thing:
    n = 1

thing = Thing()
drawn = np.random.default_rng().random()
"""
    file, functions = tmp_path / "lying.py", DIFFERING | ALIKE
    file.write_text(HEAD + before + "".join(f"\n\ndef {name}(x):\n    {does}\n" for name, does in functions.items()))
    said = answered(file, functions)
    assert all("it returns" in str(said[name]) for name in DIFFERING), said
    assert {name: said[name] for name in ALIKE} == dict.fromkeys(ALIKE, "")


def test_nothing_tells_a_snippet_that_it_is_checked(tmp_path: Path) -> None:
    looks = "assert not any('call' in each for each in sys.argv + sys.orig_argv), sys.argv"
    main = "assert not hasattr(sys.modules['__main__'], 'Answers')"
    twin = "assert 'numpy' not in sys.modules"
    said = answers(tmp_path / "aware.py", {"argued": (looks, ""), "main": (main, ""), "twin": (twin, "")})
    assert said == {"argued": "", "main": "", "twin": "it raises AssertionError: "}


INHERITED = """
from pathlib import PosixPath
from verimath.code.child import call
assert "lstat" not in vars(PosixPath)
call.ASKED_BY_ITSELF["pathlib.PosixPath"] = ("lstat",)
kept = call.Kept()
assert "lstat" in vars(PosixPath)
for _ in range(2):
    kept.begin(["a.py"])
    print(any(path.endswith("PosixPath.lstat") for path in kept.given))
    for names in kept.known.values():
        names.pop("lstat", None)
"""


def test_a_name_that_listening_gives_to_a_class_is_no_snippet_s() -> None:
    """A class whose method is from another one, as `Path.lstat` is in some Pythons; the second time it isn't known."""
    done = subprocess.run([sys.executable, "-c", INHERITED], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "True"]
