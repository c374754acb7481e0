"""A hyperparameter search at work: the trials in a database, the processes that run them, and who watches over both.

    conduct  ->  pool of workers  ->  claim a trial, train, write the result  (each a process of its own)
        \\______________________ study (the storage of all trials) ______________________/

Whoever is killed loses nothing but a trial, and that one is run again with the same values: the storage is the one
truth, and every process may end at any moment. So cancelling *is* killing, and going on is starting again.

Optuna is imported when a search runs, and never in the window's process.
"""
