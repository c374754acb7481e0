import threading

from gui.file_thread import FileThread


def test_jobs_are_done_in_order_elsewhere_and_heard_here(qtbot):
    files, heard = FileThread(), []
    here = threading.current_thread()
    for number in range(5):
        files.do(lambda number=number: (number, threading.current_thread() is here), heard.append)
    qtbot.waitUntil(lambda: len(heard) == 5)
    assert heard == [(number, False) for number in range(5)]
    files.close()


def test_closing_finishes_the_work_and_nobody_hears_of_it(qtbot):
    files, heard, done = FileThread(), [], []
    for number in range(5):
        files.do(lambda number=number: done.append(number), heard.append)
    files.close()
    assert done == [0, 1, 2, 3, 4]
    qtbot.wait(1)
    assert heard == []
    files.close()


def test_an_error_is_reported_and_the_next_job_done(qtbot, monkeypatch):
    reported, heard = [], []
    monkeypatch.setattr(threading, "excepthook", lambda arguments: reported.append(arguments.exc_value))
    files = FileThread()
    files.do(lambda: {}["missing"], heard.append)
    files.do(lambda: "next", heard.append)
    qtbot.waitUntil(lambda: heard == ["next"])
    assert isinstance(reported[0], KeyError)
    files.close()
