"""Files that a person brings: tables as text, arrays in npz and IDX files, read with care and in bounded memory."""
