"""Secrets that a sources.yml names: variables of the environment, and Secret blocks of Prefect."""

from tasks.sources.config import environment

_BLOCK = "prefect:"


def secret_value(name: str) -> str | None:
    """The secret of a name: NAME of the environment, or prefect:NAME, a block. None when there is none."""
    if not name.startswith(_BLOCK):
        return environment(name)
    from prefect.blocks.system import Secret

    try:
        block = Secret.load(name.removeprefix(_BLOCK))
    except ValueError:
        return None
    # A coroutine where there is a running loop; there is none here.
    assert isinstance(block, Secret)
    return str(block.get())
