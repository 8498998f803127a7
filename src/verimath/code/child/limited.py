"""Runs a Python file within limits of work and memory: `python limited.py file arguments…`.

It imports nothing of the package, and what it runs finds nothing of it: an interpreter as fresh as a reader's.
"""

import runpy
import sys

# Seconds of a processor's work, and bytes of memory: far more than a page's programs need.
SECONDS = 10
BYTES = 700_000_000
# So often may each of them start another: itself, which soon fills a machine, or some other program.
MOST_STARTED = {
    "os.fork": 5,
    "os.forkpty": 5,
    "os.posix_spawn": 500,
    "os.spawn": 500,
    "os.system": 500,
    "subprocess.Popen": 500,
}


def limit() -> None:
    """Limit this process and those that it starts."""
    left = dict(MOST_STARTED)

    def count(event: str, _: object) -> None:
        if event in left:
            left[event] -= 1
            if left[event] < 0:
                raise RuntimeError(f"it starts more than {MOST_STARTED[event]} processes")

    sys.addaudithook(count)
    try:
        import resource
    except ImportError:
        return  # there is no such thing on Windows
    for kind, most in ((resource.RLIMIT_CPU, SECONDS), (resource.RLIMIT_DATA, BYTES), (resource.RLIMIT_CORE, 0)):
        _, hard = resource.getrlimit(kind)
        # Where what is asked for is more than what is allowed, that is limit enough.
        if hard == resource.RLIM_INFINITY or most < hard:
            resource.setrlimit(kind, (most, hard))


if __name__ == "__main__":
    limit()
    sys.argv = sys.argv[1:]
    runpy.run_path(sys.argv[0], run_name="__main__")
