import threading

from gui.log_file import KEPT, MOST_BYTES, LogFile


def test_entries_with_the_time_one_after_the_other(tmp_path):
    log = LogFile(tmp_path / "made" / "errors.log")
    assert not log.path.exists()
    assert log.write("Traceback: first") and log.write("second, with ω")
    log.close()
    lines = log.path.read_text(encoding="utf-8").splitlines()
    assert lines[1::2] == ["Traceback: first", "second, with ω"]
    assert lines[0].startswith("20")


def test_it_takes_no_more_than_its_share(tmp_path):
    log = LogFile(tmp_path / "errors.log")
    for _ in range(3 * (KEPT + 2)):
        log.write("x" * (MOST_BYTES // 3))
    log.close()
    sizes = [path.stat().st_size for path in tmp_path.iterdir()]
    assert len(sizes) == KEPT + 1 and max(sizes) <= MOST_BYTES


def test_where_it_cannot_be_written_it_says_so(tmp_path):
    (tmp_path / "file").touch()
    log = LogFile(tmp_path / "file" / "errors.log")
    assert log.write("lost") is False
    log.close()


def test_no_thread_of_another_kind_is_remembered(tmp_path, qapp):
    from PySide6.QtCore import QThread

    log = LogFile(tmp_path / "errors.log")

    class Thread(QThread):
        def run(self):
            log.write("from Qt's thread")

    before = set(threading.enumerate())
    thread = Thread()
    thread.start()
    assert thread.wait(5000)
    log.close()
    assert set(threading.enumerate()) == before and "from Qt's thread" in log.path.read_text()
