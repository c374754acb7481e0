import gc
import threading
import weakref

from gui.garbage import Garbage


class Circle:
    """Holds itself."""

    def __init__(self, died: list[str]) -> None:
        self.itself = self
        weakref.finalize(self, lambda: died.append(threading.current_thread().name))


def test_garbage_dies_in_the_windows_thread_whoever_made_it(qtbot, monkeypatch):
    monkeypatch.setattr("gui.garbage.INTERVAL", 1)
    collector, died = Garbage(), []
    try:
        maker = threading.Thread(target=lambda: [Circle(died) for _ in range(5000)], name="maker")
        maker.start()
        maker.join()
        assert not died  # with the automatic search most would have died in their maker
        qtbot.waitUntil(lambda: len(died) == 5000)
        assert set(died) == {threading.main_thread().name}
    finally:
        collector.end()


def test_the_last_one_switches_the_automatic_search_on_again(qapp):
    first, second = Garbage(), Garbage()
    assert not gc.isenabled()
    first.end()
    first.end()
    assert not gc.isenabled()
    second.end()
    assert gc.isenabled()


def test_all_objects_are_searched_rarely(qapp, monkeypatch):
    now, searched = [100.0], []
    monkeypatch.setattr("gui.garbage.time.monotonic", lambda: now[0])
    monkeypatch.setattr("gui.garbage.gc.get_count", lambda: (701, 11, 11))
    monkeypatch.setattr("gui.garbage.gc.collect", searched.append)
    collector = Garbage()
    try:
        for later in (1.0, 29.0, 31.0, 32.0):
            now[0] = 100.0 + later
            collector._look()
    finally:
        collector.end()
    assert searched == [1, 1, 2, 1]
