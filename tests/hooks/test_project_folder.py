"""What the hook does to a project's files and folders."""

import os
import stat
from pathlib import Path
from typing import Any

import pytest

from hooks.post_gen_project import finish

ANSWERS: dict[str, Any] = {"use_on": True, "use_off": False, "_choices": {}}


def write(folder: Path, files: dict[str, str | bytes]) -> None:
    """Write files below a folder."""
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        data = content if isinstance(content, bytes) else content.encode()
        (folder / name).write_bytes(data)


def read(folder: Path) -> dict[str, bytes]:
    """Return what a folder holds; folders end with a slash."""
    found = {path.relative_to(folder).as_posix(): path for path in sorted(folder.rglob("*"))}
    return {
        name + "/" * path.is_dir(): b"" if path.is_dir() else path.read_bytes()
        for name, path in found.items()
    }


def test_files_and_the_folders_they_leave_empty_are_removed(tmp_path: Path) -> None:
    write(tmp_path, {"a/b/c/one.py": "# option: off\n1\n", "a/b/two.py": "# option: off\n2\n"})
    write(tmp_path, {"d/three.py": "# option: off\n3\n", "d/four.py": "4\n"})
    assert finish(tmp_path, ANSWERS) is None
    assert read(tmp_path) == {"d/": b"", "d/four.py": b"4\n"}


def test_a_second_run_changes_nothing(tmp_path: Path) -> None:
    write(tmp_path, {"one.py": "1  # option: on\n\n# option: off\n2\n# end option\n\n3\n"})
    write(tmp_path, {".env.example": "A=generate:secret\n"})
    assert finish(tmp_path, ANSWERS) is None
    once = read(tmp_path)
    assert finish(tmp_path, ANSWERS) is None
    assert read(tmp_path) == once
    assert once["one.py"] == b"1\n\n3\n"


def test_the_same_tree_gives_the_same_bytes(tmp_path: Path) -> None:
    for name in ("first", "second"):
        files = {f"{letter}/{letter}.py": "1  # option: on\n2  # option: off\n" for letter in "bca"}
        write(tmp_path / name, dict(files))
        assert finish(tmp_path / name, ANSWERS) is None
    assert read(tmp_path / "first") == read(tmp_path / "second")


@pytest.mark.parametrize(
    "content",
    [
        b"\x89PNG\n# option: off\n\xff\n",
        "grüße  # option: off\n".encode("latin-1"),
        b"\0\n# option: off\n",
        b"1\0 # option: off\n",
    ],
)
def test_what_is_not_text_is_not_touched(tmp_path: Path, content: bytes) -> None:
    write(tmp_path, {"file": content})
    assert finish(tmp_path, ANSWERS) is None
    assert (tmp_path / "file").read_bytes() == content


def test_a_file_without_marks_is_not_written_again(tmp_path: Path) -> None:
    write(tmp_path, {"file": "an option of another kind\n"})
    os.utime(tmp_path / "file", (1, 1))
    assert finish(tmp_path, ANSWERS) is None
    assert (tmp_path / "file").stat().st_mtime == 1


def test_text_of_any_script_is_kept(tmp_path: Path) -> None:
    write(tmp_path, {"file": "Grüße 你好 🚀\u2028\u0085\x0c  # option: on\nweg  # option: off\n"})
    assert finish(tmp_path, ANSWERS) is None
    assert (tmp_path / "file").read_text(encoding="utf-8") == "Grüße 你好 🚀\u2028\u0085\x0c\n"


def test_a_file_keeps_its_mode(tmp_path: Path) -> None:
    write(tmp_path, {"run": "#!/bin/sh\n1  # option: on\n"})
    (tmp_path / "run").chmod(0o755)
    assert finish(tmp_path, ANSWERS) is None
    assert stat.S_IMODE((tmp_path / "run").stat().st_mode) == 0o755
    assert (tmp_path / "run").read_bytes() == b"#!/bin/sh\n1\n"


def test_symbolic_links_are_not_followed(tmp_path: Path) -> None:
    write(tmp_path, {"outside/file.py": "# option: off\n", "project/keep": ""})
    (tmp_path / "project" / "link.py").symlink_to(tmp_path / "outside" / "file.py")
    (tmp_path / "project" / "folder").symlink_to(tmp_path / "outside")
    assert finish(tmp_path / "project", ANSWERS) is None
    assert (tmp_path / "outside" / "file.py").read_bytes() == b"# option: off\n"
    assert sorted(path.name for path in (tmp_path / "project").iterdir()) == [
        "folder",
        "keep",
        "link.py",
    ]


def test_a_repository_and_an_environment_in_the_folder_are_left_alone(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = dict.fromkeys((".git/a", ".venv/b"), "# option: what\n")
    write(tmp_path, files)
    assert finish(tmp_path, ANSWERS) is None
    assert (tmp_path / ".git" / "a").exists()
    assert (tmp_path / ".venv" / "b").exists()


def test_caches_of_a_template_tried_in_place_do_not_get_into_a_project(tmp_path: Path) -> None:
    write(tmp_path, {"app/one.py": "# option: off\n", "app/__pycache__/one.pyc": b"\0"})
    write(tmp_path, {".mypy_cache/a": "", ".pytest_cache/b": "", "keep": ""})
    assert finish(tmp_path, ANSWERS) is None
    assert read(tmp_path) == {"keep": b""}


def test_a_new_option_needs_a_question_and_marks_and_no_change_to_the_hook(tmp_path: Path) -> None:
    for demo in (True, False):
        project = tmp_path / str(demo)
        write(project, {"one.py": "1\n2  # option: demo\n", "demo.py": "# option: demo\n3\n"})
        assert finish(project, {**ANSWERS, "use_demo": demo}) is None
        assert sorted(read(project)) == (["demo.py", "one.py"] if demo else ["one.py"])
        assert (project / "one.py").read_text(encoding="utf-8") == ("1\n2\n" if demo else "1\n")
