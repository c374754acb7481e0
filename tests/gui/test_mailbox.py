import threading

from gui.mailbox import Mailbox


def test_an_empty_slot_gives_nothing():
    box: Mailbox[int] = Mailbox()
    assert box.empty and box.take() is None


def test_the_newest_letter_wins_and_is_there_once():
    box: Mailbox[int] = Mailbox()
    box.put(1)
    box.put(2)
    assert not box.empty
    assert box.take() == 2
    assert box.empty and box.take() is None


def test_a_reader_never_sees_an_older_letter_after_a_newer_one():
    box: Mailbox[int] = Mailbox()
    last = 20_000
    writer = threading.Thread(target=lambda: [box.put(number) for number in range(1, last + 1)])
    writer.start()
    seen = [0]
    while seen[-1] < last:
        letter = box.take()
        if letter is not None:
            seen.append(letter)
    writer.join()
    assert seen == sorted(set(seen))
